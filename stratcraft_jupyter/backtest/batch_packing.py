"""What a worker is given for many runs: sources, series and expected orders, each sent once."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from stratcraft_jupyter.backtest.batch_values import Contest, Series
from stratcraft_jupyter.backtest.feeds import Lineup, line_up_feeds
from stratcraft_jupyter.backtest.job import check_source
from stratcraft_jupyter.backtest.orders import WorkingOrder, write_book

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

_COLUMNS = ("open", "high", "low", "close", "volume")


class Packing:
    """Sources, series and expected orders of a batch, each sent once."""

    def __init__(self) -> None:
        self.sources: list[str] = []
        self.series: list[dict[str, Any]] = []
        self.lineups: list[Lineup] = []
        self.arrays: dict[str, memoryview] = {}
        self._source_places: dict[str, int] = {}
        self._series_places: dict[tuple[object, ...], int] = {}
        self._expected: dict[int, int] = {}
        self._kept: list[object] = []  # what places are looked up by has to stay alive

    def run(self, source: str, series: Series) -> tuple[int, int, Lineup]:
        """Numbers of the source and of its bars lined up, and these."""
        place = self._source_places.get(source)
        if place is None:
            check_source(source)
            place = self._source_places[source] = len(self.sources)
            self.sources.append(source)
        number = self._lined_up(source, series)
        return place, number, self.lineups[number]

    def contest(self, contest: Contest) -> dict[str, Any]:
        """A contest as the worker takes it."""
        rounds = []
        source = 0
        for series, expected in contest.rounds:
            source, number, lineup = self.run(contest.source, series)
            rounds.append([number, self._expect(expected, lineup.skipped)])
        return {"source": source, "rounds": rounds, "spare": contest.spare}

    def _expect(self, expected: Sequence[WorkingOrder], skipped: int) -> int:
        if id(expected) not in self._expected:
            number = self._expected[id(expected)] = len(self._expected)
            self._kept.append(expected)
            columns = write_book(expected)
            for name in ("first", "last"):
                columns[name] = (np.frombuffer(columns[name], np.int64) - skipped).data
            self.arrays |= {f"expected {number}/{name}": view for name, view in columns.items()}
        return self._expected[id(expected)]

    def _lined_up(self, source: str, series: Series) -> int:
        lineup = line_up_feeds(source, series.bars, series.others)
        declared = tuple((feed.name, feed.symbol, feed.timeframe) for feed, _ in lineup.feeds)
        key = (id(series), declared)
        if key in self._series_places:
            return self._series_places[key]
        number = self._series_places[key] = len(self.series)
        self._kept.append(series)
        self.lineups.append(lineup)
        bars = lineup.bars
        feeds = [
            {"name": feed.name, "timeframe": feed.timeframe or bars.timeframe}
            for feed, _ in lineup.feeds
        ]
        self.series.append({"symbol": bars.symbol, "timeframe": bars.timeframe, "feeds": feeds})
        times = bars.time.astype("datetime64[ns]").view(np.int64)
        self.arrays[f"{number}/time"] = times.data
        for name in _COLUMNS:
            column = np.ascontiguousarray(getattr(bars, name), dtype=np.float64)
            self.arrays[f"{number}/{name}"] = column.data
        for place, (_, rows) in enumerate(lineup.feeds):
            self.arrays[f"{number}/time {place}"] = times[rows.at].data
            for name in _COLUMNS:
                self.arrays[f"{number}/{name} {place}"] = rows.columns[name].data
        return number


def digest_of(bars: "Bars") -> str:
    """What bars are, as the worker says it of its feed after a run."""
    total = hashlib.sha256()
    for name in _COLUMNS:
        total.update(np.ascontiguousarray(getattr(bars, name), dtype=np.float64).tobytes())
    return total.hexdigest()
