"""What deciding code reads of Backtrader's objects: its bars, broker and engine."""

import ast
import re
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.module import Function, Module
from stratcraft_jupyter.codegen.checks.scope import class_of, function_of, logged, writes
from stratcraft_jupyter.diagnostics import Diagnostic, Severity

_BROKER = frozenset(
    {
        *(
            "buy",
            "cancel",
            "cash",
            "fundvalue",
            "get_cash",
            "get_fundvalue",
            "get_leverage",
            "get_orders_open",
        ),
        *("get_value", "getcash", "getcommissioninfo", "getposition", "getvalue", "orders"),
        *("pending", "positions", "sell", "startingcash", "submit", "transmit", "value"),
    }
)
"""What a strategy may ask of its broker; what changes it is told of elsewhere."""
_OF_BARS = frozenset({"name", "timeframe", "compression", "sessionstart", "sessionend", "tz"})
_OF_FEED = frozenset({"islive", "haslivedata", "getfeed", "_feed", "_store", "_env"})
_ENGINE = frozenset({"cerebro", "env", "_cerebro", "_env", "_owner"})
_WATCHERS = frozenset({"stats", "observers", "analyzers", "_analyzers", "_observers", "writers"})
_ADDS = frozenset({"_addobserver", "_addanalyzer"})
_INSIDE = frozenset(
    {
        *("__base__", "__bases__", "__builtins__", "__dict__", "__file__", "__getattribute__"),
        *("__module__", "__mro__", "__subclasses__", "__self__", "__func__", "__wrapped__"),
        *("__loader__", "__spec__", "__reduce__", "__reduce_ex__", "__context__", "__cause__"),
        *("__main__", "__import__", "__weakref__", "__path__"),
    }
)
_OF_LOGS = frozenset({"handlers", "hasHandlers", "getEffectiveLevel", "isEnabledFor"})
_OWN = ("self", "strategy", "owner", "_owner")
_FEED = re.compile(r"self\.(data\d*|datas\[\]|getdatabyname\(\))")
_BARE = re.compile(r"self|self\.broker|self\.(data\d*|datas\[\]|getdatabyname\(\))")
_HINT = "Remove it: a strategy decides by its bars, its money and its orders."
_BROKER_HINT = "Ask the broker for getvalue, getcash and getposition alone."

Aliases = dict[tuple[int, str], str]


def engine_read(
    module: Module, nodes: list[ast.AST], parents: dict[int, ast.AST]
) -> Iterator[Diagnostic]:
    """SC528: the engine, its settings, its watchers, and the classes of its objects."""
    aliases = _aliases(nodes, parents)
    own = {text for item in nodes for text in _set_here(item)}
    adds_watchers = any(getattr(item, "attr", "") in _ADDS for item in nodes)
    for node in nodes:
        found = None
        if _is_own_use(parents.get(id(node)), node, adds_watchers):
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            path = _path(node.value, aliases, parents)
            found = _of_object(module, path, node.attr, own)
        elif isinstance(node, ast.Call):
            found = _of_call(node, aliases, parents, own, module)
        if found is None or _is_other(module, node, parents, found):
            continue
        says, hint, is_sure = found
        severity: Severity = "error" if is_sure else "warning"
        yield finding("SC528", node, f"{shown(node)} {says}", hint, severity=severity)


_Found = tuple[str, str, bool]
_CLASS: _Found = ("asks what kind of object runs the strategy.", _HINT, True)
_ASKS_BARS: _Found = (
    "asks where the bars come from.",
    "Decide by the bars themselves, their values and times.",
    True,
)
_ASKS_COSTS: _Found = (
    "asks for the costs, of which only a few were tried.",
    "Take the money from getvalue and getcash.",
    False,
)


def _of_object(module: Module, path: str, name: str, own: set[str]) -> _Found | None:
    if name in _OF_LOGS and name not in own:
        return ("looks at how messages are written.", "Only write messages.", True)
    root, _, last = path.rpartition(".")
    if path.partition(".")[0] in module.names:
        return None
    if name in _INSIDE:
        return ("looks inside of what runs the strategy.", _HINT, True)
    if name in _ENGINE and name not in own:
        return ("looks at the engine that runs the strategy.", _HINT, True)
    if name in _WATCHERS and name not in own and (last or root) in _OWN:
        return ("looks at what watches the run.", _HINT, True)
    if name == "__class__" and path != "self" and _BARE.fullmatch(path):
        return _CLASS
    if last == "broker" and name not in _BROKER and not name.startswith(("set", "add", "__")):
        return ("asks how the broker is set up.", _BROKER_HINT, True)
    if re.search(r"(getcommissioninfo\(\)|\bcomminfo)\.(p|params)$", path):
        return _ASKS_COSTS
    return _of_feed(path, name)


def _of_feed(path: str, name: str) -> _Found | None:
    feed = path.removesuffix(".params").removesuffix(".p")
    if name in _OF_FEED and _FEED.fullmatch(path):
        return _ASKS_BARS
    is_of_bars = feed != path and _FEED.fullmatch(feed) is not None
    is_params = is_of_bars and name not in _OF_BARS
    return _ASKS_BARS if is_params or name == "dataname" else None


