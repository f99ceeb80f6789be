"""Coarser timeframes and second symbols: what is known of them on each bar, on plain lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from book.series import Series

MINUTES = {"1m": 1, "5m": 5, "15m": 15, "30m": 30, "1h": 60, "2h": 120, "4h": 240}

PRICES = ("open", "high", "low", "close", "volume")

Row = Mapping[str, float]


def period(time: datetime, timeframe: str) -> datetime:
    """When the calendar period that holds a time began."""
    midnight = datetime(time.year, time.month, time.day)
    if timeframe == "1M":
        return midnight.replace(day=1)
    if timeframe == "1w":
        return midnight - timedelta(days=time.weekday())
    if timeframe == "1d":
        return midnight
    minutes = time.hour * 60 + time.minute
    return midnight + timedelta(minutes=minutes - minutes % MINUTES[timeframe])


def coarse(
    prices: Mapping[str, Series],
    times: Sequence[datetime],
    timeframe: str,
    bars: Sequence[datetime] | None = None,
) -> list[tuple[int, Row]]:
    """The coarse bars, each with the number of the bar on which it becomes known.

    Args:
        prices: open, high, low, close and volume of what is merged.
        times: Their times.
        timeframe: Such as ``"1w"``.
        bars: Times of the strategy's bars, if what is merged is another symbol.
    """
    found: dict[int, Row] = {}
    for start in sorted({period(time, timeframe) for time in times}):
        rows = [row for row, time in enumerate(times) if period(time, timeframe) == start]
        later = [
            bar
            for bar, time in enumerate(times if bars is None else bars)
            if period(time, timeframe) > start
        ]
        if later:  # of several that become known on one bar, the last replaces the others
            found[later[0]] = {
                "open": prices["open"][rows[0]],
                "high": max(prices["high"][row] for row in rows),
                "low": min(prices["low"][row] for row in rows),
                "close": prices["close"][rows[-1]],
                "volume": sum(prices["volume"][row] for row in rows),
            }
    return sorted(found.items(), key=lambda item: item[0])


def aligned(
    other_times: Sequence[datetime], other_prices: Mapping[str, Series], times: Sequence[datetime]
) -> dict[str, Series]:
    """On each bar the other symbol's latest row that is not later; missing before its first."""
    missing = dict.fromkeys(PRICES, float("nan"))
    shown = []
    for time in times:
        known = [row for row, other in enumerate(other_times) if other <= time]
        row = known[-1] if known else None
        shown.append(missing if row is None else {name: other_prices[name][row] for name in PRICES})
    return {name: [row[name] for row in shown] for name in PRICES}


def first_known(other_times: Sequence[datetime], times: Sequence[datetime]) -> int:
    """The first bar on which a row of the other symbol is known."""
    return next((bar for bar, time in enumerate(times) if time >= other_times[0]), len(times))
