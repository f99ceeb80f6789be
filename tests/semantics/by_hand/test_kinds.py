"""Statements about kinds: positions, arithmetic, comparisons and logic."""

import pytest
from sketch import LONG as SOUND
from sketch import sketch

from semantics.by_hand.playing import (
    LONG,
    SHORT,
    bars_of,
    covers,
    fills_of,
    play,
    sized,
    strategy_of,
)
from stratcraft_jupyter import compile_strategy, run_backtest
from stratcraft_jupyter.graph import validate

CLOSE_ABOVE = """
    enter: action.enter_long
    above: condition.compare operator=>= value={value}
    {line} -> above.left
    above.signal -> enter.when
"""


def first(line: str, value: float, bars: str, more: str) -> int | None:
    """The bar on which a series is first at or above a value: the one before the fill."""
    found = fills_of(more + CLOSE_ABOVE.format(line=line, value=value), bars)
    return found[0][0] - 1 if found else None


@covers("Data: Position")
def test_the_position_counts_bars_from_its_fill_and_its_profit_with_slippage():
    text = """
        position: data.position
        enter: action.enter_long
        buy -> enter.when
        leave: action.exit_long
        it: condition.compare operator=>= value={}
        position.{} -> it.left
        it.signal -> leave.when
    """
    bars = "0: 100 buy\n1: 80 100 80 90\n2: 94.5 94.5 94.5 94.5\n3: 99 99 99 99\n4: 100\n5: 100"
    costs = {"slippage": 0.125, "commission": 0.01}

    def left(value: float, port: str) -> int:
        return fills_of(text.format(value, port), bars, **costs)[1][0]

    # Filled at 90 on bar 1; the commission does not count. Closes 90, 94.5 and 99.
    assert [left(0, "bars"), left(1, "bars"), left(2, "bars")] == [2, 3, 4]
    assert [left(-0.1, "profit"), left(4.9, "profit"), left(9.9, "profit")] == [2, 3, 4]
    assert [left(-0.1, "gain"), left(4.4, "gain"), left(8.9, "gain")] == [2, 3, 4]


@covers("Data: Position", "Data: Bars")
def test_the_position_is_that_on_the_close():
    text = LONG + SHORT + "position: data.position\nlast: action.enter_long priority=2\n"
    bars = "0: 100 buy\n1: 101 sell\n2: 102\n3: 103"
    # Open on close 1, which the exit of that close does not change; closed on close 2.
    nothing = "none: logic.not\nposition.is_open -> none.signal\nboth: logic.and\n"
    marks = "none.signal -> both.signals\nlater -> both.signals\nboth.signal -> last.when"
    found = fills_of(text + nothing + marks, bars.replace("2: 102", "2: 102 later"))
    assert found[2:] == [(3, "buy", 10, 103)]
    assert fills_of(text + nothing + marks, bars.replace("101 sell", "101 sell later"))[2:] == []


@covers("Data: Bars")
@pytest.mark.parametrize(
    ("port", "value", "bar"), [("open", 12, 1), ("high", 15, 1), ("low", 11, 2), ("close", 14, 1)]
)
def test_bars_are_those_that_close(port, value, bar):
    bars = "0: 10 12 9 11\n1: 12 15 10 14\n2: 13 13 11 13\n3: 13"
    assert first(f"bars.{port}", value, bars, "") == bar


@covers("Math: Earlier value", "Math: Change", "Math: Constant")
def test_constants_have_no_past_and_wait_for_none():
    more = """
        five: math.constant value=5
        before: math.shift bars=9
        five.value -> before.source
        change: math.change bars=9
        five.value -> change.source
        sum: math.add
        before.value -> sum.left
        change.value -> sum.right
    """
    assert first("sum.value", 5, "0: 1\n1: 1\n2: 1", more) == 0
    assert first("sum.value", 5.01, "0: 1\n1: 1\n2: 1", more) is None


