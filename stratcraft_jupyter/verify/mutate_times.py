"""Mutants with another time of the day in a node."""

from collections.abc import Iterator, Sequence
from functools import partial

from stratcraft_jupyter.graph import Node, StrategyGraph, node_title, param_value, set_param
from stratcraft_jupyter.graph.catalog.base import Param
from stratcraft_jupyter.market.timeframe import get_timeframe
from stratcraft_jupyter.verify.mutation import Mutation
from stratcraft_jupyter.verify.times_of_day import (
    LAST_MINUTE,
    clock,
    minutes_of,
    minutes_of_a_bar,
    time_params,
)

_HOUR = 60
_FAR = (15, 30, 120)


def change_times(
    graph: StrategyGraph, node: Node, param: Param, *, wide: bool
) -> Iterator[Mutation]:
    """A bar and an hour earlier and later, or what stays on the clock; on longer bars nothing.

    Args:
        graph: The strategy.
        node: The node to change.
        param: Which of its times.
        wide: Also try times farther away, as for an explanation.
    """
    if not get_timeframe(graph.backtest.timeframe).is_intraday:
        return
    bar = minutes_of_a_bar(graph.backtest.timeframe)
    near = (-bar, bar, -_HOUR, _HOUR)
    yield from _moved(graph, node, param, near, near=True)
    if wide:
        far = [sign * step for step in (2 * bar, *_FAR) for sign in (-1, 1)]
        yield from _moved(graph, node, param, far, near=False)


def said_times(
    graph: StrategyGraph, nodes: Sequence[Node], times: Sequence[str]
) -> Iterator[Mutation]:
    """Each time of the code that the strategy has not, in the place of each that it has.

    After these come times near those of the strategy: such mutants are few, and ``<=`` in the
    place of ``<`` names no other time.

    Args:
        graph: The strategy, its expressions expanded.
        nodes: The nodes to change.
        times: What the code names.
    """
    places = [(node, param) for node in nodes for param in time_params(node)]
    ours = {param_value(node, param) for node, param in places}
    for node, param in places:
        for time in times:
            if time not in ours and _keeps_order(node, param, time):
                yield _with_time(graph, node, param, time, near=True)
    for node, param in places:
        yield from change_times(graph, node, param, wide=True)


def _moved(
    graph: StrategyGraph, node: Node, param: Param, steps: Sequence[int], *, near: bool
) -> Iterator[Mutation]:
    before = str(param_value(node, param))
    moved = (min(max(minutes_of(before) + step, 0), LAST_MINUTE) for step in steps)
    for time in dict.fromkeys(map(clock, moved)):
        if time != before and _keeps_order(node, param, time):
            yield _with_time(graph, node, param, time, near=near)


def _keeps_order(node: Node, param: Param, time: str) -> bool:
    """Whether a span that begins before it ends still does: else it goes over midnight."""
    ours = {item.name: str(param_value(node, item)) for item in time_params(node)}
    theirs = {**ours, param.name: time}
    if "from_time" not in ours:
        return True
    is_span = [both["from_time"] < both["until_time"] for both in (ours, theirs)]
    return is_span[0] == is_span[1] and theirs["from_time"] != theirs["until_time"]


def _with_time(
    graph: StrategyGraph, node: Node, param: Param, time: str, *, near: bool
) -> Mutation:
    before = param_value(node, param)
    words = f"{param.title} of {node_title(node)} was {time} instead of {before}"
    build = partial(set_param, graph, node.id, param.name, time)
    return Mutation(node.id, "time of the day", words, build, near)
