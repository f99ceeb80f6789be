"""Finds conditions that can never be true, always are, exclude or hide one another."""

from collections.abc import Callable, Iterator

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.contradictions.alone import never_or_always, same_on_both_sides
from stratcraft_jupyter.graph.contradictions.choosing import (
    choice_of_nothing,
    hidden_entry,
    no_hours,
)
from stratcraft_jupyter.graph.contradictions.judge import Judge
from stratcraft_jupyter.graph.contradictions.reach import (
    confirmed_by_itself,
    entry_never_taken,
    exit_never_acts,
)
from stratcraft_jupyter.graph.contradictions.together import excluding_conditions
from stratcraft_jupyter.graph.document import StrategyGraph

__all__ = ["JUDGED", "RULES"]

JUDGED: tuple[Callable[[Judge], Iterator[Diagnostic]], ...] = (
    excluding_conditions,
    same_on_both_sides,
    hidden_entry,
    never_or_always,
    entry_never_taken,
    exit_never_acts,
    confirmed_by_itself,
    choice_of_nothing,
    no_hours,
)
"""The rules that compare what signals say."""


def contradictions(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """What is wrong with the conditions of a strategy, as far as its text tells."""
    judge = Judge(graph)
    for rule in JUDGED:
        yield from rule(judge)


RULES: tuple[Callable[[StrategyGraph], Iterator[Diagnostic]], ...] = (contradictions,)
