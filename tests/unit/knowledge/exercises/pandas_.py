"""pandas: the compiled modules, formats and the templates of its tables."""

import io

import pandas as pd

frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "x"], "c": pd.date_range("2020-01-01", periods=3, tz="Europe/Berlin")})
print(frame.groupby("b").a.sum(), frame.describe(), frame.a.rolling(2).mean(), frame.pivot_table(index="b", values="a"))
frame.to_csv(io.StringIO())
frame.to_json()
frame.to_html()
frame.style.to_html()
frame.query("a > 1")
frame.resample("D", on="c").a.sum()
pd.read_csv(io.StringIO("a,b\n1,2"))
pd.Period("2020-01")
