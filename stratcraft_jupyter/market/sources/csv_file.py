"""Reads CSV files and remembers the line of every row; understands no value itself."""

import csv
import gzip
import io
import zlib
from pathlib import Path

import numpy as np

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.problems import Problems
from stratcraft_jupyter.market.table import Table, TextColumn

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".txt")
_DELIMITERS = ",;\t|"


def open_csv(path: Path) -> Table:
    """The table in a CSV file: UTF-8, perhaps gzipped, separated by ``, ; tab`` or ``|``."""
    name = path.name
    stem = name[: -len(".csv.gz")] if name.lower().endswith(".csv.gz") else path.stem
    return read_csv(_decode(path, path.read_bytes()), name=name, symbol=stem)


def read_csv(text: str, *, name: str, symbol: str) -> Table:
    """The table in the text of a CSV file.

    Args:
        text: The whole text; its first line that is not empty names the columns.
        name: What messages call it.
        symbol: What is traded.

    Raises:
        BarsError: There is no header, no row, or a row has too many or too few values.
    """
    header, cells, lines = _split(text, name)
    width = len(header)
    if not cells:
        raise BarsError(f"{name} holds no bars, only a header.", hint="Add at least two rows.")
    return Table(
        name=name,
        origin=f"File {name}",
        rows=len(lines),
        columns=tuple((label, TextColumn(cells[i::width])) for i, label in enumerate(header)),
        place=lambda row: f"line {lines[row]}",
        sort_hint=lambda column: (
            "Sort the rows by time, for example "
            f'load_bars(pandas.read_csv("{name}").sort_values("{column}")).'
        ),
        symbol=symbol,
    )


def _decode(path: Path, content: bytes) -> str:
    if path.suffix.lower() == ".gz":
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise BarsError(
                f"{path.name} is not a whole gzip file: {error}.", hint="Fetch it again."
            ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BarsError(
            f"{path.name}, line {line}: this is not UTF-8 text.",
            hint='Save the file as CSV with the encoding "UTF-8".',
        ) from error


def _split(text: str, name: str) -> tuple[list[str], list[str], list[int]]:
    """The header, all cells below it row by row, and the line of the file of each row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header: list[str] = []
    cells: list[str] = []
    lines: list[int] = []
    ragged: list[tuple[int, int]] = []
    try:
        for values in filter(None, reader):
            if not header:
                header = values
                continue
            if len(values) != len(header):
                ragged.append((len(lines), len(values)))
            cells.extend(values)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise BarsError(
            f"{name}, line {reader.line_num}: this is not CSV text ({error}).",
            hint="Look for an unclosed quote or a file of another kind.",
        ) from error
    if not header:
        raise BarsError(
            f"{name} is empty.",
            hint="Write a header line such as Date,Open,High,Low,Close,Volume and the bars below.",
        )
    _refuse_several_headers(header, cells, name)
    _refuse_ragged(ragged, len(header), lines, name)
    return header, cells, lines


def _delimiter(text: str) -> str:
    """The delimiter that the header line holds most of."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=header.count)


def _refuse_several_headers(header: list[str], cells: list[str], name: str) -> None:
    if header[0].strip() == "Price" and cells and cells[0].strip() == "Ticker":
        raise BarsError(
            f"{name} has three header lines, as yfinance writes them.",
            hint="Download with multi_level_index=False, or keep one header line.",
        )


def _refuse_ragged(ragged: list[tuple[int, int]], width: int, lines: list[int], name: str) -> None:
    problems = Problems(name, lambda row: f"line {lines[row]}")
    found = dict(ragged)
    problems.add(
        np.array(list(found), dtype=np.intp),
        lambda row: f"the row has {found[row]} values, the header {width} names",
        "Complete or remove the row.",
    )
    problems.raise_any()
