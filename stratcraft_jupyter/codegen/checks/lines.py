"""Lines and indicators: made in ``__init__``, read on bars, combined with what works on lines."""

import ast
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.backtrader_names import LINE_FUNCTIONS
from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.meaning import LINES, Meaning
from stratcraft_jupyter.codegen.checks.module import Module, named_on_self, reached
from stratcraft_jupyter.diagnostics import Diagnostic

_NUMBERS_ONLY = {
    "max": "bt.Max",
    "min": "bt.Min",
    "sum": "bt.Sum",
    "any": "bt.Any",
    "all": "bt.All",
}
_OF_ONE = ("float", "int", "bool", "round")


def made_on_bars(module: Module, meaning: Meaning) -> Iterator[Diagnostic]:
    """SC540: an indicator that is made on a bar has no values."""
    for name in sorted(meaning.on_bars):
        for node in ast.walk(meaning.methods[name]):
            if isinstance(node, ast.Call) and makes_line(module, node):
                yield finding(
                    "SC540",
                    node,
                    f"{shown(node.func)} is made in {name}() anew on every bar, and has no values.",
                    "Make it once in __init__, keep it in self, and read its [0] here.",
                )


def makes_line(module: Module, node: ast.Call) -> bool:
    """Whether a call makes an indicator or another line."""
    name = module.dotted(node.func)
    return (
        name in module.indicators
        or name.startswith(("backtrader.indicators.", "backtrader.talib."))
        or (name.startswith("backtrader.") and name.partition(".")[2] in LINE_FUNCTIONS)
    )


def truth_of_lines(meaning: Meaning) -> Iterator[Diagnostic]:
    """SC541: ``and``, ``or``, ``not`` and ``if`` work on one value, not on a whole line."""
    for name in sorted(reached(meaning.methods, {"__init__"}) - meaning.on_bars):
        for node in ast.walk(meaning.methods[name]):
            for tested, instead in _tested(node):
                if meaning.of(tested, name) in LINES:
                    yield finding(
                        "SC541",
                        node if hasattr(node, "lineno") else tested,
                        f"In {name}(), {shown(tested)} is a line with a value for every bar, "
                        "neither true nor false.",
                        f"Use {instead} here, or decide in next() with [0].",
                    )
                    break


def _tested(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """Expressions whose truth is asked for, and what to write for lines."""
    if isinstance(node, ast.BoolOp):
        instead = "bt.And(...)" if isinstance(node.op, ast.And) else "bt.Or(...)"
        yield from ((value, instead) for value in node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand, "1 - line"
    elif isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert):
        yield node.test, "bt.If(...)"
    elif isinstance(node, ast.Compare) and len(node.ops) > 1:
        yield from ((item, "bt.And(a < b, b < c)") for item in [node.left, *node.comparators])
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in _NUMBERS_ONLY and len(node.args) > 1:
            yield from ((item, f"{_NUMBERS_ONLY[node.func.id]}(...)") for item in node.args)
        elif node.func.id in _OF_ONE:
            yield from ((item, "the line itself") for item in node.args[:1])


def slices(meaning: Meaning) -> Iterator[Diagnostic]:
    """SC542: lines take no slices."""
    for name, function in meaning.methods.items():
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Subscript)
                and isinstance(node.slice, ast.Slice)
                and meaning.of(node.value, name) in LINES
            ):
                line = shown(node.value)
                yield finding(
                    "SC542",
                    node,
                    f"{shown(node)}: lines take no slices.",
                    f"Use {line}.get(size=5) in next() for the last five values, oldest first.",
                )


def values_in_init(meaning: Meaning) -> Iterator[Diagnostic]:
    """SC543: in ``__init__`` there is no bar yet; an index there reads the end of the data."""
    for name in sorted(reached(meaning.methods, {"__init__"}) - meaning.on_bars):
        for node in ast.walk(meaning.methods[name]):
            if (
                isinstance(node, ast.Subscript)
                and not isinstance(node.slice, ast.Slice)
                and isinstance(node.ctx, ast.Load)
                and meaning.of(node.value, name) in LINES
            ):
                yield finding(
                    "SC543",
                    node,
                    f"{shown(node)} in {name}(): there is no bar yet, so this is a value from "
                    "the end of the data.",
                    "Read values in next(); in __init__ write the line without an index.",
                )


def indicators_read(meaning: Meaning) -> Iterator[Diagnostic]:
    """SC546, SC547: indicators that nothing reads."""
    places = _set_in_init(meaning)
    made = {
        name
        for name, kind in meaning.attributes.items()
        if kind in ("indicator", "line", "many") and name in places
    }
    read = {name for method in meaning.methods.values() for name in _loaded(method)}
    on_bars = set().union(*(named_on_self(meaning.methods[name]) for name in meaning.on_bars))
    for name in sorted(made - read):
        yield finding(
            "SC546",
            places[name],
            f"self.{name} is made and never read.",
            "Use it in a decision, or remove it.",
            severity="warning",
        )
    if made and not made & on_bars and "next" in meaning.methods:
        yield finding(
            "SC547",
            meaning.methods["next"],
            "next() reads none of the indicators, so they decide nothing.",
            f"Read them there, such as self.{min(made)}[0].",
        )


def _set_in_init(meaning: Meaning) -> dict[str, ast.AST]:
    """Where ``__init__`` sets each attribute."""
    function = meaning.methods.get("__init__")
    return {
        node.attr: node
        for node in (ast.walk(function) if function else ())
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


def _loaded(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value  # getattr(self, "name")
