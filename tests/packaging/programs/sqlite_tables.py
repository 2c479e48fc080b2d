"""sqlite3: tables, functions in Python, full-text search, a file."""

import sqlite3
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    with sqlite3.connect(Path(folder, "a.db")) as db:
        db.execute("create table t (name text, n integer)")
        db.executemany("insert into t values (?, ?)", [("a", 1), ("b", 2), ("c", 3)])
    db.create_function("twice", 1, lambda value: 2 * value)
    print(db.execute("select name, twice(n) from t order by n desc").fetchall())
    print(db.execute("select json_extract('{\"a\": [1, 2]}', '$.a[1]')").fetchone())
    db.execute("create virtual table f using fts5(body)")
    db.execute("insert into f values ('the quick brown fox')")
    print(db.execute("select body from f where f match 'quick'").fetchall())
    db.close()
