"""Strategies in plain English."""

import pytest
from hypothesis import given, settings
from sketch import LONG, sketch
from strategies import valid_graphs

from graph.large import LARGE
from graph.phrases import PHRASES as FURTHER_PHRASES
from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import (
    KINDS,
    StrategyGraph,
    describe,
    describe_node,
    describe_nodes,
    load_template,
    set_backtest,
)
from stratcraft_jupyter.graph.describe import MOST_MEANINGS
from stratcraft_jupyter.graph.document import MAX_NODES

SOURCES = """
bars: data.bars
up: condition.crosses_above value=100
bars.close -> up.left
down: condition.crosses_below value=100
bars.close -> down.left
"""

PHRASES = {
    **FURTHER_PHRASES,
    "data.bars": ("", "the bars"),
    "indicator.sma": ("bars.close -> x.source", "SMA(14) of close"),
    "indicator.ema": ("bars.open -> x.source", "EMA(14) of open"),
    "indicator.wma": ("bars.volume -> x.source", "WMA(14) of volume"),
    "indicator.rsi": ("bars.close -> x.source", "RSI(14) of close"),
    "indicator.macd": ("bars.close -> x.source", "MACD(12, 26, 9) of close"),
    "indicator.atr": ("bars.bars -> x.bars", "ATR(14)"),
    "indicator.standard_deviation": ("bars.high -> x.source", "Standard deviation(14) of high"),
    "indicator.bollinger_bands": ("bars.close -> x.source", "Bollinger bands(20, 2) of close"),
    "indicator.highest": ("bars.high -> x.source", "Highest value(14) of high"),
    "indicator.lowest": ("bars.low -> x.source", "Lowest value(14) of low"),
    "indicator.donchian_channels": ("bars.bars -> x.bars", "Donchian channels(20)"),
    "math.constant": ("x: math.constant value=1234.5", "1,234.5"),
    "math.shift": ("bars.close -> x.source", "close one bar ago"),
    "condition.compare": ("bars.close -> x.left", "close is above 0"),
    "condition.crosses_above": ("bars.close -> x.left", "close crosses above 0"),
    "condition.crosses_below": ("bars.close -> x.left", "close crosses below 0"),
    "logic.and": ("up.signal -> x.signals", "close crosses above 100"),
    "logic.or": ("up.signal -> x.signals", "close crosses above 100"),
    "logic.not": ("up.signal -> x.signal", "close does not cross above 100"),
    "action.enter_long": (
        "up.signal -> x.when",
        "enter long when close crosses above 100, with 95 % of equity",
    ),
    "action.enter_short": (
        "up.signal -> x.when",
        "enter short when close crosses above 100, with 95 % of equity",
    ),
    "action.exit_long": ("up.signal -> x.when", "exit long when close crosses above 100"),
    "action.exit_short": ("up.signal -> x.when", "exit short when close crosses above 100"),
    "sizing.fixed_shares": ("x: sizing.fixed_shares shares=1500", "1,500 shares"),
    "sizing.fixed_cash": ("", "shares for 10,000 in cash"),
    "sizing.percent_of_equity": ("", "95 % of equity"),
    "sizing.risk": ("", "1 % of equity at risk to the stop (at most 95 % invested)"),
    "risk.stop_loss": (
        "entry: action.enter_long\nentry.order -> x.entry",
        "protect long positions with a stop loss 5 % from the entry price",
    ),
    "risk.trailing_stop": (
        "entry: action.enter_short\nentry.order -> x.entry",
        "protect short positions with a trailing stop 5 % from the close",
    ),
}

UNCONNECTED = {
    "indicator.sma": "SMA(14) of …",
    "math.shift": "… one bar ago",
    "condition.compare": "… is above 0",
    "condition.crosses_below": "… crosses below 0",
    "logic.and": "…",
    "logic.not": "it is not true that …",
    "action.enter_long": "enter long when …, with 95 % of equity",
    "action.exit_short": "exit short when …",
    "risk.stop_loss": "protect … with a stop loss 5 % from the entry price",
}

