"""The entries of a strategy: when each is true, in which order, and which may be taken."""

from dataclasses import dataclass, field

from book.moment import Moment
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import Node, get_kind, param_value


def number(node: Node, name: str) -> float:
    """A parameter as a number."""
    declared = get_kind(node.kind).param(name)
    assert declared is not None
    return float(param_value(node, declared))


def word(node: Node, name: str) -> str:
    """A parameter as a text."""
    declared = get_kind(node.kind).param(name)
    assert declared is not None
    return str(param_value(node, declared))


def source(strategy: StrategyGraph, node: Node, port: str) -> str | None:
    """The output connected to an input."""
    edges = strategy.edges_into(node.id, port)
    return edges[0].source if edges else None


def owners(strategy: StrategyGraph, node: Node) -> set[str]:
    """Ids of the entries connected to an exit or to what protects a position."""
    return {edge.source_node for edge in strategy.edges_into(node.id, "entry")}


@dataclass
class Entry:
    """One entry of one side; a reversal is two.

    Attributes:
        node: The node it comes from.
        side: 1 for long, -1 for short.
    """

    strategy: StrategyGraph
    node: Node
    side: int
    is_true: bool = False
    _ready_bar: int | None = field(default=None, init=False)

    @property
    def turns(self) -> bool:
        return self.node.kind == "action.reverse"

    @property
    def priority(self) -> float:
        return number(self.node, "priority")

    def look(self, moment: Moment, bar: int, position: float) -> None:
        """Works out whether it is true on this close."""
        ready = all(
            moment.signal(endpoint)
            for port in ("when", "regime", "filter")
            if (endpoint := source(self.strategy, self.node, port))
        )
        if self.turns:
            self.is_true = ready and position * self.side < 0
            return
        confirm = source(self.strategy, self.node, "confirm")
        if confirm is None:
            self.is_true = ready
            return
        since = None if self._ready_bar is None else bar - self._ready_bar
        in_time = since is not None and since <= number(self.node, "confirm_bars")
        self.is_true = in_time and moment.signal(confirm)
        if ready:
            self._ready_bar = bar


def entries_in_order(strategy: StrategyGraph) -> list[Entry]:
    """By priority number, then long before short, then by id."""
    sides = {"action.enter_long": (1,), "action.enter_short": (-1,), "action.reverse": (1, -1)}
    found = [
        Entry(strategy, node, side) for node in strategy.nodes for side in sides.get(node.kind, ())
    ]
    return sorted(found, key=lambda entry: (entry.priority, -entry.side, entry.node.id))


class Choice:
    """Which sides may be entered, given all entries that are true on a close."""

    def __init__(self, strategy: StrategyGraph) -> None:
        nodes = [node for node in strategy.nodes if node.kind == "action.choice"]
        self.node = nodes[0] if nodes else None
        self.mode = word(self.node, "mode") if self.node else "first_match"

    def allows(self, side: int, entries: list[Entry]) -> bool:
        if self.mode == "vote":
            assert self.node is not None
            votes = sum(entry.is_true for entry in entries if entry.side == side)
            return votes >= number(self.node, "votes")
        if self.mode == "weight":
            assert self.node is not None
            score = 0.0
            for entry in entries:
                if entry.is_true:
                    score += entry.side * number(entry.node, "weight")
            return score * side >= number(self.node, "threshold")
        return True
