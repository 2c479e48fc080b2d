"""parso and jedi: grammars and stubs."""

import jedi
import parso

parso.parse("x = 1", version="3.8")
assert jedi.Script("import json\njson.lo").complete(2, 7)
