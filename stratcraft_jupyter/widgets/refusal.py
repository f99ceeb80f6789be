"""What was typed into a field and refused, and the places of a strategy. No behaviour here."""

from dataclasses import dataclass

from stratcraft_jupyter.graph import StrategyGraph


@dataclass(frozen=True)
class Refusal:
    """Something typed into a field that the strategy cannot take.

    Attributes:
        place: What it was typed for, see `graph_value`.
        typed: What the input holds.
        message: What is wrong with it; names the field.
        kept: What the strategy has instead.
    """

    place: str
    typed: object
    message: str
    kept: object

    @property
    def node_id(self) -> str | None:
        """The node whose form has the field, if any."""
        parts = self.place.split(".")
        return parts[1] if parts[0] == "nodes" else None


def graph_value(graph: StrategyGraph, place: str) -> object:
    """What a strategy has at a place.

    Args:
        graph: The strategy.
        place: ``"name"``, ``"backtest.cash"``, ``"nodes.fast.label"`` or
            ``"nodes.fast.params.period"``.

    Raises:
        UnknownNameError: The node is gone.
    """
    match place.split("."):
        case ["nodes", node_id, "params", name]:
            return graph.node(node_id).params.get(name)
        case ["nodes", node_id, name]:
            return getattr(graph.node(node_id), name)
        case ["backtest", name]:
            return getattr(graph.backtest, name)
    return getattr(graph, place)