@covers("Math: Divide")
def test_a_division_by_the_number_zero_is_refused():
    text = "x: math.divide value=0\nbars.close -> x.left\ny: condition.compare\nx.value -> y.left"
    found = validate(sketch(SOUND, text, "out: action.exit_long\ny.signal -> out.when"))
    assert "x" in [item.node_id for item in found if item.severity == "error"]


@covers("Numbers: All numbers are double-precision floats")
def test_prices_are_not_rounded_and_take_the_order_of_the_formulas():
    stop = "stop: risk.stop_loss percent=7\nenter.order -> stop.entry"
    bars = "0: 19.99 buy\n1: 19.99\n2: 19.99 19.99 15 19.99\n3: 19.99"
    # 18.5907, and not 18.59; this order of operations, and not 19.99 * 0.93.
    (_, (_, _, _, price)) = fills_of(LONG + stop, bars)
    assert price == 19.99 * (100 - 7) / 100
    assert abs(price - 18.5907) < 1e-9


@covers("Conditions: In all of them, *right*", "Conditions: Compare")
def test_values_are_compared_without_tolerance():
    bars = "0: 10\n1: 9.999999999\n2: 10.000000001\n3: 10"
    above = CLOSE_ABOVE.replace(">=", ">")
    assert fills_of(above.format(line="bars.close", value=10), bars) == [(3, "buy", 10, 10)]


@covers("Logic: State", "Logic: Becomes true", "Logic: Latch")
@pytest.mark.parametrize(
    ("kind", "ports", "bar"),
    [
        ("becomes_true", "on -> it.signal", 3),
        ("lasts bars=2", "on -> it.signal", 4),
        ("sequence bars=2", "on -> it.first\non -> it.second", 4),
        ("latch", "off -> it.set\nnever -> it.reset", None),
        ("latch", "on -> it.set\nnever -> it.reset", 3),
    ],
)
def test_logic_remembers_nothing_from_the_warm_up(kind, ports, bar):
    text = f"""
        it: logic.{kind}
        {ports}
        enter: action.enter_long
        it.signal -> enter.when
        mean: indicator.sma period=3
        bars.close -> mean.source
        low: condition.compare operator=<
        mean.value -> low.left
        out: action.exit_long
        low.signal -> out.when
    """
    bars = "0: 9 on off\n1: 9 on off\n2: 9 on\n3: 9 on\n4: 9"
    # Bar 2 is the first that decides, so the signal of bars 0 and 1 never was.
    assert fills_of(text, bars) == ([(bar, "buy", 10, 9)] if bar else [])


@covers("Regimes: Custom regime", "Branches: An entry is a branch")
def test_a_custom_regime_is_its_signal():
    text = """
        calm_market: regime.custom name=calm
        calm -> calm_market.signal
        enter: action.enter_long
        buy -> enter.when
        calm_market.signal -> enter.regime
    """
    bars = "0: 100 buy\n1: 101 buy calm\n2: 102"
    assert fills_of(text, bars) == [(2, "buy", 10, 102)]


@covers("The end of the data: Nothing is closed after the")
def test_an_open_position_stays_open_at_its_last_close():
    text = LONG + "target: risk.take_profit percent=50\nenter.order -> target.entry"
    bars = "0: 100 buy\n1: 100\n2: 120 sell"
    found = play(text, bars, commission=0.01)
    # Ten bought for 1,000 and 10; worth 1,200 without the cost of an exit, which finds no bar.
    assert (found.fills, found.value) == ([(1, "buy", 10, 100)], 100_000 - 1_010 + 1_200)
    (trade,) = run_backtest(compile_strategy(strategy_of(text, bars)), bars_of(bars)).trades
    assert trade.is_open


@covers("Actions: Enter long", "Actions: Enter short")
def test_an_entry_buys_and_sells_short_what_it_is_told():
    text = sized("a", 3, mark="buy") + sized("b", 4, side="short", mark="short")
    assert fills_of(text, "0: 100 buy\n1: 101") == [(1, "buy", 3, 101)]
    assert fills_of(text, "0: 100 short\n1: 101") == [(1, "sell", 4, 101)]
