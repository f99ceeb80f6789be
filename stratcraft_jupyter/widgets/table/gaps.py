"""Places of the table that can be filled, and what fits there. No widgets."""

from collections.abc import Iterator
from dataclasses import dataclass

from stratcraft_jupyter.graph import (
    INPUTS,
    KINDS,
    Kind,
    Port,
    StrategyGraph,
    get_kind,
    is_for_whole,
    node_sentence,
    node_title,
    search_kinds,
    why_not_connect,
)
from stratcraft_jupyter.widgets.connections import end_title, fitting_outputs

_LAST = "data.position"  # few ask for it, and its family is the first
_EXITS = {
    "action.enter_long": ("action.exit_long",),
    "action.enter_short": ("action.exit_short",),
    "action.reverse": ("action.exit_long", "action.exit_short"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Where something can be added.

    Attributes:
        key: ``"in:node.port"`` for an input, ``"exit:node"`` or ``"risk:node"`` for what hangs on
            an entry, ``"whole:"`` for what holds for the whole strategy.
        title: What it is called.
        is_needed: Whether the strategy is incomplete without it.
    """

    key: str
    title: str
    is_needed: bool = False

    @property
    def end(self) -> str:
        """The input or the entry."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that fits into a gap.

    Attributes:
        key: Such as ``"node:fast.value"`` for what is there, ``"kind:indicator.sma.value"`` else.
        text: What it is called.
        help: What it is.
    """

    key: str
    text: str
    help: str


WHOLE = Gap("whole:", "the whole strategy")


def gap_of(graph: StrategyGraph, key: str) -> Gap:
    """The gap with a key.

    Raises:
        UnknownNameError: Its node is gone.
    """
    word, _, end = key.partition(":")
    if word == "whole":
        return WHOLE
    node_id, _, port_name = end.partition(".")
    title = node_title(graph.node(node_id))
    if word == "in":
        port = get_kind(graph.node(node_id).kind).input(port_name)
        return Gap(key, f"{port.title if port else port_name} of {title}")
    return Gap(key, f"{'Exit' if word == 'exit' else 'Risk'} of {title}")


def gaps_of_node(graph: StrategyGraph, node_id: str) -> Iterator[Gap]:
    """The inputs of a node that have nothing yet, in the order of the catalog."""
    node = graph.node(node_id)
    kind = KINDS.get(node.kind)
    for port in kind.inputs if kind else ():
        if port.type != "order" and not graph.edges_into(node_id, port.name):
            yield Gap(
                f"in:{node_id}.{port.name}", f"{port.title} of {node_title(node)}", port.required
            )


def cell_gaps(graph: StrategyGraph, entry_id: str, column: str) -> Iterator[Gap]:
    """What can be added to a cell of a row."""
    kind = KINDS[graph.node(entry_id).kind]
    if column in ("exit", "risk"):
        yield gap_of(graph, f"{column}:{entry_id}")
    ports = [port for name in INPUTS.get(column, ()) if (port := kind.input(name))]
    for port in ports:
        if column == "entry" and port.name != "when":
            continue  # these are among the inputs of the entry itself
        yield Gap(f"in:{entry_id}.{port.name}", port.title, port.required)


def offers(graph: StrategyGraph, gap: Gap, text: str = "") -> tuple[list[Offer], list[Offer]]:
    """What fits into a gap: nodes that are there, and kinds to add; those that match a text."""
    words = text.lower().split()
    there = [offer for offer in _existing(graph, gap) if _has_all(offer, words)]
    new: list[Offer] = []
    for kind in search_kinds(text) if words else _usual_first(gap):
        found = sorted(_new(graph, gap, kind), key=lambda offer: not _has_output(offer, words))
        new += found if words else found[:1]
    return there, sorted(new, key=lambda offer: not words or not _has_output(offer, words))


def _usual_first(gap: Gap) -> list[Kind]:
    """All kinds in the order of the catalog, what an input is named after before the rest."""
    name = gap.end.partition(".")[2]
    return sorted(KINDS.values(), key=lambda kind: (kind.family != name, kind.name == _LAST))


def _existing(graph: StrategyGraph, gap: Gap) -> Iterator[Offer]:
    if gap.key.startswith("in:"):
        for end in fitting_outputs(graph, gap.end):
            node = graph.node(end.partition(".")[0])
            yield Offer(f"node:{end}", end_title(graph, end), node_sentence(graph, node.id))
        return
    for node in graph.nodes:
        if gap == WHOLE or node.kind not in _hanging(graph, gap):
            continue
        if why_not_connect(graph, f"{gap.end}.order", f"{node.id}.entry") is None:
            yield Offer(f"node:{node.id}.entry", node_title(node), node_sentence(graph, node.id))


def _new(graph: StrategyGraph, gap: Gap, kind: Kind) -> Iterator[Offer]:
    if gap.key.startswith("in:"):
        wanted = _wanted(graph, gap)
        fitting = [port for port in kind.outputs if wanted and port.type == wanted.type]
        for port in fitting:
            text = kind.title if len(kind.outputs) == 1 else f"{kind.title}: {port.title}"
            yield Offer(f"kind:{kind.name}.{port.name}", text, _sentence(kind.help))
    elif is_for_whole(kind.name) if gap == WHOLE else kind.name in _hanging(graph, gap):
        yield Offer(f"kind:{kind.name}.", kind.title, _sentence(kind.help))


def _wanted(graph: StrategyGraph, gap: Gap) -> Port | None:
    node_id, _, port_name = gap.end.partition(".")
    return get_kind(graph.node(node_id).kind).input(port_name)


def _hanging(graph: StrategyGraph, gap: Gap) -> tuple[str, ...]:
    """Kinds that take the order of an entry, for its exit or its risk."""
    exits = _EXITS[graph.node(gap.end).kind]
    if gap.key.startswith("exit:"):
        return exits
    return tuple(
        name
        for name, kind in KINDS.items()
        if kind.family == "risk" and any(port.type == "order" for port in kind.inputs)
    )


def _has_all(offer: Offer, words: list[str]) -> bool:
    return all(word in offer.text.lower() for word in words)


def _has_output(offer: Offer, words: list[str]) -> bool:
    """Whether one of several outputs is meant: that with its name among the words, else close."""
    _, _, output = offer.text.lower().partition(": ")
    return output in words if words else output == "close"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
