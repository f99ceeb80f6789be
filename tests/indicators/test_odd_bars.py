"""Volume, pivots, moves and statistics on equal values, ties, bars without range or volume."""

import math
from dataclasses import replace

import numpy as np
import pytest
from book.indicators import INDICATORS
from handwritten.hard_bars import flats, steps

from indicators.comparing import largest_difference
from indicators.emitted_values import emitted_values, given
from stratcraft_jupyter.graph.catalog.indicators import (
    crossings,
    extremes,
    levels,
    pivots,
    price_action,
    statistics,
    volume,
)
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.market.synthetic import random_walk

CLOSE_ENOUGH = 1e-9
FAMILIES = (volume, extremes, pivots, levels, price_action, statistics, crossings)
KINDS = [kind.name for family in FAMILIES for kind in family.KINDS]


def _bars_of(closes: list[float], volume: list[float], reach: float = 0.0) -> Bars:
    """Daily bars that open at their close."""
    close = np.array(closes)
    times = np.datetime64("2001-01-01", "ns") + np.arange(len(closes)) * np.timedelta64(1, "D")
    return Bars(
        symbol="ODD",
        timeframe="1d",
        time=times,
        open=close,
        high=close + reach,
        low=close - reach,
        close=close,
        volume=np.array(volume),
    )


def _with_quiet_bars(bars: Bars) -> Bars:
    """Volume that comes and goes, with stretches of none."""
    random = np.random.default_rng(7)
    volume = np.round(random.uniform(0, 4, len(bars))) * 100
    volume[40:75] = 0.0
    return replace(bars, volume=volume)


@pytest.mark.parametrize("make", [flats, steps])
@pytest.mark.parametrize("kind", KINDS)
def test_ties_and_bars_without_range_or_volume_are_taken_as_documented(kind, make):
    bars = _with_quiet_bars(make().head(420))
    found = emitted_values(kind, bars, {})
    expected = INDICATORS[kind](given(kind, bars, {}))
    for port, values in found.items():
        assert largest_difference(values, expected[port]) <= CLOSE_ENOUGH, port


@pytest.mark.parametrize(
    ("name", "port", "number"),
    [
        ("cmf", "value", 0.0),
        ("mfi", "value", 50.0),
        ("ease_of_movement", "value", 0.0),
        ("klinger_oscillator", "oscillator", 0.0),
        ("vwap", "value", 8.0),
        ("rolling_vwap", "value", 8.0),
        ("percent_change", "value", 0.0),
        ("correlation", "value", 0.0),
        ("r_squared", "value", 0.0),
        ("ols_regression", "slope", 0.0),
        ("ols_regression", "intercept", 8.0),
        ("hurst_exponent", "value", 0.5),
        ("zigzag", "direction", 0.0),
        ("fractal", "new_upper", 0.0),
        ("percent_rank", "value", 0.0),
    ],
)
def test_a_price_that_never_moves_and_never_trades_gives_the_stated_number(name, port, number):
    bars = _bars_of([8.0] * 90, [0.0] * 90)
    assert emitted_values(f"indicator.{name}", bars, {})[port][-1] == number


@pytest.mark.parametrize(
    ("name", "expected"), [("all_non_zero", [0, 0, 1, 0, 0]), ("any_non_zero", [1, 1, 1, 1, 0])]
)
def test_zeros_are_found(name, expected):
    bars = _bars_of([8.0] * 6, [5.0, 0.0, 3.0, 2.0, 0.0, 0.0])
    found = emitted_values(f"indicator.{name}", bars, {"period": 2}, first="volume")
    assert found["value"][1:] == expected


def test_a_zero_to_divide_by_gives_no_change():
    bars = _bars_of([8.0] * 3, [5.0, 0.0, 3.0])
    found = emitted_values("indicator.percent_change", bars, {"period": 1}, first="volume")
    assert found["value"][1:] == [-1.0, 0.0]


def test_a_fractal_is_known_two_bars_later_and_a_tie_is_none():
    closes = [1.0, 2.0, 5.0, 2.0, 1.0, 4.0, 4.0, 2.0, 1.0, 1.5, 2.0]
    found = emitted_values("indicator.fractal", _bars_of(closes, [1.0] * 11), {})
    assert found["new_upper"][4:] == [1, 0, 0, 0, 0, 0, 0]
    assert found["upper"][4:] == [5.0] * 7
    assert [bar for bar in range(4, 11) if found["new_lower"][bar]] == [6, 10]
    assert found["lower"][6:] == [1.0] * 5


def test_a_zigzag_pivot_is_known_on_the_bar_that_turned_far_enough():
    closes = [100.0, 104.0, 110.0, 108.0, 99.0, 95.0, 104.0, 105.0]
    found = emitted_values("indicator.zigzag", _bars_of(closes, [1.0] * 8), {"percent": 10.0})
    assert found["direction"] == [0, 0, 0, 0, 0, -1, -1, 1]
    assert all(math.isnan(pivot) for pivot in found["pivot"][:5])
    assert found["pivot"][5:] == [110, 110, 95]
    assert (found["high"][7], found["low"][7]) == (110, 95)


def test_a_session_of_intraday_bars_starts_its_own_average():
    bars = random_walk(120, seed=3, price=50.0, volatility=0.01, timeframe="1h")
    days = bars.time.astype("datetime64[D]")
    values = emitted_values("indicator.vwap", bars, {})["value"]
    firsts = [bar for bar in range(1, len(bars) - 1) if days[bar] != days[bar - 1]]
    assert len(firsts) > 3
    for bar in firsts:
        typical = (bars.high[bar] + bars.low[bar] + bars.close[bar]) / 3
        assert values[bar] == pytest.approx(typical, rel=1e-12)
        assert values[bar + 1] != pytest.approx(typical, rel=1e-12)
