"""The times of the day that a strategy names, as minutes after midnight."""

from stratcraft_jupyter.graph import Node, StrategyGraph, expansion, get_kind, param_value
from stratcraft_jupyter.graph.catalog.base import Param
from stratcraft_jupyter.graph.trading_rules import used_nodes
from stratcraft_jupyter.market.timeframe import get_timeframe

LAST_MINUTE = 24 * 60 - 1


def minutes_of(text: str) -> int:
    """Minutes after midnight of a time such as ``"09:30"``."""
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def clock(minutes: int) -> str:
    """The time of so many minutes after midnight, such as ``"09:30"``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def minutes_of_a_bar(timeframe: str) -> int:
    """How long a bar of a timeframe within the day is."""
    return int(get_timeframe(timeframe).step.astype("m8[m]").astype(int))


def time_params(node: Node) -> list[Param]:
    """The parameters of a node that are times of the day."""
    return [param for param in get_kind(node.kind).params if param.format == "time"]


def named_times(graph: StrategyGraph) -> tuple[str, ...]:
    """The times that nodes that lead to an order name, each once, in their order."""
    expanded = expansion(graph).graph
    used = used_nodes(expanded)
    return tuple(
        sorted(
            {
                str(param_value(node, param))
                for node in expanded.nodes
                if node.id in used
                for param in time_params(node)
            }
        )
    )
