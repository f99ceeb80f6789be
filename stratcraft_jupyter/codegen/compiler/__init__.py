"""The built-in compiler: a strategy graph becomes one self-contained Backtrader module."""

from stratcraft_jupyter.codegen.compiler.module import write_module
from stratcraft_jupyter.codegen.compiler.plan import make_plan
from stratcraft_jupyter.errors import GraphInvalidError
from stratcraft_jupyter.graph import StrategyGraph, validate

__all__ = ["compile_strategy"]


def compile_strategy(graph: StrategyGraph) -> str:
    """The strategy as commented Backtrader code: one module with one ``bt.Strategy``.

    The same document always gives the same text. Names, labels and notes of the document end up
    in comments and docstrings only.

    Raises:
        GraphInvalidError: The strategy has errors; holds every finding.
    """
    diagnostics = validate(graph)
    if any(item.severity == "error" for item in diagnostics):
        raise GraphInvalidError(diagnostics)
    return write_module(make_plan(graph))
