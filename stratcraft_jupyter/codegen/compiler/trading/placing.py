"""Emits how stops and targets are sent: one order each, replaced when its price moves."""

from typing import NamedTuple

from stratcraft_jupyter.codegen.compiler.layout import Call, assignment
from stratcraft_jupyter.codegen.compiler.trading.model import Entry, Rules
from stratcraft_jupyter.codegen.compiler.trading.protecting import may_vanish

_BODY = " " * 8
_DEEP = " " * 12


class ProtectingOrders(NamedTuple):
    """What protects the positions of a strategy.

    Attributes:
        stop: Whether any has a stop: ``"never"``, ``"always"`` or ``"sometimes"``.
        target: The same of a target.
    """

    stop: str
    target: str

    @property
    def attributes(self) -> list[str]:
        """The attributes that hold the orders."""
        stop = ["self.stop_order"] if self.stop != "never" else []
        return stop + (["self.target_order"] if self.target != "never" else [])


def protecting_orders(rules: Rules) -> ProtectingOrders:
    """What protects the positions that the entries open."""
    protected = [entry for entry in rules.entries if entry.protection]
    return ProtectingOrders(
        _how_often([_has_stop(entry) for entry in protected], [_may_stop(e) for e in protected]),
        _how_often([_has_target(entry) for entry in protected]),
    )


def _how_often(has: list[bool], may: list[bool] | None = None) -> str:
    if not any(may or has):
        return "never"
    return "always" if all(has) else "sometimes"


def _kinds(entry: Entry) -> set[str]:
    return {node.kind.name.removeprefix("risk.") for node in entry.protection}


def _has_stop(entry: Entry) -> bool:
    return bool(_kinds(entry) & {"stop_loss", "trailing_stop", "bracket"})


def _may_stop(entry: Entry) -> bool:
    return _has_stop(entry) or "break_even" in _kinds(entry)


def _has_target(entry: Entry) -> bool:
    return bool(_kinds(entry) & {"take_profit", "bracket"})


def place_exits(orders: ProtectingOrders, rules: Rules) -> list[str]:
    """The method that sends what protects a position."""
    has_stop, has_target = orders.stop != "never", orders.target != "never"
    named = [
        *([_parameter("stop", orders.stop)] if has_stop else []),
        *([_parameter("target", orders.target)] if has_target else []),
    ]
    if named[0].endswith("=None"):
        named = [f"{name.removesuffix('=None')}=None" for name in named]
    lines = [
        f"    def place_exits(self, size, {', '.join(named)}):",
        f'        """{_said(has_stop=has_stop, has_target=has_target)}"""',
    ]
    if has_stop:
        lines += _ratchet(rules, orders)
    wanted = ["size", *(["stop"] if has_stop else []), *(["target"] if has_target else [])]
    resting = f"({', '.join(wanted)})"
    lines += [
        f"{_BODY}if self.resting == {resting}:",
        f"{_DEEP}return",
        f"{_BODY}self.cancel_exits()",
        *(_sends("stop", "Stop", orders.stop, rules) if has_stop else []),
        *(_sends("target", "Limit", orders.target, rules, oco=has_stop) if has_target else []),
        f"{_BODY}self.resting = {resting}",
    ]
    return lines


def _parameter(name: str, how_often: str) -> str:
    return name if how_often == "always" else f"{name}=None"


def _said(*, has_stop: bool, has_target: bool) -> str:
    if not has_stop:
        return "Lets a target rest."
    return f"Lets a stop {'and a target ' if has_target else ''}rest; a stop never moves back."


def _ratchet(rules: Rules, orders: ProtectingOrders) -> list[str]:
    """The statements that keep a stop from moving away from the price."""
    sides = rules.sides()
    nearer = ("max" if sides == ["long"] else "min") if len(sides) == 1 else "nearer"
    lines = [
        f"{_BODY}if self.stop_order is not None:",
        f"{_DEEP}old = self.stop_order.created.price",
    ]
    if len(sides) == 2:
        lines.append(f"{_DEEP}nearer = max if self.position.size > 0 else min")
    kept = f"{nearer}(stop, old)"
    gone = ["stop is None"] if orders.stop == "sometimes" else []
    if any(may_vanish(entry, "stop") for entry in rules.of_side("short")):
        gone.append("stop <= 0")
    if gone:
        kept = f"old if {' or '.join(gone)} else {kept}"
    return [*lines, f"{_DEEP}stop = {kept}"]


def _sends(
    what: str, exectype: str, how_often: str, rules: Rules, *, oco: bool = False
) -> list[str]:
    arguments = [("size", "size"), ("exectype", f"bt.Order.{exectype}"), ("price", what)]
    if oco:
        arguments.append(("oco", "self.stop_order"))
    call = Call("self.close", tuple(arguments))
    tests = [f"{what} is not None"] if how_often == "sometimes" else []
    if any(may_vanish(entry, what) for entry in rules.entries):
        tests.append(f"{what} > 0")
    if not tests:
        return assignment(f"self.{what}_order", call, _BODY)
    return [
        f"{_BODY}if {' and '.join(tests)}:",
        *assignment(f"self.{what}_order", call, _DEEP),
    ]


def cancel_exits(orders: ProtectingOrders) -> list[str]:
    """The method that cancels what protects a position."""
    lines = ["    def cancel_exits(self):"]
    if len(orders.attributes) == 1:
        order = orders.attributes[0]
        what = order.removeprefix("self.").removesuffix("_order")
        return [
            *lines,
            f'        """Cancels the {what}, if there is one."""',
            f"{_BODY}if {order} is not None:",
            f"{_DEEP}self.cancel({order})",
            f"{_BODY}{order} = self.resting = None",
        ]
    return [
        *lines,
        '        """Cancels the stop and the target, if there are any."""',
        f"{_BODY}for order in (self.stop_order, self.target_order):",
        f"{_DEEP}if order is not None:",
        f"{_DEEP}    self.cancel(order)",
        f"{_BODY}self.stop_order = self.target_order = self.resting = None",
    ]


def watch_exits(orders: ProtectingOrders) -> list[str]:
    """The statements that forget orders that have done their work."""
    if len(orders.attributes) == 1:
        order = orders.attributes[0]
        return [
            f"{_BODY}order = {order}",
            f"{_BODY}if not self.position or (order and order.status == order.Completed):",
            f"{_DEEP}{order} = self.resting = None",
        ]
    return [
        f"{_BODY}orders = [order for order in (self.stop_order, self.target_order) if order]",
        f"{_BODY}filled = any(order.status == order.Completed for order in orders)",
        f"{_BODY}if filled or not self.position:",
        f"{_DEEP}self.stop_order = self.target_order = self.resting = None",
    ]
