"""Emits when an entry is taken: its conditions, in the order in which entries are looked at."""

from stratcraft_jupyter.codegen.compiler.layout import (
    Call,
    Expression,
    Group,
    assignment,
    chain,
    condition,
    joined,
)
from stratcraft_jupyter.codegen.compiler.text import (
    comment,
)
from stratcraft_jupyter.codegen.compiler.trading.model import (
    OTHER,
    Entry,
    Rules,
    all_of,
)

_BODY = " " * 8
_DEEP = " " * 12


def confirmation_lines(entry: Entry) -> list[str]:
    """The statements that wait for the confirmation of an entry."""
    since = f"self.{entry.id}_ready_bar"
    age = chain(chain("len(self)", "-", since), "<=", entry.node.param("confirm_bars"))
    test = joined("and", (f"{since} is not None", age, entry.node.input("confirm").now))
    return [
        *assignment(f"{entry.name}_confirmed", test, _BODY),
        *condition("if", entry.ready, _BODY),
        f"{_DEEP}{since} = len(self)",
    ]


def signal(entry: Entry) -> Expression:
    """Whether an entry is true, as a condition."""
    if entry.is_confirmed:
        return f"{entry.name}_confirmed"
    if entry.turns:
        return all_of(f"is_{OTHER[entry.side]}", entry.ready)
    return entry.ready


def choice_lines(rules: Rules) -> list[str]:
    """Votes or the score of all entries, if the strategy counts them."""
    if rules.mode == "vote":
        lines = []
        for side in rules.sides():
            votes = [Call("bool", (signal(entry),)) for entry in rules.of_side(side)]
            lines += assignment(f"{side}_votes", joined("+", votes), _BODY)
        return lines
    if rules.mode == "weight":
        lines = [f"{_BODY}score = 0.0"]
        for entry in rules.entries:
            sign = "+=" if entry.side == "long" else "-="
            lines += [
                *condition("if", signal(entry), _BODY),
                f"{_DEEP}score {sign} {entry.node.param('weight')}",
            ]
        return lines
    return []


def _allowed(rules: Rules, side: str) -> Expression | None:
    """The test of votes or score that a side has to pass."""
    if rules.choice is None or rules.mode not in ("vote", "weight"):
        return None
    if rules.mode == "vote":
        return chain(f"{side}_votes", ">=", rules.choice.param("votes"))
    score = "score" if side == "long" else "-score"
    return chain(score, ">=", rules.choice.param("threshold"))


def overruling(rules: Rules, side: str) -> list[tuple[Expression, Expression | None]]:
    """Entries of a side that close a position of the other, each with the holders they may."""
    if rules.mode != "priority" or side not in rules.sides() or not rules.can_turn:
        return []
    found = []
    for entry in rules.of_side(side):
        held = frozenset(
            other.id for other in rules.of_side(OTHER[side]) if _priority(other) > _priority(entry)
        )
        if held:
            found.append((signal(entry), rules.owned(OTHER[side], held)))
    return found


def _priority(entry: Entry) -> float:
    return float(entry.node.value("priority"))


def chain_lines(rules: Rules, *, can_close: bool) -> list[str]:
    """The entries as one chain of conditions: the first that is true is taken."""
    lines: list[str] = []
    turning = rules.can_turn and can_close
    for side in rules.sides():
        free: Expression = "not self.position"
        if turning:
            free = joined("or", (free, Group(chain("closes", "and", f"is_{OTHER[side]}"))))
        if turning or len(rules.of_side(side)) > 1 or any(e.adds for e in rules.of_side(side)):
            lines += assignment(f"free_{side}", free, _BODY)
    for entry in rules.entries:
        if entry.adds:
            free = joined(
                "or", (f"free_{entry.side}", Group(_may_add(rules, entry, can_close=can_close)))
            )
            lines += assignment(f"may_{entry.name}", free, _BODY)
    keyword = "if"
    for entry in rules.entries:
        side = entry.side
        named = turning or len(rules.of_side(side)) > 1 or entry.adds
        free = f"free_{side}" if named else "not self.position"
        if entry.adds:
            free = f"may_{entry.name}"
        test = all_of(
            free,
            f"not blocked_{side}" if side in rules.blocked_sides else None,
            _allowed(rules, side),
            signal(entry),
        )
        if not entry.is_confirmed:  # said where it is
            lines += comment(rules.comment(entry.node), _BODY)
        lines += [
            *condition(keyword, test, _BODY),
            f"{_DEEP}self.enter_{entry.name}()",
        ]
        keyword = "elif"
    return lines


def _may_add(rules: Rules, entry: Entry, *, can_close: bool) -> Expression:
    return all_of(
        f"is_{entry.side}",
        "not closes" if can_close else None,
        "not sold" if reduces(rules) else None,
        rules.owned(entry.side, frozenset({entry.id})),
        chain("self.entries", "<", entry.node.param("max_entries")),
    )


def reduces(rules: Rules) -> bool:
    """Whether anything sells a part of a position."""
    return (
        any(item.is_partial for item in rules.exits)
        or any(
            node.value("action") == "reduce" for node in rules.guards if node.kind.param("action")
        )
        or any(node.value("decay") != "none" for node in rules.time_limits)
    )
