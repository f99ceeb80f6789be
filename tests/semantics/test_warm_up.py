"""Warm-up: nothing is decided before every indicator of the strategy has its first value."""

import pytest

from semantics.desk import TEN_SHARES, Stop, closes, graph, market, on_marks, trade, trade_plain

ALWAYS = {
    "bars": ("data.bars", {}),
    "always": ("condition.compare", {"operator": ">", "value": 0.0}),
    "never": ("condition.compare", {"operator": "<", "value": 0.0}),
    "size": TEN_SHARES,
    "enter": ("action.enter_long", {}),
    "leave": ("action.exit_long", {}),
}
ALWAYS_EDGES = """
    bars.close -> always.left
    bars.close -> never.left
    always.signal -> enter.when
    never.signal -> leave.when
    size.size -> enter.size
"""
TEN_BARS = closes(*range(1, 11))


def first_fill(extra_nodes=None, extra_edges=""):
    """The bar on which the strategy that always wants to be long gets in."""
    strategy = graph({**ALWAYS, **(extra_nodes or {})}, f"{ALWAYS_EDGES.strip()}\n{extra_edges}")
    return trade_plain(strategy, TEN_BARS).fills[0][0]


def test_without_indicators_the_first_close_decides():
    assert first_fill() == 1


def test_indicator_that_only_an_exit_reads_holds_entries_back():
    nodes = {
        "slow": ("indicator.sma", {"period": 5}),
        "low": ("condition.compare", {"operator": "<", "value": 0.0}),
        "leave_too": ("action.exit_long", {}),
    }
    edges = "bars.close -> slow.source\nslow.value -> low.left\nlow.signal -> leave_too.when"
    assert first_fill(nodes, edges) == 5  # its first value is on bar 4


def test_indicator_that_only_a_stop_reads_holds_entries_back():
    nodes = {
        "atr": ("indicator.atr", {"period": 3}),
        "stop": ("risk.trailing_stop", {"multiple": 100.0}),
    }
    edges = "bars.bars -> atr.bars\natr.value -> stop.distance\nenter.order -> stop.entry"
    assert first_fill(nodes, edges) == 4  # true ranges of bars 1 to 3


def test_node_that_leads_nowhere_does_not_count():
    nodes = {"idle": ("indicator.sma", {"period": 9})}
    assert first_fill(nodes, "bars.close -> idle.source") == 1


def test_exit_of_a_side_that_is_never_entered_does_not_count():
    nodes = {
        "slow": ("indicator.sma", {"period": 5}),
        "low": ("condition.compare", {"operator": "<", "value": 0.0}),
        "cover": ("action.exit_short", {}),
    }
    edges = "bars.close -> slow.source\nslow.value -> low.left\nlow.signal -> cover.when"
    assert first_fill(nodes, edges) == 1


def test_indicator_of_an_indicator_adds_its_wait():
    nodes = {
        "inner": ("indicator.sma", {"period": 3}),
        "outer": ("indicator.sma", {"period": 3}),
        "low": ("condition.compare", {"operator": "<", "value": 0.0}),
        "leave_too": ("action.exit_long", {}),
    }
    edges = """bars.close -> inner.source
        inner.value -> outer.source
        outer.value -> low.left
        low.signal -> leave_too.when"""
    assert first_fill(nodes, edges) == 5


def test_earlier_value_waits_for_its_bars():
    nodes = {
        "before": ("math.shift", {"bars": 3}),
        "low": ("condition.compare", {"operator": "<", "value": 0.0}),
        "leave_too": ("action.exit_long", {}),
    }
    edges = "bars.close -> before.source\nbefore.value -> low.left\nlow.signal -> leave_too.when"
    assert first_fill(nodes, edges) == 4


@pytest.mark.parametrize("kind", ["condition.crosses_above", "condition.crosses_below"])
def test_cross_waits_for_one_bar_more_than_its_series(kind):
    nodes = {
        "mean": ("indicator.sma", {"period": 3}),
        "cross": (kind, {"value": 1_000.0}),
        "leave_too": ("action.exit_long", {}),
    }
    edges = "bars.close -> mean.source\nmean.value -> cross.left\ncross.signal -> leave_too.when"
    assert first_fill(nodes, edges) == 4


def test_not_of_a_cross_is_true_on_the_first_bar_that_decides():
    nodes = {
        **{name: node for name, node in ALWAYS.items() if name != "always"},
        "cross": ("condition.crosses_above", {"value": 1_000.0}),
        "always": ("logic.not", {}),
    }
    edges = ALWAYS_EDGES.replace("bars.close -> always.left", "cross.signal -> always.signal")
    strategy = graph(nodes, edges.strip() + "\nbars.close -> cross.left")
    assert trade_plain(strategy, TEN_BARS).fills[0][0] == 2


def test_signal_during_the_warm_up_is_lost():
    # the mean of five has its first value on bar 4: the mark on bar 2 comes too early
    bars = market("""
        0: 100 100 100 100
        1: 100 100 100 100
        2: 100 100 100 100 buy
        3: 100 100 100 100
        4: 100 100 100 100
        5: 100 100 100 100 buy
        6: 100 100 100 100
    """)
    strategy = on_marks(
        bars,
        extra_nodes={"mean": ("indicator.sma", {"period": 5})},
        extra_edges="bars.close -> mean.source",
        stops=[Stop("stop_loss", distance="mean.value", multiple=0.5)],
    )
    assert trade(strategy, bars).fills == [(6, "buy", 10, 100)]
