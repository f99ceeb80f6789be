"""What signals say when they are true, or false: relations, choices of days and times, states."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.contradictions.order import Relation
from stratcraft_jupyter.graph.contradictions.sameness import Identities
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import param_value

STATES = frozenset({"flat", "long", "short"})
"""How the position can stand on a close."""


@dataclass(frozen=True, slots=True)
class Literal:
    """That a signal is true, or that it is not.

    Attributes:
        signal: The output.
        is_true: Whether it is true.
        says: The signal that findings name for it; the output itself if empty.
    """

    signal: str
    is_true: bool = True
    says: str = ""


@dataclass(slots=True)
class Facts:
    """All that is said by signals that hold on one bar.

    Attributes:
        truths: Whether a signal is true, by its number, with who says so.
        relations: Which values are below which.
        choices: What is left of the days, months, minutes or states there are, each with who
            says so.
        options: Lists of literals and relations of which one holds at least.
        impossible: A signal that cannot be as it is said to be, and why.
        labels: Names of numbers that are no output of a node.
    """

    truths: list[tuple[int, bool, str]] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    choices: list[tuple[Hashable, frozenset[Hashable], str]] = field(default_factory=list)
    options: list[tuple[Literal | Relation, ...]] = field(default_factory=list)
    impossible: tuple[str, str] | None = None
    labels: dict[int, str] = field(default_factory=dict)


class Nodes:
    """The nodes of a graph, with what is known of equal outputs.

    Args:
        graph: A sound strategy without expressions.
        same: Its equal outputs.
    """

    def __init__(self, graph: StrategyGraph, same: Identities) -> None:
        self.graph = graph
        self.same = same

    def param(self, node: Node, name: str) -> float:
        """A number among the parameters."""
        declared = KINDS[node.kind].param(name)
        return float(param_value(node, declared)) if declared else 0.0

    def text(self, node: Node, name: str) -> str:
        """A text or choice among the parameters."""
        declared = KINDS[node.kind].param(name)
        return str(param_value(node, declared)) if declared else ""

    def sources(self, node: Node, port: str | None = None) -> list[str]:
        """The outputs that are read, in document order."""
        return [edge.source for edge in self.graph.edges_into(node.id, port)]
