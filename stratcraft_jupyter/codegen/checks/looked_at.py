"""What deciding code reads that is neither bars, money, orders nor plain computing."""

import ast
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks import known_modules, own_objects
from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.module import Module
from stratcraft_jupyter.codegen.checks.scope import (
    bound,
    deciding,
    function_of,
    logged,
    parents_of,
)
from stratcraft_jupyter.diagnostics import Diagnostic, Severity

_OF_FILE = frozenset(
    {
        *("__name__", "__file__", "__spec__", "__loader__", "__package__", "__builtins__"),
        *("__debug__", "__path__", "__cached__"),
    }
)
_BUILTINS = frozenset({"__import__", "breakpoint", "compile", "eval", "exec", "globals", "input"})
_CLOCK_HINT = "Take the time of the bar, self.data.datetime."
_AROUND_HINT = "Remove it: a strategy decides by its bars, its money and its orders."


def looks_elsewhere(module: Module) -> Iterator[Diagnostic]:
    """SC528: the clock, the process, the engine and whatever else is no business of a strategy."""
    parents = parents_of(module.tree)
    nodes = deciding(module)
    local: dict[int, set[str]] = {}
    yield from own_objects.engine_read(module, nodes, parents)
    yield from _set_by_scripts(module, nodes)
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if not _is_local(node, parents, local):
                yield from _name(module, node, parents)
        elif isinstance(node, ast.Call):
            yield from _clock_by_text(module, node)
            yield from _clock_by_method(module, node, parents)
        elif isinstance(node, ast.Try):
            yield from _tried(node)


def _is_local(node: ast.Name, parents: dict[int, ast.AST], local: dict[int, set[str]]) -> bool:
    """Whether a function around it sets the name; ``local`` keeps what functions set."""
    function = function_of(parents, node)
    while function is not None:
        if id(function) not in local:
            local[id(function)] = bound(function)
        if node.id in local[id(function)]:
            return True
        function = function_of(parents, function)
    return False


def _name(module: Module, node: ast.Name, parents: dict[int, ast.AST]) -> Iterator[Diagnostic]:
    if node.id in module.names:
        yield from _of_module(module, node, parents)
    elif node.id in _OF_FILE and not _is_harmless(module, node, parents):
        yield _around(node, f"{node.id} tells who runs the code.")
    elif node.id in _BUILTINS and node.id not in module.classes:
        yield _around(node, f"{node.id} leads out of the strategy.")
    elif node.id == "open" and not _is_written(parents.get(id(node))):
        yield _around(node, "open reads a file.")


def _is_harmless(module: Module, node: ast.Name, parents: dict[int, ast.AST]) -> bool:
    call = parents.get(id(node))
    is_logger = isinstance(call, ast.Call) and module.dotted(call.func) == "logging.getLogger"
    return is_logger or logged(parents, node)


def _is_written(call: ast.AST | None) -> bool:
    """Whether a file is opened only to write it."""
    if not isinstance(call, ast.Call):
        return False
    modes = [*call.args[1:2], *(item.value for item in call.keywords if item.arg == "mode")]
    texts = [str(item.value) for item in modes if isinstance(item, ast.Constant)]
    return bool(texts) and texts[0][:1] in ("w", "a", "x") and "+" not in texts[0]


def _of_module(module: Module, node: ast.Name, parents: dict[int, ast.AST]) -> Iterator[Diagnostic]:
    top: ast.AST = node
    while isinstance(parents.get(id(top)), ast.Attribute):
        top = parents[id(top)]
    whole = module.dotted(top) if top is not node else module.names[node.id]
    text = _asked_by_text(parents.get(id(top)), top)
    root, _, rest = f"{whole}.{text}".rstrip(".").partition(".")
    found = _verdict(root, rest)
    if found is None or _is_message(module, top, whole, parents):
        return
    says, hint, is_sure = found
    if hint == _CLOCK_HINT and logged(parents, node):
        return
    severity: Severity = "error" if is_sure else "warning"
    yield finding("SC528", top, f"{shown(top)} {says}", hint, severity=severity)


def _asked_by_text(call: ast.AST | None, node: ast.AST) -> str:
    """What ``getattr(sys, "flags")`` reads of its first argument."""
    if not isinstance(call, ast.Call) or len(call.args) < 2 or call.args[0] is not node:
        return ""
    is_asked = isinstance(call.func, ast.Name) and call.func.id in ("getattr", "hasattr")
    named = call.args[1]
    return str(named.value) if is_asked and isinstance(named, ast.Constant) else ""


