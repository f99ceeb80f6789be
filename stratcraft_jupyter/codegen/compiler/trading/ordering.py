"""Emits the method that orders an entry: its size, its limits, its price and what is kept of it."""

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
from stratcraft_jupyter.codegen.compiler.text import WIDTH, columns, docstring_lines, plain
from stratcraft_jupyter.codegen.compiler.trading.guards import state
from stratcraft_jupyter.codegen.compiler.trading.model import CLOSE, EQUITY, Entry, Rules
from stratcraft_jupyter.codegen.compiler.trading.protecting import (
    fixed_distances,
    nearest_distance,
)

_BODY = " " * 8
_DEEP = " " * 12


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
