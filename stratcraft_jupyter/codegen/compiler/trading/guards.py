"""Emits guards and limits: statements that set ``closes``, ``sold`` and ``blocked``."""

from collections.abc import Callable, Mapping

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import (
    Call,
    Expression,
    Group,
    assignment,
    chain,
    condition,
    joined,
)
from stratcraft_jupyter.codegen.compiler.trading.model import (
    CLOSE,
    EQUITY,
    Rules,
    all_of,
    connected_ids,
)

_BODY = " " * 8
_DEEP = " " * 12
_DEEPER = " " * 16


def state(node: NodeContext, name: str) -> str:
    """An attribute that a guard remembers something in."""
    return f"self.{node.node.id}_{name}"


def reduction(share: Expression, rules: Rules) -> Expression:
    """The largest of what is sold already and a share of the position in percent."""
    part = Call("int", (chain(rules.shares, "*", share, "/", "100"),))
    return Call("max", ("sold", part))


def _acts(node: NodeContext, rules: Rules, indent: str, first: str | None = None) -> list[str]:
    """The statements of its action; a reduction only if ``first`` holds."""
    action = node.value("action")
    if action == "close":
        return [f"{indent}closes = True"]
    if action == "halt":
        return []
    away = Group(chain("100", "-", node.param("reduce_to")))
    if first is None:
        return assignment("sold", reduction(away, rules), indent)
    return [
        *condition("if", first, indent),
        *assignment("sold", reduction(away, rules), f"{indent}    "),
    ]


def _loss(node: NodeContext, anchor: str, name: str) -> Expression:
    return chain(anchor, "*", Group(chain("100", "-", node.param(name))), "/", "100")


def _circuit_breaker(node: NodeContext, rules: Rules) -> list[str]:
    until = state(node, "until")
    wait = chain("len(self)", "+", node.param("cooldown_bars"))
    trip = [
        *_acts(node, rules, _DEEP),
        f"{_DEEP}blocked = True",
        *assignment(until, wait, _DEEP),
    ]
    waiting = [*condition("if", f"len(self) <= {until}", _BODY), f"{_DEEP}blocked = True"]
    if node.value("scope") == "position":
        lines = [*waiting]
        for side in rules.sides():
            sign, beyond = ("-", "<=") if side == "long" else ("+", ">=")
            share = Group(chain("100", sign, node.param("trigger_percent")))
            level = chain("self.position.price", "*", share, "/", "100")
            test = all_of(f"is_{side}", chain(CLOSE, beyond, level))
            lines += [*condition("elif", test, _BODY), *trip]
        return lines
    start = state(node, "start")
    trip = [
        *_acts(node, rules, _DEEPER),
        f"{_DEEPER}blocked = True",
        *assignment(until, wait, _DEEPER),
        f"{_DEEPER}{start} = None",
    ]
    return [
        *waiting,
        f"{_BODY}else:",
        *condition("if", f"{start} is None", _DEEP),
        f"{_DEEPER}{start} = {EQUITY}",
        *condition("if", chain(EQUITY, "<=", _loss(node, start, "trigger_percent")), _DEEP),
        *trip,
    ]


def _drawdown_limit(node: NodeContext, rules: Rules) -> list[str]:
    until, peak = state(node, "until"), state(node, "peak")
    wait = Group(chain(node.param("recovery_bars"), "or", 'float("inf")'))
    return [
        *condition("if", f"len(self) <= {until}", _BODY),
        f"{_DEEP}blocked = True",
        f"{_BODY}else:",
        *assignment("equity", EQUITY, _DEEP),
        *condition("if", f"{peak} is None or equity > {peak}", _DEEP),
        f"{_DEEPER}{peak} = equity",
        *condition("if", chain("equity", "<=", _loss(node, peak, "percent")), _DEEP),
        *_acts(node, rules, _DEEPER),
        f"{_DEEPER}blocked = True",
        *assignment(until, chain("len(self)", "+", wait), _DEEPER),
        f"{_DEEPER}{peak} = None",
    ]


def _safety_stop(node: NodeContext, rules: Rules) -> list[str]:
    tripped = state(node, "tripped")
    floor = _loss(node, "self.broker.startingcash", "max_loss_percent")
    return [
        *condition("if", chain(EQUITY, "<=", floor), _BODY),
        f"{_DEEP}{tripped} = True",
        *condition("if", tripped, _BODY),
        f"{_DEEP}closes = blocked = True",
    ]


def _regime_exit(node: NodeContext, rules: Rules) -> list[str]:
    regime = node.input("regime").now
    halted, was_off = state(node, "halted"), state(node, "was_off")
    is_manual = node.value("recovery") == "manual"
    reduces = node.value("action") == "reduce"
    test = f"{halted} or not {regime}" if is_manual else f"not {regime}"
    lines = [*condition("if", test, _BODY), f"{_DEEP}blocked = True"]
    if node.value("action") == "close":
        lines.append(f"{_DEEP}closes = True")
    elif reduces:
        lines += [
            *_acts(node, rules, _DEEP, f"not {was_off}"),
            f"{_DEEP}{was_off} = True",
        ]
    if is_manual:
        lines += [f"{_DEEP}if self.position:", f"{_DEEPER}{halted} = True"]
    if reduces:
        lines += [f"{_BODY}else:", f"{_DEEP}{was_off} = False"]
    return lines


