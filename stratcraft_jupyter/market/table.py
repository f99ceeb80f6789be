"""A table as a source gives it, before anything in it is trusted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stratcraft_jupyter.market.columns import Column, ParsedNumbers, ParsedTimes
from stratcraft_jupyter.market.number_text import parse_numbers
from stratcraft_jupyter.market.time_text import parse_times


@dataclass(frozen=True)
class Table:
    """Named columns and the words to speak of them.

    Attributes:
        name: What messages call it, such as ``"prices.csv"``.
        origin: One line: where the rows come from.
        rows: How many there are.
        columns: Each column with its own name.
        place: Gives the words for a row, such as ``"line 18"`` for row 16.
        sort_hint: Says how to bring the rows in order, given the name of the time column.
        symbol: What is traded, as far as the source tells.
        timeframe: Timeframe of the rows, if the source tells.
        timezone: Zone of the times, if the source tells.
        is_adjusted: Whether the prices are known to be adjusted already.
        notes: What a reader of results should know, one sentence each.
    """

    name: str
    origin: str
    rows: int
    columns: Sequence[tuple[str, Column]]
    place: Callable[[int], str]
    sort_hint: Callable[[str], str]
    symbol: str
    timeframe: str | None = None
    timezone: str | None = None
    is_adjusted: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextColumn:
    """A column of text, as a CSV file has it."""

    values: list[str]

    def numbers(self) -> ParsedNumbers:
        """The column as numbers."""
        return parse_numbers(self.values)

    def times(self) -> ParsedTimes:
        """The column as times."""
        return parse_times(self.values)

    def texts(self) -> list[str]:
        """The column as text."""
        return self.values
