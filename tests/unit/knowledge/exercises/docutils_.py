"""docutils: writers, directives, languages by their names."""

import docutils.core

TEXT = ".. include:: <isonum.txt>\n\nTitle\n=====\n\n.. note:: x\n\n.. code:: python\n\n   x=1\n\n:sub:`a` :math:`x^2`\n"
for writer in ("html5", "html4css1", "latex", "odt", "manpage", "xml", "s5_html"):
    docutils.core.publish_string(TEXT, writer=writer, settings_overrides={"report_level": 5})
docutils.core.publish_parts(TEXT, writer="html5", settings_overrides={"language_code": "de", "report_level": 5})
