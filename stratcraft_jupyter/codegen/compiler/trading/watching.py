"""Emits what a strategy notes on each bar before it decides: when its position began, and so on."""

from stratcraft_jupyter.codegen.compiler.trading.guards import state as guard_attribute
from stratcraft_jupyter.codegen.compiler.trading.model import Rules
from stratcraft_jupyter.codegen.compiler.trading.placing import protecting_orders, watch_exits
from stratcraft_jupyter.codegen.compiler.trading.protecting import even_flag

_BODY = " " * 8
_DEEP = " " * 12
_PERIODS = {
    "day": "day",
    "week": "day.isocalendar()[:2]",
    "month": "(day.year, day.month)",
}


def needs_of(rules: Rules) -> set[str]:
    """What has to be noted: names out of `state`, and ``even``."""
    nodes = [node for entry in rules.entries for node in entry.protection]
    kinds = {node.kind.name for node in nodes}
    found = set(rules.parts.needs) & {"entry_bar"}
    if rules.time_limits:
        found.add("entry_bar")
    if any(node.value("unit") == "hours" for node in rules.time_limits):
        found.add("entry_time")
    if any(node.value("decay") != "none" for node in rules.time_limits):
        found.add("largest")
    if any(n.kind.name == "risk.trailing_stop" and n.value("anchor") == "extreme" for n in nodes):
        found.add("extreme")
    if "risk.break_even" in kinds:
        found.add("even")
    if rules.has("risk.cooldown"):
        found.add("closed_bar")
    if _waits_after_loss(rules):
        found.add("closed_with")
    if nodes:
        found.add("exits")
    if any(entry.rests for entry in rules.entries):
        found.add("entry_order")
    return found


_BY_SIDE = {"entry_bar", "entry_time", "extreme", "even", "largest", "closed_bar"}
"""What begins anew with each position."""


def _sees_extreme(rules: Rules, side: str) -> bool:
    return any(
        node.kind.name == "risk.trailing_stop" and node.value("anchor") == "extreme"
        for entry in rules.of_side(side)
        for node in entry.protection
    )


def state(rules: Rules, needs: set[str]) -> list[str]:
    """The attributes that are noted, as statements of ``__init__``."""
    known = {
        "side": "self.side = 0  # of the position: 1 long, -1 short, 0 none",
        "entry_bar": "self.entry_bar = None  # when the position was filled",
        "entry_time": "self.entry_time = None  # the time of that bar",
        "extreme": "self.extreme = None  # highest high or lowest low since then",
        "largest": "self.largest = 0  # most shares held since then",
        "closed_bar": "self.closed_bar = None  # when the last position had ended",
        "closed_with": "self.closed_with = 0.0  # its profit after commission",
        "entry_order": "self.entry_order = None  # waits for its price",
    }
    wanted = {*needs, *({"side"} if needs & _BY_SIDE else ())}
    lines = [f"{_BODY}{text}" for name, text in known.items() if name in wanted]
    if "entry_order" in needs:
        lines.append(f"{_BODY}self.entry_expires = None")
    if "exits" in needs:
        lines += [f"{_BODY}{name} = None" for name in protecting_orders(rules).attributes]
        lines.append(f"{_BODY}self.resting = None  # the shares and prices of what rests")
        nodes = [node for e in rules.entries for node in e.protection]
        fixed = [node for node in nodes if node.is_connected("distance")]
        if any(n.kind.name in ("risk.stop_loss", "risk.bracket") for n in fixed):
            lines.append(f"{_BODY}self.stop_distance = None  # fixed when an entry is decided")
        if any(n.kind.name in ("risk.take_profit", "risk.bracket") for n in fixed):
            lines.append(f"{_BODY}self.target_distance = None")
    if _keeps_results(rules):
        lines.append(f"{_BODY}self.results = []  # of closed trades, after commission")
    return lines


def _waits_after_loss(rules: Rules) -> bool:
    return any(
        node.kind.name == "risk.cooldown" and node.value("after") == "losing exit"
        for node in rules.limits
    )


