"""Code held against its strategy document: parameters, their defaults, and further bars."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stratcraft_jupyter.codegen.checks.finding import finding
from stratcraft_jupyter.codegen.checks.module import Class, Module
from stratcraft_jupyter.codegen.checks.parameters import (
    UNREADABLE,
    declared_parameters,
    parameters_line,
)
from stratcraft_jupyter.codegen.compiler.plan import make_plan
from stratcraft_jupyter.codegen.compiler.text import literal
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import GraphInvalidError, did_you_mean
from stratcraft_jupyter.graph import StrategyGraph, validate
from stratcraft_jupyter.graph.catalog.base import Value

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Promise:
    """What code of a strategy document has to have.

    Attributes:
        parameters: Name, default and meaning of each parameter.
        feeds: The bars it reads beside its own, by name.
    """

    parameters: tuple[tuple[str, Value, str], ...]
    feeds: Mapping[str, Mapping[str, str]]


def promise_of(graph: StrategyGraph) -> Promise:
    """What code of a strategy document has to have.

    Raises:
        GraphInvalidError: The document has errors; holds every finding.
        WrongTypeError: This is no strategy document.
    """
    diagnostics = validate(graph)
    if any(item.severity == "error" for item in diagnostics):
        raise GraphInvalidError(diagnostics)
    parts = make_plan(graph).parts
    return Promise(tuple(parts.params), dict(parts.feeds))


def parameters_kept(module: Module, found: Class, promise: Promise) -> Iterator[Diagnostic]:
    """SC532: parameters of the document that the code lacks or changes.

    Code under other names may still be right, which only its orders can tell; another number is
    wrong for certain.
    """
    declared = declared_parameters(module, found)
    if declared is None:
        return
    line = parameters_line(found)
    missing = [name for name, _, _ in promise.parameters if name not in declared]
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        entries = ", ".join(
            f'"{name}": {literal(value)}'
            for name, value, _ in promise.parameters
            if name in missing
        )
        yield finding(
            "SC532",
            line,
            f"Parameters of the strategy are missing: {', '.join(missing[:_SHOWN])}{more}.",
            f"Nothing can change them by name. Add to params: {entries[:400]}",
            severity="warning",
        )
    for name, value, _ in promise.parameters:
        given = declared.get(name, value)
        if given == UNREADABLE or _is_same(given, value):
            continue
        yield finding(
            "SC532",
            line,
            f"The parameter {name!r} is {str(given)[:40]}; the strategy says {literal(value)}.",
            f'Write "{name}": {literal(value)}.',
        )


def _is_same(given: object, value: Value) -> bool:
    if isinstance(given, bool) or isinstance(value, bool):
        return given is value
    return given == value


def feeds_kept(module: Module, promise: Promise) -> Iterator[Diagnostic]:
    """SC534: the declaration of further bars, which has to be that of the document."""
    statement, declared = declared_feeds(module)
    if declared == promise.feeds or (not promise.feeds and not declared):
        return
    wanted = repr({name: dict(spec) for name, spec in promise.feeds.items()}).replace("'", '"')
    if statement is None:
        message = "The strategy reads further bars, and FEEDS does not declare them."
    elif not promise.feeds:
        message = "FEEDS declares further bars; the strategy has none."
    else:
        message = "FEEDS is not what the strategy says."
    hint = f"Write FEEDS = {wanted[:600]} at the top." if promise.feeds else "Remove FEEDS."
    yield finding("SC534", statement, message, hint)


def feed_names(module: Module) -> Iterator[Diagnostic]:
    """SC534: bars that are asked for by a name that ``FEEDS`` does not have."""
    _, declared = declared_feeds(module)
    for node in module.nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "getdatabyname"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and node.args[0].value not in (declared or {})
        ):
            name = str(node.args[0].value)[:60]
            yield finding(
                "SC534",
                node,
                f"FEEDS has no bars named {name!r}.",
                did_you_mean(name, declared or {}) or "Declare them in FEEDS, or use self.data.",
            )


def declared_feeds(module: Module) -> tuple[ast.stmt | None, Mapping[str, object] | None]:
    """The statement that sets ``FEEDS`` and its value; None for what is not there or no literal."""
    for statement in module.tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            if any(isinstance(target, ast.Name) and target.id == "FEEDS" for target in targets):
                try:
                    value = ast.literal_eval(statement.value)
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    return statement, None
                return statement, value if isinstance(value, dict) else None
    return None, None
