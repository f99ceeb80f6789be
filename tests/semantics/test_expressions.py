"""Text expressions mean what docs/semantics.md says: by hand, and by a second reading of them."""

import pytest
from book.expressions import OUTPUT, spelled_out
from book.moment import Position
from book.values import Values
from sketch import sketch

from semantics.desk import market
from semantics.signal_desk import true_bars, truths
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.codegen.compiler import DECIDED_BARS
from stratcraft_jupyter.graph import EXPRESSION_KINDS, set_param, validate
from stratcraft_jupyter.market.synthetic import random_walk

BARS = random_walk(300, seed=11, price=30.0, volatility=0.03)
FEW = market(
    """
    0: 10 14 8 12
    1: 12 15 9 10
    2: 10 13 7 13
    3: 13 19 11 16
    """
)

IT = """
bars: data.bars
it: condition.expression
week: data.timeframe timeframe=1w
slow: indicator.sma period=12
other: math.expression
position: data.position
enter: action.enter_long
leave: action.exit_long
bars.bars -> it.bars
bars.bars -> other.bars
bars.bars -> week.bars
week.close -> slow.source
slow.value -> it.a
other.value -> it.b
position.gain -> it.c
it.signal -> enter.when
it.signal -> leave.when
"""
TEXTS = [
    # precedence: as Python reads them
    "close - open - 0.3 > 0 or high - low * 0.9 > 3 and not close > open or close < low + 0.1",
    "close - (open - 0.3) > 0 and (high - low) * 2 > 1 and not (close > open and high > low)",
    "900 / open / 2 < 225 / (close / 2)",
    "8 - close / 10 * 3 + 1 < 0",
    "30 - open < close - 30 and 0.2 < -(open - close)",
    "-close[1] * -2 > close * 2 AND (open + close)[2] / 2 > close",
    "not not close > open and not close[1] > open[1]",
    "close >= high[1] or 30 >= rsi(close, 5)",
    "close > 0.99 * close[1]",
    # functions: inputs, then parameters in the order of the catalog, or by name
    "macd(close, 5, 13, 4).signal > 0 and macd(close, 5, 13, 4) > 0",
    "macd(close, slow_period=13, fast_period=5, signal_period=4).histogram > 0",
    "bollinger_bands(close, 10, 1.5).lower > close or atr(5) > 2 * atr(period=20)",
    "correlation(close, volume, 12) > 0.2 and stochastic(5).k < stochastic(5).d",
    "crosses_above(close, sma(close, 9)) or crosses_below(ema(close, 4), ema(close, 9))",
    "crosses(rsi(close, 5), 50) and between(rsi(close, 9), 40, 60)",
    "rising(close, 2) or falling(low, 2) or is_highest(high, 15)",
    'percent_move(close, 1.5, 3, "down") or percent_move(close, bars=4, percent=2)',
    "min(open, close, high[1]) > max(low[1], 20) and abs(close - open) > 0.4",
    "shift(close, 3) < close and change(close, 2) > shift(change(close, 2), 1)",
    "vote(close > open, close[1] > open[1], high > high[1], count=2)",
    'vote(close > open, close > close[1], high > high[1], how="exactly", count=1)',
    "sequence(close > open, high < high[1], 3) and lasts(close > sma(close, 20), 2)",
    "latch(rsi(close, 5) < 30, rsi(close, 5) > 70)",
    "trending_up(7, 20) or trending_down(7, adx=20)",
    "divide(low, high - high, when_zero=-2) < -1 and close / (high - high) < close - open",
    # inputs: weekly closes, another expression, the open position
    "close > a and b > 0.01",
    "a * 2 - b > close + a[1] and volume > 0",
    "c > 1 and b > 0 or c < -1 and close > open or close > high[3]",
]


def strategy_of(text: str, other: str = "close / close[1] - 1") -> StrategyGraph:
    strategy = set_param(set_param(sketch(IT), "it", "text", text), "other", "text", other)
    assert not [item for item in validate(strategy) if item.severity == "error"]
    return strategy


@pytest.mark.parametrize("text", TEXTS)
def test_an_expression_is_true_on_the_bars_of_the_book(text):
    strategy = strategy_of(text)
    found = truths(strategy, BARS)
    values = Values(strategy, BARS, {})
    start = values.first_decision()
    assert found[DECIDED_BARS] == list(range(start, len(BARS)))
    if " c " not in f" {text} ":  # the position is that of the run
        seen = {bar: values.on_close(bar, Position()) for bar in range(start, len(BARS))}
        assert found["it"] == [bar for bar, item in seen.items() if item.signal("it.signal")]
        assert 0 < len(found["it"]) < len(BARS) - start


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("close > open", [0, 2, 3]),
        ("close > open and high > 14", [3]),
        ("close > 12 or low < 9 and not close > open", [2, 3]),
        ("(close > 12 or low < 9) and not close > open", []),
        ("close > close[1]", [2, 3]),
        ("close[1] > close[2]", [3]),
        ("high - low - 6 > 0", [3]),
        ("high - (low - 6) > 12", [3]),
        ("close * 2 + 1 > 26", [2, 3]),
        ("-close < -12", [2, 3]),
        ("highest(high, 2) >= 15 and lowest(low, 2) < 9", [1, 2, 3]),
    ],
)
def test_by_hand(text, bars):
    strategy = sketch(
        "bars: data.bars",
        "it: condition.expression",
        "bars.bars -> it.bars",
        "enter: action.enter_long",
        "leave: action.exit_long",
        "it.signal -> enter.when",
        "it.signal -> leave.when",
    )
    assert truths(set_param(strategy, "it", "text", text), FEW).get("it", []) == bars


def test_a_formula_is_a_series_as_any_other():
    text = """
        level: math.expression
        bars.bars -> level.bars
        it: condition.compare value=11
        level.value -> it.left
    """
    assert true_bars(text, FEW) == [1, 3]  # (high + low) / 2 is 11, 12, 10 and 15
    assert spelled_out(sketch("bars: data.bars", text)).node("level").kind == "math.divide"


def test_the_book_reads_every_kind_of_expression():
    assert set(OUTPUT) == {"condition.expression", "math.expression"} == set(EXPRESSION_KINDS)
