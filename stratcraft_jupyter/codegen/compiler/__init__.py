"""The built-in compiler: a strategy graph becomes one self-contained Backtrader module."""

from stratcraft_jupyter.codegen.compiler.module import DECIDED_BARS, write_module
from stratcraft_jupyter.codegen.compiler.plan import make_plan
from stratcraft_jupyter.errors import GraphInvalidError
from stratcraft_jupyter.graph import StrategyGraph, validate

__all__ = ["DECIDED_BARS", "compile_probe", "compile_strategy"]


def compile_strategy(graph: StrategyGraph) -> str:
    """The strategy as commented Backtrader code: one module with one ``bt.Strategy``.

    The same document always gives the same text. Names, labels and notes of the document end up
    in comments and docstrings only.

    Raises:
        GraphInvalidError: The strategy has errors; holds every finding.
        WrongTypeError: This is no strategy graph.
    """
    return write_module(make_plan(_valid(graph)))


def compile_probe(graph: StrategyGraph) -> str:
    """The same strategy, which also counts how often each signal was true.

    The counts are in the strategy's attribute ``probe_counts`` after a run: by node id, and the
    number of bars on which the strategy could decide at all under ``DECIDED_BARS``.

    Raises:
        GraphInvalidError: The strategy has errors; holds every finding.
        WrongTypeError: This is no strategy graph.
    """
    return write_module(make_plan(_valid(graph)), probed=True)


def _valid(graph: StrategyGraph) -> StrategyGraph:
    diagnostics = validate(graph)
    if any(item.severity == "error" for item in diagnostics):
        raise GraphInvalidError(diagnostics)
    return graph
