"""Keeps TA-Lib out until a strategy asks for it. Imported in the worker process only.

Backtrader imports it whenever it is installed, and it imports pandas and polars: seconds of start
and hundreds of megabytes for the few strategies that use ``bt.talib``.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_NAME = "talib"
_NEEDS_THREADS = "polars"


@contextmanager
def without_talib() -> Iterator[None]:
    """Let imports inside believe that TA-Lib is not installed."""
    with _without(_NAME):
        yield


def provide_talib(source: str) -> None:
    """Fill ``bt.talib`` if ``source`` speaks of it."""
    if _NAME in source and _NAME not in sys.modules:
        with _without(_NEEDS_THREADS):  # TA-Lib would import it, and goes without as well
            importlib.reload(importlib.import_module("backtrader.talib"))


@contextmanager
def _without(name: str) -> Iterator[None]:
    blocked = name not in sys.modules
    if blocked:
        sys.modules[name] = None  # type: ignore[assignment]  # the import system's way to refuse
    try:
        yield
    finally:
        if blocked:
            del sys.modules[name]
