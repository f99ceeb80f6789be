"""Emits how positions end: what closes or reduces them, and what protects them until then."""

from collections.abc import Iterable

from stratcraft_jupyter.codegen.compiler.layout import (
    Call,
    Expression,
    Group,
    assignment,
    condition,
    joined,
    statement,
)
from stratcraft_jupyter.codegen.compiler.text import comment
from stratcraft_jupyter.codegen.compiler.trading.entering import overruling, reduces
from stratcraft_jupyter.codegen.compiler.trading.guards import reduction
from stratcraft_jupyter.codegen.compiler.trading.model import (
    OTHER,
    Exit,
    Rules,
    all_of,
    shares,
)

_BODY = " " * 8
_DEEP = " " * 12


def _closing_tests(rules: Rules, side: str) -> list[Expression]:
    """What closes a position of a side by a signal."""
    tests: list[Expression] = []
    for item in rules.exits:
        owned = rules.owned(side, item.owners)
        if item.side == side and not item.is_partial and owned != "False":
            tests.append(all_of(owned, item.signal))
    tests += [entry.ready for entry in rules.entries if entry.turns and entry.side == OTHER[side]]
    return tests


def _grouped(tests: list[Expression]) -> Expression:
    """Any of the tests, for use behind ``and``."""
    if len(tests) == 1:
        return tests[0]
    return Group(joined("or", tests))


def exit_lines(rules: Rules) -> list[str]:
    """The statements that say what closes or reduces a position by a signal."""
    lines = _closing_lines(rules) if can_close(rules) else []
    if reduces(rules):
        lines.append(f"{_BODY}sold = 0")
    if rules.blocks:
        lines.append(f"{_BODY}blocked = False")
    lines += [f"{_BODY}blocked_{side} = False" for side in rules.blocked_sides]
    for item in rules.exits:
        owned = rules.owned(item.side, item.owners)
        if item.is_partial and item.side in rules.sides() and owned != "False":
            lines += [
                *comment(rules.comment(item.node), _BODY),
                *condition("if", all_of(f"is_{item.side}", owned, item.signal), _BODY),
                *assignment("sold", reduction(item.node.param("percent"), rules), _DEEP),
            ]
    return lines


def _closing_lines(rules: Rules) -> list[str]:
    tests = {side: _closing_tests(rules, side) for side in rules.sides()}
    sides = [side for side in tests if tests[side]]
    if not sides:
        return [f"{_BODY}closes = False"]
    lines: list[str] = []
    for side in sides:
        lines += _said(rules, (item for item in rules.exits if item.side == side))
        name = "closes" if len(sides) == 1 else f"exit_{side}"
        lines += assignment(name, all_of(f"is_{side}", _grouped(tests[side])), _BODY)
    if len(sides) > 1:
        lines.append(f"{_BODY}closes = exit_long or exit_short")
    return lines


def _said(rules: Rules, exits: Iterable[Exit]) -> list[str]:
    return [
        line
        for item in exits
        if not item.is_partial
        for line in comment(rules.comment(item.node), _BODY)
    ]


def overruling_lines(rules: Rules) -> list[str]:
    """An entry with a lower priority number closes a position of the other side."""
    lines: list[str] = []
    for side in rules.sides():
        tests = [all_of(owned, test) for test, owned in overruling(rules, OTHER[side])]
        if not tests:
            continue
        free = [
            *(["not blocked"] if rules.blocks else []),
            *([f"not blocked_{OTHER[side]}"] if OTHER[side] in rules.blocked_sides else []),
            *(["self.entry_order is None"] if rules.rests else []),
        ]
        test = all_of(f"is_{side}", *free, _grouped(tests))
        lines += [*condition("if", test, _BODY), f"{_DEEP}closes = True"]
    return [f"{_BODY}# An entry that comes first turns the position.", *lines] if lines else []


def resting_lines(rules: Rules) -> list[str]:
    """An entry order that waits is cancelled by an exit of its side, or when it is blocked."""
    sides = [side for side in rules.sides() if any(e.rests for e in rules.of_side(side))]
    if not sides:
        return []
    tests: list[Expression] = [
        *(["closes"] if can_close(rules) else []),
        *(["blocked"] if rules.blocks else []),
    ]
    for side in sides:
        mine: list[Expression] = [
            all_of(owned, item.signal)
            for item in rules.exits
            if item.side == side and (owned := rules.owned(side, item.owners)) != "False"
        ]
        mine += [f"blocked_{side}"] if side in rules.blocked_sides else []
        if not mine:
            continue
        if len(sides) == 1:
            tests += mine
        else:
            is_side = f"self.entry_order.is{'buy' if side == 'long' else 'sell'}()"
            tests.append(all_of(is_side, _grouped(mine)))
    if not tests:
        return []
    test = all_of("self.entry_order is not None", _grouped(tests))
    return [
        *comment(
            "An entry order that waits ends with an exit, or when entries are blocked.", _BODY
        ),
        *condition("if", test, _BODY),
        f"{_DEEP}self.cancel(self.entry_order)",
        f"{_DEEP}self.entry_order = None",
    ]


def ending_lines(rules: Rules) -> list[str]:
    """The statements that close, reduce or protect the position."""
    lines = [""] if can_close(rules) or reduces(rules) or rules.protects() else []
    keyword = "if"
    if can_close(rules):
        leave = "leave" if rules.protects() else "close"
        lines += [f"{_BODY}if closes:", f"{_DEEP}self.{leave}()"]
        keyword = "elif"
    if not reduces(rules):
        return [*lines, *_protect(rules, _BODY, keyword)]
    lines.append(f"{_BODY}{keyword} self.position:")
    lines += [f"{_DEEP}if sold:", f"{_DEEP}    self.close(size=sold)"]
    return [*lines, *_protect(rules, _DEEP, "if", " - sold")]


def _protect(rules: Rules, indent: str, keyword: str, sold: str = "") -> list[str]:
    lines = []
    for entry in rules.entries:
        if entry.protection:
            test = all_of(f"is_{entry.side}", rules.owned(entry.side, frozenset({entry.id})))
            call = Call(f"self.protect_{entry.name}", (f"{shares(entry.side)}{sold}",))
            lines += [*condition(keyword, test, indent), *statement(call, f"{indent}    ")]
            keyword = "elif"
    return lines


def can_close(rules: Rules) -> bool:
    """Whether anything closes a whole position at the next open."""
    guards = any(
        node.kind.param("action") is None or node.value("action") == "close"
        for node in rules.guards
    )
    by_signal = any(
        _closing_tests(rules, side) or overruling(rules, OTHER[side]) for side in rules.sides()
    )
    return guards or by_signal or bool(rules.time_limits)


LEAVE = '''\
    def leave(self):
        """Closes the position at the next open; nothing protects it any more."""
        self.cancel_exits()
        self.close()
'''
