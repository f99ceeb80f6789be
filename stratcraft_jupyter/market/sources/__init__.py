"""Where bars can come from: each source turns a name, a path or an object into a `Table`."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.sources.csv_file import SUFFIXES as CSV_SUFFIXES
from stratcraft_jupyter.market.sources.csv_file import open_csv
from stratcraft_jupyter.market.sources.parquet_file import SUFFIXES as PARQUET_SUFFIXES
from stratcraft_jupyter.market.sources.parquet_file import open_parquet
from stratcraft_jupyter.market.sources.sample import Sample, list_samples, open_sample
from stratcraft_jupyter.market.table import Table

__all__ = ["SCHEMES", "Sample", "list_samples", "open_table"]

# "scheme:name" -> what opens that name. A new source that is no file is one line here.
SCHEMES: Mapping[str, Callable[[str], Table]] = MappingProxyType({"sample": open_sample})

# Two letters at least, so that C:\prices.csv is a path.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+_-]+):(.*)", re.DOTALL)


def open_table(source: object) -> Table:
    """The table that ``source`` names or is.

    Args:
        source: ``"scheme:name"``, the path of a file, or a DataFrame.

    Raises:
        BarsError: There is no such source or file, or it cannot be read.
        UnknownNameError: There is no such sample.
    """
    if isinstance(source, str):
        match = _SCHEME.fullmatch(source)
        if match and not Path(source).exists():
            return _open_scheme(match[1].lower(), match[2].strip())
    if isinstance(source, str | os.PathLike):
        return _open_file(Path(source))
    # narwhals takes a moment to import; files and samples do without
    from stratcraft_jupyter.market.sources.frame import open_frame

    return open_frame(source)


def _open_scheme(scheme: str, name: str) -> Table:
    if scheme not in SCHEMES:
        known = ", ".join(f'"{item}:NAME"' for item in SCHEMES)
        raise BarsError(
            f"There is no source of bars named {scheme!r}.",
            hint=f"Give {known}, the path of a .csv or .parquet file, or a DataFrame.",
        )
    return SCHEMES[scheme](name)


def _open_file(path: Path) -> Table:
    path = path.expanduser()
    name = path.name.lower()
    if not path.exists():
        raise BarsError(
            f"There is no file {str(path)!r}.", hint=f"Relative paths start at {str(Path.cwd())!r}."
        )
    if path.is_dir():
        raise BarsError(f"{str(path)!r} is a folder.", hint="Give the path of one file in it.")
    try:
        if name.endswith(CSV_SUFFIXES):
            return open_csv(path)
        if name.endswith(PARQUET_SUFFIXES):
            return open_parquet(path)
    except PermissionError as error:
        raise BarsError(
            f"{str(path)!r} may not be read.", hint="Change its permissions."
        ) from error
    known = ", ".join((*CSV_SUFFIXES, *PARQUET_SUFFIXES))
    raise BarsError(f"{path.name} is not a kind of file that is known.", hint=f"Known: {known}.")
