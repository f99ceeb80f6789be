"""Turns source text into its one strategy class. Imported in the worker process only."""

import linecache
import sys
from types import ModuleType
from typing import Any

import backtrader as bt

FILENAME = "<strategy>"
STRATEGY_MODULE = "strategy"


class SourceError(Exception):
    """A source that runs but does not hold exactly one strategy."""

    def __init__(self, message: str, hint: str, *, kind: str = "strategy") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.kind = kind


def load_strategy(source: str) -> Any:
    """Run ``source`` as a module of its own (not as ``__main__``) and return its strategy class."""
    lines = source.splitlines(keepends=True)
    linecache.cache[FILENAME] = (len(source), None, lines, FILENAME)
    module = ModuleType(STRATEGY_MODULE)
    module.__file__ = FILENAME
    sys.modules[STRATEGY_MODULE] = module
    try:
        code = compile(source, FILENAME, "exec")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        if isinstance(error, SyntaxError) and error.filename == FILENAME:
            raise  # it knows the line
        raise SourceError(
            f"The code is not valid Python: {error or 'it is nested too deeply'}",
            "Correct the code and run again.",
            kind="syntax",
        ) from error
    exec(code, module.__dict__)  # noqa: S102 - what this process is for
    return _only_strategy(module)


def _only_strategy(module: ModuleType) -> Any:
    found = {
        id(value): value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, bt.Strategy)
        and value.__module__ == STRATEGY_MODULE
    }
    leaves = [
        cls
        for cls in found.values()
        if not any(other is not cls and issubclass(other, cls) for other in found.values())
    ]
    if len(leaves) == 1:
        return leaves[0]
    if not leaves:
        raise SourceError(
            "The code has no strategy class.",
            "Write one class that derives from bt.Strategy.",
        )
    names = ", ".join(sorted(cls.__name__ for cls in leaves))
    raise SourceError(
        f"The code has {len(leaves)} strategy classes: {names}.",
        "Keep the one that should run, or let one derive from the other.",
    )
