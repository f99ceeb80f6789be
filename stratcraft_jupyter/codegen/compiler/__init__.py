"""The built-in compiler: a strategy graph becomes one self-contained Backtrader module."""

from collections.abc import Sequence

from stratcraft_jupyter.codegen.compiler.module import DECIDED_BARS, TRACED_BARS, write_module
from stratcraft_jupyter.codegen.compiler.plan import make_plan
from stratcraft_jupyter.errors import GraphInvalidError
from stratcraft_jupyter.graph import StrategyGraph, validate

__all__ = [
    "DECIDED_BARS",
    "TRACED_BARS",
    "compile_probe",
    "compile_strategy",
    "compile_trace",
    "compile_unchecked",
]


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


def compile_trace(graph: StrategyGraph, bars: Sequence[int]) -> str:
    """The same strategy, which also notes the value of every output on some bars.

    They are in the strategy's attribute ``probe_values`` after a run: a list for every
    ``"node.port"`` of the strategy with its expressions expanded, and under ``TRACED_BARS`` the
    bars they are of; bars on which nothing is decided yet are left out.

    Args:
        graph: The strategy.
        bars: Numbers of the bars, from 0 for the first that is run.

    Raises:
        GraphInvalidError: The strategy has errors; holds every finding.
        WrongTypeError: This is no strategy graph.
    """
    return write_module(make_plan(_valid(graph)), traced=bars)


def compile_unchecked(graph: StrategyGraph) -> str:
    """The code of a strategy that need not make sense, such as one whose exit was taken away.

    Its structure has to be sound: every required input connected, every parameter allowed.
    """
    return write_module(make_plan(graph))


def _valid(graph: StrategyGraph) -> StrategyGraph:
    diagnostics = validate(graph)
    if any(item.severity == "error" for item in diagnostics):
        raise GraphInvalidError(diagnostics)
    return graph
