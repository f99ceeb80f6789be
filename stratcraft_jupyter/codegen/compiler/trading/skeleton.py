"""Puts the parts of trading together: what ``__init__`` and ``next`` hold, and the methods."""

from dataclasses import dataclass

from stratcraft_jupyter.codegen.compiler.layout import condition, joined
from stratcraft_jupyter.codegen.compiler.text import comment
from stratcraft_jupyter.codegen.compiler.trading import watching
from stratcraft_jupyter.codegen.compiler.trading.entering import (
    chain_lines,
    choice_lines,
    confirmation_lines,
)
from stratcraft_jupyter.codegen.compiler.trading.guards import (
    guard_lines,
    guard_state,
    time_limit_lines,
)
from stratcraft_jupyter.codegen.compiler.trading.leaving import (
    LEAVE,
    can_close,
    ending_lines,
    exit_lines,
    overruling_lines,
    resting_lines,
)
from stratcraft_jupyter.codegen.compiler.trading.model import SIGNS, Rules
from stratcraft_jupyter.codegen.compiler.trading.ordering import enter_lines
from stratcraft_jupyter.codegen.compiler.trading.placing import (
    cancel_exits,
    place_exits,
    protecting_orders,
)
from stratcraft_jupyter.codegen.compiler.trading.protecting import even_flag, stop_and_target_lines

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
    lines += [f"{_BODY}is_{side} = self.position.size {SIGNS[side]} 0" for side in rules.sides()]
    lines += choice_lines(rules)
    exits = exit_lines(rules)
    lines += ["", *exits] if exits else []
    lines += _guards(rules)
    lines += overruling_lines(rules)
    lines += resting_lines(rules)
    lines += ending_lines(rules)
    lines.append("")
    waits = [
        *(["blocked"] if rules.blocks else []),
        *(["self.entry_order is not None"] if rules.rests else []),
    ]
    if waits:
        lines += [*condition("if", joined("or", waits), _BODY), f"{_DEEP}return"]
    return [*lines, *chain_lines(rules, can_close=can_close(rules))]


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


def _methods(rules: Rules, watch: set[str]) -> list[list[str]]:
    methods = [enter_lines(entry, rules) for entry in rules.entries]
    protected = [entry for entry in rules.entries if entry.protection]
    methods += [stop_and_target_lines(entry) for entry in protected]
    if protected:
        exits = protecting_orders(rules)
        methods += [place_exits(exits, rules), cancel_exits(exits)]
        if can_close(rules):
            methods.append(LEAVE.splitlines())
    sizings = {tuple(entry.sizing.lines()): None for entry in rules.entries}
    methods += [list(lines) for lines in sizings if lines]
    return [*methods, *watching.methods(rules, watch)]
