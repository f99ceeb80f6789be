"""Writes a plan down as the text of a self-contained Backtrader module."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from stratcraft_jupyter.codegen.compiler import feeds, stops
from stratcraft_jupyter.codegen.compiler.classes import classes_used_by, indicator_classes
from stratcraft_jupyter.codegen.compiler.layout import Expression, assignment
from stratcraft_jupyter.codegen.compiler.names import class_name
from stratcraft_jupyter.codegen.compiler.orders import one_side, two_sides
from stratcraft_jupyter.codegen.compiler.plan import Plan
from stratcraft_jupyter.codegen.compiler.text import (
    WIDTH,
    columns,
    comment,
    docstring_lines,
    literal,
    plain,
)
from stratcraft_jupyter.graph import StrategyGraph, describe, get_kind, node_title

_BODY = " " * 8


DECIDED_BARS = "decided bars"
"""Key of the probe's count of bars on which the strategy could decide; no node id has a space."""

TRACED_BARS = "traced bars"
"""Key of the trace's own bars: of those asked for, the ones on which anything is decided."""


def write_module(plan: Plan, *, probed: bool = False, traced: Sequence[int] = ()) -> str:
    """The text of the module.

    Args:
        plan: What it is made of.
        probed: Whether the strategy counts, in ``probe_counts``, how often each signal was true.
        traced: Bars on which it notes, in ``probe_values``, the value of every output.
    """
    probe = _probe(plan) if probed else _trace(plan, traced) if traced else _NO_PROBE
    own = sorted(plan.trading.imports) if plan.trading else []
    imports = [
        *(f"import {name}" for name in own),
        *([""] if own else []),
        "import backtrader as bt",
    ]
    sections = [_docstring(plan.document), imports]
    if plan.parts.feeds:
        sections[-1] += ["", *feeds.declaration(plan.parts.feeds)]
    classes = frozenset().union(*(classes_used_by(name) for name in plan.parts.classes))
    sections += [["", *indicator_classes()[name].splitlines()] for name in sorted(classes)]
    sections.append(["", *_strategy(plan, probe)])
    if plan.parts.feeds:
        sections.append(["", *feeds.script(class_name(plan.graph.name), plan.graph.backtest)])
    return "\n\n".join("\n".join(section) for section in sections) + "\n"


def _docstring(graph: StrategyGraph) -> list[str]:
    lines = docstring_lines(graph.name, first='"""') or ['"""Strategy']
    if graph.description.strip():
        lines += ["", *docstring_lines(graph.description)]
    lines += ["", *docstring_lines("On the close of every bar:")]
    for number, sentence in enumerate(describe(graph), start=1):
        lines += docstring_lines(f"{number}. {sentence}", rest="   ")
    lines += [
        "",
        *docstring_lines(
            "Market orders fill at the next open. This is a draft made from a strategy graph: "
            "review it before you rely on it. It is no investment advice."
        ),
        '"""',
    ]
    return lines


@dataclass(frozen=True, slots=True)
class _Probe:
    """Extra statements that count signals."""

    init: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


_NO_PROBE = _Probe()


def _probe(plan: Plan) -> _Probe:
    kinds = {node.id: node.kind for node in plan.graph.nodes}
    signals = {
        endpoint.partition(".")[0]: output.now
        for endpoint, output in plan.parts.outputs.items()
        if kinds[endpoint.partition(".")[0]].startswith(("condition.", "logic.", "regime."))
    }
    zeros = ", ".join(f'"{name}": 0' for name in (DECIDED_BARS, *signals))
    return _Probe(
        (f"{_BODY}self.probe_counts = {{{zeros}}}",),
        (
            f'{_BODY}self.probe_counts["{DECIDED_BARS}"] += 1',
            *(
                f'{_BODY}self.probe_counts["{name}"] += bool({now})'
                for name, now in signals.items()
            ),
        ),
    )


def _trace(plan: Plan, bars: Sequence[int]) -> _Probe:
    """Notes the number of each bar it is asked for, and every output there."""
    noted = {TRACED_BARS: "len(self) - 1"}
    for endpoint, output in plan.parts.outputs.items():
        node_id, _, port = endpoint.partition(".")
        declared = get_kind(plan.graph.node(node_id).kind).output(port)
        if declared and declared.type in ("series", "signal"):
            noted[endpoint] = output.now
    empty = ", ".join(f'"{name}": []' for name in noted)
    return _Probe(
        (f"{_BODY}self.probe_values = {{{empty}}}",),
        (
            f"{_BODY}if len(self) - 1 in {tuple(bars)!r}:",
            *(
                f'{_BODY}    self.probe_values["{name}"].append({value})'
                for name, value in noted.items()
            ),
        ),
    )


