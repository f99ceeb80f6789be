"""Regimes: the bars on which they are true."""

import pytest

from semantics.desk import market
from semantics.signal_desk import first_decided, true_bars

BARS = "bars.bars -> it.bars"


def moving(*steps: float, reach: float = 1.0):
    """Bars that go from 100 by these steps, each with a range of `reach` round its close."""
    rows, close = [], 100.0
    for number, step in enumerate(steps):
        close += step
        rows.append(f"{number}: {close} {close + reach} {close - reach} {close}")
    return market("\n".join(rows))


RISE, FALL, SWING = moving(*[1.0] * 30), moving(*[-1.0] * 30), moving(*[2.0, -2.0] * 15)


@pytest.mark.parametrize(
    ("name", "bars"), [("trending_up", RISE), ("trending_down", FALL), ("ranging", SWING)]
)
def test_trends_and_ranges(name, bars):
    # the period of 5 gives the first value on bar 9
    found = {
        other: true_bars(f"it: regime.{other} period=5\n{BARS}", bars)
        for other in ("trending_up", "trending_down", "ranging")
    }
    always = list(range(9, 30)) if name != "ranging" else found["ranging"]
    assert found.pop(name) == always
    assert len(always) > 10
    assert list(found.values()) == [[], []]


def ranges(*sizes: float):
    """Bars round 100 with these distances from low to high."""
    rows = (f"{i}: 100 {100 + size / 2} {100 - size / 2} 100" for i, size in enumerate(sizes))
    return market("\n".join(rows))


# ATR of period 1 is the true range; it begins on bar 1, and the fifth is on bar 5
SIZES = (9, 1, 2, 3, 4, 5, 1, 3, 6)


def test_volatility_ranks_among_the_last_values():
    # ranks in the last five, from bar 5 on: 4 of 5 below, 0, 2, 4
    high = f"it: regime.high_volatility period=1 history=5 percent={{}}\n{BARS}"
    assert true_bars(high.format(80), ranges(*SIZES)) == [5, 8]
    assert true_bars(high.format(20), ranges(*SIZES)) == [5, 7, 8]
    low = f"it: regime.low_volatility period=1 history=5 percent={{}}\n{BARS}"
    assert true_bars(low.format(20), ranges(*SIZES)) == [6, 7]
    assert true_bars(low.format(0), ranges(*SIZES)) == [6]


def test_consolidation_is_the_narrowest_band():
    # deviations over two of closes: half of 4, 3, 2, 1, 6
    closes = (100, 104, 101, 103, 102, 108)
    bars = market("\n".join(f"{i}: {x} {x} {x} {x}" for i, x in enumerate(closes)))
    text = f"it: regime.consolidation period=2 history=3 percent=0\n{BARS}"
    assert true_bars(text, bars) == [3, 4]


@pytest.mark.parametrize(
    ("line", "bar"),
    [
        ("trending_up period=4", 7),
        ("trending_down period=4", 7),
        ("ranging period=4", 7),
        ("high_volatility period=4 history=6", 9),
        ("low_volatility period=4 history=6", 9),
        ("consolidation period=4 history=6", 8),
    ],
)
def test_when_it_first_decides(line, bar):
    assert first_decided(f"it: regime.{line}\n{BARS}", RISE) == bar
