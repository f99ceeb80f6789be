"""Emits stops and targets: for each entry a method that works out their prices."""

from collections.abc import Sequence

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import (
    Call,
    Expression,
    Group,
    assignment,
    chain,
    condition,
    statement,
)
from stratcraft_jupyter.codegen.compiler.trading.model import CLOSE, Entry

_BODY = " " * 8
_DEEP = " " * 12
_PRICE = "self.position.price"
_NEVER_NEGATIVE = {"indicator.atr", "indicator.true_range", "indicator.standard_deviation"}


def extreme(function: str, values: Sequence[Expression]) -> Expression:
    """The smallest or largest of several values; a single one stays as it is."""
    distinct = list(dict.fromkeys(values))
    return distinct[0] if len(distinct) == 1 else Call(function, tuple(distinct))


def _is(node: NodeContext, *names: str) -> bool:
    return node.kind.name in {f"risk.{name}" for name in names}


def _name(node: NodeContext, what: str) -> str:
    """A parameter's name: a bracket has one for its stop and one for its target."""
    prefix = {"stop": "stop_", "target": "target_"}
    return prefix[what] if _is(node, "bracket") else ""


def _distance(node: NodeContext, what: str) -> Expression | None:
    """Its distance in price on the present bar, if a series is connected."""
    if not node.is_connected("distance"):
        return None
    multiple = node.param(f"{_name(node, what)}multiple")
    return chain(multiple, "*", node.input("distance").now)


def _share(node: NodeContext, sign: str, name: str) -> Expression:
    return Group(chain("100", sign, node.param(name)))


def fixed_distances(entry: Entry, what: str) -> list[Expression]:
    """Distances of stops or targets that are fixed when the entry is decided."""
    kinds = ("stop_loss",) if what == "stop" else ("take_profit",)
    found = [_distance(node, what) for node in entry.protection if _is(node, *kinds, "bracket")]
    return [item for item in found if item is not None]


def nearest_distance(entry: Entry) -> Expression | None:
    """The distance to the nearest stop as it stands when the entry is decided."""
    found: list[Expression] = []
    for node in entry.protection:
        if _is(node, "stop_loss", "trailing_stop", "bracket"):
            percent = (
                node.param(f"{_name(node, 'stop')}percent") if not _distance(node, "stop") else ""
            )
            found.append(_distance(node, "stop") or chain(CLOSE, "*", percent, "/", "100"))
    return extreme("min", found) if found else None


def even_flag(node: NodeContext) -> str:
    """The attribute that says that a break-even stop has been reached."""
    return f"self.{node.node.id}_reached"


def _level(node: NodeContext, side: str) -> Expression:
    """The price of a stop."""
    away = "-" if side == "long" else "+"
    if _is(node, "break_even"):
        toward = "+" if side == "long" else "-"
        return chain(_PRICE, "*", _share(node, toward, "offset_percent"), "/", "100")
    trails = _is(node, "trailing_stop")
    anchor = _PRICE
    if trails:
        anchor = CLOSE if node.value("anchor") == "close" else "self.extreme"
    distance = _distance(node, "stop")
    if distance is None:
        percent = f"{_name(node, 'stop')}percent"
        return chain(anchor, "*", _share(node, away, percent), "/", "100")
    return chain(anchor, away, distance if trails else "self.stop_distance")


def _target(node: NodeContext, side: str) -> Expression:
    toward = "+" if side == "long" else "-"
    if _distance(node, "target") is not None:
        return chain(_PRICE, toward, "self.target_distance")
    percent = f"{_name(node, 'target')}percent"
    return chain(_PRICE, "*", _share(node, toward, percent), "/", "100")


def may_vanish(entry: Entry, what: str) -> bool:
    """Whether the price of a stop or target of an entry may be zero or less."""
    kinds = {"stop": ("stop_loss", "trailing_stop"), "target": ("take_profit",)}[what]
    below = (what == "stop") == (entry.side == "long")
    for node in entry.protection:
        if not _is(node, *kinds, "bracket"):
            continue
        if node.is_connected("distance"):
            if below or node.source_kind("distance") not in _NEVER_NEGATIVE:
                return True
        elif below and float(node.value(f"{_name(node, what)}percent")) >= 100:
            return True
    return False


def _reached(node: NodeContext, side: str) -> list[str]:
    """The statements that note that the price is far enough ahead."""
    toward, beyond = ("+", ">=") if side == "long" else ("-", "<=")
    if node.is_connected("distance"):
        ahead = chain(node.param("trigger_multiple"), "*", node.input("distance").now)
        trigger = chain(_PRICE, toward, ahead)
    else:
        trigger = chain(_PRICE, "*", _share(node, toward, "trigger_percent"), "/", "100")
    return [
        *condition("if", chain(CLOSE, beyond, trigger), _BODY),
        f"{_DEEP}{even_flag(node)} = True",
    ]


def _said(stops: list[NodeContext], targets: list[NodeContext]) -> str:
    parts = [*(["stop"] if stops else []), *(["target"] if targets else [])]
    return f"the {' and '.join(parts)} of this entry"


def stop_and_target_lines(entry: Entry) -> list[str]:
    """The method that lets the stop and target of an entry rest."""
    stops = [n for n in entry.protection if _is(n, "stop_loss", "trailing_stop", "bracket")]
    evens = [n for n in entry.protection if _is(n, "break_even")]
    targets = [n for n in entry.protection if _is(n, "take_profit", "bracket")]
    lines = [
        f"    def protect_{entry.name}(self, size):",
        f'        """Lets {_said(stops + evens, targets)} rest for `size` shares."""',
    ]
    nearest, farthest = ("max", "min") if entry.side == "long" else ("min", "max")
    for node in evens:
        lines += _reached(node, entry.side)
    if stops:
        level = extreme(nearest, [_level(node, entry.side) for node in stops])
        lines += assignment("stop", level, _BODY)
    elif evens:
        lines.append(f"{_BODY}stop = None")
    for node in evens:
        price = _level(node, entry.side)
        lines += condition("if", even_flag(node), _BODY)
        if stops:
            lines += assignment("stop", Call(nearest, ("stop", price)), _DEEP)
        elif node is evens[0]:
            lines += assignment("stop", price, _DEEP)
        else:
            lines += assignment("even", price, _DEEP)
            lines.append(f"{_DEEP}stop = even if stop is None else {nearest}(stop, even)")
    arguments: list[str] = ["size"]
    if stops or evens:
        arguments.append("stop")
    if targets:
        level = extreme(farthest, [_target(node, entry.side) for node in targets])
        lines += assignment("target", level, _BODY)
        arguments.append("target" if stops or evens else "target=target")
    return [*lines, *statement(Call("self.place_exits", tuple(arguments)), _BODY)]
