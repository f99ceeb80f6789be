"""Puts the parts of trading together: what ``__init__`` and ``next`` hold, and the methods."""

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
from stratcraft_jupyter.codegen.compiler.text import comment
from stratcraft_jupyter.codegen.compiler.trading import watching
from stratcraft_jupyter.codegen.compiler.trading.entering import (
    chain_lines,
    choice_lines,
    confirmation_lines,
    enter_lines,
    overruling,
    reduces,
)
from stratcraft_jupyter.codegen.compiler.trading.guards import (
    guard_lines,
    guard_state,
    reduction,
    time_limit_lines,
)
from stratcraft_jupyter.codegen.compiler.trading.model import (
    OTHER,
    SHARES,
    SIGNS,
    Exit,
    Rules,
    all_of,
)
from stratcraft_jupyter.codegen.compiler.trading.protecting import (
    CANCEL_EXITS,
    even_flag,
    place_exits,
    stop_and_target_lines,
)

_BODY = " " * 8
_DEEP = " " * 12


@dataclass(frozen=True, slots=True)
class Trading:
    """The code of everything that trades.

    Attributes:
        init: Statements of ``__init__``.
        before: Statements of ``next`` ahead of the signals.
        after: Statements of ``next`` behind the signals.
        methods: Further methods, each as lines.
        imports: Modules that the code needs.
    """

    init: list[str]
    before: list[str]
    after: list[str]
    methods: list[list[str]]
    imports: set[str]


def emit_trading(rules: Rules) -> Trading:
    """The code of a strategy's rules."""
    watch = watching.needs_of(rules)
    imports = {"math"} if any(n.value("decay") != "none" for n in rules.time_limits) else set()
    return Trading(
        [*watching.state(rules, watch), *_state(rules)],
        [f"{_BODY}self.watch_position()"] if watch else [],
        _decisions(rules),
        _methods(rules, watch),
        imports,
    )


def _state(rules: Rules) -> list[str]:
    lines = []
    for side in rules.sides():
        if rules.tracks(side):
            lines.append(
                f"{_BODY}self.{side}_entry = None  # which entry opened the {side} position"
            )
    if any(entry.adds for entry in rules.entries):
        lines.append(f"{_BODY}self.entries = 0  # how often the position was entered")
    lines += [
        f"{_BODY}self.{entry.id}_ready_bar = None" for entry in rules.entries if entry.is_confirmed
    ]
    for node in {id(n): n for entry in rules.entries for n in entry.protection}.values():
        if node.kind.name == "risk.break_even":
            lines.append(f"{_BODY}{even_flag(node)} = False")
    for node in (*rules.guards, *rules.limits):
        lines += guard_state(node)
    return lines


def _decisions(rules: Rules) -> list[str]:
    lines: list[str] = []
    for entry in rules.entries:
        if entry.is_confirmed:
            lines += [*comment(rules.comment(entry.node), _BODY), *confirmation_lines(entry)]
    flags = _flags(rules)
    lines += [
        f"{_BODY}is_{side} = self.position.size {SIGNS[side]} 0"
        for side in rules.sides()
        if side in flags
    ]
    lines += choice_lines(rules)
    lines += ["", *_exits(rules)] if lines else _exits(rules)
    lines += _guards(rules)
    lines += _overruling(rules)
    lines += _drop_resting(rules)
    lines += _leave_or_protect(rules)
    blocked = "blocked" if _blocks(rules) else None
    waiting = "self.entry_order is not None" if any(e.rests for e in rules.entries) else None
    lines.append("")
    if blocked or waiting:
        tests = [item for item in (blocked, waiting) if item]
        lines += [*condition("if", joined("or", tests), _BODY), f"{_DEEP}return"]
    return [*lines, *chain_lines(rules, _blocked_sides(rules))]


def _flags(rules: Rules) -> set[str]:
    """The sides of which the code asks whether a position of theirs is open."""
    return set(rules.sides())


def _blocks(rules: Rules) -> bool:
    limits = {"risk.cooldown", "risk.max_trades", "risk.entry_hours"}
    guards = [
        node
        for node in rules.guards
        if node.kind.name != "risk.indicator_guard" or node.value("side") == "both"
    ]
    return bool(guards) or any(node.kind.name in limits for node in rules.limits)


def _blocked_sides(rules: Rules) -> set[str]:
    guards = [node for node in rules.guards if node.kind.name == "risk.indicator_guard"]
    return {str(node.value("side")) for node in guards} & set(rules.sides())


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


def _exits(rules: Rules) -> list[str]:
    lines: list[str] = []
    names = []
    for side in rules.sides():
        tests = _closing_tests(rules, side)
        if tests:
            lines += _said(rules, (item for item in rules.exits if item.side == side))
            test = all_of(f"is_{side}", _grouped(tests))
            lines += assignment(f"exit_{side}", test, _BODY)
            names.append(f"exit_{side}")
    lines.append(f"{_BODY}closes = {' or '.join(names) if names else False}")
    if reduces(rules):
        lines.append(f"{_BODY}sold = 0")
    if _blocks(rules):
        lines.append(f"{_BODY}blocked = False")
    lines += [f"{_BODY}blocked_{side} = False" for side in sorted(_blocked_sides(rules))]
    for item in rules.exits:
        if item.is_partial and item.side in rules.sides():
            owned = rules.owned(item.side, item.owners)
            if owned == "False":
                continue
            test = all_of(f"is_{item.side}", owned, item.signal)
            lines += [
                *comment(rules.comment(item.node), _BODY),
                *condition("if", test, _BODY),
                *assignment("sold", reduction(item.node.param("percent")), _DEEP),
            ]
    return lines


