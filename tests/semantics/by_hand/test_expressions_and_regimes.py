"""Expressions and trend regimes on a few bars."""

import pytest
from sketch import LONG as SOUND
from sketch import sketch

from semantics import signal_desk
from semantics.by_hand.playing import bars_of, covers, fills_of
from stratcraft_jupyter.graph import validate

BARS = """
    0: 10 11 9 10
    1: 11 13 11 12
    2: 12 16 11 13
    3: 14 16 13 15
    4: 15 15 12 12
    5: 12
"""

TRENDS = """
    0: 9 10 8 9
    1: 9 12 9 11
    2: 11 13 10 12
    3: 12 12.5 9 9.5
    4: 9 12 7 8
    5: 8
"""


def first(text: str, inputs: str = "") -> int | None:
    """The first bar of `BARS` on which an expression is true."""
    return _first(f"{written(text)}\n{inputs}")


def written(text: str) -> str:
    """The node of an expression; its text as one JSON word, without spaces and arrows."""
    word = f'"{text}"'.replace(" ", "\\u0020").replace(">", "\\u003e").replace("=", "\\u003d")
    return f"it: condition.expression text={word}\nbars.bars -> it.bars"


def _first(node: str, bars: str = BARS) -> int | None:
    found = fills_of(f"{node}\nenter: action.enter_long\nit.signal -> enter.when", bars)
    return found[0][0] - 1 if found else None


@covers("Expressions: A text such as `close", "Expressions: Precedence", "Conditions: Expression")
@pytest.mark.parametrize(
    ("text", "bar"),
    [
        ("close > 11 or low < 5 and high > 90", 1),  # and before or
        ("(close > 11 or low < 5) and high > 90", None),
        ("not close > 11 and close > 9", 0),  # not before and
        ("high - low - 2 > 1", 2),  # from left to right: 5 - 2
        ("close - close[1] > 1 and close[1] > 12", 3),
        ("-close < -12", 2),
        ("divide(close, high - high, when_zero=7) >= 7", 0),
    ],
)
def test_an_expression_is_read_by_its_precedence(text, bar):
    assert first(text) == bar


@covers("Expressions: Names", "Expressions: Operators")
@pytest.mark.parametrize(
    ("text", "bar"),
    [
        ("a > b", 1),  # the close above the open: 10 and 10, then 12 and 11
        ("A >= B AND Close < 13", 0),  # upper and lower case are the same
        ("a[2] > 11.5", 3),  # two bars ago: 12 on bar 1
        ("12 < close", 2),  # a number on the left changes sides
        ("close - open <= -1 * 3", 4),
        ("high / low > 1.4", 2),  # 16 / 11
        ("close / (open - open) < 1", 0),  # 0 where the divisor is 0
        ("divide(close, open - open, when_zero=1) < 1", None),
    ],
)
def test_names_and_operators(text, bar):
    assert first(text, "bars.close -> it.a\nbars.open -> it.b") == bar


@covers("Expressions: Functions", "Expressions: Outputs")
@pytest.mark.parametrize(
    ("text", "bar"),
    [
        ("sma(close, 2) > 12.2", 2),  # 11, 12.5
        ("sma(close, period=2) > 12.2", 2),
        ("highest(high, 2)[1] < close", None),  # 13, 16, 16 of the bars before
        ("min(open, close, 12.5) >= 12", 2),
        ("max(open, close) >= 15", 3),
        ("abs(open - close) >= 2", 4),
        ("between(close, 12.5, 14)", 2),
        ("crosses_above(close, 12.5)", 2),
        ("vote(close > open, high > 15, close > 14, count=3)", 3),
        ("rising(close, 3)", 3),
        # the bands of two: 14 and 1 times the deviation of 13 and 15
        ("bollinger_bands(close, 2, 1).upper >= 14.9", 3),
        ("donchian_channels(2).lower > 10.5", 2),
    ],
)
def test_functions_and_their_outputs(text, bar):
    assert first(text) == bar


@covers("Expressions: As nodes")
def test_a_signal_that_is_given_twice_counts_once():
    assert first("vote(close > open, high > 15, count=2)") == 2
    assert first("vote(close > open, close > open, count=1)") == 1
    twice = "vote(close > open, close > open, count=2)"
    assert signal_desk.true_bars(written(twice), bars_of(BARS)) == []


@covers("Expressions: Functions")
def test_an_alias_that_means_one_kind_is_a_name_too():
    # The bands of two at the deviation: from the lower to the higher close.
    text = "bbands(close, 2, 1).lower >= 12.9"
    assert signal_desk.true_bars(written(text), bars_of(BARS)) == [3]


@covers('Expressions: expression = expression ("or" |', "Expressions: A text such as `close")
@pytest.mark.parametrize(
    "text",
    [
        "10 < close < 12",
        "close == 10",
        "close % 2 > 1",
        "close ** 2 > 1",
        "close > ",
        "close > sma(close 2)",
        "close > " + "-" * 60 + "1",
        "close > 1" + "+1" * 250,
        "close > 10000000000000",
        "__import__(close) > 1",
    ],
)
def test_what_the_grammar_does_not_know_is_refused(text):
    assert errors(text)
    assert errors("close > 1") == []


def errors(text: str) -> list[str]:
    found = validate(sketch(SOUND, written(text), "out: action.exit_long\nit.signal -> out.when"))
    return [item.code for item in found if item.severity == "error"]


@covers(
    "Regimes: Each is a signal. The",
    "Regimes: Trending up",
    "Regimes: Trending down",
    "Regimes: Ranging",
)
@pytest.mark.parametrize(
    ("regime", "bar"),
    [
        # With a period of 2: on bar 2 the +DI is 50 and the -DI 0, so the DX is 100. On bar 3
        # they go as 0.75 to 0.5: 20. The ADX begins on bar 3 with their mean of 60.
        ("trending_up period=2 adx=59", 3),
        ("trending_up period=2 adx=61", None),
        ("ranging period=2 adx=61", 3),
        # On bar 4 they go as 0.375 to 1.25: 53.8. The ADX is (60 + 53.8) / 2 = 56.9.
        ("ranging period=2 adx=59", 4),
        ("trending_down period=2 adx=56", 4),
    ],
)
def test_trends(regime, bar):
    assert _first(f"it: regime.{regime}\nbars.bars -> it.bars", TRENDS) == bar


@covers("Regimes: Each is a signal. The")
@pytest.mark.parametrize(
    ("regime", "bar"),
    [("ranging period=2 adx=0.01", 3), ("trending_up period=2 adx=0.01", None)],
)
def test_prices_that_do_not_move_have_no_trend(regime, bar):
    flat = "\n".join(f"{number}: 10" for number in range(6))
    assert _first(f"it: regime.{regime}\nbars.bars -> it.bars", flat) == bar
