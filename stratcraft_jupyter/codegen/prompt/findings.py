"""What is vague or missing in a strategy, said before money is spent: SC401 to SC409."""

import re
from collections.abc import Callable, Iterator

from stratcraft_jupyter.codegen.compiler.plan import make_plan
from stratcraft_jupyter.codegen.prompt.data_part import MAX_NOTE, data_part
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.graph import Node, StrategyGraph, active_part, node_title, validate
from stratcraft_jupyter.graph.trading_rules import SIDES_OF, STOP_KINDS, entries, used_nodes

_RULE_WORDS = re.compile(
    r"\b(if|when|whenever|unless|only|never|always|must|should|avoid|skip|wait|until|except|instead"
    r"|don't|do\s+not|buy|sell|enter|exit|close\s+(it|the|half)|stop\s*loss|take\s+profit)\b",
    re.IGNORECASE,
)
_DEFAULT_NAMES = {"untitled strategy", "strategy", "my strategy", "test"}


def prompt_findings(graph: StrategyGraph) -> tuple[Diagnostic, ...]:
    """What would lead a model to code that is generic or not what is meant, errors first."""
    errors = [item for item in validate(graph) if item.severity == "error"]
    if errors:
        count = "an error" if len(errors) == 1 else f"{len(errors)} errors"
        first = errors[0]
        return (
            Diagnostic(
                "SC401",
                "error",
                f"The strategy has {count}: {first.message}",
                first.hint or "Correct it before a model is asked.",
                first.node_id,
                first.port,
                first.edge,
            ),
        )
    found = [item for rule in _RULES for item in rule(active_part(graph))]
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda item: (order[item.severity], item.code)))


def _too_large(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC402: more than is sent to a model."""
    try:
        data_part(make_plan(graph))
    except StratCraftError as error:
        yield Diagnostic("SC402", "error", error.message, error.hint)


def _no_exit(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC403: a side that is left by its stop alone."""
    kinds = {node.kind for node in graph.nodes}
    if kinds & {"action.reverse", "risk.time_limit", "risk.indicator_guard"}:
        return
    for side in ("long", "short"):
        entered = any(side in SIDES_OF[node.kind] for node in entries(graph))
        if entered and f"action.exit_{side}" not in kinds:
            yield Diagnostic(
                "SC403",
                "warning",
                f"No exit rule ends a {side} position; only its stop or target does.",
                f"Add Exit {side} if anything else should end it.",
            )


def _no_sizing(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC404: entries that buy what the settings say."""
    percent = f"{graph.backtest.sizing_percent:g} %"
    for node in entries(graph):
        if not graph.edges_into(node.id, "size"):
            yield Diagnostic(
                "SC404",
                "info",
                f"{node_title(node)} has no sizing, so it buys {percent} of equity.",
                "Connect a sizing to its Size if another amount is meant.",
                node.id,
                "size",
            )


def _no_stop(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC405: entries without a stop."""
    stopped = {
        edge.source_node
        for edge in graph.edges
        if graph.node(edge.target_node).kind in STOP_KINDS
        and edge.target_port in ("order", "entry")
    }
    if stopped:
        return
    yield Diagnostic(
        "SC405",
        "info",
        "No entry has a stop, so a position can lose any amount until an exit is true.",
        "Connect Order of the entry to a stop if one is meant.",
    )


def _rule_in_a_note(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC406: a note that reads like a rule is none."""
    for node in graph.nodes:
        if node.note and _RULE_WORDS.search(node.note):
            yield Diagnostic(
                "SC406",
                "warning",
                f"The note of {node_title(node)} reads like a rule, and notes are no rules: "
                f"{_quoted(node)}",
                "Say it with nodes, or in the notes to the model if it is about the code.",
                node.id,
            )


def _quoted(node: Node) -> str:
    text = " ".join((node.note or "").split())
    return f'"{text[:80]}{"..." if len(text) > 80 else ""}"'


def _long_note(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC407: a note of which the model sees the beginning alone."""
    for node in graph.nodes:
        if node.note and len(node.note) > MAX_NOTE:
            yield Diagnostic(
                "SC407",
                "info",
                f"The note of {node_title(node)} is sent up to {MAX_NOTE} characters only.",
                "Shorten it if the model has to know all of it.",
                node.id,
            )


def _left_out(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC408: nodes that lead to nothing are not sent."""
    used = used_nodes(graph)
    for node in graph.nodes:
        if node.id not in used:
            yield Diagnostic(
                "SC408",
                "warning",
                f"{node_title(node)} leads to no entry, exit or stop, and is not sent.",
                "Connect it to what needs it, or remove it.",
                node.id,
            )


def _no_name(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC409: the class gets its name from the strategy's."""
    if graph.name.strip().lower() in _DEFAULT_NAMES:
        yield Diagnostic(
            "SC409",
            "info",
            f"The strategy is called {graph.name.strip()!r}, and so will be the class.",
            "Give it a name that says what it does.",
        )


_RULES: tuple[Callable[[StrategyGraph], Iterator[Diagnostic]], ...] = (
    _too_large,
    _no_exit,
    _no_sizing,
    _no_stop,
    _rule_in_a_note,
    _long_note,
    _left_out,
    _no_name,
)
