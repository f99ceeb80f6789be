"""Says in plain words why a strategy failed. Imported in the worker process only.

What the user gets is the message, the line of their own code, and a hint; never our frames.
"""

import ast
import difflib
import inspect
import traceback
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import backtrader as bt
from backtrader.lineseries import Lines

from stratcraft_jupyter.backtest.worker_hints import hint_for
from stratcraft_jupyter.backtest.worker_source import FILENAME, SourceError

_LONGEST = 500


def describe_failure(error: BaseException, source: str) -> dict[str, Any]:
    """``error`` as JSON-ready data: message, hint, line and kind."""
    if isinstance(error, SourceError):
        return _report(error.message, error.hint, None, error.kind, source)
    if isinstance(error, SyntaxError) and error.filename == FILENAME:
        said = f"The code is not valid Python: {error.msg}"
        return _report(said, "Correct the line and run again.", error.lineno, "syntax", source)
    frames = list(traceback.walk_tb(error.__traceback__))
    line = _last_user_line(frames)
    culprit = None if line else _failing_indicator(frames)
    if culprit is not None:
        line = _line_that_made(culprit, frames, source)
    said, hint = _too_few_bars(error, culprit) or _reword(error, frames)
    where = "" if line else " inside Backtrader"
    if culprit is not None:
        where = f" while computing the indicator {type(culprit).__name__}"
    hint = hint or hint_for(error, in_code=culprit is None and line is not None)
    return _report(f"The strategy failed{where}: {said}", hint, line, _kind(error), source)


def _report(message: str, hint: str, line: int | None, kind: str, source: str) -> dict[str, Any]:
    lines = source.splitlines()
    if line is not None and 0 < line <= len(lines):
        message = f"{message.rstrip('.')} (line {line}: {lines[line - 1].strip()[:120]})"
    if not message.endswith("."):
        message += "."
    return {"message": message, "hint": hint, "line": line, "kind": kind}


def _kind(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return "exit"
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, ImportError):
        return "import"
    return "exception"


def _reword(error: BaseException, frames: list[Any]) -> tuple[str, str]:
    """What was said, in terms of the user's code, and a hint if the names allow one."""
    text = str(error)[:_LONGEST]
    name = type(error).__name__
    if isinstance(error, SystemExit):
        return "it asked Python to exit.", ""
    if isinstance(error, AttributeError):
        told = _misnamed(error, _strategy_in(frames))
        if told is not None:
            return told
    if isinstance(error, TypeError) and text.endswith("object is not callable"):
        hidden = _hidden_methods(_strategy_in(frames))
        if hidden:
            return f"{name}: {text}; it stores something as {hidden}.", (
                f"Backtrader has methods of the name {hidden}: store it under another name."
            )
    return (f"{name}: {text}" if text else name), ""


def _too_few_bars(error: BaseException, culprit: Any) -> tuple[str, str] | None:
    """That an indicator looks back further than its bars go; None if it does not."""
    if not isinstance(error, IndexError) or getattr(culprit, "_clock", None) is None:
        return None
    needed, given = culprit._minperiod, culprit._clock.buflen()
    if needed <= given:
        return None
    there = f"{'is' if given == 1 else 'are'} {given:,}"
    return f"its first value needs {needed:,} bars, and there {there}.", ""


def _misnamed(error: AttributeError, strategy: Any) -> tuple[str, str] | None:
    """Backtrader's generated class names mean nothing to a user; say whose attribute it was."""
    owner, name = error.obj, str(error.name)
    if isinstance(owner, bt.AutoInfoClass):
        known = owner._getkeys()
        return f"there is no parameter named {name!r}.", _near(name, known)
    if isinstance(owner, ModuleType | type) and _is_backtraders(owner):
        return f"there is no {name!r} in {owner.__name__}.", _near(name, dir(owner))
    if not isinstance(owner, Lines):
        return None
    if strategy is not None and owner is strategy.lines:
        own = [*vars(strategy), "position", "data", "broker"]
        return f"the strategy has no attribute {name!r}.", _near(name, own)
    known = owner.getlinealiases()
    if strategy is not None and any(owner is data.lines for data in strategy.datas):
        return f"the bars have no {name!r}.", _near(name, known)
    return f"the indicator has no line {name!r}.", _near(name, known)


def _is_backtraders(owner: ModuleType | type) -> bool:
    home = owner.__name__ if isinstance(owner, ModuleType) else owner.__module__
    return home.partition(".")[0] == "backtrader"


def _hidden_methods(strategy: Any) -> str:
    """Names under which the strategy stores a value where Backtrader has a method."""
    if strategy is None:
        return ""
    names = [
        name
        for name, value in vars(strategy).items()
        if inspect.isfunction(getattr(bt.Strategy, name, None)) and not callable(value)
    ]
    return " and ".join(repr(name) for name in names)


def _near(name: str, known: Iterable[str]) -> str:
    names = sorted({item for item in known if not item.startswith("_")})
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(repr(item) for item in close)}?"
    if names and len(names) <= 12:
        return f"Known: {', '.join(repr(item) for item in names)}."
    return "Check the spelling."


def _strategy_in(frames: list[Any]) -> Any:
    for frame, _ in reversed(frames):
        for name in ("self", "strategy"):
            owner = frame.f_locals.get(name)
            if isinstance(owner, bt.Strategy):
                return owner
    return None


def _last_user_line(frames: list[tuple[Any, int]]) -> int | None:
    lines = [line for frame, line in frames if frame.f_code.co_filename == FILENAME]
    return lines[-1] if lines else None


def _failing_indicator(frames: list[tuple[Any, int]]) -> Any:
    """The outermost indicator under way: the one the strategy's own code made."""
    for frame, _ in frames:
        owner = frame.f_locals.get("self")
        if isinstance(owner, (bt.Indicator, bt.linebuffer.LineActions)):
            return owner
    return None


def _line_that_made(culprit: Any, frames: list[Any], source: str) -> int | None:
    """Line of the assignment ``self.NAME = ...`` whose value is ``culprit``, if there is one."""
    strategy = _strategy_in(frames)
    if strategy is None:
        return None
    names = [name for name, value in vars(strategy).items() if value is culprit]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in names:
                    return node.lineno
    return None
