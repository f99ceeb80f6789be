"""Further bars: periods of the calendar, and the bar on which each row becomes known."""

from datetime import datetime

import numpy as np
import pytest
from book import feeds
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.market import TIMEFRAMES, Bars
from stratcraft_jupyter.market.further import (
    first_known,
    line_up,
    merge_into_periods,
    period_starts,
)

MINUTE = np.timedelta64(1, "m")


def bars_at(
    minutes: list[int], *, seed: int = 0, timeframe: str = "1m", timezone: str | None = None
) -> Bars:
    """Bars at these minutes after the start of Friday 23 February 2024, at random prices."""
    random = np.random.default_rng(seed)
    prices = np.sort(random.integers(1, 100, (len(minutes), 4)).astype(float), axis=1)
    time = np.datetime64("2024-02-23", "ns") + np.array(minutes) * MINUTE
    low, opened, close, high = prices.T
    volume = random.integers(0, 1000, len(minutes)).astype(float)
    return Bars("TEST", timeframe, time, opened, high, low, close, volume, timezone)


def times(bars: Bars) -> list[datetime]:
    return bars.time.astype("M8[s]").tolist()


def prices(bars: Bars) -> dict[str, list[float]]:
    return {name: getattr(bars, name).tolist() for name in feeds.PRICES}


def rows(arrivals) -> list[dict[str, float]]:
    return [
        {name: float(values[row]) for name, values in arrivals.columns.items()}
        for row in range(len(arrivals))
    ]


minutes = st.lists(st.integers(0, 60 * 24 * 75), min_size=1, max_size=40, unique=True).map(sorted)


@given(minutes, minutes, st.sampled_from(list(TIMEFRAMES)))
def test_periods_are_those_of_the_book(own, other, timeframe):
    bars, rest = bars_at(own), bars_at(other, seed=1)
    for merged, expected in (
        (
            merge_into_periods(bars, timeframe, bars),
            feeds.coarse(prices(bars), times(bars), timeframe),
        ),
        (
            merge_into_periods(rest, timeframe, bars),
            feeds.coarse(prices(rest), times(rest), timeframe, times(bars)),
        ),
    ):
        assert list(zip(merged.at.tolist(), rows(merged), strict=True)) == expected


@given(minutes, minutes)
def test_a_line_up_is_that_of_the_book(own, other):
    bars, rest = bars_at(own), bars_at(other, seed=1)
    found, first = line_up(rest, bars), first_known(rest, bars)
    expected = feeds.aligned(times(rest), prices(rest), times(bars))
    assert first == feeds.first_known(times(rest), times(bars))
    assert found.at.tolist() == list(range(first, len(bars)))
    assert {name: values.tolist() for name, values in found.columns.items()} == {
        name: values[first:] for name, values in expected.items()
    }


@pytest.mark.parametrize(
    ("timeframe", "time", "start"),
    [
        ("1w", "2024-02-29 15:31", "2024-02-26"),
        ("1w", "1969-12-29", "1969-12-29"),
        ("1w", "1969-12-28 23:59", "1969-12-22"),
        ("1M", "2024-02-29 15:31", "2024-02-01"),
        ("1d", "2024-02-29 15:31", "2024-02-29"),
        ("4h", "2024-02-29 15:31", "2024-02-29 12:00"),
        ("15m", "1969-12-28 23:59", "1969-12-28 23:45"),
    ],
)
def test_a_period_begins_where_the_calendar_says(timeframe, time, start):
    (found,) = period_starts(np.array([time], dtype="M8[ns]"), timeframe)
    assert found == np.datetime64(start)


def at_hours(hours: list[int], timezone: str | None, day: str = "2024-03-08") -> Bars:
    time = np.datetime64(day, "ns") + np.array(hours) * np.timedelta64(1, "h")
    price = np.arange(1.0, len(hours) + 1)
    return Bars("TEST", "1h", time, price, price, price, price, price, timezone)


def test_times_of_two_known_zones_are_compared_as_instants():
    own = at_hours([9, 10, 11, 12], "America/New_York")
    other = at_hours([14, 15, 16, 17], "Europe/London")  # 9 to 12 in New York
    assert line_up(other, own).columns["close"].tolist() == [1, 2, 3, 4]
    assert first_known(other, own) == 0
    # New York has summer time three weeks earlier
    own = at_hours([9, 10, 11, 12], "America/New_York", "2024-03-11")
    other = at_hours([14, 15, 16, 17], "Europe/London", "2024-03-11")  # 10 to 13 in New York
    assert line_up(other, own).at.tolist() == [1, 2, 3]


@pytest.mark.parametrize("zones", [(None, "Europe/London"), ("America/New_York", None)])
def test_times_of_an_unknown_zone_are_compared_as_they_stand(zones):
    own, other = (at_hours([9, 10, 11], zone) for zone in zones)
    assert line_up(other, own).columns["close"].tolist() == [1, 2, 3]


def test_a_day_of_another_zone_ends_when_the_day_of_the_strategy_does():
    own = at_hours([12, 13, 36], "Asia/Tokyo")
    other = at_hours([10, 20, 21, 22], "America/New_York", "2024-03-07")
    # midnight, 10, 11 and 12 o'clock of the day after in Tokyo
    (at,) = merge_into_periods(other, "1d", own).at
    assert at == 2
    assert merge_into_periods(other, "1d", own).columns["volume"].tolist() == [10]
