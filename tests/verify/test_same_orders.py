"""Mutants that no bars can tell apart are shown to be equivalent, and no others are."""

import pytest

from stratcraft_jupyter import StrategyGraph, load_template
from stratcraft_jupyter.graph import expansion, set_param
from stratcraft_jupyter.verify.mutants import list_mutants
from stratcraft_jupyter.verify.same_orders import why_same
from stratcraft_jupyter.verify.terms import is_possible

CLOSE, HIGH = ("data.bars", "close", (), ()), ("data.bars", "high", (), ())
SMA, EMA = ("indicator.sma", "value", (), ()), ("indicator.ema", "value", (), ())


def number(value: float) -> tuple[str, float]:
    return ("number", value)


@pytest.mark.parametrize(
    ("signs", "possible"),
    [
        ({(CLOSE, SMA): 1, (SMA, EMA): 1, (CLOSE, EMA): 1}, True),
        ({(CLOSE, SMA): 1, (SMA, EMA): 1, (CLOSE, EMA): -1}, False),
        ({(CLOSE, SMA): 0, (SMA, EMA): 0, (CLOSE, EMA): 1}, False),
        ({(CLOSE, SMA): 1, (SMA, EMA): None, (CLOSE, EMA): -1}, True),
        ({(SMA, number(20)): -1, (SMA, number(25)): 1}, False),
        ({(SMA, number(20)): 1, (SMA, number(25)): -1}, True),
        ({(CLOSE, HIGH): 1}, False),
        ({(CLOSE, HIGH): 0}, True),
        ({(CLOSE, number(0)): 0}, False),
        ({(SMA, number(0)): 0}, True),
    ],
)
def test_comparisons_can_stand_or_not(signs, possible):
    assert is_possible(signs) is possible


EQUIVALENT = {
    # entered on a cross upwards, a position ends the first time fast is below slow
    "sma_cross": {
        "Enter long was taken up to 2 times while a position is open, instead of 1",
        "Fast below slow were true while below, not on the cross alone",
        "Fast below slow were a cross in either direction",
    },
    # a direction is 1 or -1, and never both
    "supertrend": {
        "Trend falls compared with <= instead of <",
        "the value of Trend falls was -0.25 instead of 0",
        "the value of Trend falls was 0.25 instead of 0",
        "Trend rises compared with >= instead of >",
        "the value of Trend rises was -0.25 instead of 0",
        "the value of Trend rises was 0.25 instead of 0",
        "the priority of Enter long was 2 instead of 1",
    },
    # the RSI was below 20 on the entry, so it is above 70 for the first time
    "weekly_trend_filter": {"Rally were true on the cross alone, not while it lasts"},
    # the RSI was below 30 on the entry, but a cross makes the strategy wait one bar longer
    "rsi_mean_reversion": set(),
}


@pytest.mark.parametrize("template", EQUIVALENT)
def test_what_is_shown_to_be_equivalent_is_just_this(template):
    graph = load_template(template)
    mutants, _ = list_mutants(graph)
    same = {m.words for m in mutants if not m.is_extra and why_same(graph, m.graph)}
    assert same == EQUIVALENT[template]


def test_an_exit_that_is_looked_at_again_is_not_taken_for_one_that_happens_once():
    """With an exit that sells a part, what comes after the first sale matters."""
    graph = set_param(load_template("sma_cross"), "exit_long", "percent", 50.0)
    mutants, _ = list_mutants(graph)
    assert not any(why_same(graph, mutant.graph) for mutant in mutants)


def test_prices_are_never_zero():
    graph = load_template("pairs_spread")
    assert why_same(graph, set_param(graph, "ratio", "when_zero", 1.0))
    assert not why_same(graph, set_param(graph, "dear", "value", 2.5))


def test_a_strategy_is_the_same_as_itself_and_not_as_another():
    def expanded(name: str) -> StrategyGraph:
        return expansion(load_template(name)).graph

    assert why_same(expanded("ichimoku_cloud"), expanded("ichimoku_cloud"))
    assert not why_same(expanded("sma_cross"), expanded("macd_cross"))
