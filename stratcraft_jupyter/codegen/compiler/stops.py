"""Emits stops: one resting order for the whole position, at the nearest of their prices."""

from collections.abc import Sequence
from dataclasses import dataclass

from stratcraft_jupyter.codegen.compiler.layout import (
    Call,
    Chain,
    Expression,
    Group,
    assignment,
    chain,
    condition,
    joined,
    statement,
)

_CLOSE = "self.data.close[0]"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of an entry.

    Attributes:
        trails: Whether it follows the price.
        percent: Expression of the distance in percent, or empty.
        distance: Expression of the distance in price on the present bar, or empty.
    """

    trails: bool
    percent: str = ""
    distance: Chain | None = None

    def distance_now(self) -> Chain:
        """The price distance as it stands on the present close."""
        return self.distance or chain(_CLOSE, "*", self.percent, "/", "100")

    def level(self, *, is_long: bool) -> Chain:
        """The price of the stop as an expression on a bar with a position."""
        sign = "-" if is_long else "+"
        anchor = _CLOSE if self.trails else "self.position.price"
        if self.distance is None:
            # not 1 + percent / 100: 10 % above 100 would be 110.00000000000001 and miss 110
            return chain(anchor, "*", Group(chain("100", sign, self.percent)), "/", "100")
        return chain(anchor, sign, self.distance if self.trails else "self.stop_distance")


@dataclass(frozen=True, slots=True)
class Stops:
    """All stops of an entry; false if there are none."""

    stops: tuple[Stop, ...] = ()
    comments: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stops)

    @property
    def trails(self) -> bool:
        """Whether any of them follows the price."""
        return any(stop.trails for stop in self.stops)

    @property
    def may_vanish(self) -> bool:
        """Whether a price may be zero or less, which no order can wait for."""
        return any(stop.distance for stop in self.stops)

    @property
    def remembered(self) -> tuple[Chain, ...]:
        """Distances that are fixed on the bar on which the entry is decided."""
        return tuple(stop.distance for stop in self.stops if stop.distance and not stop.trails)

    def remember(self, indent: str) -> list[str]:
        """The statement that fixes the distance of the stop loss, if one is needed."""
        if not self.remembered:
            return []
        return assignment("self.stop_distance", _extreme("min", self.remembered), indent)

    def sizing_distance(self) -> Expression:
        """The distance to the nearest stop as it stands when the entry is decided."""
        found: list[Expression] = ["self.stop_distance"] if self.remembered else []
        found += [stop.distance_now() for stop in self.stops if stop.trails or not stop.distance]
        return _extreme("min", found)

    def place(self, indent: str, *, is_long: bool) -> list[str]:
        """The statements that place the stop, or move it nearer."""
        levels = dict.fromkeys(stop.level(is_long=is_long) for stop in self.stops)
        price = _extreme("max" if is_long else "min", tuple(levels))
        if not self.trails:
            call = Call("self.close", (("exectype", "bt.Order.Stop"), ("price", "price")))
            lines = assignment("price", price, indent)
            if self.may_vanish:
                lines.append(f"{indent}if price > 0:")
                indent += "    "
            return [*lines, *assignment("self.stop_order", call, indent)]
        nearer = ">" if is_long else "<"
        tests = ("self.stop_order is None", f"price {nearer} self.stop_order.created.price")
        return [
            *assignment("price", price, indent),
            *condition("if", joined("or", tests), indent),
            *statement("self.move_stop(price)", f"{indent}    "),
        ]


def _extreme(function: str, values: Sequence[Expression]) -> Expression:
    return values[0] if len(values) == 1 else Call(function, tuple(values))


LEAVE = '''\
    def leave(self):
        """Closes the position at the next open and cancels its stop."""
        if self.stop_order is not None:
            self.cancel(self.stop_order)
            self.stop_order = None
        self.close()
'''

MOVE_STOP = '''\
    def move_stop(self, price):
        """Puts the stop at a new price, in place of the one there was."""
        if self.stop_order is not None:
            self.cancel(self.stop_order)
        self.stop_order = self.close(exectype=bt.Order.Stop, price=price)
'''

MOVE_STOP_ABOVE_ZERO = '''\
    def move_stop(self, price):
        """Puts the stop at a new price, in place of the one there was."""
        if price > 0:
            if self.stop_order is not None:
                self.cancel(self.stop_order)
            self.stop_order = self.close(exectype=bt.Order.Stop, price=price)
'''