def _verdict(root: str, rest: str) -> tuple[str, str, bool] | None:
    """What is wrong with reading this of a module, what to do, and whether that is sure."""
    parts = rest.split(".") if rest else []
    if root == "time":
        is_fine = not parts or parts[0] in known_modules.WRITING["time"]
        return None if is_fine and parts else ("asks for the clock.", _CLOCK_HINT, True)
    if any(rest.startswith(known) for known in known_modules.WRITING.get(root, ())):
        return None
    if root == "logging":
        is_state = not known_modules.LOG_STATE.isdisjoint(parts)
        says = "looks at how messages are written."
        return (says, "Only write messages.", True) if is_state else None
    if root in known_modules.COMPUTING:
        return _of_computing(parts)
    if root in known_modules.AROUND:
        return ("looks at what runs the strategy.", _AROUND_HINT, True)
    if known_modules.is_library(root):
        return ("is nothing a strategy needs to compute.", _AROUND_HINT, False)
    says = "is of a module that was not looked into."
    return (says, "See that it only computes by what it is given.", False)


def _of_computing(parts: list[str]) -> tuple[str, str, bool] | None:
    if parts[-1:] and parts[-1] in known_modules.CLOCK_CALLS:
        return ("asks for the clock.", _CLOCK_HINT, True)
    if not known_modules.LEADS.isdisjoint(parts):
        return ("looks at what runs the strategy.", _AROUND_HINT, True)
    if any(part.startswith(("read_", "loadtxt", "genfromtxt", "fromfile")) for part in parts):
        return ("reads a file.", _AROUND_HINT, True)
    return None


def _is_message(module: Module, top: ast.AST, whole: str, parents: dict[int, ast.AST]) -> bool:
    """Whether it is where a message is written to: ``print(..., file=sys.stderr)``."""
    stream = ".".join(whole.split(".")[:2])
    if stream not in known_modules.STREAMS:
        return False
    above = parents.get(id(top))
    if isinstance(above, ast.keyword):
        return above.arg in ("file", "stream")
    if not isinstance(above, ast.Call):
        return False
    if above.func is top:
        is_written = whole.endswith((".write", ".flush"))
        return is_written and isinstance(parents.get(id(above)), ast.Expr)
    return module.dotted(above.func).startswith("logging.")


def _clock_by_text(module: Module, call: ast.Call) -> Iterator[Diagnostic]:
    """A time that is made of the word "now"."""
    name = module.dotted(call.func).rpartition(".")[2]
    texts = [str(item.value).lower() for item in call.args if isinstance(item, ast.Constant)]
    if name in known_modules.TIMES and not known_modules.CLOCK_TEXTS.isdisjoint(texts):
        yield finding("SC528", call, f"{shown(call)} asks for the clock.", _CLOCK_HINT)


def _clock_by_method(
    module: Module, call: ast.Call, parents: dict[int, ast.AST]
) -> Iterator[Diagnostic]:
    """The clock of a class that is no plain name: ``type(day).today()``."""
    func = call.func
    if not isinstance(func, ast.Attribute) or func.attr not in known_modules.CLOCK_CALLS:
        return
    is_own = any(func.attr in item.methods for item in module.classes.values())
    is_said = module.dotted(func).partition(".")[0] in module.names.values()
    if not is_own and not is_said and not logged(parents, call):
        yield finding("SC528", call, f"{shown(call)} asks for the clock.", _CLOCK_HINT)


def _tried(node: ast.Try) -> Iterator[Diagnostic]:
    """An import that is tried tells what is installed."""
    for item in node.body:
        if isinstance(item, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in item.names]
            name = (item.module or "") if isinstance(item, ast.ImportFrom) else names[0]
            if name.partition(".")[0] in known_modules.AROUND:
                yield _around(item, f"{shown(item)} looks at what runs the strategy.")


def _set_by_scripts(module: Module, deciding_nodes: list[ast.AST]) -> Iterator[Diagnostic]:
    """Attributes of the module's own classes that only a script sets."""
    kept = {id(node) for node in deciding_nodes}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Attribute) or id(node) in kept:
            continue
        is_set = isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
        if is_set and module.dotted(node.value) in module.classes:
            says = f"{shown(node)} is set only where the file runs as a script."
            hint = "Set it in the class: otherwise the strategy runs there as it was not compared."
            yield finding("SC528", node, says, hint, severity="warning")


def _around(node: ast.AST, message: str) -> Diagnostic:
    return finding("SC528", node, message, _AROUND_HINT)