DETAILS = {
    "two bars ago": ("x: math.shift bars=2\nbars.close -> x.source", "close 2 bars ago"),
    "or equal": (
        'x: condition.compare operator="<=" value=-0.5\nbars.close -> x.left',
        "close is at or below -0.5",
    ),
    "at or above": (
        'x: condition.compare operator=">="\nbars.close -> x.left',
        "close is at or above 0",
    ),
    "below another": (
        'x: condition.compare operator="<"\nbars.close -> x.left\nbars.open -> x.right',
        "close is below open",
    ),
    "an operator that does not exist": (
        "x: condition.compare operator===\nbars.close -> x.left",
        "close is in relation to 0",
    ),
    "one of several outputs": (
        "bb: indicator.bollinger_bands\nbars.close -> bb.source\n"
        "x: condition.compare\nbars.close -> x.left\nbb.lower -> x.right",
        "close is above the lower band of Bollinger bands(20, 2) of close",
    ),
    "the output named as its kind": (
        "macd: indicator.macd\nbars.close -> macd.source\n"
        "x: condition.compare\nmacd.macd -> x.left\nmacd.signal -> x.right",
        "MACD(12, 26, 9) of close is above the signal line of MACD(12, 26, 9) of close",
    ),
    "both": (
        "x: logic.and\nother: condition.compare\nbars.open -> other.left\n"
        "up.signal -> x.signals\nother.signal -> x.signals",
        "(open is above 0 and close crosses above 100)",
    ),
    "a size of its own": (
        "x: action.enter_long\nup.signal -> x.when\ns: sizing.fixed_shares\ns.size -> x.size",
        "enter long when close crosses above 100, with 100 shares",
    ),
    "a stop by distance for both sides": (
        "x: risk.stop_loss multiple=2.5\natr: indicator.atr\nbars.bars -> atr.bars\n"
        "atr.value -> x.distance\nlong: action.enter_long\nshort: action.enter_short\n"
        "long.order -> x.entry\nshort.order -> x.entry",
        "protect long and short positions with a stop loss 2.5 x ATR(14), taken at the signal, "
        "from the entry price",
    ),
    "a kind that does not exist": ("x: future.kind", "future.kind"),
    "a coarser timeframe": (
        "week: data.timeframe timeframe=1w\nbars.bars -> week.bars\n"
        "x: condition.compare\nweek.close -> x.left",
        "weekly close is above 0",
    ),
    "a coarser timeframe of another symbol": (
        "msft: data.symbol\nweek: data.timeframe timeframe=1M\nmsft.bars -> week.bars\n"
        "x: condition.compare\nweek.close -> x.left\nmsft.close -> x.right",
        "monthly close of MSFT is above close of MSFT",
    ),
    "an indicator of coarser bars": (
        "week: data.timeframe\nbars.bars -> week.bars\nx: indicator.atr\nweek.bars -> x.bars",
        "ATR(14) of weekly bars",
    ),
    "an indicator of two series": (
        "x: indicator.correlation\nbars.close -> x.left\nbars.open -> x.right",
        "Correlation(20) of (close, open)",
    ),
    "the position": (
        "p: data.position\nx: condition.compare value=5\np.profit -> x.left",
        "profit of the position in % is above 5",
    ),
    "whether a position is open": (
        "p: data.position\nx: logic.or\np.is_long -> x.signals",
        "a long position is open",
    ),
    "arithmetic with a number": ("x: math.add value=2.5\nbars.close -> x.left", "(close + 2.5)"),
    "all weekdays but one": (
        "x: condition.weekday saturday=true\nbars.bars -> x.bars",
        "it is one of Monday, Tuesday, Wednesday, Thursday, Friday, Saturday",
    ),
    "a percent move either way": (
        "x: condition.percent_move direction=either bars=1\nbars.close -> x.source",
        "close has moved at least 5 % over one bar",
    ),
    "exactly so many": (
        "x: logic.vote how=exactly count=1\nup.signal -> x.signals\ndown.signal -> x.signals",
        "(exactly 1 of these is true: close crosses below 100; close crosses above 100)",
    ),
}


