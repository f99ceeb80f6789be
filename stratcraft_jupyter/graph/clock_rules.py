"""Rules about the time of the day, which bars of a day or longer do not have."""

from collections.abc import Callable, Iterator, Mapping

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.contradictions.sayings import minutes_between
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import param_value

_WITHOUT_TIMES = ("1d", "1w", "1M")
_MIDNIGHT = 0
_EFFECTS: Mapping[str, tuple[str, str]] = {
    "condition.time_of_day": ("it is always true", "it is never true"),
    "condition.last_bar_of_day": ("it is always true", "it is never true"),
    "risk.entry_hours": ("it holds no entry back", "it allows no entry"),
}
"""What a kind comes to if midnight is among its minutes, and if it is not."""


def clock_without_times(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC224: a time of the day that is asked of bars of a day or longer."""
    own = graph.backtest.timeframe
    for node in graph.nodes if own in _WITHOUT_TIMES else ():
        if node.kind in _EFFECTS and not _is_told(node):
            inside, outside = _EFFECTS[node.kind]
            yield Diagnostic(
                "SC224",
                "warning",
                f"{node_title(node)} asks for the time of the day, and the strategy runs on {own} "
                f"bars, which are stamped 00:00: {inside if _has_midnight(node) else outside}.",
                "Run the strategy on finer bars, such as 5m, or remove it.",
                node.id,
            )


def _has_midnight(node: Node) -> bool:
    if node.kind == "condition.last_bar_of_day":
        return _text(node, "at_time") == "00:00"
    return _MIDNIGHT in minutes_between(_text(node, "from_time"), _text(node, "until_time"))


def _is_told(node: Node) -> bool:
    """Whether its times are equal, and so all or none on any bars: that is said elsewhere."""
    has_span = node.kind != "condition.last_bar_of_day"
    return has_span and _text(node, "from_time") == _text(node, "until_time")


def _text(node: Node, name: str) -> str:
    param = KINDS[node.kind].param(name)
    return str(param_value(node, param)) if param else ""


RULES: tuple[Callable[[StrategyGraph], Iterator[Diagnostic]], ...] = (clock_without_times,)
