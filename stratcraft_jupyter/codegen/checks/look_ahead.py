"""Looks into the future that can be seen in the code itself."""

import ast
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.finding import finding, shown
from stratcraft_jupyter.codegen.checks.meaning import LINES, Meaning
from stratcraft_jupyter.codegen.checks.module import Function
from stratcraft_jupyter.codegen.checks.spans import Span, local_spans, span_of
from stratcraft_jupyter.diagnostics import Diagnostic

_PAST = "0 is this bar and -1 the one before; use what is known on the close of this bar."
_ARRAYS = frozenset({"array", "buflen", "_dataname", "dataname", "_idx", "idx"})
_MOVES = frozenset(
    {
        *("advance", "backwards", "extend", "forward", "home", "load", "preload", "rewind"),
        *("replay", "resample", "reset"),
    }
)
_AGO_FIRST = frozenset({"date", "datetime", "time", "get"})
_ONCE = frozenset({"once", "preonce", "oncestart"})
_CHIKOU = 26
_SHIFTED = frozenset({"chikou_span", "chikou"})


def looks_ahead(meaning: Meaning, *, is_indicator: bool = False) -> Iterator[Diagnostic]:
    """SC544, SC545: bars of the future, and ways round Backtrader's own indexing."""
    for name, function in meaning.methods.items():
        if is_indicator and name in _ONCE:
            continue  # works on whole arrays by design; comparing runs judges it
        spans = local_spans(function, meaning.defaults)
        moved = _moved_back(function, meaning, spans)
        for node in ast.walk(function):
            if isinstance(node, ast.Subscript):
                yield from _index(meaning, name, node, spans)
            elif isinstance(node, ast.Call):
                yield from _call(meaning, name, node, spans)
            elif isinstance(node, ast.Attribute):
                yield from _attribute(meaning, name, node)
                if node.attr in _SHIFTED and id(node) not in moved:
                    yield from _shifted(meaning, name, node)


def _is_ahead(span: Span | None) -> bool:
    return span is not None and span[1] > 0


def _index(
    meaning: Meaning, method: str, node: ast.Subscript, spans: dict[str, Span | None]
) -> Iterator[Diagnostic]:
    if isinstance(node.slice, ast.Slice) or meaning.of(node.value, method) not in LINES:
        return
    if _is_ahead(span_of(node.slice, spans, meaning.defaults)):
        yield finding(
            "SC544",
            node,
            f"{shown(node)} is a bar of the future.",
            _PAST,
        )


def _call(
    meaning: Meaning, method: str, node: ast.Call, spans: dict[str, Span | None]
) -> Iterator[Diagnostic]:
    function = node.func
    named = {item.arg: item.value for item in node.keywords}
    first = node.args[0] if node.args else named.get("ago")
    if isinstance(function, ast.Attribute):
        base = meaning.of(function.value, method)
        if base == "data" and function.attr in _MOVES:
            yield finding(
                "SC545",
                node,
                f"{shown(function)}() moves the bars under the backtest.",
                "Remove it: Backtrader moves from bar to bar by itself.",
            )
            return
        is_ago = base in LINES and function.attr in _AGO_FIRST
        if is_ago and first is not None and _is_ahead(span_of(first, spans, meaning.defaults)):
            yield finding("SC544", node, f"{shown(node)} is a bar of the future.", _PAST)
            return
    if first is None or meaning.of(function, method) not in LINES:
        return
    if _is_ahead(span_of(first, spans, meaning.defaults)):
        yield finding(
            "SC544",
            node,
            f"{shown(node)} shifts bars of the future to this one.",
            "Shift backwards, such as (-1) for the bar before.",
        )


def _attribute(meaning: Meaning, method: str, node: ast.Attribute) -> Iterator[Diagnostic]:
    base = meaning.of(node.value, method)
    if node.attr in _ARRAYS and base in LINES:
        yield finding(
            "SC545",
            node,
            f"{shown(node)} holds the bars of the whole run, those to come included.",
            "Use an index such as [0] or [-1], or .get(size=5) for the last values.",
        )
    elif node.attr in ("p", "params") and base == "data":
        yield finding(
            "SC545",
            node,
            f"{shown(node)} leads to the source of the bars, with those to come.",
            "Use the lines: self.data.close[0] and the like.",
        )


def _shifted(meaning: Meaning, method: str, node: ast.Attribute) -> Iterator[Diagnostic]:
    if meaning.of(node.value, method) == "indicator" and not _stays(meaning):
        yield finding(
            "SC544",
            node,
            f"{shown(node)} is the close moved back, so on this bar it is one of the future.",
            "Compare self.data.close[0] with self.data.close[-26] instead.",
        )


def _stays(meaning: Meaning) -> bool:
    """Whether an Ichimoku is made whose chikou is not moved."""
    return any(
        isinstance(node, ast.keyword)
        and node.arg == "chikou"
        and span_of(node.value, {}, meaning.defaults) == (0, 0)
        for function in meaning.methods.values()
        for node in ast.walk(function)
    )


def _moved_back(function: Function, meaning: Meaning, spans: dict[str, Span | None]) -> set[int]:
    """Ids of lines that are read so far back that they hold nothing of the future."""
    moved = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and node.args:
            line, ago = node.func, node.args[0]
        elif isinstance(node, ast.Subscript):
            line, ago = node.value, node.slice
        else:
            continue
        span = span_of(ago, spans, meaning.defaults)
        if span is None or span[1] <= -_CHIKOU:
            moved.add(id(line))
    return moved
