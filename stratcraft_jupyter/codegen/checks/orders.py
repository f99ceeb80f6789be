"""Orders: that there are some, that they can fill, and that the account is left alone."""

import ast
import math
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.backtrader_names import BROKER_READS, ENTRIES
from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.meaning import Meaning
from stratcraft_jupyter.codegen.checks.module import Module, named_on_self
from stratcraft_jupyter.diagnostics import Diagnostic

_MOST_SHARES = 10**8
_LEAVING = frozenset({"close", "cancel"})
_OBJECTS = {
    "broker": "the broker",
    "position": "the position",
    "data": "the bars",
    "line": "a line",
    "indicator": "an indicator",
    "env": "the engine",
}
_KEPT = frozenset({"executed", "created", "comminfo", "broker", "env", "cerebro"})


def places_orders(module: Module, meaning: Meaning) -> Iterator[Diagnostic]:
    """SC550, SC551: a strategy that never enters, or never leaves."""
    named = set().union(*(named_on_self(meaning.methods[name]) for name in meaning.on_bars))
    named |= _in_functions(module)
    if named & {"signal_add"} or "signal_add" in named_on_init(meaning):
        return
    used = named & ENTRIES
    if not used and meaning.on_bars:
        place = meaning.methods.get("next", meaning.found.node)
        unreached = {
            name
            for name, function in meaning.methods.items()
            if name not in meaning.on_bars and named_on_self(function) & ENTRIES
        }
        why = f" {min(unreached)}() would, and nothing calls it." if unreached else ""
        yield finding(
            "SC550",
            place,
            f"Nothing that runs on bars orders an entry, so the strategy never trades.{why}",
            "Call self.buy() or self.sell() in next() when the entry is true.",
        )
    elif used and len(used) == 1 and used <= {"buy", "sell"} and "close" not in named:
        yield finding(
            "SC551",
            meaning.methods.get("next", meaning.found.node),
            f"The strategy only ever calls self.{min(used)}() and never leaves a position.",
            "Add the exit: self.close(), or a stop order.",
            severity="warning",
        )


def named_on_init(meaning: Meaning) -> set[str]:
    """What ``__init__`` names on its object."""
    function = meaning.methods.get("__init__")
    return named_on_self(function) if function else set()


def _in_functions(module: Module) -> set[str]:
    """Attributes that functions of the module name: they may be given the strategy."""
    return {
        node.attr
        for item in module.tree.body
        if isinstance(item, ast.FunctionDef)
        for node in ast.walk(item)
        if isinstance(node, ast.Attribute)
    } & (ENTRIES | _LEAVING)


def broker_untouched(meaning: Meaning) -> Iterator[Diagnostic]:
    """SC552: cash, costs and fills belong to the backtest, not to the strategy."""
    for name, function in meaning.methods.items():
        for node in ast.walk(function):
            if not isinstance(node, ast.Attribute):
                continue
            base = meaning.of(node.value, name)
            if base == "broker" and node.attr not in BROKER_READS:
                yield finding(
                    "SC552",
                    node,
                    f"{shown(node)} changes or bypasses the account.",
                    "Remove it: cash, commission, slippage and fills are set outside of the "
                    "strategy; order with self.buy(), self.sell() and self.close().",
                )
            elif base == "env" and node.attr not in ("runstop", "broker"):
                yield finding(
                    "SC552",
                    node,
                    f"{shown(node)} reaches into the engine that runs the backtest.",
                    "Remove it: a strategy decides with its bars and orders.",
                )


def objects_unchanged(meaning: Meaning) -> Iterator[Diagnostic]:
    """SC553: positions, orders and bars are Backtrader's to change."""
    for name, function in meaning.methods.items():
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(
                node.ctx, ast.Store | ast.Del
            ):
                what = _changed(meaning, name, node)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                base = meaning.of(node.func.value, name)
                is_change = base == "position" and node.func.attr in (
                    "update",
                    "set",
                    "pseudoupdate",
                )
                what = _OBJECTS["position"] if is_change else ""
            else:
                continue
            if what:
                yield finding(
                    "SC553",
                    node,
                    f"{shown(node)} changes {what} by hand.",
                    "Remove it: only orders change positions, and nothing changes bars.",
                )


def _changed(meaning: Meaning, method: str, node: ast.Attribute | ast.Subscript) -> str:
    base = meaning.of(node.value, method)
    if base in _OBJECTS:
        return _OBJECTS[base]
    if base == "params":
        return "a parameter"
    inner = node.value
    while isinstance(inner, ast.Attribute):
        if inner.attr in _KEPT:
            return "an order"
        inner = inner.value
    return ""


def sizes(meaning: Meaning) -> Iterator[Diagnostic]:
    """SC554, SC555: sizes that never fill, or that were forgotten."""
    for name, function in meaning.methods.items():
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _orders(meaning, name, node):
                yield from _size(meaning, node)
            elif isinstance(node, ast.Attribute) and node.attr.startswith("AllInSizer"):
                yield finding(
                    "SC555",
                    node,
                    "AllInSizer leaves nothing for commission or a higher open, so every order is "
                    "refused without a message.",
                    "Work out the shares: int(self.broker.getvalue() * 0.95 / self.data.close[0]).",
                    severity="warning",
                )


def _orders(meaning: Meaning, method: str, node: ast.Call) -> bool:
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in ("buy", "sell", "buy_bracket", "sell_bracket")
        and meaning.of(node.func.value, method) == "self"
    )


def _size(meaning: Meaning, node: ast.Call) -> Iterator[Diagnostic]:
    named = {item.arg: item.value for item in node.keywords}
    size = named.get("size", node.args[1] if len(node.args) > 1 else None)
    if size is None:
        if not _has_sizer(meaning) and None not in named:
            yield finding(
                "SC555",
                node,
                f"{shown(node)} has no size, so it orders one share.",
                "Give it size=, worked out from equity or as a number of shares.",
                severity="warning",
            )
        return
    number = _number(size, meaning)
    if number is not None and not 0 < number <= _MOST_SHARES:
        yield finding(
            "SC554",
            size,
            f"The size {shown(size)} never fills: Backtrader refuses it or does nothing, without "
            "an error.",
            "Give a number of shares above zero that the cash can pay for.",
        )


def _has_sizer(meaning: Meaning) -> bool:
    """Whether the strategy sets a sizer of its own, or sizes its orders itself."""
    named = set().union(*(named_on_self(item) for item in meaning.methods.values()))
    return "getsizing" in meaning.methods or not named.isdisjoint({"setsizer", "sizer", "_sizer"})


def _number(node: ast.expr, meaning: Meaning) -> float | None:
    """A size that is known beforehand; NaN counts as zero."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand, meaning)
        return -inner if inner is not None else None
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "float" and node.args:
        text = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
        return 0.0 if str(text).strip().lower() in ("nan", "inf", "-inf") else None
    name = meaning.module.dotted(node)
    if name in ("math.nan", "numpy.nan", "math.inf", "numpy.inf"):
        return 0.0
    if isinstance(node, ast.Attribute):
        value = meaning.defaults.get(node.attr)
        is_param = ast.unparse(node.value).endswith((".p", ".params"))
        if is_param and isinstance(value, int | float) and not isinstance(value, bool):
            return float(value) if math.isfinite(value) else 0.0
    return None
