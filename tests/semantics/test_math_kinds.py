"""Arithmetic on series: what it comes to on each bar."""

import pytest

from semantics.desk import closes, market, value_on
from semantics.signal_desk import true_bars

BARS = market(
    """
    0: 10 14 8 12
    1: 12 15 9 10
    2: 10 13 7 13
    3: 13 19 11 16
    """
)
# bar 3: open 13, high 19, low 11, close 16


def on_last(kind: str, edges: str, params: dict[str, float] | None = None, bars=BARS):
    lines = "\n".join(f"bars.{edge}" for edge in edges.split(", "))
    return value_on(len(bars) - 1, "it.value", {"it": (kind, params or {})}, lines, bars)


@pytest.mark.parametrize(
    ("kind", "edges", "params", "value"),
    [
        ("math.add", "close -> it.left, low -> it.right", {}, 27),
        ("math.add", "close -> it.left, low -> it.right, high -> it.right", {}, 46),
        ("math.add", "close -> it.left", {"value": 2.5}, 18.5),
        ("math.subtract", "high -> it.left, low -> it.right", {}, 8),
        ("math.subtract", "close -> it.left", {"value": 6.0}, 10),
        ("math.multiply", "close -> it.left, low -> it.right", {}, 176),
        ("math.multiply", "close -> it.left", {"value": 0.5}, 8),
        ("math.divide", "close -> it.left, low -> it.right", {}, 16 / 11),
        ("math.divide", "close -> it.left", {"value": 4.0}, 4),
        ("math.absolute", "close -> it.source", {}, 16),
        ("math.minimum", "close -> it.left, low -> it.right, high -> it.right", {}, 11),
        ("math.minimum", "close -> it.left", {"value": 9.0}, 9),
        ("math.maximum", "close -> it.left, low -> it.right, high -> it.right", {}, 19),
        ("math.maximum", "close -> it.left", {"value": 20.0}, 20),
        ("math.change", "close -> it.source", {"bars": 3}, 4),
        # 10, 13 and 16: the mean is 13, the variance (9 + 0 + 9) / 3
        ("math.z_score", "close -> it.source", {"period": 3}, 3 / 6**0.5),
    ],
)
def test_value_on_a_bar(kind, edges, params, value):
    assert on_last(kind, edges, params) == pytest.approx(value, rel=1e-12)


def test_division_by_zero_gives_the_chosen_value():
    nodes = """
        flat: math.subtract
        bars.high -> flat.left
        bars.low -> flat.right
        ratio: math.divide when_zero=7
        bars.close -> ratio.left
        flat.value -> ratio.right
        it: condition.compare operator=>= value=7
        ratio.value -> it.left
    """
    bars = market("0: 10 12 8 10\n1: 10 10 10 10\n2: 10 11 10 10\n3: 9 9 9 9")
    assert true_bars(nodes, bars) == [1, 2, 3]  # 2.5, 7, 10, 7


def test_score_of_a_series_that_stands_still_is_zero():
    nodes = """
        score: math.z_score period=3
        bars.close -> score.source
        it: condition.between low_value=0 high_value=0
        score.value -> it.source
    """
    assert true_bars(nodes, closes(1, 0.1, 0.1, 0.1, 0.2)) == [3]


def test_arithmetic_on_numbers_alone_is_a_number():
    nodes = """
        two: math.constant value=2
        three: math.constant value=3
        six: math.multiply
        two.value -> six.left
        three.value -> six.right
        far: math.subtract value=10
        six.value -> far.left
        limit: math.absolute
        far.value -> limit.source
        before: math.shift bars=9
        limit.value -> before.source
        it: condition.compare
        bars.close -> it.left
        before.value -> it.right
    """
    assert true_bars(nodes, closes(3, 4, 5, 6)) == [2, 3]


def test_a_number_divided_by_a_series():
    nodes = """
        twelve: math.constant value=12
        ratio: math.divide
        twelve.value -> ratio.left
        bars.close -> ratio.right
        it: condition.compare value=3
        ratio.value -> it.left
    """
    assert true_bars(nodes, closes(2, 3, 4, 6)) == [0, 1]