def _of_call(
    call: ast.Call, aliases: Aliases, parents: dict[int, ast.AST], own: set[str], module: Module
) -> _Found | None:
    """``type(self.data)``, ``vars(self)`` and ``getattr(self, "env")``."""
    name = call.func.id if isinstance(call.func, ast.Name) else module.dotted(call.func)
    name = name.rpartition(".")[2]
    if name == "attrgetter":
        texts = [str(item.value) for item in call.args if isinstance(item, ast.Constant)]
        steps = (
            (text.split(".")[:n], part) for text in texts for n, part in enumerate(text.split("."))
        )
        read = (
            _of_object(module, ".".join(["self", *before]), part, own) for before, part in steps
        )
        return next(filter(None, read), None)
    if not call.args:
        return ("looks at all that there is.", _HINT, True) if name in ("vars", "dir") else None
    path = _path(call.args[0], aliases, parents)
    if name in ("getattr", "hasattr") and len(call.args) > 1:
        named = call.args[1]
        text = str(named.value) if isinstance(named, ast.Constant) else ""
        return _of_object(module, path, text, own) if text else None
    if name in ("vars", "dir") and _BARE.fullmatch(path):
        return ("looks inside of what runs the strategy.", _HINT, True)
    if name in ("type", "isinstance") and path != "self" and _BARE.fullmatch(path):
        return _CLASS
    return None


def _is_own_use(above: ast.AST | None, node: ast.AST, adds_watchers: bool) -> bool:
    """Whether it ends the run, or names a watcher in a strategy that adds its own."""
    if not isinstance(node, ast.Attribute) or not isinstance(above, ast.Attribute):
        return False
    is_watcher = node.attr in _WATCHERS and not above.attr.startswith("__")
    return above.attr == "runstop" or (is_watcher and adds_watchers)


def _is_other(module: Module, node: ast.AST, parents: dict[int, ast.AST], found: _Found) -> bool:
    """Classes and parameters that are written, or that an indicator asks of another one."""
    if found == _CLASS and logged(parents, node):
        return True
    above = parents.get(id(parents.get(id(node))))
    if (
        isinstance(node, ast.Attribute)
        and node.attr == "isEnabledFor"
        and isinstance(above, ast.If)
    ):
        return all(isinstance(item, ast.Expr) and writes(item.value) for item in above.body)
    owner = class_of(parents, node)
    is_part = owner is not None and module.is_a(module.classes[owner.name], "Indicator")
    return is_part and found in (_CLASS, _ASKS_BARS)


def _set_here(node: ast.AST) -> list[str]:
    """Attributes that the code sets itself, so that they are its own, and its methods."""
    if isinstance(node, Function):
        return [node.name]
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    read = {item.attr for item in ast.walk(node.value) if isinstance(item, ast.Attribute)}
    names = [item.attr for item in targets if isinstance(item, ast.Attribute)]
    return [name for name in names if name not in read]


def _aliases(nodes: list[ast.AST], parents: dict[int, ast.AST]) -> Aliases:
    """Names for Backtrader's objects: ``broker = self.broker``, ``for data in self.datas``."""
    found: Aliases = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            pairs = [_pair(node.targets[0], node.value, found, parents)]
        elif isinstance(node, ast.For | ast.comprehension):
            pairs = _each(node.target, node.iter, found, parents)
        else:
            continue
        where = id(function_of(parents, node))
        for target, path in pairs:
            if path.startswith("self") and isinstance(target, ast.Name):
                found[where, target.id] = path
            elif path.startswith("self.") and isinstance(target, ast.Attribute):
                found[0, f"self.{target.attr}"] = path
    return found


def _pair(
    target: ast.AST, source: ast.expr, found: Aliases, parents: dict[int, ast.AST]
) -> tuple[ast.AST, str]:
    return target, _path(source, found, parents)


def _each(
    target: ast.AST, source: ast.expr, found: Aliases, parents: dict[int, ast.AST]
) -> list[tuple[ast.AST, str]]:
    is_numbered = isinstance(source, ast.Call) and ast.unparse(source.func) == "enumerate"
    if is_numbered and isinstance(target, ast.Tuple) and isinstance(source, ast.Call):
        target, source = target.elts[-1], source.args[0]
    return [(target, f"{_path(source, found, parents)}[]")]


def _path(node: ast.AST, aliases: Aliases, parents: dict[int, ast.AST]) -> str:
    """Where something comes from: ``self.datas[].p``; empty if that is no plain path."""
    if isinstance(node, ast.Attribute):
        path = f"{_path(node.value, aliases, parents)}.{node.attr}"
        return aliases.get((0, path), path)
    if isinstance(node, ast.Subscript):
        return f"{_path(node.value, aliases, parents)}[]"
    if isinstance(node, ast.Call):
        return f"{_path(node.func, aliases, parents)}()"
    if isinstance(node, ast.Name):
        return aliases.get((id(function_of(parents, node)), node.id), node.id)
    return ""
