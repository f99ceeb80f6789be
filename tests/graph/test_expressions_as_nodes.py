"""Expressions as nodes: expanding, folding, and what is said about them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sketch import sketch
from strategies import valid_graphs

from stratcraft_jupyter.errors import ExpressionError, GraphEditError, UnknownNameError
from stratcraft_jupyter.graph import (
    Node,
    StrategyGraph,
    describe,
    describe_node,
    disconnect,
    expand,
    expand_all,
    expansion,
    fold,
    get_kind,
    move_nodes,
    set_label,
    set_note,
    set_param,
    validate,
)
from stratcraft_jupyter.graph.document import MAX_NODES

BASE = """
bars: data.bars
it: condition.expression
level: math.expression
enter: action.enter_long
exit: action.exit_long
bars.bars -> it.bars
bars.bars -> level.bars
level.value -> it.a
it.signal -> enter.when
it.signal -> exit.when
"""


def written(text: str, level: str = "(high + low) / 2", *more: str) -> StrategyGraph:
    graph = set_param(sketch(BASE, *more), "it", "text", text)
    return set_param(graph, "level", "text", level)


def shape(graph: StrategyGraph) -> list[str]:
    """What a strategy means, whatever its ids: each node said by what it reads."""
    said: dict[str, str] = {}

    def say(node_id: str) -> str:
        if node_id not in said:
            node = graph.node(node_id)
            kind = get_kind(node.kind)
            reads = sorted(
                (port.name, edge.source_port, say(edge.source_node))
                for port in kind.inputs
                for edge in graph.edges_into(node_id, port.name)
            )
            connected = {port for port, _, _ in reads}
            params = {
                param.name: node.params.get(param.name, param.default)
                for param in kind.params
                if param.unless_connected not in connected
            }
            said[node_id] = json.dumps([node.kind, params, reads], sort_keys=True)
        return said[node_id]

    return sorted({say(node.id) for node in graph.nodes})


def kinds(graph: StrategyGraph) -> dict[str, str]:
    return {node.id: node.kind for node in graph.nodes}


def errors(graph: StrategyGraph) -> list[tuple[str, str, str | None, str | None]]:
    """Code, message, node and port of each error."""
    found = [item for item in validate(graph) if item.severity == "error"]
    return [(item.code, item.message, item.node_id, item.port) for item in found]


def test_expanding_gives_readable_nodes_in_place():
    graph = written("close > highest(high, 20) * 0.99 and volume > 2 * sma(volume, 20)")
    graph = set_note(set_label(graph, "it", "Breakout"), "it", "as ever")
    graph = expand(move_nodes(graph, {"it": (500.0, 100.0)}), "it")
    assert kinds(graph) == {
        "bars": "data.bars",
        "level": "math.expression",
        "highest": "indicator.highest",
        "multiply": "math.multiply",
        "compare": "condition.compare",
        "sma": "indicator.sma",
        "multiply_2": "math.multiply",
        "compare_2": "condition.compare",
        "it": "logic.and",
        "enter": "action.enter_long",
        "exit": "action.exit_long",
    }
    assert (graph.node("it").label, graph.node("it").note) == ("Breakout", "as ever")
    assert graph.node("multiply_2").params["value"] == 2
    assert {str(edge) for edge in graph.edges} >= {
        "bars.high->highest.source",
        "highest.value->multiply.left",
        "bars.close->compare.left",
        "multiply.value->compare.right",
        "compare.signal->it.signals",
        "it.signal->enter.when",
    }
    places = {name: (place.x, place.y) for name, place in graph.layout.items()}
    assert places["it"] == (500, 100)
    assert places["highest"][0] < places["multiply"][0] < places["compare"][0] < 500
    assert len(set(places.values())) == len(places)
    assert not [item for item in validate(graph) if item.severity == "error"]


def test_what_is_the_same_is_one_node():
    graph = expand(written("sma(close, 9) > open and SMA(close, period=9) < high"), "it")
    assert [node.kind for node in graph.nodes].count("indicator.sma") == 1
    twice = expand(written("close > open and close > open"), "it")
    assert kinds(twice)["it"] == "condition.compare"


def test_one_indicator_is_one_node_however_it_is_written():
    text = "rsi(close) < 30 or RSI(close, 14) > 70 or rsi(close, period=1.4e1) > 90"
    graph = expand(written(text), "it")
    assert [node.kind for node in graph.nodes].count("indicator.rsi") == 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("rsi(close, 14) > 1", "rsi(close) > 1"),
        ("macd(close, 12, 30, 9).macd > 1", "macd(close, slow_period=30) > 1"),
        ("macd(close, 8, 20, 5).signal > 1", "macd(close, 8, 20, 5).signal > 1"),
        (
            "bollinger_bands(close, 20, 3).upper > 1",
            "bollinger_bands(close, deviations=3).upper > 1",
        ),
        ('vwap(anchor="session") > 1', "vwap() > 1"),
        ('percent_move(close, 5, 5, "down")', 'percent_move(close, direction="down")'),
    ],
)
def test_folding_writes_what_differs_from_the_defaults(text, folded):
    assert fold(expand(written(text), "it"), "it.signal").node("it").params["text"] == folded


def test_numbers_are_parameters_where_they_can_be():
    graph = expand(written("2 - close > 3 and 30 < close"), "it")
    assert graph.node("constant").params["value"] == 2
    assert graph.node("compare").params["value"] == 3
    mirrored = graph.node("compare_2").params
    assert (mirrored["operator"], mirrored["value"]) == (">", 30)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("close", "math.multiply"), ("a", "math.multiply"), ("5", "math.constant")],
)
def test_a_price_an_input_or_a_number_alone_is_a_node(text, kind):
    graph = sketch(BASE, "bars.close -> level.a\nlevel.value -> it.b")
    graph = set_param(set_param(graph, "it", "text", "a > b - 1"), "level", "text", text)
    expanded = expand(graph, "level")
    assert kinds(expanded)["level"] == kind
    assert [edge.source for edge in expanded.edges_into("it", "a")] == ["level.value"]


def test_an_output_other_than_the_first():
    graph = expand(written("a > 0", "macd(close).signal"), "level")
    assert [edge.source for edge in graph.edges_into("it", "a")] == ["level.signal"]


def test_one_expression_reads_another():
    graph = expand_all(written("close > a and crosses_above(close, a)"))
    assert "level.value->it_compare.right" in {str(edge) for edge in graph.edges}
    assert not [node for node in graph.nodes if node.kind.endswith(".expression")]


def test_what_cannot_be_expanded_is_refused():
    graph = written("close >")
    with pytest.raises(ExpressionError, match=r"Column 8: The expression ends too early\."):
        expand(graph, "it")
    with pytest.raises(ExpressionError):
        expand_all(graph)
    with pytest.raises(GraphEditError, match="bars is no expression"):
        expand(graph, "bars")
    with pytest.raises(UnknownNameError):
        expand(graph, "nothing")
    with pytest.raises(ExpressionError, match=r"Column 9: b is not connected\."):
        expand(written("close > b"), "it")
    loose = disconnect(written("close > open"), "bars.bars", "it.bars")
    with pytest.raises(GraphEditError, match="The bars of it are not connected"):
        expand(loose, "it")
    assert expansion(loose).problems == {}


def test_too_many_nodes_are_a_problem_and_no_crash():
    text = " or ".join(f"close>{number}" for number in range(60))
    nodes = [Node(id="bars", kind="data.bars")]
    nodes += [
        Node(id=f"x{i}", kind="condition.expression", params={"text": text}) for i in range(40)
    ]
    edges = [{"source": "bars.bars", "target": f"x{i}.bars"} for i in range(40)]
    graph = StrategyGraph.model_validate_json(
        json.dumps({"nodes": [node.model_dump() for node in nodes], "edges": edges})
    )
    found = expansion(graph)
    assert len(found.graph.nodes) <= MAX_NODES
    assert found.problems
    messages = {item.message for item in validate(graph) if item.code == "SC112"}
    assert messages == {"Text of Expression, column 1: The strategy becomes too large with it."}


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=80))
def test_any_text_leaves_a_graph_that_can_be_looked_at(text):
    graph = written(text)
    found = expansion(graph)
    assert ("it" in found.outputs) != ("it" in found.problems)
    assert ("SC112" in {item.code for item in validate(graph)}) == ("it" in found.problems)
    assert describe(graph)


TEXTS = [
    "close > highest(high, 20) * 0.99 and volume > 2 * sma(volume, 20)",
    "2 - close / 3 > -a or not (close > open) and 1 < 2 + 3",
    "macd(close, 5, 13).histogram > 0 and bollinger_bands(close, 10, 1.5).upper[2] < high",
    'vote(close > open, high > low, how="exactly", count=1) or latch(close > 5, a < 4)',
    "min(close, 3, open) + max(a, 2) > add(close, open, high, 2) * -1 + constant(5)",
    "divide(close, open, when_zero=4) / 2 > close / (open - 1)",
    'percent_move(close, 2, 3, "down") or between(rsi(close), 30, a) or crosses(close, 30)',
    "weekday(monday=false, sunday=true) and time_of_day('10:00') and candle_pattern()",
    "kst(close, 9).signal > keltner_channel(10).upper and atr(5) > sma(atr(5), 9)[1]",
    "a > 1",
]


@pytest.mark.parametrize("text", TEXTS)
def test_folding_what_was_expanded_means_the_same(text):
    graph = written(text)
    expanded = expand(graph, "it")
    folded = fold(expanded, "it.signal")
    assert kinds(folded) == kinds(graph)
    named = {edge.target for edge in folded.edges_into("it")}
    assert set(folded.edges) == {
        edge for edge in graph.edges if edge.target != "it.a" or edge.target in named
    }
    assert shape(expand(folded, "it")) == shape(expanded)
    by_ids = [name for name in kinds(expanded) if name not in kinds(graph)] + ["it"]
    assert shape(expand(fold(expanded, by_ids), "it")) == shape(expanded)


def folded_or_refused(graph: StrategyGraph, endpoint: str) -> StrategyGraph | None:
    try:
        return fold(graph, endpoint)
    except GraphEditError:
        return None


@settings(max_examples=40)
@given(valid_graphs())
def test_folding_drawn_strategies_is_sound_or_refused(graph):
    for signal in {edge.source for edge in graph.edges if edge.target_port == "when"}:
        folded = folded_or_refused(graph, signal)
        assert not folded or not errors(folded)


def test_folding_says_the_nodes_in_words():
    graph = sketch(
        """
        bars: data.bars
        weekly: data.timeframe timeframe=1w
        position: data.position
        fast: indicator.sma period=5 label=Fast
        slow: indicator.sma period=20
        bars.bars -> weekly.bars
        bars.close -> fast.source
        weekly.close -> slow.source
        above: condition.compare operator=>
        fast.value -> above.left
        slow.value -> above.right
        small: condition.compare operator=< value=-2.5
        position.profit -> small.left
        both: logic.and label=Both
        above.signal -> both.signals
        small.signal -> both.signals
        enter: action.enter_long
        exit: action.exit_long
        both.signal -> enter.when
        above.signal -> exit.when
        """
    )
    folded = fold(graph, "both.signal")
    text = folded.node("both").params["text"]
    assert text == "sma(close, 5) > sma(a, 20) and b < -2.5"
    assert folded.node("both").label == "Both"
    assert {str(edge) for edge in folded.edges_into("both")} == {
        "bars.bars->both.bars",
        "weekly.close->both.a",
        "position.profit->both.b",
    }
    # what the exit reads too stays
    assert {"fast", "slow", "above"} <= set(kinds(folded))
    assert "small" not in kinds(folded)


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ("enter.order", "An expression cannot say Enter long."),
        ("position.is_long", "An expression cannot say Position."),
        ("held.signal", "An expression cannot say Position, nor take it as an input."),
        ("wide.signal", "An expression has 4 inputs, and this needs more."),
        ("loose.signal", "Source of Rising is not connected."),
        ("foreign.value", None),
        (["up", "down"], "An expression has one output, and these nodes have 2 that are used."),
        (["up", "bars"], "An expression cannot say Bars."),
        ([], "An expression has one output, and these nodes have 0 that are used."),
    ],
)
def test_what_cannot_be_folded_is_refused_with_the_reason(chosen, reason):
    graph = sketch(
        """
        bars: data.bars
        other: data.symbol symbol=IBM
        position: data.position
        up: condition.rising
        down: condition.falling
        bars.close -> up.source
        bars.close -> down.source
        held: logic.not
        position.is_long -> held.signal
        wide: condition.compare
        sum: math.add
        position.gain -> sum.left
        position.profit -> sum.right
        other.close -> sum.right
        other.high -> sum.right
        other.low -> sum.right
        bars.close -> sum.right
        bars.high -> sum.right
        bars.low -> sum.right
        bars.open -> sum.right
        sum.value -> wide.left
        loose: condition.rising
        foreign: indicator.atr
        other.bars -> foreign.bars
        enter: action.enter_long
        up.signal -> enter.when
        down.signal -> enter.filter
        """
    )
    if reason is None:
        assert fold(graph, chosen).node("foreign").params["text"] == "atr()"
        return
    with pytest.raises(GraphEditError) as caught:
        fold(graph, chosen)
    assert caught.value.message == reason


def test_a_text_that_cannot_be_read_is_an_error_of_its_field():
    assert errors(written("close >")) == [
        ("SC112", "Text of Expression, column 8: The expression ends too early.", "it", "text")
    ]
    assert errors(set_label(written("close > b"), "it", "Breakout")) == [
        ("SC112", "Text of Breakout, column 9: b is not connected.", "it", "text")
    ]


def test_rules_about_series_name_the_expression():
    divides = written("a > 1", "close / 0")
    assert errors(divides) == [("SC111", "close / 0 divides by 0 on every bar.", "level", "text")]
    (hint,) = (item.hint for item in validate(divides) if item.code == "SC111")
    assert hint == "Change the text of Formula."
    position = "position: data.position\nposition.gain -> it.b"
    assert errors(written("sma(b, 3) > a", "5", position)) == [
        (
            "SC108",
            "Source of sma(b, 3) looks back over bars, and Gain of Position is known only now.",
            "it",
            "text",
        )
    ]


def test_contradictions_name_the_expression():
    assert errors(written("close > 5 and close < 3")) == [
        (
            "SC208",
            "close > 5 and close < 3 (it) can never be true: close > 5 (in it) and close < 3 "
            "(in it) exclude one another.",
            "it",
            None,
        )
    ]
    assert errors(written("crosses(close, close)")) == [
        (
            "SC209",
            "crosses(close, close) holds a series against itself, which is never true.",
            "it",
            "text",
        )
    ]


def test_an_input_that_the_text_does_not_name_leads_nowhere():
    (found,) = validate(written("close > open"))
    assert (found.code, found.node_id) == ("SC206", "level")


LONG_TEXT = " or ".join(f"close > {number}" for number in range(20))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("close > sma(close, 20)", "close is above SMA(20) of close"),
        ("close > a", "close is above ((high + low) / 2)"),
        ("not rsi(close) >= 70", "RSI(14) of close is not at or above 70"),
        ("close  >\nnothing", "(close > nothing)"),
        ("close > a and\u200b", "(close > a and, where a is ((high + low) / 2))"),
        (LONG_TEXT, f"({LONG_TEXT})"),
    ],
)
def test_an_expression_reads_as_its_nodes_or_as_its_text(text, phrase):
    assert describe_node(written(text), "it") == phrase


def test_a_fault_in_a_text_of_several_lines_is_told_with_its_line():
    (item,) = [
        item for item in validate(written("close > 1 and\n  foo(3) > 1")) if item.code == "SC112"
    ]
    assert item.message == "Text of Expression, line 2, column 3: There is no function named foo."
