"""Mutants with another number or choice in a node."""

from collections.abc import Iterator, Sequence
from functools import partial

from stratcraft_jupyter.graph import (
    Node,
    StrategyGraph,
    get_kind,
    has_effect,
    node_title,
    param_value,
    set_backtest,
    set_param,
)
from stratcraft_jupyter.graph.catalog.base import Param, Value
from stratcraft_jupyter.graph.trading_rules import SIDES_OF
from stratcraft_jupyter.verify.mutate_times import change_times
from stratcraft_jupyter.verify.mutation import Mutation, number

_USUAL_PERIODS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 18, 20, 21, 25, 26, 28, 30)
_LONG_PERIODS = (34, 35, 40, 45, 50, 52, 55, 60, 75, 90, 100, 120, 150, 200, 250)
_USUAL_LEVELS = (0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95)
_USUAL_PERCENTS = (0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 7.5, 8, 10, 12, 15, 20, 25, 30, 50, 90, 95)
_SAID = {
    "operator": "{0} compared with {1} instead of {2}",
    "order_type": "{0} sent a {1} order instead of a {2} order",
    "max_entries": "{0} was taken up to {1} times while a position is open, instead of {2}",
}
_OTHER_SHARES = (100, 99, 98, 90, 80, 75, 50, 25, 20, 10, 5, 2, 1)
_MINUTES = 15
"""A whole number of bars in most timeframes within the day; less may change nothing."""
_FACTORS = (0.01, 0.1, 0.25, 0.5, 2.0, 3.0, 4.0, 10.0, 100.0)


def change_numbers(graph: StrategyGraph, node: Node, *, wide: bool) -> Iterator[Mutation]:
    """The node with each of its parameters changed, and entries with another default size."""
    for param in get_kind(node.kind).params:
        if not has_effect(graph, node, param):
            continue
        if param.format == "time":
            yield from change_times(graph, node, param, wide=wide)
            continue
        value = param_value(node, param)
        near: Sequence[float | str] = ()
        if isinstance(value, bool):
            near = [not value]
        elif isinstance(value, str):
            near = [choice for choice in param.choices if choice != value]
        else:
            near = _near(param, value)
        for other in near:
            yield _changed(graph, node, param, other, near=True)
        for far in _far(param, value) if wide else ():
            if far not in near and far != value:
                yield _changed(graph, node, param, far, near=False)
    if node.kind in SIDES_OF and not graph.edges_into(node.id, "size"):
        yield from _default_sizes(graph, node, wide=wide)


def _changed(
    graph: StrategyGraph, node: Node, param: Param, value: float | str | bool, *, near: bool
) -> Mutation:
    before = param_value(node, param)
    what = f"{param.title.lower()} of {node_title(node)}"
    if param.name in _SAID:
        words = _SAID[param.name].format(node_title(node), value, before)
    elif isinstance(value, str) or isinstance(before, str | bool):
        words = f"the {what} was {_told(value)} instead of {_told(before)}"
    else:
        words = f"the {what} was {number(value)} instead of {number(before)}"
    return Mutation(
        node.id,
        _kind(node, param, value),
        words,
        partial(set_param, graph, node.id, param.name, value),
        near,
    )


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:,.10g}" if isinstance(value, int | float) else f"'{value}'"


def _kind(node: Node, param: Param, value: float | str | bool) -> str:
    family = node.kind.partition(".")[0]
    if param.name == "operator" and str(value)[0] == str(param_value(node, param))[0]:
        return "touching"
    if family == "sizing":
        return "size"
    if family == "risk":
        return "stop"
    if param.name == "operator":
        return "operator"
    if param.name == "max_entries":
        return "pyramiding"
    if param.name == "order_type":
        return "order type"
    if param.type == "int":
        return "period"
    return "threshold" if param.type == "float" else "choice"


def _near(param: Param, value: float) -> list[float]:
    """The values next to a number."""
    if param.type == "int" and param.unit == "minutes":
        found: list[float] = [int(value) - _MINUTES, int(value) + _MINUTES]
    elif param.type == "int":
        whole = 1 if param.unit == "bars" or abs(value) < 20 else max(1, round(abs(value) / 10))
        found = [int(value) - whole, int(value) + whole]
    else:
        step = _step(value)
        found = [round(value - step, 12), round(value + step, 12)]
    return [other for other in found if _allowed(param, other)]


def _step(value: float) -> float:
    size = abs(value)
    if size == 0:
        return 0.25
    return 1.0 if size >= 10 else size / 5


def _far(param: Param, value: Value) -> list[float]:
    """Other values that somebody may have meant, the nearest first; none of what is no number."""
    if isinstance(value, bool | str):
        return []
    if param.type == "int":
        found: list[float] = [*_USUAL_PERIODS, *_LONG_PERIODS, int(value) * 2, int(value) // 2]
        found += [int(value) + step for step in (-5, -4, -3, -2, 2, 3, 4, 5)]
        found += [int(value) * factor for factor in (10, 100)]
    else:
        signs = (1, -1) if value < 0 or param.minimum is None or param.minimum < 0 else (1,)
        found = [sign * other for sign in signs for other in (*_USUAL_PERCENTS, *_USUAL_LEVELS)]
        found += [value * factor for factor in _FACTORS] + [-value, 100 - value]
        found += [value + step for step in (-10, -5, -2, -1, -0.5, 0.5, 1, 2, 5, 10)]
    rounded: dict[float, None] = dict.fromkeys(
        int(other) if param.type == "int" else round(float(other), 12) for other in found
    )
    return sorted((v for v in rounded if _allowed(param, v)), key=lambda v: abs(v - value))


def _allowed(param: Param, value: float) -> bool:
    above = param.minimum is None or value >= param.minimum
    return above and (param.maximum is None or value <= param.maximum)


def _default_sizes(graph: StrategyGraph, node: Node, *, wide: bool) -> Iterator[Mutation]:
    """An entry without a size buys the percentage of the settings."""
    percent = graph.backtest.sizing_percent
    near = (percent - 5, percent / 2)
    for other in (*near, *(_OTHER_SHARES if wide else ())):
        if 0 < other <= 100 and other != percent:
            yield Mutation(
                node.id,
                "size",
                f"entries bought {number(other)} % of equity instead of {number(percent)} %",
                partial(set_backtest, graph, sizing_percent=float(other)),
                near=other in near,
            )
