"""The branches of a strategy, as signals made of comparisons, and the rest of it as it stands."""

from dataclasses import dataclass

from stratcraft_jupyter.graph import Node, StrategyGraph, expansion, get_kind, param_value
from stratcraft_jupyter.verify.terms import Reading, Signal

_ENTRIES = {"action.enter_long": 1, "action.enter_short": -1}
_EXITS = {"action.exit_long": 1, "action.exit_short": -1}
_SIGNAL_PORTS = ("when", "regime", "filter")


class NotUnderstoodError(Exception):
    """A part of a strategy that is not followed here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A branch.

    Attributes:
        node_id: Its node.
        side: 1 for long, -1 for short.
        priority: The lowest is looked at first.
        most: How often it is ordered in one position at most.
        signal: When it is true.
    """

    node_id: str
    side: int
    priority: float
    most: int
    signal: Signal


@dataclass(frozen=True, slots=True)
class Exit:
    """What closes positions of a side; of some entries only, if it has owners."""

    side: int
    signal: Signal
    owners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a strategy decides: its branches, and the rest of it as it stands."""

    entries: tuple[Entry, ...]
    exits: tuple[Exit, ...]
    rest: object

    def signals(self) -> list[Signal]:
        """The signals of entries, then of exits."""
        return [item.signal for item in self.entries] + [item.signal for item in self.exits]


def read_plan(graph: StrategyGraph) -> Plan:
    """What a strategy decides.

    Raises:
        NotUnderstoodError: A part of it is not followed.
    """
    expanded = expansion(graph).graph
    reading = Reading(expanded)
    entries: list[Entry] = []
    exits: list[Exit] = []
    rest: list[object] = []
    for node in sorted(expanded.nodes, key=lambda item: item.id):
        if node.kind in ("action.reverse", "action.choice"):
            raise NotUnderstoodError(node.kind)
        if node.kind in _ENTRIES:
            entries.append(_entry(reading, node))
            rest.append((node.id, node.kind, _others(reading, node)))
        elif node.kind in _EXITS:
            exits.append(_exit(reading, node))
            rest.append((node.id, node.kind))
        elif node.kind.startswith("risk."):
            rest.append((node.id, node.kind, _others(reading, node)))
    entries.sort(key=lambda item: (item.priority, -item.side, item.node_id))
    return Plan(tuple(entries), tuple(exits), tuple(rest))


def _entry(reading: Reading, node: Node) -> Entry:
    if value_of(node, "order_type") != "market" or reading.graph.edges_into(node.id, "confirm"):
        raise NotUnderstoodError(node.kind)
    sources = [e.source for name in _SIGNAL_PORTS for e in reading.graph.edges_into(node.id, name)]
    signals = tuple(sorted({reading.signal(source) for source in sources}, key=repr))
    priority, most = float(str(value_of(node, "priority"))), int(str(value_of(node, "max_entries")))
    return Entry(node.id, _ENTRIES[node.kind], priority, most, ("and", signals))


def _exit(reading: Reading, node: Node) -> Exit:
    if value_of(node, "percent") != 100:
        raise NotUnderstoodError(node.kind)
    (when,) = reading.graph.edges_into(node.id, "when")
    owners = frozenset(edge.source_node for edge in reading.graph.edges_into(node.id, "entry"))
    return Exit(_EXITS[node.kind], reading.signal(when.source), owners)


def _others(reading: Reading, node: Node) -> object:
    """What a node reads and is set to, but for what is followed here."""
    followed = {"priority", "max_entries"} if node.kind in _ENTRIES else set()
    ports = {port.name: port.type for port in get_kind(node.kind).inputs}
    params = [(p.name, param_value(node, p)) for p in get_kind(node.kind).params]
    inputs = []
    for edge in reading.graph.edges_into(node.id):
        if node.kind in _ENTRIES and edge.target_port in _SIGNAL_PORTS:
            continue
        if ports[edge.target_port] == "order":
            inputs.append((edge.target_port, edge.source_node))
        elif ports[edge.target_port] == "signal":
            inputs.append((edge.target_port, repr(reading.signal(edge.source))))
        else:
            inputs.append((edge.target_port, repr(reading.term(edge.source))))
    return tuple(item for item in params if item[0] not in followed), tuple(sorted(inputs))


def value_of(node: Node, name: str) -> object:
    """A parameter of a node, its default included; None if the kind has none of that name."""
    param = get_kind(node.kind).param(name)
    return param_value(node, param) if param else None
