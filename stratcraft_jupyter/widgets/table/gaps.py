"""Places of the table that can be filled. No widgets."""

from collections.abc import Iterator
from dataclasses import dataclass

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import (
    INPUTS,
    KINDS,
    StrategyGraph,
    get_kind,
    node_title,
)
from stratcraft_jupyter.widgets.connections import end_title


@dataclass(frozen=True, slots=True)
class Gap:
    """Where something can be added.

    Attributes:
        key: ``"in:node.port"`` for an input, ``"between:a.x->b.y"`` for a connection,
            ``"exit:node"`` or ``"risk:node"`` for what hangs on an entry, ``"whole:"`` for what
            holds for the whole strategy.
        title: What it is called.
        is_needed: Whether the strategy is incomplete without it.
    """

    key: str
    title: str
    is_needed: bool = False

    @property
    def end(self) -> str:
        """The input, the connection or the entry."""
        return self.key.partition(":")[2]

    @property
    def is_input(self) -> bool:
        """Whether it is an input."""
        return self.key.startswith("in:")

    @property
    def is_between(self) -> bool:
        """Whether it is within a connection."""
        return self.key.startswith("between:")

    @property
    def node_id(self) -> str:
        """The node that takes what is added; empty for the whole strategy."""
        return self.end.rpartition("->")[2].partition(".")[0]


WHOLE = Gap("whole:", "the whole strategy")


def gap_of(graph: StrategyGraph, key: str) -> Gap:
    """The gap with a key.

    Raises:
        UnknownNameError: Its node is gone.
    """
    word, _, end = key.partition(":")
    if word == "whole":
        return WHOLE
    if word == "between":
        return _between(graph, key)
    if word == "in":
        return Gap(key, _input_title(graph, end))
    title = node_title(graph.node(end))
    return Gap(key, f"{'Exit' if word == 'exit' else 'Risk'} of {title}")


def _between(graph: StrategyGraph, key: str) -> Gap:
    """Within a connection that is there."""
    edge = key.partition(":")[2]
    if edge not in map(str, graph.edges):
        raise UnknownNameError("connection", edge, ())
    source, _, target = edge.partition("->")
    return Gap(key, f"Between {end_title(graph, source)} and {_input_title(graph, target)}")


def _input_title(graph: StrategyGraph, target: str) -> str:
    node_id, _, port_name = target.partition(".")
    port = get_kind(graph.node(node_id).kind).input(port_name)
    return f"{port.title if port else port_name} of {node_title(graph.node(node_id))}"


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