def _keeps_results(rules: Rules) -> bool:
    return _waits_after_loss(rules) or any(entry.sizing.uses_results for entry in rules.entries)


def methods(rules: Rules, needs: set[str]) -> list[list[str]]:
    """The methods that note things."""
    found = []
    if needs:
        found.append(_watch(rules, needs))
    if "entry_time" in needs:
        found.append(_HOURS_HELD.splitlines())
    if _keeps_results(rules):
        found.append(_NOTIFY_TRADE.splitlines())
    for node in rules.limits:
        if node.kind.name == "risk.max_trades":
            per = str(node.value("per"))
            name = guard_attribute(node, "period").removeprefix("self.")
            lines = [f"    def {name}(self):", f'        """The {per} of this bar."""']
            if per == "day":
                lines.append(f"{_BODY}return self.data.datetime.date(0)")
            else:
                lines += [
                    f"{_BODY}day = self.data.datetime.date(0)",
                    f"{_BODY}return {_PERIODS[per]}",
                ]
            found.append(lines)
    return found


def _watch(rules: Rules, needs: set[str]) -> list[str]:
    lines = [
        "    def watch_position(self):",
        '        """Notes what the bar has changed, before anything is decided."""',
    ]
    if "exits" in needs:
        lines += watch_exits(protecting_orders(rules))
    if needs & _BY_SIDE:
        lines += _new_side(rules, needs)
    if "extreme" in needs:
        for keyword, side, line, function in (
            ("if", "long", "high", "max"),
            ("elif", "short", "low", "min"),
        ):
            if _sees_extreme(rules, side):
                sign = ">" if side == "long" else "<"
                word = keyword if _sees_extreme(rules, "long") else "if"
                price = f"self.data.{line}[0]"
                lines += [
                    f"{_BODY}{word} side {sign} 0:",
                    f"{_DEEP}self.extreme = {function}(self.extreme or {price}, {price})",
                ]
    if "largest" in needs:
        lines.append(f"{_BODY}self.largest = max(self.largest, {rules.shares})")
    if "entry_order" in needs:
        lines += _ENTRY_ORDER.splitlines()
    return lines


def _new_side(rules: Rules, needs: set[str]) -> list[str]:
    lines = [
        f"{_BODY}side = (self.position.size > 0) - (self.position.size < 0)",
        f"{_BODY}if side != self.side:",
        f"{_DEEP}self.side = side",
    ]
    if "entry_bar" in needs:
        lines.append(f"{_DEEP}self.entry_bar = len(self) if side else None")
    if "entry_time" in needs:
        lines.append(f"{_DEEP}self.entry_time = self.data.datetime.datetime(0)")
    if "extreme" in needs:
        lines.append(f"{_DEEP}self.extreme = None")
    if "largest" in needs:
        lines.append(f"{_DEEP}self.largest = 0")
    if "even" in needs:
        nodes = {
            node.node.id: node
            for entry in rules.entries
            for node in entry.protection
            if node.kind.name == "risk.break_even"
        }
        lines += [f"{_DEEP}{even_flag(node)} = False" for node in nodes.values()]
    if "closed_bar" in needs:
        lines += [f"{_DEEP}if not side:", f"{_DEEP}    self.closed_bar = len(self)"]
    if "closed_with" in needs:  # a later result may be of shares closed and bought on one bar
        lines.append(f"{_DEEP}    self.closed_with = self.results[-1]")
    return lines


_ENTRY_ORDER = """\
        if self.entry_order is not None:
            if len(self) >= self.entry_expires:
                self.cancel(self.entry_order)
            if not self.entry_order.alive():
                self.entry_order = None
"""

_HOURS_HELD = '''\
    def hours_held(self):
        """Hours between the bar that filled the entry and this one."""
        held = self.data.datetime.datetime(0) - self.entry_time
        return held.total_seconds() / 3600
'''

_NOTIFY_TRADE = """\
    def notify_trade(self, trade):
        if trade.isclosed:
            self.results.append(trade.pnlcomm)
"""
