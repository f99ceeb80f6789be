"""The end of the data: what is open stays open. And data too short for an indicator."""

import pytest

from semantics.desk import Stop, closes, graph, market, on_marks, trade
from stratcraft_jupyter import BacktestConfig, run_backtest
from stratcraft_jupyter.codegen import compile_unchecked
from stratcraft_jupyter.errors import BacktestError

HELD = market("""
    0: 100 100 100 100 buy
    1: 100 100 100 100
    2: 120 125 110 115
""")


def test_open_position_stays_open_and_is_worth_the_last_close():
    strategy = on_marks(HELD, stops=[Stop("stop_loss", percent=5)])
    outcome = trade(strategy, HELD, commission=0.01)
    assert outcome.fills == [(1, "buy", 10, 100)]
    assert (outcome.position, outcome.pending) == (10, 1)  # the stop still rests
    assert outcome.value == 100_000 - 1_000 - 10 + 1_150  # no commission for an exit not made


def test_open_position_is_told_as_an_open_trade():
    result = run_backtest(compile_unchecked(on_marks(HELD)), HELD, BacktestConfig(commission=0.01))
    (held,) = result.trades
    assert held.is_open
    assert held.profit == 150 - 10


def test_exit_decided_on_the_last_close_never_fills_and_has_cancelled_the_stop():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100 100 100
        3: 100 100 100 100 sell
    """)
    outcome = trade(on_marks(bars, stops=[Stop("stop_loss", percent=5)]), bars)
    assert outcome.fills == [(1, "buy", 10, 100)]
    assert (outcome.position, outcome.pending) == (10, 1)  # the exit, no stop beside it


def test_fewer_bars_than_an_indicator_needs_is_an_error_that_says_so():
    strategy = graph(
        {
            "bars": ("data.bars", {}),
            "mean": ("indicator.sma", {"period": 5}),
            "above": ("condition.compare", {}),
            "enter": ("action.enter_long", {}),
            "stop": ("risk.stop_loss", {}),
        },
        """
        bars.close -> mean.source
        bars.close -> above.left
        mean.value -> above.right
        above.signal -> enter.when
        enter.order -> stop.entry
        """,
    )
    with pytest.raises(BacktestError, match="fewer bars than the indicators need"):
        run_backtest(compile_unchecked(strategy), closes(1, 2, 3, 4))
