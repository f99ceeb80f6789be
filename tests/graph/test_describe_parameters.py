"""Plain English says every parameter that counts, and none that does not."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sketch import sketch
from strategies import valid_graphs

from stratcraft_jupyter.graph import (
    KINDS,
    Param,
    StrategyGraph,
    describe,
    node_sentence,
    set_param,
)
from stratcraft_jupyter.graph.catalog.base import Value
from stratcraft_jupyter.graph.expressions import EXPRESSION_KINDS
from stratcraft_jupyter.graph.params import has_effect, param_value

AROUND = """
bars: data.bars
atr: indicator.atr
level: condition.compare
enter: action.enter_long
other: action.enter_short
bars.bars -> atr.bars
bars.close -> level.left
"""
GIVERS = {
    "bars": "bars.bars",
    "series": "atr.value",
    "signal": "level.signal",
    "order": "enter.order",
}
READERS = {
    "bars": "reader: indicator.atr\n{} -> reader.bars\nreader.value -> level.right",
    "series": "{} -> level.right",
    "signal": "{} -> enter.when",
    "size": "{} -> enter.size",
    "order": "stop: risk.stop_loss\n{} -> stop.entry",
}


def around(kind: str, *, without: str | None, **params: Value) -> StrategyGraph:
    """A strategy in which a node of this kind counts, with all inputs connected but one."""
    found = KINDS[kind]
    lines = [
        f"{GIVERS[port.type]} -> x.{port.name}"
        for port in found.inputs
        if port.name != without and port.type != "size"
    ]
    lines += [READERS[port.type].format(f"x.{port.name}") for port in found.outputs[:1]]
    if not any(port.type == "signal" for port in found.outputs):
        lines.append("level.signal -> enter.when")
    if kind != "action.choice":
        lines.append("choice: action.choice mode=weight")
    graph = sketch(AROUND, f"x: {kind}", *lines)
    for name, value in params.items():
        graph = set_param(graph, "x", name, value)
    return graph


def values_of(param: Param) -> list[Value]:
    """A few values of a parameter, all different."""
    if param.type == "bool":
        return [True, False]
    if param.type == "choice":
        return list(param.choices)
    if param.type == "text":
        return ["09:31", "12:00", "15:31"] if param.format else ["open > a", "high > b", "low > c"]
    assert isinstance(param.default, int | float)
    ends = [param.default, param.minimum, param.maximum]
    whole = param.type == "int"
    found = [int(value) if whole else float(value) for value in ends if value is not None]
    return list(dict.fromkeys(found))


def contexts(kind: str, param: Param) -> Iterator[tuple[str | None, dict[str, Value]]]:
    """What makes the parameter count: an input left open, a choice made."""
    name, choices = param.when_choice or ("", ())
    for choice in choices or ("",):
        yield param.unless_connected, {name: choice} if choice else {}


CASES = [
    pytest.param(kind.name, param, without, chosen, id=f"{kind.name}-{param.name}-{number}")
    for kind in KINDS.values()
    for param in kind.params
    for number, (without, chosen) in enumerate(contexts(kind.name, param))
]


@pytest.mark.parametrize(("kind", "param", "without", "chosen"), CASES)
def test_every_value_of_a_parameter_that_counts_is_said(kind, param, without, chosen):
    told, readings = [], []
    for value in values_of(param):
        graph = around(kind, without=without, **{**chosen, param.name: value})
        assert has_effect(graph, graph.node("x"), param)
        told.append(describe(graph))
        readings.append(node_sentence(graph, "x"))
    for said in (told, readings):
        for one, other in itertools.combinations(said, 2):
            assert one != other


SILENT = [
    pytest.param(kind.name, param, id=f"{kind.name}-{param.name}")
    for kind in KINDS.values()
    for param in kind.params
    if param.unless_connected
]


@pytest.mark.parametrize(("kind", "param"), SILENT)
def test_a_parameter_in_whose_place_something_is_connected_is_not_said(kind, param):
    chosen = {param.when_choice[0]: param.when_choice[1][0]} if param.when_choice else {}
    graphs = [
        around(kind, without=None, **{**chosen, param.name: value}) for value in values_of(param)
    ]
    assert not any(has_effect(graph, graph.node("x"), param) for graph in graphs)
    assert len({describe(graph) for graph in graphs}) == 1


def read_by_actions(graph: StrategyGraph) -> set[str]:
    """Nodes that lead to an action or a limit by an input that counts."""
    found = {node.id for node in graph.nodes if node.kind.startswith(("action.", "risk."))}
    pending = list(found)
    while pending:
        node = graph.node(pending.pop())
        kind = KINDS[node.kind]
        for edge in graph.edges_into(node.id):
            port = kind.input(edge.target_port)
            assert port is not None
            name, values = port.when_choice or ("", ())
            if name and node.params.get(name, kind.defaults()[name]) not in values:
                continue
            if node.kind in EXPRESSION_KINDS and port.type == "series":
                continue  # the text may not name it
            if edge.source_node not in found:
                found.add(edge.source_node)
                pending.append(edge.source_node)
    return found


@settings(max_examples=60)
@given(valid_graphs(), st.data())
def test_a_change_of_any_parameter_changes_what_is_said(graph, data):
    modes = {node.params.get("mode") for node in graph.nodes if node.kind == "action.choice"}
    counting = [
        (node, param)
        for node in graph.nodes
        if node.id in read_by_actions(graph)
        for param in KINDS[node.kind].params
        if has_effect(graph, node, param) and (param.name != "weight" or "weight" in modes)
    ]
    assume(counting)
    node, param = data.draw(st.sampled_from(counting))
    old = param_value(node, param)
    value = data.draw(st.sampled_from([value for value in values_of(param) if value != old]))
    assert describe(set_param(graph, node.id, param.name, value)) != describe(graph)
