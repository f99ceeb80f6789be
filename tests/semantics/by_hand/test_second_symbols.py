"""Second symbols, with a calendar of their own."""

import pytest

from semantics.by_hand.playing import bars_of, covers, fills_of, strategy_of
from stratcraft_jupyter import compile_strategy, run_backtest
from stratcraft_jupyter.errors import BacktestError

COSTS = {"commission": 0.001}
MSFT = """
    msft: data.symbol symbol=MSFT
"""
ABOVE = """
    enter: action.enter_long
    above: condition.compare operator=>= value={value}
    {line} -> above.left
    above.signal -> enter.when
"""
OWN = """
    Mon 2024-01-01: 10
    Tue 2024-01-02: 11
    Wed 2024-01-03: 12
    Fri 2024-01-05: 13
    Mon 2024-01-08: 14
    Tue 2024-01-09: 15
"""
OTHER = """
    Fri 2023-12-29: 99
    Tue 2024-01-02: 101
    Thu 2024-01-04: 150
    Fri 2024-01-05: 103
    Tue 2024-01-09: 104
    Wed 2024-01-10: 999
"""
"""Seen on the bars of `OWN`: 99, 101, 101, 103, 103, 104."""


def first(line: str, value: float, other: str = OTHER, more: str = "", own: str = OWN):
    """The bar on which a series is first seen at or above a value."""
    text = MSFT + more + ABOVE.format(line=line, value=value)
    found = fills_of(text, own, others={"MSFT": bars_of(other, symbol="MSFT")}, **COSTS)
    return found[0][0] - 1 if found else None


@covers("Several feeds: A second symbol", "Data: Symbol")
@pytest.mark.parametrize(
    ("value", "bar"),
    [
        (99, 0),  # its latest bar that is not later, from before the strategy's first one
        (100, 1),
        (102, 3),  # Wednesday shows Tuesday's again
        (104, None),  # on bar 5, whose order finds no bar
        (120, None),  # the 150 of Thursday is on no bar of the strategy
    ],
)
def test_it_shows_its_latest_bar_that_is_not_later(value, bar):
    assert first("msft.close", value) == bar


@covers("Several feeds: A second symbol")
def test_a_bar_that_is_shown_again_counts_again():
    more = "mean: indicator.sma period=2\nmsft.close -> mean.source\n"
    # Means: 100, 101, 102, 103 from bar 1 on.
    assert first("mean.value", 100.5, more=more) == 2
    assert first("mean.value", 101.5, more=more) == 3


@covers("Several feeds: A strategy trades one symbol", "Data: Symbol")
def test_it_is_read_and_not_traded():
    text = MSFT + ABOVE.format(line="msft.close", value=103)
    others = {"MSFT": bars_of(OTHER, symbol="MSFT")}
    # Decided on Friday's close, filled at the strategy's own open of Monday.
    assert fills_of(text, OWN, others=others, **COSTS) == [(4, "buy", 10, 14)]


@covers("Several feeds: Where a run begins", "Several feeds: When a coarse bar is known")
def test_a_run_begins_when_all_symbols_are_known():
    late = "Fri 2024-01-05: 103\nMon 2024-01-08: 103\nTue 2024-01-09: 104"
    assert first("msft.close", 1, late) == 3  # numbered in the bars as they were given
    more = "mean: indicator.sma period=2\nbars.close -> mean.source\n"
    assert first("mean.value", 1, late, more + _reads("msft.close")) == 4  # of bars 3 and 4
    weekly = "weekly: data.timeframe timeframe=1w\nbars.bars -> weekly.bars\n"
    # The week contains Friday alone: its open is 13, not the 10 of Monday.
    assert first("weekly.open", 12, late, weekly + _reads("msft.close")) == 4
    source = compile_strategy(strategy_of(MSFT + ABOVE.format(line="msft.close", value=1), OWN))
    result = run_backtest(source, bars_of(OWN), others={"MSFT": bars_of(late, symbol="MSFT")})
    assert "The run starts on 2024-01-05" in result.warnings[0]


def _reads(line: str) -> str:
    """An exit that reads a line and is never taken."""
    return f"""
        low: condition.compare operator=< value=-9
        {line} -> low.left
        out: action.exit_long
        low.signal -> out.when
    """


@covers("Several feeds: Coarse bars of a second symbol")
def test_its_weeks_are_made_of_all_its_own_bars():
    weekly = "weekly: data.timeframe timeframe=1w\nmsft.bars -> weekly.bars\n"
    # Thursday's 150, shown on no bar, is the high; known on Monday though it has no Monday.
    assert first("weekly.high", 150, more=weekly) == 4


@covers("Several feeds: Coarse bars of a second symbol")
def test_of_two_weeks_that_would_become_known_at_once_the_later_one_does():
    weekly = "weekly: data.timeframe timeframe=1w\nmsft.bars -> weekly.bars\n"
    other = """
        Mon 2024-01-01: 150
        Mon 2024-01-08: 101
        Mon 2024-01-15: 102
    """
    own = "Mon 2024-01-01: 1\nTue 2024-01-16: 2\nWed 2024-01-17: 2\nMon 2024-01-22: 3\n"
    own += "Tue 2024-01-23: 3"
    assert first("weekly.close", 101, other, weekly, own) == 1
    assert first("weekly.close", 110, other, weekly, own) is None  # 150 never is
    assert first("weekly.close", 102, other, weekly, own) == 3


@covers("Several feeds: A second symbol")
def test_times_are_compared_in_one_time_zone():
    own = "Tue 2024-01-02 09:30: 1\nTue 2024-01-02 10:00: 2\nTue 2024-01-02 10:30: 3"
    other = """
        Tue 2024-01-02 14:30: 100
        Tue 2024-01-02 15:00: 101
        Tue 2024-01-02 15:30: 102
    """
    text = MSFT + ABOVE.format(line="msft.close", value=101)
    source = compile_strategy(strategy_of(text, own, timeframe="30m"))
    bars = bars_of(own, timezone="America/New_York")
    london = bars_of(other, symbol="MSFT", timezone="Europe/London")
    # 15:00 in London is 10:00 in New York.
    (fill,) = run_backtest(source, bars, others={"MSFT": london}).fills
    assert (fill.bar, fill.price) == (2, 3)
    # Where no zone is known, the other symbol begins after all of the strategy's bars.
    with pytest.raises(BacktestError, match="begin after the last bar"):
        run_backtest(source, bars, others={"MSFT": bars_of(other, symbol="MSFT")})
