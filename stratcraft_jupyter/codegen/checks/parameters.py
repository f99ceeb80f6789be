"""Parameters of the strategy: declared, spelt alike, used, and fit for what they are used for."""

import ast
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.backtrader_names import TWO_SOURCES
from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.meaning import Meaning
from stratcraft_jupyter.codegen.checks.module import Class, Module
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import did_you_mean

UNREADABLE = "?"
"""Stands for a default that is no plain value."""

_PERIODS = ("period", "pfast", "pslow", "plong", "pshort", "timeperiod", "lookback")


def declared_parameters(module: Module, found: Class) -> dict[str, object] | None:
    """Names and defaults of a class's parameters; None if they cannot be read."""
    declared: dict[str, object] = {}
    for item in reversed(module.bases_of(found)):
        for statement in item.node.body:
            value = _params_value(statement)
            if value is None:
                continue
            pairs = _pairs(value)
            if pairs is None:
                return None
            declared.update(pairs)
    return declared


def parameters_line(found: Class) -> int:
    """Where the parameters of a class are declared, or would be."""
    lines = (item.lineno for item in found.node.body if _params_value(item) is not None)
    return next(lines, found.node.lineno)


def _params_value(statement: ast.stmt) -> ast.expr | None:
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return None
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    return statement.value if "params" in names else None


def _pairs(value: ast.expr) -> dict[str, object] | None:
    """The pairs of ``{...}``, ``dict(...)`` or ``((name, value), ...)``."""
    if isinstance(value, ast.Dict):
        entries = list(zip(value.keys, value.values, strict=True))
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        if value.func.id != "dict" or value.args:
            return None
        entries = [(ast.Constant(item.arg), item.value) for item in value.keywords]
    elif isinstance(value, ast.Tuple | ast.List):
        pairs = [item for item in value.elts if isinstance(item, ast.Tuple | ast.List)]
        if len(pairs) != len(value.elts) or any(len(item.elts) != 2 for item in pairs):
            return None
        entries = [(item.elts[0], item.elts[1]) for item in pairs]
    else:
        return None
    found: dict[str, object] = {}
    for key, default in entries:
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            return None
        found[key.value] = _default(default)
    return found


def _default(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return UNREADABLE


def misspelt(module: Module, found: Class, meaning: Meaning) -> Iterator[Diagnostic]:
    """SC530, SC533: parameters that are read and not declared, or declared and not read."""
    declared = declared_parameters(module, found)
    if declared is None:
        yield finding(
            "SC530",
            parameters_line(found),
            "The parameters are not written as plain values.",
            'Write params = {"period": 20} with names and numbers alone.',
            severity="warning",
        )
        return
    read: set[str] = set()
    for name, function in meaning.methods.items():
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and meaning.of(node.value, name) == "params":
                read.add(node.attr)
                if node.attr not in declared and not node.attr.startswith("_"):
                    yield finding(
                        "SC530",
                        node,
                        f"There is no parameter {node.attr!r}.",
                        did_you_mean(node.attr, declared) or "Declare it in params.",
                    )
    if not module.is_a(found, "Indicator"):
        yield from _unread(found, declared, read)


def _unread(found: Class, declared: dict[str, object], read: set[str]) -> Iterator[Diagnostic]:
    for name in declared:
        if name not in read:
            yield finding(
                "SC533",
                parameters_line(found),
                f"The parameter {name!r} is never read, so changing it changes nothing.",
                f"Use self.p.{name} where its number is written, or remove it.",
                severity="warning",
            )


def periods(module: Module, meaning: Meaning) -> Iterator[Diagnostic]:
    """SC531, SC548: periods that are no whole number from 1 on, numbers in the place of names."""
    for name, function in meaning.methods.items():
        for node in ast.walk(function):
            if not isinstance(node, ast.Call) or not _is_indicator(module, node):
                continue
            yield from _positional(module, meaning, name, node)
            for keyword in node.keywords:
                if keyword.arg and keyword.arg.startswith(_PERIODS):
                    yield from _period(meaning, keyword.arg, keyword.value)


def _is_indicator(module: Module, node: ast.Call) -> bool:
    return module.dotted(node.func).startswith("backtrader.indicators.")


def _period(meaning: Meaning, name: str, node: ast.expr) -> Iterator[Diagnostic]:
    value = _default(node)
    if isinstance(node, ast.Attribute):
        value = meaning.defaults.get(node.attr)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    if value < 1 or int(value) != value or isinstance(value, float):
        yield finding(
            "SC531",
            node,
            f"{name} is {value}; periods are whole numbers from 1 on.",
            "Write a whole number, such as 14, without a point.",
        )


def _positional(
    module: Module, meaning: Meaning, method: str, node: ast.Call
) -> Iterator[Diagnostic]:
    kind = module.dotted(node.func).rpartition(".")[2]
    for argument in node.args[1 if kind not in TWO_SOURCES else 2 :]:
        if meaning.of(argument, method) == "" and isinstance(
            argument, ast.Constant | ast.Attribute
        ):
            yield finding(
                "SC548",
                argument,
                f"{shown(argument)} has no name here, and Backtrader takes no parameters "
                "without names.",
                f"Write bt.ind.{kind}(self.data, period={shown(argument)}).",
            )
