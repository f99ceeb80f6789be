"""What a strategy may use: imports, names and attributes. It runs apart from the system anyway."""

import ast
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.backtrader_names import INDICATORS, TOP_LEVEL
from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.module import Module
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import did_you_mean

IMPORTS = frozenset(
    {
        *("__future__", "abc", "backtrader", "bisect", "collections", "dataclasses", "datetime"),
        *("decimal", "enum", "fractions", "functools", "heapq", "itertools", "math", "numpy"),
        *("operator", "pandas", "statistics", "typing"),
    }
)
"""Modules that a strategy may import."""

_CALLS = frozenset(
    {
        *("eval", "exec", "compile", "open", "input", "breakpoint", "exit", "quit", "__import__"),
        *("globals", "locals", "vars", "setattr", "delattr", "memoryview"),
    }
)
_DUNDERS = frozenset({"__init__", "__name__", "__class__", "__doc__", "__len__", "__qualname__"})
_FILES = ("read_", "to_csv", "to_pickle", "to_sql", "to_parquet", "to_excel", "to_json", "to_hdf")
_SYSTEM = frozenset(
    {
        *(
            "DataSource",
            "GenericCSVData",
            "PandasData",
            "QuandlCSV",
            "WriterFile",
            "YahooFinanceCSVData",
        ),
        *(
            "YahooFinanceData",
            "builtins",
            "compat",
            "ctypeslib",
            "dump",
            "eval",
            "f2py",
            "format_map",
        ),
        *(
            "fromfile",
            "genfromtxt",
            "gi_frame",
            "inspect",
            "io",
            "load",
            "loadtxt",
            "memmap",
            "modules",
        ),
        *("os", "query", "save", "savetxt", "subprocess", "sys", "system", "tb_frame", "tofile"),
    }
)
_CLOCKS = frozenset(
    {
        *("datetime.date.today", "datetime.datetime.now", "datetime.datetime.today"),
        *("datetime.datetime.utcnow", "pandas.Timestamp.now", "pandas.Timestamp.today"),
        *("time.monotonic", "time.time"),
    }
)
_OUTSIDE = "Remove it: a strategy works with the bars it is given and nothing else."


def imports(module: Module) -> Iterator[Diagnostic]:
    """SC521: modules that a strategy has no use for."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
            if any(alias.name == "*" for alias in node.names):
                yield finding(
                    "SC521", node, "Importing * hides where names come from.", "Import bt alone."
                )
        else:
            continue
        for name in names:
            if name.partition(".")[0] not in IMPORTS:
                yield finding(
                    "SC521",
                    node,
                    f"The import of {name[:60]} is not allowed in a strategy.",
                    "Use backtrader, math, datetime, statistics, itertools, collections, numpy or "
                    "pandas, and write the rest yourself.",
                )


def calls(module: Module) -> Iterator[Diagnostic]:
    """SC522: builtins that reach out of the strategy, and attributes that lead there."""
    for node in module.nodes:
        if isinstance(node, ast.Name) and node.id in _CALLS and node.id not in module.names:
            yield finding("SC522", node, f"{node.id} does not belong in a strategy.", _OUTSIDE)
        elif isinstance(node, ast.Attribute):
            yield from _attribute(module, node)


def _attribute(module: Module, node: ast.Attribute) -> Iterator[Diagnostic]:
    name = node.attr
    if name.startswith("__") and name not in _DUNDERS:
        yield finding("SC522", node, f"{name} does not belong in a strategy.", _OUTSIDE)
        return
    root = module.dotted(node).partition(".")[0]
    if root not in ("backtrader", "numpy", "pandas", "datetime", "collections", "math"):
        if name.startswith(("to_csv", "to_pickle", "to_sql", "gi_frame", "tb_frame")):
            yield finding("SC522", node, f"{shown(node)} leads out of the strategy.", _OUTSIDE)
        return
    is_frame = module.dotted(node).startswith("backtrader.feeds") and _is_definition(module, node)
    if (name in _SYSTEM or name.startswith(_FILES) or name.startswith("_")) and not is_frame:
        yield finding("SC522", node, f"{shown(node)} leads out of the strategy.", _OUTSIDE)


def _is_definition(module: Module, node: ast.AST) -> bool:
    """Whether it stands in a function of the module, outside of all classes."""
    return any(
        isinstance(item, ast.FunctionDef) and any(part is node for part in ast.walk(item))
        for item in module.tree.body
    )


def known_names(module: Module) -> Iterator[Diagnostic]:
    """SC549: indicators and other things that Backtrader does not have."""
    for node in module.nodes:
        if not isinstance(node, ast.Attribute):
            continue
        parts = module.dotted(node).split(".")
        if parts[0] != "backtrader":
            continue
        if len(parts) == 3 and parts[1] == "indicators" and parts[2] not in INDICATORS:
            yield _unknown(node, "indicator", parts[2], INDICATORS)
        elif len(parts) == 2 and parts[1] not in TOP_LEVEL and parts[1] not in _SYSTEM:
            yield _unknown(node, "name", parts[1], TOP_LEVEL)
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and node.module in (
            "backtrader",
            "backtrader.indicators",
        ):
            known = TOP_LEVEL if node.module == "backtrader" else INDICATORS
            for alias in node.names:
                if alias.name != "*" and alias.name not in known:
                    yield _unknown(node, "name", alias.name, known)


def _unknown(node: ast.AST, what: str, name: str, known: frozenset[str]) -> Diagnostic:
    close = did_you_mean(name, known)
    hint = close if close.startswith("Did") else "Compute it from others, in a class of your own."
    return finding("SC549", node, f"Backtrader has no {what} {name[:60]!r} for a strategy.", hint)


def clocks_and_chance(module: Module) -> Iterator[Diagnostic]:
    """SC526: what gives another result on every run."""
    for node in module.nodes:
        if not isinstance(node, ast.Attribute):
            continue
        name = module.dotted(node)
        if name in _CLOCKS:
            yield finding(
                "SC526",
                node,
                f"{shown(node)} is the time at which the backtest runs.",
                "Use the time of the bar: self.data.datetime.datetime(0).",
            )
        elif name.startswith("numpy.random"):
            yield finding(
                "SC526",
                node,
                "Chance makes every run another one.",
                "Decide with the bars alone.",
            )


def endless_or_silent(module: Module) -> Iterator[Diagnostic]:
    """SC527: loops without end, and errors that nobody gets to see."""
    for node in module.nodes:
        if isinstance(node, ast.While) and _is_endless(node):
            yield finding(
                "SC527", node, "This loop never ends.", "Give it a condition that becomes false."
            )
        elif isinstance(node, ast.ExceptHandler):
            caught = module.dotted(node.type) if node.type is not None else "BaseException"
            if caught in ("BaseException", "SystemExit", "KeyboardInterrupt"):
                yield finding(
                    "SC527",
                    node,
                    "This catches everything, also what stops a run that takes too long.",
                    "Catch the one exception you expect, or none.",
                )
            elif caught == "Exception":
                yield finding(
                    "SC527",
                    node,
                    "This hides mistakes: a strategy that fails silently just does not trade.",
                    "Catch the one exception you expect, or none.",
                    severity="warning",
                )


def _is_endless(loop: ast.While) -> bool:
    always = isinstance(loop.test, ast.Constant) and bool(loop.test.value)
    ends = (ast.Break, ast.Return, ast.Raise)
    return always and not any(isinstance(node, ends) for node in ast.walk(loop))
