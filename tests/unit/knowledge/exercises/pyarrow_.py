"""pyarrow: tables to Parquet, CSV, JSON, IPC and pandas, and back."""

import io
import tempfile
from pathlib import Path

import pandas
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.dataset
import pyarrow.feather
import pyarrow.json
import pyarrow.parquet

table = pa.table({"number": [1, 2, 3], "text": ["x", "y", None]})
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "a.parquet")
    pyarrow.parquet.write_table(table, path, compression="zstd")
    assert pyarrow.parquet.read_table(path) == table
    assert pyarrow.dataset.dataset(path).to_table(filter=pyarrow.dataset.field("number") > 1).num_rows == 2
    pandas.read_parquet(path)
    pyarrow.feather.write_feather(table, Path(folder, "a.feather"))
buffer = io.BytesIO()
pyarrow.csv.write_csv(table, buffer)
pyarrow.csv.read_csv(io.BytesIO(buffer.getvalue()))
pyarrow.json.read_json(io.BytesIO(b'{"a": 1}\n'))
with pa.ipc.new_stream(io.BytesIO(), table.schema) as writer:
    writer.write_table(table)
assert pc.sum(table["number"]).as_py() == 6
table.to_pandas(types_mapper=pandas.ArrowDtype).sum(numeric_only=True)
pa.Table.from_pandas(pandas.DataFrame({"when": pandas.date_range("2024-01-01", periods=2, tz="UTC")})).schema.field("when")