def _said(rules: Rules, exits: Iterable[Exit]) -> list[str]:
    return [
        line
        for item in exits
        if not item.is_partial
        for line in comment(rules.comment(item.node), _BODY)
    ]


def _guards(rules: Rules) -> list[str]:
    lines = []
    for node in (*rules.guards, *rules.limits):
        body = guard_lines(node, rules)
        if body:
            lines += [*comment(rules.comment(node), _BODY), *body]
    for node in rules.time_limits:
        body = time_limit_lines(node, rules)
        if body:
            lines += [*comment(rules.comment(node), _BODY), *body]
    return lines


def _overruling(rules: Rules) -> list[str]:
    """An entry with a lower priority number closes a position of the other side."""
    lines: list[str] = []
    for side in rules.sides():
        tests = [all_of(owned, test) for test, owned in overruling(rules, OTHER[side])]
        if not tests:
            continue
        free = [
            *(["not blocked"] if _blocks(rules) else []),
            *([f"not blocked_{OTHER[side]}"] if OTHER[side] in _blocked_sides(rules) else []),
            *(["self.entry_order is None"] if any(e.rests for e in rules.entries) else []),
        ]
        test = all_of(f"is_{side}", *free, _grouped(tests))
        lines += [*condition("if", test, _BODY), f"{_DEEP}closes = True"]
    return [f"{_BODY}# An entry that comes first turns the position.", *lines] if lines else []


def _drop_resting(rules: Rules) -> list[str]:
    """An entry order that waits is cancelled by an exit of its side, or when it is blocked."""
    sides = [side for side in rules.sides() if any(e.rests for e in rules.of_side(side))]
    if not sides:
        return []
    tests: list[Expression] = ["closes", *(["blocked"] if _blocks(rules) else [])]
    for side in sides:
        mine: list[Expression] = [
            all_of(owned, item.signal)
            for item in rules.exits
            if item.side == side and (owned := rules.owned(side, item.owners)) != "False"
        ]
        mine += [f"blocked_{side}"] if side in _blocked_sides(rules) else []
        if not mine:
            continue
        if len(sides) == 1:
            tests += mine
        else:
            is_side = f"self.entry_order.is{'buy' if side == 'long' else 'sell'}()"
            tests.append(all_of(is_side, _grouped(mine)))
    test = all_of("self.entry_order is not None", _grouped(tests))
    return [
        *comment(
            "An entry order that waits ends with an exit, or when entries are blocked.", _BODY
        ),
        *condition("if", test, _BODY),
        f"{_DEEP}self.cancel(self.entry_order)",
        f"{_DEEP}self.entry_order = None",
    ]


def _leave_or_protect(rules: Rules) -> list[str]:
    lines = [""] if _can_close(rules) or reduces(rules) or rules.protects() else []
    keyword = "if"
    if _can_close(rules):
        lines += [f"{_BODY}if closes:", f"{_DEEP}self.{_leave(rules)}()"]
        keyword = "elif"
    if reduces(rules):
        lines.append(f"{_BODY}{keyword} self.position:")
        lines += [f"{_DEEP}if sold:", f"{_DEEP}    self.close(size=sold)"]
        if rules.protects():
            lines += _protect(rules, _DEEP, "if", f"{SHARES} - sold")
        return lines
    return [*lines, *_protect(rules, _BODY, keyword, SHARES)]


def _protect(rules: Rules, indent: str, keyword: str, shares: str) -> list[str]:
    lines = []
    for entry in rules.entries:
        if entry.protection:
            test = all_of(f"is_{entry.side}", rules.owned(entry.side, frozenset({entry.id})))
            lines += [
                *condition(keyword, test, indent),
                *statement(Call(f"self.protect_{entry.name}", (shares,)), f"{indent}    "),
            ]
            keyword = "elif"
    return lines


def _can_close(rules: Rules) -> bool:
    guards = any(
        node.kind.param("action") is None or node.value("action") == "close"
        for node in rules.guards
    )
    by_signal = any(
        _closing_tests(rules, side) or overruling(rules, OTHER[side]) for side in rules.sides()
    )
    return guards or by_signal or bool(rules.time_limits)


def _leave(rules: Rules) -> str:
    return "leave" if rules.protects() else "close"


def _methods(rules: Rules, watch: set[str]) -> list[list[str]]:
    methods = [enter_lines(entry, rules) for entry in rules.entries]
    protected = [entry for entry in rules.entries if entry.protection]
    methods += [stop_and_target_lines(entry) for entry in protected]
    if protected:
        kinds = {node.kind.name for entry in protected for node in entry.protection}
        stops = bool(kinds - {"risk.take_profit"})
        targets = bool(kinds & {"risk.take_profit", "risk.bracket"})
        methods.append(place_exits(has_stops=stops, has_targets=targets))
        methods.append(CANCEL_EXITS.splitlines())
        if _can_close(rules):
            methods.append(_LEAVE.splitlines())
    sizings = {tuple(entry.sizing.lines()): None for entry in rules.entries}
    methods += [list(lines) for lines in sizings if lines]
    return [*methods, *watching.methods(rules, watch)]


_LEAVE = '''\
    def leave(self):
        """Closes the position at the next open; nothing protects it any more."""
        self.cancel_exits()
        self.close()
'''
