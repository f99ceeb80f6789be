"""Python source as a tree, in any thread and without warnings on the user's screen."""

import ast
import warnings
from collections.abc import Callable
from threading import RLock
from typing import TypeVar

T = TypeVar("T")

_one_at_a_time = RLock()  # a finalizer that runs while a tree is built may parse too
_TRIES = 10


def parse_python(source: str) -> ast.Module:
    """The syntax tree of a module.

    Raises:
        SyntaxError: It is no Python.
        ValueError: It holds what no source may, such as a null character.
        MemoryError, RecursionError: It is nested too deeply.
    """
    return _quietly(lambda: ast.parse(source))


def parse_expression(source: str) -> ast.expr:
    """The syntax tree of one expression; raises what :func:`parse_python` does."""
    return _quietly(lambda: ast.parse(source, mode="eval").body)


def compile_python(source: str, name: str) -> None:
    """Finds what parsing does not, such as a return outside of a function.

    Raises what :func:`parse_python` does; ``name`` is the file's in the error.
    """
    _quietly(lambda: compile(source, name, "exec", dont_inherit=True))


def _quietly(work: Callable[[], T]) -> T:
    # warnings are switched off for all threads at once: two that overlap would leave them off
    with _one_at_a_time, warnings.catch_warnings(action="ignore"):
        for _ in range(_TRIES - 1):
            try:
                return work()
            except SystemError:
                # Python 3.11 counts the depth of a tree for all threads together, and says that
                # the count is wrong where another's came between (python/cpython#106905). IPython
                # parses cells outside of our lock, so trying again is the only way
                continue
        return work()