def said(text: str) -> str:
    return describe_node(sketch(SOURCES, text), "x")


SAID = ("data.", "math.", "condition.", "logic.", "regime.")
"""Families whose kinds all have phrases of their own; most indicators are said alike."""


@pytest.mark.parametrize(
    "kind", sorted({*PHRASES, *(kind for kind in KINDS if kind.startswith(SAID))})
)
def test_every_kind_has_its_phrase(kind):
    connected, phrase = PHRASES[kind]
    assert said(f"x: {kind}\n{connected}") == phrase


@pytest.mark.parametrize(("kind", "phrase"), UNCONNECTED.items())
def test_what_is_not_connected_reads_as_a_gap(kind, phrase):
    assert said(f"x: {kind}") == phrase


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_said_unconnected(kind):
    assert said(f"x: {kind}")


@pytest.mark.parametrize(("text", "phrase"), DETAILS.values(), ids=DETAILS)
def test_details_are_said(text, phrase):
    assert said(text) == phrase


def test_a_strategy_is_read_entries_first_stops_last():
    assert describe(load_template("donchian_turtle")) == (
        "Enter long when close is above the upper line of Donchian channels(20) one bar ago, with "
        "1 % of equity at risk to the stop (at most 95 % invested).",
        "Enter short when close is below the lower line of Donchian channels(20) one bar ago, with "
        "1 % of equity at risk to the stop (at most 95 % invested).",
        "Exit long when close is below the lower line of Donchian channels(10) one bar ago.",
        "Exit short when close is above the upper line of Donchian channels(10) one bar ago.",
        "Protect long and short positions with a stop loss 2 x ATR(20), taken at the signal, from "
        "the entry price.",
    )


def test_the_default_size_is_that_of_the_settings():
    graph = set_backtest(sketch(LONG), sizing_percent=12.5)
    assert describe(graph)[0].endswith("with 12.5 % of equity.")


def test_an_empty_strategy_says_nothing():
    assert describe(StrategyGraph()) == ()


def test_a_node_that_does_not_exist_is_refused():
    with pytest.raises(UnknownNameError, match="no node named 'nobody'"):
        describe_node(sketch(LONG), "nobody")


@settings(max_examples=40)
@given(valid_graphs(texts=True))
def test_a_strategy_is_said_in_whole_short_sentences(graph):
    for sentence in describe(graph):
        assert len(sentence) <= 1_500
        assert sentence[0] == sentence[0].upper()
        assert sentence.endswith(".")
    phrases = describe_nodes(graph)
    assert phrases == {node.id: describe_node(graph, node.id) for node in graph.nodes}


class Counted(dict):
    """A lookup that counts how often it is asked."""

    asked = 0

    def get(self, *arguments):
        self.asked += 1
        return super().get(*arguments)


@pytest.mark.parametrize("graph", LARGE.values(), ids=LARGE)
def test_a_large_graph_is_said_in_bounds(graph):
    assert len(graph.nodes) <= MAX_NODES
    sentences = describe(graph)
    assert len(sentences) <= 2 + MOST_MEANINGS + 1
    assert max(map(len, sentences)) < 100 * 250


@pytest.mark.parametrize("graph", LARGE.values(), ids=LARGE)
def test_a_large_graph_is_read_in_few_steps(graph):
    fresh = StrategyGraph.model_validate(dict(graph))
    counted = Counted(fresh._edges_by_target)
    fresh.__dict__["_edges_by_target"] = counted
    phrases = describe_nodes(fresh)
    assert set(phrases) == {node.id for node in graph.nodes}
    assert max(map(len, phrases.values())) < 12 * 250 + 200  # twelve parts, cut where too long
    # a node is read at most once at each depth, however many paths lead to it
    assert counted.asked < 25 * len(graph.nodes)