def _indicator_guard(node: NodeContext, rules: Rules) -> list[str]:
    signal, side = node.input("when").now, str(node.value("side"))
    if side not in ("both", *rules.sides()):
        return []  # there is no position of that side to guard
    was_on = state(node, "was_on")
    reduces = node.value("action") == "reduce"
    lines = condition("if", signal, _BODY)
    lines.append(f"{_DEEP}blocked{'' if side == 'both' else f'_{side}'} = True")
    mine = None if side == "both" else f"is_{side}"
    if reduces:
        first = f"not {was_on}" if mine is None else f"{mine} and not {was_on}"
        lines += [*_acts(node, rules, _DEEP, first), f"{_DEEP}{was_on} = True"]
        lines += [f"{_BODY}else:", f"{_DEEP}{was_on} = False"]
    elif mine is None:
        lines.append(f"{_DEEP}closes = True")
    else:
        lines.append(f"{_DEEP}closes = closes or {mine}")
    return lines


def _cooldown(node: NodeContext, rules: Rules) -> list[str]:
    test: Expression = joined(
        "and",
        (
            "self.closed_bar is not None",
            chain(chain("len(self)", "-", "self.closed_bar"), "<", node.param("bars")),
            *(("self.closed_with < 0",) if node.value("after") == "losing exit" else ()),
        ),
    )
    return [*condition("if", test, _BODY), f"{_DEEP}blocked = True"]


def _max_trades(node: NodeContext, rules: Rules) -> list[str]:
    count = chain(f"{state(node, 'made')}.get(period, 0)", ">=", node.param("count"))
    return [
        f"{_BODY}period = {state(node, 'period')}()",
        *condition("if", count, _BODY),
        f"{_DEEP}blocked = True",
    ]


def _entry_hours(node: NodeContext, rules: Rules) -> list[str]:
    start, end = node.param("from_time"), node.param("until_time")
    over_midnight = str(node.value("from_time")) > str(node.value("until_time"))
    if over_midnight:
        test: Expression = chain(end, "<=", "now", "<", start)
    else:
        test = joined("or", (chain("now", "<", start), chain("now", ">=", end)))
    return [
        f'{_BODY}now = f"{{self.data.datetime.time(0):%H:%M}}"',
        *condition("if", test, _BODY),
        f"{_DEEP}blocked = True",
    ]


_EMITTERS: Mapping[str, Callable[[NodeContext, Rules], list[str]]] = {
    "risk.circuit_breaker": _circuit_breaker,
    "risk.drawdown_limit": _drawdown_limit,
    "risk.safety_stop": _safety_stop,
    "risk.regime_exit": _regime_exit,
    "risk.indicator_guard": _indicator_guard,
    "risk.cooldown": _cooldown,
    "risk.max_trades": _max_trades,
    "risk.entry_hours": _entry_hours,
}


def guard_lines(node: NodeContext, rules: Rules) -> list[str]:
    """The statements of a guard or limit in ``next``; none for limits on the size of an entry."""
    emitter = _EMITTERS.get(node.kind.name)
    return emitter(node, rules) if emitter else []


def guard_state(node: NodeContext) -> list[str]:
    """What a guard remembers, as statements of ``__init__``."""
    names: dict[str, str] = {
        "risk.circuit_breaker": "until = 0",
        "risk.drawdown_limit": "until = 0",
        "risk.safety_stop": "tripped = False",
        "risk.max_trades": "made = {}",
    }
    found = [names[node.kind.name]] if node.kind.name in names else []
    if node.kind.name == "risk.circuit_breaker" and node.value("scope") == "portfolio":
        found.append("start = None")
    if node.kind.name == "risk.drawdown_limit":
        found.append("peak = None")
    if node.kind.name == "risk.regime_exit":
        found += ["halted = False"] if node.value("recovery") == "manual" else []
        found += ["was_off = False"] if node.value("action") == "reduce" else []
    if node.kind.name == "risk.indicator_guard" and node.value("action") == "reduce":
        found.append("was_on = False")
    return [f"{_BODY}self.{node.node.id}_{item}" for item in found]


def time_limit_lines(node: NodeContext, rules: Rules) -> list[str]:
    """The statements of a time limit in ``next``."""
    owners = connected_ids(node, "entry")
    tests: list[Expression] = []
    for side in rules.sides():
        mine = rules.owned(side, owners)
        if mine != "False":
            tests.append(f"is_{side}" if mine is None else all_of(f"is_{side}", mine))
    if not tests:
        return []  # the entries it is for open no position
    if tests == ["is_long", "is_short"]:
        holds: Expression = "self.position"
    else:
        holds = tests[0] if len(tests) == 1 else joined("or", tests)
    limit = node.param("limit")
    held: Expression = chain("len(self)", "-", "self.entry_bar")
    if node.value("unit") == "hours":
        held = "self.hours_held()"
    lines = [*condition("if", holds, _BODY), *assignment("held", held, _DEEP)]
    lines += [*condition("if", chain("held", ">=", limit), _DEEP), f"{_DEEPER}closes = True"]
    if node.value("decay") == "none":
        return lines
    if node.value("decay") == "linear":
        kept: Expression = chain("self.largest", "*", Group(chain(limit, "-", "held")), "/", limit)
    else:
        power = chain("0.05", "**", Group(chain("held", "/", limit)))
        kept = chain("self.largest", "*", power)
    rest = chain(rules.shares, "-", Call("math.ceil", (kept,)))
    return [
        *lines,
        f"{_DEEP}else:",
        *assignment("sold", Call("max", ("sold", rest)), _DEEPER),
    ]
