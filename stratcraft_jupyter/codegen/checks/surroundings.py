"""What a strategy looks at besides bars: who calls it, what it runs in, what bars are called."""

import ast
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.against_graph import declared_feeds
from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.module import Module
from stratcraft_jupyter.codegen.checks.scope import deciding
from stratcraft_jupyter.diagnostics import Diagnostic

_CALLER = frozenset(
    {
        *("_getframe", "_current_frames", "currentframe", "getouterframes", "getinnerframes"),
        *("extract_stack", "walk_stack", "format_stack", "print_stack", "__traceback__"),
        *("tb_frame", "tb_next", "f_back", "f_code", "f_locals", "f_globals", "f_builtins"),
        *("gi_frame", "cr_frame", "ag_frame", "__closure__", "__code__", "__globals__"),
    }
)
"""Names that lead to the code that runs a strategy, whatever they are read from."""
_PROCESS = frozenset(
    {
        *("get_objects", "get_referrers", "get_referents", "getpid", "getppid", "environ"),
        *("getenv", "settrace", "setprofile", "_getAllThreads", "current_thread"),
    }
)
_OF_MODULES = frozenset(
    {
        *("inspect.stack", "inspect.trace", "sys.modules", "sys.argv", "sys.stdin"),
        *("sys.flags", "threading.enumerate"),
    }
)
_NAMES = frozenset({"_name", "_dataname", "dnames", "getdatanames"})
_ASKS = (ast.If, ast.IfExp, ast.While, ast.Assert)


def looks_around(module: Module) -> Iterator[Diagnostic]:
    """SC528: who calls the strategy, and what it runs in."""
    for node in deciding(module):
        found = next((name for name in _read(module, node) if _is_around(name)), "")
        if found:
            yield finding(
                "SC528",
                node,
                f"{shown(node)} looks at what runs the strategy.",
                "Remove it: a strategy decides by its bars, its money and its orders.",
            )


def _read(module: Module, node: ast.AST) -> Iterator[str]:
    """What a node reads, by its dotted name, also as a text: getattr(sys, "_getframe")."""
    if isinstance(node, ast.Attribute):
        yield module.dotted(node) or f".{node.attr}"
    elif isinstance(node, ast.Name) and node.id in module.names:
        yield module.names[node.id]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        texts = (item.value for item in node.args if isinstance(item, ast.Constant))
        if node.func.id in ("getattr", "hasattr", "attrgetter"):
            owner = module.dotted(node.args[0])
            yield from (f"{owner}.{text}" for text in texts if isinstance(text, str))


def _is_around(dotted: str) -> bool:
    parts = dotted.split(".")
    if len(parts) < 2:
        return False
    return parts[-1] in _CALLER | _PROCESS or ".".join(parts[-2:]) in _OF_MODULES


def decides_by_name(module: Module) -> Iterator[Diagnostic]:
    """SC529: decisions on what the bars are called. To look for further bars by name is none."""
    known = set(declared_feeds(module)[1] or {})
    tainted, told = _named(module), set[int]()
    for node in module.nodes:
        for asked in _asked(node):
            read = next((item for item in ast.walk(asked) if _is_name(item, tainted)), None)
            if read is None or _is_choice_of(asked, known) or asked.lineno in told:
                continue
            told.add(asked.lineno)
            yield finding(
                "SC529",
                asked,
                f"{shown(asked)} depends on the name of the bars.",
                "Decide by the bars themselves: the strategy does not know their name.",
                severity="warning",
            )


def reads_names(module: Module) -> bool:
    """Whether it reads at all what bars are called."""
    return any(_is_name(node, set()) for node in module.nodes)


def _asked(node: ast.AST) -> list[ast.expr]:
    """The expressions whose value decides what happens next."""
    if isinstance(node, _ASKS):
        return [node.test]
    if isinstance(node, ast.comprehension):
        return node.ifs
    if isinstance(node, ast.Match):
        return [node.subject]
    if isinstance(node, ast.Compare):
        return [node]
    return node.values if isinstance(node, ast.BoolOp) else []


def _is_name(node: ast.AST, tainted: set[str]) -> bool:
    """Whether a node reads the name of bars, or something that was set to it."""
    if isinstance(node, ast.Attribute):
        is_param = node.attr == "name" and ast.unparse(node.value).endswith((".p", ".params"))
        is_of_bars = is_param and "data" in ast.unparse(node.value)
        is_tainted = bool(tainted) and ast.unparse(node) in tainted
        return node.attr in _NAMES or is_of_bars or is_tainted
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        texts = [item.value for item in node.args if isinstance(item, ast.Constant)]
        return node.func.id == "getattr" and not _NAMES.isdisjoint(map(str, texts))
    return isinstance(node, ast.Name) and node.id in tainted


def _named(module: Module) -> set[str]:
    """What is set to the name of bars, directly."""
    return {
        ast.unparse(target)
        for node in module.nodes
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None
        if any(_is_name(item, set()) for item in ast.walk(node.value))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name | ast.Attribute)
    }


def _is_choice_of(asked: ast.expr, known: set[str]) -> bool:
    """Whether it only looks for one of the further bars: ``data._name == "weekly"``."""
    texts = {item.value for item in ast.walk(asked) if isinstance(item, ast.Constant)}
    return bool(texts) and texts <= known
