"""What a module must be: one strategy that decides in ``next``, and nothing that runs besides."""

import ast
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.backtrader_names import ENGINE, HOOKS
from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.module import Class, Function, Module, methods_of
from stratcraft_jupyter.codegen.compiler.reserved import STRATEGY_ATTRIBUTES
from stratcraft_jupyter.diagnostics import Diagnostic

_PLAIN = (
    ast.Import,
    ast.ImportFrom,
    ast.ClassDef,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.AnnAssign,
    ast.Pass,
)
_KEPT_FOR_BACKTRADER = STRATEGY_ATTRIBUTES | ENGINE
_MEANT_TO_BE_WRITTEN = HOOKS | {"getsizing"}
_MEANT_TO_BE_SET = frozenset({"sizer"})


def one_strategy(module: Module) -> Iterator[Diagnostic]:
    """SC520: exactly one class that derives from ``bt.Strategy``."""
    found = module.strategies
    if not found:
        yield finding(
            "SC520",
            None,
            "The code has no strategy class.",
            "Write one class that derives from bt.Strategy.",
        )
    elif len(found) > 1:
        names = ", ".join(sorted(item.name for item in found))
        yield finding(
            "SC520",
            found[1].node,
            f"The code has {len(found)} strategy classes: {names[:120]}.",
            "Keep the one that is meant; helpers need not be strategies.",
        )


def decides_on_bars(module: Module, strategy: Class) -> Iterator[Diagnostic]:
    """SC523: a strategy without ``next`` does nothing."""
    methods = methods_of(module, strategy)
    decides = methods.keys() & (HOOKS - {"start", "stop"})
    if not decides and not module.is_a(strategy, "SignalStrategy"):
        yield finding(
            "SC523",
            strategy.node,
            "The strategy has no method next(), so it never decides anything.",
            "Add next(self) with the entries and exits; Backtrader calls it on every bar.",
        )
    for name in ("next", "__init__", "prenext", "nextstart"):
        function = methods.get(name)
        if function and isinstance(function, ast.AsyncFunctionDef):
            yield finding(
                "SC523",
                function,
                f"{name}() is async; Backtrader never awaits it.",
                "Remove async.",
            )


def nothing_besides(module: Module) -> Iterator[Diagnostic]:
    """SC524: statements of the module that run a backtest, load bars or print."""
    for statement in module.tree.body:
        if isinstance(statement, _PLAIN) or _is_harmless(module, statement):
            continue
        yield finding(
            "SC524",
            statement,
            f"This runs as soon as the code is loaded: {shown(statement)}",
            "Remove it: bars, cash and costs come from outside, and the backtest is run for you.",
        )


def _is_harmless(module: Module, statement: ast.stmt) -> bool:
    if isinstance(statement, ast.If):
        return any(id(part) in module.script for part in statement.body)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Assign):
        calls = (node for node in ast.walk(statement) if isinstance(node, ast.Call))
        return all(not module.dotted(call.func).startswith("backtrader.") for call in calls)
    return False


def own_names(module: Module, strategy: Class) -> Iterator[Diagnostic]:
    """SC525: names of Backtrader that the strategy takes for something else."""
    for item in module.bases_of(strategy):
        for name, function in item.methods.items():
            if name in _KEPT_FOR_BACKTRADER - _MEANT_TO_BE_WRITTEN:
                yield finding(
                    "SC525",
                    function,
                    f"The method {name}() takes the place of Backtrader's own.",
                    f"Give it another name, such as my_{name.lstrip('_')}.",
                )
        for function in item.methods.values():
            yield from _assigned(function)


def _assigned(function: Function) -> Iterator[Diagnostic]:
    arguments = function.args.posonlyargs + function.args.args
    own = arguments[0].arg if arguments else ""
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store | ast.Del)
            and isinstance(node.value, ast.Name)
            and node.value.id == own
            and node.attr in _KEPT_FOR_BACKTRADER - _MEANT_TO_BE_SET
        ):
            yield finding(
                "SC525",
                node,
                f"self.{node.attr} is Backtrader's own; setting it breaks the strategy.",
                f"Use another name, such as self.my_{node.attr.lstrip('_')}.",
            )


def no_engine_class_attributes(strategy: Class) -> Iterator[Diagnostic]:
    """SC522: class attributes that make Backtrader import modules."""
    for node in ast.walk(strategy.node):
        if isinstance(node, ast.Name | ast.keyword):
            name = node.id if isinstance(node, ast.Name) else node.arg
            if name in ("packages", "frompackages"):
                yield finding(
                    "SC522",
                    getattr(node, "lineno", strategy.node.lineno),
                    f"The attribute {name} makes Backtrader import modules.",
                    "Remove it, and import what the strategy needs at the top.",
                )