def _strategy(plan: Plan, probe: _Probe) -> list[str]:
    name = class_name(plan.graph.name)
    blocks = [_params(plan), _init(plan, probe), _next(plan, probe), *_methods(plan)]
    lines = [f"class {name}(bt.Strategy):"]
    for block in filter(None, blocks):
        lines += [*([""] if len(lines) > 1 else []), *block]
    return lines


def _params(plan: Plan) -> list[str]:
    lines = ["    params = {"]
    for name, value, remark in plan.parts.params:
        entry = f'        "{name}": {literal(value)},'
        line = f"{entry}  # {plain(remark)}"
        if columns(line) <= WIDTH:
            lines.append(line)
        else:
            lines += [*comment(remark, _BODY), entry]
    return [*lines, "    }"] if plan.parts.params else []


def _init(plan: Plan, probe: _Probe) -> list[str]:
    lines = ["    def __init__(self):"]
    attributes = [(owner, f"self.{name}", value) for owner, name, value in plan.parts.attributes]
    lines += _assignments(plan, attributes, _sharing(plan))
    lines += _assignments(plan, plan.parts.states)
    sides = [side for side in (plan.long, plan.short) if side]
    if any(side.stops for side in sides):
        lines.append(f"{_BODY}self.stop_order = None  # the stop of the open position")
    if any(side.stops.remembered for side in sides):
        lines.append(f"{_BODY}self.stop_distance = None  # fixed when an entry is decided")
    if plan.trading:
        lines += plan.trading.init
    lines += probe.init
    return lines if len(lines) > 1 else []


def _next(plan: Plan, probe: _Probe) -> list[str]:
    lines = ["    def next(self):"]
    lines += _assignments(plan, plan.parts.signals)
    lines += probe.next
    if len(lines) > 1:
        lines.append("")
    if plan.trading:
        return [lines[0], *plan.trading.before, *lines[1:], *plan.trading.after]
    if plan.long and plan.short:
        return [*lines, *two_sides(plan.long, plan.short)]
    side = plan.long or plan.short
    return [*lines, *(one_side(side) if side else [])]


def _sharing(plan: Plan) -> dict[str, str]:
    """What is said of a node whose lines others read too, by its id in the document."""
    owners, makers = plan.parts.owners, {name: node for node, name, _ in plan.parts.attributes}
    found: dict[str, dict[str, None]] = {}
    for name, readers in plan.parts.shared.items():
        maker = plan.document.node(owners[makers[name]])
        for other in (plan.document.node(owners[reader]) for reader in readers):
            if other.id != maker.id:
                title = node_title(other)
                known = found.setdefault(maker.id, {})
                known[title if title != node_title(maker) else other.id] = None
    return {maker: f" Also for: {', '.join(titles)}." for maker, titles in found.items()}


def _assignments(
    plan: Plan,
    items: Iterable[tuple[str, str, Expression]],
    remarks: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """Assignments in groups of one node, each under a comment that says what the node is.

    All nodes of an expression are one group.
    """
    lines: list[str] = []
    said = None
    for node_id, target, value in items:
        if plan.parts.owners[node_id] != said:
            said = plan.parts.owners[node_id]
            lines += comment(plan.parts.comments[node_id] + remarks.get(said, ""), _BODY)
        lines += assignment(target, value, _BODY)
    return lines


def _methods(plan: Plan) -> list[list[str]]:
    if plan.trading:
        return plan.trading.methods
    sides = [side for side in (plan.long, plan.short) if side]
    methods = []
    if any(side.stops for side in sides) and any(side.exits for side in sides):
        methods.append(stops.LEAVE.splitlines())
    if any(side.stops.trails for side in sides):
        vanishes = any(side.stops.trails and side.stops.may_vanish for side in sides)
        move = stops.MOVE_STOP_ABOVE_ZERO if vanishes else stops.MOVE_STOP
        methods.append(move.splitlines())
    sizings = {tuple(side.sizing.lines()): None for side in sides}
    return [*methods, *(list(lines) for lines in sizings if lines)]
