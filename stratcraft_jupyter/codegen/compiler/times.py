"""Emits conditions on the clock and the calendar."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.conditions import emit_line
from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call, chain


def _stamp(node: NodeContext) -> str:
    return f"{node.line('bars')}.datetime"


def _time_of_day(node: NodeContext) -> None:
    start, end = node.param("from_time"), node.param("until_time")
    time = node.variable(f'{_stamp(node)}.time().strftime("%H:%M")', "_time")
    if str(node.value("from_time")) < str(node.value("until_time")):
        expression = chain(start, "<=", time, "<", end)
    else:  # over midnight
        expression = chain(f"{time} >= {start}", "or", f"{time} < {end}")
    node.output("signal", now=node.variable(expression))


def _weekday(node: NodeContext) -> None:
    chosen = [day for day, param in enumerate(node.kind.params) if node.value(param.name)]
    _member(node, f"{_stamp(node)}.date().weekday()", chosen)


def _month(node: NodeContext) -> None:
    chosen = [
        month for month, param in enumerate(node.kind.params, start=1) if node.value(param.name)
    ]
    _member(node, f"{_stamp(node)}.date().month", chosen)


def _member(node: NodeContext, of_date: str, chosen: list[int]) -> None:
    node.output("signal", now=node.variable(chain(of_date, "in", f"{tuple(chosen)}")))


def _first_bar_of_day(node: NodeContext) -> None:
    _first_bar_at(node, '"00:00"')


def _last_bar_of_day(node: NodeContext) -> None:
    _first_bar_at(node, node.param("at_time"))


def _first_bar_at(node: NodeContext, time: str) -> None:
    arguments = (node.line("bars"), ("at_time", time))
    emit_line(node, Call(node.use_class("FirstBarAt"), arguments))


EMITTERS: Mapping[str, Emitter] = {
    "condition.time_of_day": _time_of_day,
    "condition.weekday": _weekday,
    "condition.month": _month,
    "condition.first_bar_of_day": _first_bar_of_day,
    "condition.last_bar_of_day": _last_bar_of_day,
}
