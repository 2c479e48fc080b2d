"""pyarrow: Parquet alone, so that what it imports from C must be known."""

import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

with tempfile.TemporaryDirectory() as folder:
    pq.write_to_dataset(pa.table({"number": [1, 2], "part": ["x", "y"]}), folder, partition_cols=["part"])
    assert pq.read_table(folder, filters=[("number", ">", 1)]).num_rows == 1
    assert len(list(Path(folder).rglob("*.parquet"))) == 2
