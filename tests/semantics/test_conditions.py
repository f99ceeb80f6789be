"""Conditions and logic: the bars on which they are true."""

import pytest

from semantics.desk import closes, true_on

CROSS = {"cross": ("condition.crosses_above", {"value": 10.0})}
CROSS_DOWN = {"cross": ("condition.crosses_below", {"value": 10.0})}
CLOSE_LEFT = "bars.close -> cross.left"


@pytest.mark.parametrize(
    ("operator", "bars"), [(">", [2]), (">=", [1, 2]), ("<", [0]), ("<=", [0, 1])]
)
def test_compare_with_a_number(operator, bars):
    nodes = {"it": ("condition.compare", {"operator": operator, "value": 10.0})}
    assert true_on("it.signal", nodes, "bars.close -> it.left", closes(9, 10, 11)) == bars


def test_compare_with_a_series_takes_the_place_of_the_number():
    nodes = {
        "mean": ("indicator.sma", {"period": 2}),
        "it": ("condition.compare", {"operator": ">", "value": 1_000.0}),
    }
    edges = "bars.close -> it.left\nbars.close -> mean.source\nmean.value -> it.right"
    assert true_on("it.signal", nodes, edges, closes(9, 10, 8, 8, 9)) == [1, 4]


def test_crosses_above_is_true_on_the_bar_of_the_cross_alone():
    assert true_on("cross.signal", CROSS, CLOSE_LEFT, closes(9, 11, 12, 9, 8, 13)) == [1, 5]


def test_crosses_below_is_true_on_the_bar_of_the_cross_alone():
    assert true_on("cross.signal", CROSS_DOWN, CLOSE_LEFT, closes(11, 9, 8, 11, 12, 7)) == [1, 5]


def test_cross_passes_over_bars_on_which_both_are_equal():
    assert true_on("cross.signal", CROSS, CLOSE_LEFT, closes(9, 10, 10, 11)) == [3]
    assert true_on("cross.signal", CROSS_DOWN, CLOSE_LEFT, closes(11, 10, 10, 9)) == [3]


def test_touching_and_turning_back_is_no_cross():
    assert true_on("cross.signal", CROSS, CLOSE_LEFT, closes(11, 10, 10, 11)) == []
    assert true_on("cross.signal", CROSS_DOWN, CLOSE_LEFT, closes(9, 10, 10, 9)) == []


def test_leaving_equality_at_the_start_is_no_cross():
    assert true_on("cross.signal", CROSS, CLOSE_LEFT, closes(10, 10, 11, 12)) == []
    assert true_on("cross.signal", CROSS_DOWN, CLOSE_LEFT, closes(10, 10, 9, 8)) == []


def test_first_bar_above_is_no_cross():
    assert true_on("cross.signal", CROSS, CLOSE_LEFT, closes(11, 11, 9)) == []


def test_cross_of_two_series():
    nodes = {
        "fast": ("indicator.sma", {"period": 1}),
        "slow": ("indicator.sma", {"period": 3}),
        "cross": ("condition.crosses_above", {"value": 1_000.0}),
    }
    edges = """
        bars.close -> fast.source
        bars.close -> slow.source
        fast.value -> cross.left
        slow.value -> cross.right
    """
    # slow: 8 on bar 2, then 8, 9, 9: fast is below on bar 2, above on bar 3
    prices = closes(9, 8, 7, 9, 11, 7)
    assert true_on("cross.signal", nodes, edges, prices) == [3]


def test_cross_remembers_the_side_from_before_the_other_indicators_had_values():
    # below on bar 0, equal on bars 1 to 3; the slow mean keeps decisions away until bar 3
    nodes = {
        **CROSS,
        "slow": ("indicator.sma", {"period": 4}),
        "some": ("condition.compare", {"operator": ">", "value": 0.0}),
        "it": ("logic.and", {}),
    }
    edges = f"""
        {CLOSE_LEFT}
        bars.close -> slow.source
        slow.value -> some.left
        some.signal -> it.signals
        cross.signal -> it.signals
    """
    assert true_on("it.signal", nodes, edges, closes(9, 10, 10, 10, 11)) == [4]


ABOVE_AND_BELOW = {
    "above": ("condition.compare", {"operator": ">", "value": 5.0}),
    "below": ("condition.compare", {"operator": "<", "value": 8.0}),
}
BOTH_EDGES = """
    bars.close -> above.left
    bars.close -> below.left
    above.signal -> it.signals
    below.signal -> it.signals
"""


def test_and_is_true_when_all_are():
    nodes = {**ABOVE_AND_BELOW, "it": ("logic.and", {})}
    assert true_on("it.signal", nodes, BOTH_EDGES, closes(4, 6, 9, 5, 7)) == [1, 4]


def test_or_is_true_when_any_is():
    nodes = {
        "above": ("condition.compare", {"operator": ">", "value": 8.0}),
        "below": ("condition.compare", {"operator": "<", "value": 5.0}),
        "it": ("logic.or", {}),
    }
    assert true_on("it.signal", nodes, BOTH_EDGES, closes(4, 6, 9, 5, 7)) == [0, 2]


@pytest.mark.parametrize("kind", ["logic.and", "logic.or"])
def test_and_and_or_of_one_signal_are_that_signal(kind):
    nodes = {"above": ("condition.compare", {"operator": ">", "value": 5.0}), "it": (kind, {})}
    edges = "bars.close -> above.left\nabove.signal -> it.signals"
    assert true_on("it.signal", nodes, edges, closes(4, 6, 5)) == [1]


def test_not_is_true_when_the_signal_is_false():
    nodes = {
        "above": ("condition.compare", {"operator": ">", "value": 5.0}),
        "it": ("logic.not", {}),
    }
    edges = "bars.close -> above.left\nabove.signal -> it.signal"
    assert true_on("it.signal", nodes, edges, closes(4, 6, 5)) == [0, 2]


def test_not_of_a_combination():
    nodes = {**ABOVE_AND_BELOW, "both": ("logic.and", {}), "it": ("logic.not", {})}
    edges = BOTH_EDGES.replace("it.signals", "both.signals") + "both.signal -> it.signal"
    assert true_on("it.signal", nodes, edges, closes(4, 6, 9, 5, 7)) == [0, 2, 3]
