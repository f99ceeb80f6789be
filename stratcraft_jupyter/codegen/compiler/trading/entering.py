"""Emits entries: their conditions, in the order they are looked at, and a method each."""

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import (
    Call,
    Expression,
    Group,
    assignment,
    chain,
    condition,
    joined,
    statement,
)
from stratcraft_jupyter.codegen.compiler.text import (
    WIDTH,
    columns,
    comment,
    docstring_lines,
    plain,
)
from stratcraft_jupyter.codegen.compiler.trading.guards import state
from stratcraft_jupyter.codegen.compiler.trading.model import (
    CLOSE,
    EQUITY,
    OTHER,
    Entry,
    Rules,
    all_of,
)
from stratcraft_jupyter.codegen.compiler.trading.protecting import (
    fixed_distances,
    nearest_distance,
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


def enter_lines(entry: Entry, rules: Rules) -> list[str]:
    """The method that orders an entry."""
    lines = [
        f"    def enter_{entry.name}(self):",
        *docstring_lines(_said(entry), f'{_BODY}"""', _BODY),
    ]
    lines[-1] += '"""'
    distance = nearest_distance(entry)
    limits = {node.kind.name: node for node in rules.limits}
    if distance is not None and (entry.sizing.by_risk or "risk.max_open_risk" in limits):
        lines += assignment("distance", distance, _BODY)
    lines += assignment("size", entry.sizing.call("distance"), _BODY)
    if entry.adds:
        lines.append(f"{_BODY}held = {_held(entry)}")
    if "risk.exposure_limit" in limits:
        lines += _exposure(limits["risk.exposure_limit"], adds=entry.adds)
    if "risk.max_open_risk" in limits:
        lines += _open_risk(limits["risk.max_open_risk"], entry)
    lines += [f"{_BODY}if size == 0:", f"{_DEEP}return"]
    if entry.rests:
        lines += _price(entry)
    lines += _bookkeeping(entry, rules, limits)
    return [*lines, *_order(entry)]


def _said(entry: Entry) -> str:
    label = plain(entry.node.node.label or "")
    said = f"Orders the entry {label}."
    fits = columns(f'{_BODY}"""{said}"""') <= WIDTH
    return said if label and fits else "Orders this entry."


def _held(entry: Entry) -> str:
    own = "self.position.size" if entry.side == "long" else "-self.position.size"
    return f"max(0, {own})"


def _exposure(node: NodeContext, *, adds: bool) -> list[str]:
    room: Expression = chain(EQUITY, "*", node.param("percent"), "/", "100")
    if adds:
        room = chain(room, "-", chain("held", "*", CLOSE))
    return [
        *assignment("room", room, _BODY),
        f"{_BODY}size = max(0, min(size, int(room / {CLOSE})))",
    ]


def _open_risk(node: NodeContext, entry: Entry) -> list[str]:
    risk: Expression = chain("size", "*", "distance")
    lines = []
    if entry.adds:
        sign = "-" if entry.side == "long" else "+"
        beyond = (
            f"{CLOSE} - self.stop_order.created.price"
            if sign == "-"
            else f"self.stop_order.created.price - {CLOSE}"
        )
        lines += [
            f"{_BODY}to_stop = 0",
            f"{_BODY}if held and self.stop_order is not None:",
            f"{_DEEP}to_stop = max(0, {beyond})",
        ]
        risk = chain(chain("held", "*", "to_stop"), "+", risk)
    most = chain(EQUITY, "*", node.param("percent"), "/", "100")
    return [
        *lines,
        *assignment("risk", risk, _BODY),
        *condition("if", chain("risk", ">", most), _BODY),
        f"{_DEEP}return",
    ]


def _bookkeeping(entry: Entry, rules: Rules, limits: dict[str, NodeContext]) -> list[str]:
    lines = []
    if rules.tracks(entry.side):
        lines.append(f'{_BODY}self.{entry.side}_entry = "{entry.id}"')
    if any(other.adds for other in rules.entries):
        count = "self.entries + 1 if held else 1" if entry.adds else "1"
        lines.append(f"{_BODY}self.entries = {count}")
    for what in ("stop", "target"):
        fixed = fixed_distances(entry, what)
        if fixed:
            smallest = fixed[0] if len(fixed) == 1 else Call("min", tuple(fixed))
            lines += assignment(f"self.{what}_distance", smallest, _BODY)
    for node in rules.limits:
        if node.kind.name == "risk.max_trades":
            made = state(node, "made")
            lines.append(f"{_BODY}period = {state(node, 'period')}()")
            lines.append(f"{_BODY}{made}[period] = {made}.get(period, 0) + 1")
    return lines


def _price(entry: Entry) -> list[str]:
    """The price that an order waits for; without one above zero it is not sent."""
    node, kind = entry.node, str(entry.node.value("order_type"))
    better = {"+": "-", "-": "+"}[entry.sign]
    direction = better if kind == "limit" else entry.sign
    anchor = node.input("price").now if node.is_connected("price") else CLOSE
    if node.is_connected("distance"):
        step = chain(node.param("offset_multiple"), "*", node.input("distance").now)
        price: Expression = chain(anchor, direction, step)
    else:
        share = Group(chain("100", direction, node.param("offset_percent")))
        price = chain(anchor, "*", share, "/", "100")
    lines = assignment("price", price, _BODY)
    if node.is_connected("distance") or node.is_connected("price"):
        lines += [f"{_BODY}if not price > 0:  # no price to wait for", f"{_DEEP}return"]
    return lines


def _order(entry: Entry) -> list[str]:
    if not entry.rests:
        return statement(Call(entry.order, (("size", "size"),)), _BODY)
    node, kind = entry.node, str(entry.node.value("order_type"))
    types = {"limit": "Limit", "stop": "Stop", "stop_limit": "StopLimit"}
    arguments: list[tuple[str, Expression]] = [
        ("size", "size"),
        ("exectype", f"bt.Order.{types[kind]}"),
        ("price", "price"),
    ]
    lines: list[str] = []
    if kind == "stop_limit":
        # at 0 % it is the price itself, to the last digit, and so never nearer
        share = Group(chain("1", entry.sign, node.param("limit_percent"), "/", "100"))
        lines += assignment("limit", chain("price", "*", share), _BODY)
        arguments.append(("plimit", "limit"))
    lines += assignment("self.entry_order", Call(entry.order, tuple(arguments)), _BODY)
    wait = Group(chain(node.param("expiry_bars"), "or", 'float("inf")'))
    return [*lines, *assignment("self.entry_expires", chain("len(self)", "+", wait), _BODY)]
