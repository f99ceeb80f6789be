"""Emits what ``next`` does with its signals: exits, then stops, then entries."""

from collections.abc import Iterable
from dataclasses import dataclass

from stratcraft_jupyter.codegen.compiler.layout import (
    Call,
    Expression,
    Group,
    assignment,
    condition,
    joined,
    statement,
)
from stratcraft_jupyter.codegen.compiler.sizing import Sizing
from stratcraft_jupyter.codegen.compiler.stops import Stops
from stratcraft_jupyter.codegen.compiler.text import comment

_BODY = " " * 8
_DEEP = " " * 12


@dataclass(frozen=True, slots=True)
class Side:
    """Everything about one side of the market.

    Attributes:
        name: ``"long"`` or ``"short"``.
        entry: The condition that enters.
        entry_comment: What the entry is, in words.
        exits: Conditions of which any one exits.
        exit_comments: What each exit is, in words.
        stops: The stops that protect the position.
        sizing: How many shares are ordered.
    """

    name: str
    entry: Expression
    entry_comment: str
    exits: tuple[Expression, ...]
    exit_comments: tuple[str, ...]
    stops: Stops
    sizing: Sizing

    @property
    def order(self) -> str:
        """The method that enters."""
        return "self.buy" if self.name == "long" else "self.sell"

    def exit_condition(self) -> Expression:
        """The exits as one condition."""
        return joined("or", self.exits)

    def enter(self, indent: str) -> list[str]:
        """The statements that enter."""
        lines = self.stops.remember(indent)
        distance = self.stops.sizing_distance() if self.sizing.by_risk else ""
        if not isinstance(distance, str):
            lines += assignment("distance", distance, indent)
            distance = "distance"
        call = Call(self.order, (("size", self.sizing.call(distance)),))
        return [*lines, *statement(call, indent)]

    def protect(self, indent: str) -> list[str]:
        """The statements that place or move the stop."""
        return self.stops.place(indent, is_long=self.name == "long")


def one_side(side: Side) -> list[str]:
    """The order statements of a strategy that is only ever long, or only ever short."""
    lines = [f"{_BODY}if not self.position:"]
    if side.stops:
        lines.append(f"{_DEEP}self.stop_order = None  # none yet, or it closed the position")
    lines += [
        *comment(side.entry_comment, _DEEP),
        *condition("if", side.entry, _DEEP),
        *side.enter(f"{_DEEP}    "),
    ]
    if side.exits:
        lines += [
            *_comments(side.exit_comments, _BODY),
            *condition("elif", side.exit_condition(), _BODY),
            f"{_DEEP}self.{'leave' if side.stops else 'close'}()",
        ]
    if side.stops:
        lines += [
            *_comments(side.stops.comments, _BODY),
            f"{_BODY}{'else' if side.stops.trails else 'elif self.stop_order is None'}:",
            *side.protect(_DEEP),
        ]
    return lines


def two_sides(long: Side, short: Side) -> list[str]:
    """The order statements of a strategy that can be long and short, and turn in one bar."""
    has_stops = bool(long.stops or short.stops)
    lines = _position_flags(long, short)
    if has_stops:
        lines += [
            f"{_BODY}if not self.position:",
            f"{_DEEP}self.stop_order = None  # none yet, or it closed the position",
        ]
    lines += [*([""] if lines else []), *_exits(long, short, has_stops), ""]
    turns = [side for side, other in ((long, short), (short, long)) if other.exits]
    for side in turns:
        other = "short" if side is long else "long"
        free = joined("or", ("not self.position", f"exit_{other}"))
        lines += assignment(f"can_enter_{side.name}", free, _BODY)
    for side, keyword in ((long, "if"), (short, "elif")):
        free = f"can_enter_{side.name}" if side in turns else "not self.position"
        lines += [
            *comment(side.entry_comment, _BODY),
            *condition(keyword, joined("and", (free, side.entry)), _BODY),
            *side.enter(_DEEP),
        ]
    return lines


def _position_flags(long: Side, short: Side) -> list[str]:
    signs = ((long, ">"), (short, "<"))
    return [
        f"{_BODY}is_{side.name} = self.position.size {sign} 0"
        for side, sign in signs
        if side.exits or side.stops
    ]


def _exits(long: Side, short: Side, has_stops: bool) -> list[str]:
    lines: list[str] = []
    leaving = []
    for side in (long, short):
        if side.exits:
            name = f"exit_{side.name}"
            leaving.append(name)
            leaves = side.exit_condition()
            together = Group(leaves) if len(side.exits) > 1 else leaves
            lines += [
                *_comments(side.exit_comments, _BODY),
                *assignment(name, joined("and", (f"is_{side.name}", together)), _BODY),
            ]
    keyword = "if"
    if leaving:
        lines += [
            f"{_BODY}if {' or '.join(leaving)}:",
            f"{_DEEP}self.{'leave' if has_stops else 'close'}()",
        ]
        keyword = "elif"
    for side in (long, short):
        if side.stops:
            waits = "" if side.stops.trails else " and self.stop_order is None"
            lines += [
                *_comments(side.stops.comments, _BODY),
                f"{_BODY}{keyword} is_{side.name}{waits}:",
                *side.protect(_DEEP),
            ]
            keyword = "elif"
    return lines


def _comments(texts: Iterable[str], indent: str) -> list[str]:
    return [line for text in texts for line in comment(text, indent)]
