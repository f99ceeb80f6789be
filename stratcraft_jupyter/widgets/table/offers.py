"""What fits into a place of the table, and what of it is meant by a search. No widgets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stratcraft_jupyter.graph import (
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
from stratcraft_jupyter.widgets.table.gaps import WHOLE, Gap

_LAST = "data.position"  # few ask for it, and its family is the first
_TYPES = {
    "bars": "bars",
    "series": "numbers",
    "signal": "a signal, true or false",
    "size": "a size",
    "order": "an order",
}
_EXITS = {
    "action.enter_long": ("action.exit_long",),
    "action.enter_short": ("action.exit_short",),
    "action.reverse": ("action.exit_long", "action.exit_short"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that fits into a gap.

    Attributes:
        key: Such as ``"node:fast.value"`` for what is there, ``"kind:indicator.sma.value"`` for a
            kind, ``"compare:indicator.sma.value"`` for one that goes into a comparison.
        text: What it is called.
        help: What it is.
    """

    key: str
    text: str
    help: str


class Offers(NamedTuple):
    """What fits into a gap.

    Attributes:
        there: Nodes that are there.
        new: Kinds to add.
        is_new_first: Whether the words looked for name a kind: then that is what is meant.
    """

    there: list[Offer]
    new: list[Offer]
    is_new_first: bool = False

    @property
    def first(self) -> Offer | None:
        """The one that Enter takes."""
        order = (self.new, self.there) if self.is_new_first else (self.there, self.new)
        return next((offer for found in order for offer in found), None)


def offers(graph: StrategyGraph, gap: Gap, text: str = "") -> Offers:
    """What fits into a gap: nodes that are there, and kinds to add; those that match a text."""
    words = text.lower().split()
    there = [offer for offer in _existing(graph, gap) if _has_all(offer, words)]
    if not words:
        return Offers(there, [o for kind in _usual_first(gap) for o in _best(graph, gap, kind)[:1]])
    kinds = search_kinds(text)
    new = [offer for kind in kinds for offer in _best(graph, gap, kind, words)]
    new.sort(key=lambda offer: not _has_output(offer, words))
    if _takes(graph, gap) == "signal":
        new += [offer for kind in kinds for offer in _compared(kind, words)]
    labels = {node.label.lower() for node in graph.nodes if node.label}
    # "close" names an output of bars that are there; more bars are seldom meant
    is_named_here = any(
        kind.family != "data" and is_named(kind, text) and _new(graph, gap, kind) for kind in kinds
    )
    return Offers(there, new, is_named_here and text.lower().strip() not in labels)


def why_nothing(graph: StrategyGraph, gap: Gap, text: str) -> str:
    """Why a search found nothing that fits."""
    kind = next((kind for kind in search_kinds(text) if is_named(kind, text)), None)
    wanted = _takes(graph, gap)
    given = kind.outputs[0].type if kind and kind.outputs else ""
    if kind is None or not wanted or not given:
        return f"Nothing that fits is called {text!r}. Try another word."
    return f"{kind.title} gives {_TYPES[given]}. What is needed here is {_TYPES[wanted]}."


def is_named(kind: Kind, text: str) -> bool:
    """Whether words are in the title or an alias of a kind."""
    names = re.findall(r"[^\s()]+", " ".join((kind.title, *kind.aliases)).lower())
    words = text.lower().split()
    return all(any(name.startswith(word) for name in names) for word in words)


def _best(graph: StrategyGraph, gap: Gap, kind: Kind, words: Sequence[str] = ()) -> list[Offer]:
    """The offers of a kind, the output that is meant first."""
    return sorted(_new(graph, gap, kind), key=lambda offer: not _has_output(offer, words))


def _compared(kind: Kind, words: Sequence[str]) -> list[Offer]:
    """Where a signal is wanted: numbers, led into a comparison."""
    return [
        Offer(
            f"compare:{kind.name}.{port.name}",
            f"Compare {kind.title if len(kind.outputs) == 1 else f'{kind.title}: {port.title}'}",
            f"{kind.title} gives numbers, not a signal. This adds Compare with it as Left.",
        )
        for port in kind.outputs
        if port.type == "series" and is_named(kind, " ".join(words))
    ]


def _takes(graph: StrategyGraph, gap: Gap) -> str:
    """The type of port that is wanted; empty where it is no input."""
    port = _wanted(graph, gap) if gap.is_input else None
    return port.type if port else ""


def _usual_first(gap: Gap) -> list[Kind]:
    """All kinds in the order of the catalog, what an input is named after before the rest."""
    name = gap.end.partition(".")[2]
    return sorted(KINDS.values(), key=lambda kind: (kind.family != name, kind.name == _LAST))


def _existing(graph: StrategyGraph, gap: Gap) -> Iterator[Offer]:
    if gap.is_between:
        return
    if gap.is_input:
        for end in fitting_outputs(graph, gap.end):
            node = graph.node(end.partition(".")[0])
            yield Offer(f"node:{end}", end_title(graph, end), node_sentence(graph, node.id))
        return
    for node in graph.nodes:
        if gap == WHOLE or node.kind not in _hanging(graph, gap):
            continue
        if why_not_connect(graph, f"{gap.end}.order", f"{node.id}.entry") is None:
            yield Offer(f"node:{node.id}.entry", node_title(node), node_sentence(graph, node.id))


def _new(graph: StrategyGraph, gap: Gap, kind: Kind) -> list[Offer]:
    if gap.is_input:
        wanted = _wanted(graph, gap)
        fitting = [port for port in kind.outputs if wanted and port.type == wanted.type]
    elif gap.is_between:
        flowing = _flowing(graph, gap)
        takes = any(port.type == flowing for port in kind.inputs)
        fitting = [port for port in kind.outputs if takes and port.type == flowing][:1]
    else:
        fits = is_for_whole(kind.name) if gap == WHOLE else kind.name in _hanging(graph, gap)
        return [Offer(f"kind:{kind.name}.", kind.title, _sentence(kind.help))] if fits else []
    return [
        Offer(
            f"kind:{kind.name}.{port.name}",
            kind.title if len(kind.outputs) == 1 else f"{kind.title}: {port.title}",
            _sentence(kind.help),
        )
        for port in fitting
    ]


def _flowing(graph: StrategyGraph, gap: Gap) -> str:
    """The type of what flows through a connection."""
    node_id, _, port_name = gap.end.partition("->")[0].partition(".")
    kind = KINDS.get(graph.node(node_id).kind)
    port = kind.output(port_name) if kind else None
    return port.type if port else ""


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


def _has_output(offer: Offer, words: Sequence[str]) -> bool:
    """Whether one of several outputs is meant: that with its name among the words, else close."""
    _, _, output = offer.text.lower().partition(": ")
    return output in words if words else output == "close"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def connections_of_node(graph: StrategyGraph, node_id: str) -> Iterator[Gap]:
    """The connections into a node in which another node can be put."""
    for edge in graph.edges_into(node_id):
        gap = Gap(f"between:{edge}", f"{end_title(graph, edge.source)} and here")
        if any(_new(graph, gap, kind) for kind in KINDS.values()):
            yield gap
