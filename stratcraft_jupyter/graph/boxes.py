"""The boxes that nodes are drawn as: which ports are in sight, how large, and where."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from stratcraft_jupyter.graph.catalog import KINDS, Kind, Port
from stratcraft_jupyter.graph.document import Node, Position, StrategyGraph

# Sizes and folding are those of the canvas.
BOX_WIDTH = 166
HEADER_HEIGHT = 44
ROW_HEIGHT = 20
FOOT_HEIGHT = 6
ABOVE_PLACE = (HEADER_HEIGHT + ROW_HEIGHT + FOOT_HEIGHT) / 2
"""From a box's upper edge down to its place in the layout: the middle of a box with one row."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node as it is drawn.

    Attributes:
        node: The node.
        left: Left edge.
        top: Upper edge.
        inputs: Input ports in sight, from top to bottom.
        outputs: Output ports in sight.
    """

    node: Node
    left: float
    top: float
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]

    @property
    def height(self) -> int:
        """Height of the whole box."""
        return box_height(max(len(self.inputs), len(self.outputs)))

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + BOX_WIDTH

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.top + self.height

    def row(self, ports: tuple[Port, ...], name: str) -> float:
        """Height at which the port with this name is drawn."""
        number = next((row for row, port in enumerate(ports) if port.name == name), 0)
        return self.top + HEADER_HEIGHT + ROW_HEIGHT * (number + 0.5)


def box_height(rows: int) -> int:
    """Height of a box with so many rows of ports."""
    return HEADER_HEIGHT + ROW_HEIGHT * rows + (FOOT_HEIGHT if rows else 0)


def boxes_of(graph: StrategyGraph) -> dict[str, Box]:
    """The boxes of all nodes of known kinds, by node id; those without a place are at 0."""
    taken: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges:
        taken[edge.target_node].add(edge.target_port)
        given[edge.source_node].add(edge.source_port)
    found = {}
    for node in graph.nodes:
        if node.kind in KINDS:
            inputs, outputs = _ports_in_sight(KINDS[node.kind], taken[node.id], given[node.id])
            place = graph.layout.get(node.id, Position(x=0, y=0))
            left, top = place.x - BOX_WIDTH / 2, place.y - ABOVE_PLACE
            found[node.id] = Box(node, left, top, inputs, outputs)
    return found


def _ports_in_sight(
    kind: Kind, taken: Collection[str], given: Collection[str]
) -> tuple[tuple[Port, ...], tuple[Port, ...]]:
    """Required and connected ports, and the others of a side that fits as a whole."""
    inputs = tuple(port for port in kind.inputs if port.required or port.name in taken)
    outputs = tuple(port for port in kind.outputs if port.name in given) or kind.outputs[:1]
    rows = max(len(inputs), len(outputs))
    return (
        kind.inputs if len(kind.inputs) <= rows else inputs,
        kind.outputs if len(kind.outputs) <= rows else outputs,
    )
