"""Says what is wrong with a strategy before any code is made: one rule, one code."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import WrongTypeError, did_you_mean, told
from stratcraft_jupyter.graph import (
    clock_rules,
    contradictions,
    disabled_rules,
    ending_rules,
    feed_rules,
    series_rules,
    trading_rules,
)
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Param, Value
from stratcraft_jupyter.graph.connecting import node_title, why_not_fit
from stratcraft_jupyter.graph.document import StrategyGraph, active_part
from stratcraft_jupyter.graph.expressions import Expansion, expansion
from stratcraft_jupyter.graph.expressions.kinds import text_of
from stratcraft_jupyter.graph.params import why_not_value

Rule = Callable[[StrategyGraph], Iterator[Diagnostic]]


def validate(graph: StrategyGraph) -> tuple[Diagnostic, ...]:
    """Every finding about the strategy, errors first; empty if there is none.

    Rules about series and about trading are asked only of a graph whose nodes, parameters and
    edges are sound, so that one mistake is reported once. Disabled nodes and their edges are as if
    absent. The rules are asked of the graph in which
    every expression is expanded; what they find there is said of the expression.

    Raises:
        WrongTypeError: This is no strategy graph.
    """
    document, graph = require_graph(graph), active_part(graph)
    found = [item for rule in _SOUNDNESS for item in rule(graph)]
    if not any(item.severity == "error" for item in found):
        rules = (
            *series_rules.RULES,
            *trading_rules.RULES,
            *ending_rules.RULES,
            *contradictions.RULES,
            *feed_rules.RULES,
            *clock_rules.RULES,
        )
        expanded = expansion(graph)
        items = [item for rule in rules for item in rule(expanded.graph)]
        found += _of_document(graph, expanded, items)
    order = {"error": 0, "warning": 1, "info": 2}
    found = [*disabled_rules.told(document, found), *disabled_rules.replaced_inputs(document)]
    return tuple(sorted(found, key=lambda item: (order[item.severity], item.code)))


def require_graph(value: object) -> StrategyGraph:
    """The value, which must be a strategy graph, not its name, its path or its JSON.

    Raises:
        WrongTypeError: It is something else.
    """
    if isinstance(value, StrategyGraph):
        return value
    raise WrongTypeError(
        f"The strategy is {told(value)}, not a StrategyGraph.",
        hint='Give what load_template("sma_cross") or StrategyGraph.load(path) returns.',
    )


def unknown_kind(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC101: a node of a kind that the catalog does not have, so nothing can be done with it."""
    for node in graph.nodes:
        if node.kind not in KINDS:
            yield Diagnostic(
                "SC101",
                "error",
                f"The kind {node.kind!r} does not exist in this version.",
                did_you_mean(node.kind, KINDS),
                node.id,
            )


def unknown_param(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC102: a parameter that the kind does not have would be ignored silently."""
    for node in graph.nodes:
        kind = KINDS.get(node.kind)
        for name in node.params if kind else ():
            if kind and kind.param(name) is None:
                known = [param.name for param in kind.params]
                yield Diagnostic(
                    "SC102",
                    "error",
                    f"{node_title(node)} has no parameter {name!r}.",
                    did_you_mean(name, known) or "Remove it.",
                    node.id,
                )


def bad_value(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC103: a parameter value of the wrong type, out of range, or not among the choices."""
    for node in graph.nodes:
        kind = KINDS.get(node.kind)
        for param in kind.params if kind else ():
            value = node.params.get(param.name, param.default)
            if reason := why_not_value(param, value):
                yield Diagnostic(
                    "SC103",
                    "error",
                    f"{param.title} of {node_title(node)} is {_shown(param, value)}.",
                    f"{reason[0].upper()}{reason[1:]}",
                    node.id,
                    param.name,
                )


def _shown(param: Param, value: Value) -> str:
    """A refused value; a text in the place of a number is seen to be one."""
    text = str(value)[:40]
    is_mistaken = isinstance(value, str) and param.type in ("int", "float", "bool")
    return f'"{text}"' if is_mistaken else text


def bad_edge(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC104, SC105: an edge at a port that does not exist, or between types that do not fit."""
    nodes = {node.id: node for node in graph.nodes}
    for edge in graph.edges:
        giver, taker = nodes[edge.source_node], nodes[edge.target_node]
        if giver.kind not in KINDS or taker.kind not in KINDS:
            continue
        output = KINDS[giver.kind].output(edge.source_port)
        wanted = KINDS[taker.kind].input(edge.target_port)
        if output is None or wanted is None:
            node, port, side = (
                (giver, edge.source_port, "output")
                if output is None
                else (taker, edge.target_port, "input")
            )
            message = f"{node_title(node)} has no {side} named {port!r}."
            hint = "Remove the edge and connect it again."
            yield Diagnostic("SC104", "error", message, hint, node.id, port, str(edge))
        elif misfit := why_not_fit(output, wanted, node_title(taker)):
            hint = "Remove the edge, or put a node between that fits both."
            yield Diagnostic(
                "SC105", "error", misfit, hint, edge.target_node, edge.target_port, str(edge)
            )


def wrong_edge_count(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC106, SC107: a required input without an edge, or a single input with several."""
    for node in graph.nodes:
        kind = KINDS.get(node.kind)
        for port in kind.inputs if kind else ():
            count = len(graph.edges_into(node.id, port.name))
            if port.required and count == 0:
                message = f"{port.title} of {node_title(node)} is not connected."
                hint = f"Connect {port.help or 'it'}, or remove the node."
                yield Diagnostic("SC106", "error", message, hint, node.id, port.name)
            elif count > 1 and not port.multiple:
                message = f"{port.title} of {node_title(node)} has {count} edges; it takes one."
                hint = "Remove all but one."
                yield Diagnostic("SC107", "error", message, hint, node.id, port.name)


def bad_expression(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC112: an expression that cannot be read, or that says what cannot be."""
    for node_id, problem in expansion(graph).problems.items():
        text = text_of(graph.node(node_id))
        yield Diagnostic(
            "SC112",
            "error",
            f"Text of {node_title(graph.node(node_id))}, {_place(text, problem.position)}: "
            f"{problem.message}",
            problem.hint,
            node_id,
            "text",
        )


def _place(text: str, position: int) -> str:
    """A position as people count, with the line if the text has several."""
    before = text[:position]
    line, column = before.count("\n") + 1, position - before.rfind("\n")
    return f"line {line}, column {column}" if "\n" in text else f"column {column}"


def _of_document(
    graph: StrategyGraph, expanded: Expansion, found: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Findings about an expanded graph, said of the expressions of the document; each once."""
    edges = {str(edge) for edge in graph.edges}
    told: set[tuple[str, str]] = set()
    for item in found:
        edge = item.edge if item.edge in edges else None
        item = replace(item, edge=edge, message=expanded.with_owners(item.message))
        owner = expanded.owners.get(item.node_id or "")
        if owner is None:
            yield item
        elif (item.code, owner) not in told:
            told.add((item.code, owner))
            hint = f"Change the text of {node_title(graph.node(owner))}."
            yield (
                replace(item, node_id=owner, edge=None)
                if item.port is None
                else replace(item, hint=hint, node_id=owner, port="text", edge=None)
            )


_SOUNDNESS: tuple[Rule, ...] = (
    unknown_kind,
    unknown_param,
    bad_value,
    bad_edge,
    wrong_edge_count,
    bad_expression,
)
