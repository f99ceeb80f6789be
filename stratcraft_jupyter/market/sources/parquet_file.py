"""Reads Parquet files with pyarrow, which is imported only when one is read."""

from pathlib import Path

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.table import Table

SUFFIXES = (".parquet", ".pq")


def open_parquet(path: Path) -> Table:
    """The table in a Parquet file."""
    import narwhals as nw
    import pyarrow as pa
    import pyarrow.parquet as pq

    from stratcraft_jupyter.market.sources.frame import read_frame

    try:
        # a folder named symbol=IBM above the file is a place, not data
        content = pq.read_table(path, partitioning=None)
    except (pa.ArrowException, OSError) as error:
        raise BarsError(
            f"{path.name} is not a Parquet file that can be read: {str(error).splitlines()[0]}",
            hint="Write the file again, or check that the path is right.",
        ) from error
    frame = nw.from_native(content, eager_only=True)
    return read_frame(frame, name=path.name, origin=f"File {path.name}", symbol=path.stem)
