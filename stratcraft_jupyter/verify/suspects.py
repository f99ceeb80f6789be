"""What may be wrong with code: the mutants of a graph whose orders are those of the code."""

import math
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from typing import TypeAlias

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Contest, ContestOutcome, Series, run_batch
from stratcraft_jupyter.backtest.orders import WorkingOrder
from stratcraft_jupyter.graph import Node, StrategyGraph, expansion
from stratcraft_jupyter.graph.expressions import Expansion
from stratcraft_jupyter.graph.trading_rules import used_nodes
from stratcraft_jupyter.verify.altered_bars import beginning_of
from stratcraft_jupyter.verify.code_facts import CodeFacts
from stratcraft_jupyter.verify.deadline import Deadline
from stratcraft_jupyter.verify.equivalence import Compared
from stratcraft_jupyter.verify.mutants import Mutant, kept_mutants, make_mutants
from stratcraft_jupyter.verify.mutate_times import said_times
from stratcraft_jupyter.verify.order_facts import Guess
from stratcraft_jupyter.verify.part_changes import part_changes
from stratcraft_jupyter.verify.said_indicators import said_indicators
from stratcraft_jupyter.verify.said_numbers import moved_numbers, parted_numbers, said_numbers

_AFTER = 12
_FIRST, _CHUNK = 20, 60
_SIGNALS = ("condition", "indicator", "logic", "math", "regime")
_FAMILIES = {
    # where a number is looked for that would explain it
    "stop": ("risk", "indicator"),
    "size": ("sizing", "action"),
    "entry": (*_SIGNALS, "action", "risk"),
    "exit": (*_SIGNALS, "action", "risk"),
}
_PLAINLY = {"stop": ("risk",), "size": ("sizing",)}
"""Where another number is likelier than any small change elsewhere."""
_LEFT_OUT = ("filter dropped", "edge dropped", "node left out", "state", "logic", "touching")
_SUITS = {
    # kinds of changes that make such a first difference sooner than others
    "extra entry": _LEFT_OUT,
    "extra exit": _LEFT_OUT,
    "entry missing": ("entry missing", "node left out"),
    "exit missing": ("exit missing", "node left out"),
    "touching": ("touching",),
}
_LATE = "one bar late"
_WHOLE = ("entry missing", "exit missing", "choice")
"""Kinds that leave out so much that a smaller change is the likelier one."""
Round: TypeAlias = tuple[Series, Sequence[WorkingOrder]]
Rank: TypeAlias = tuple[bool, int]


def find_suspects(
    graph: StrategyGraph,
    compared: Sequence[Compared],
    guess: Guess | None,
    config: BacktestConfig,
    *,
    code: CodeFacts | None = None,
    deadline: Deadline | None = None,
    conditions_alone: bool = False,
) -> list[Mutant]:
    """Mutants whose orders are those of the code on every series, as likely as each other.

    Those that the code itself suggests are tried first, then the smallest changes, then others.

    Args:
        graph: The strategy.
        compared: All series.
        guess: The likely cause, which says where to look further; None to look at small changes.
        config: Money and costs.
        code: What the code says of itself; None for nothing.
        deadline: When to give up; None to try them all.
        conditions_alone: Whether small changes are looked for in conditions only.
    """
    trial = _Trial(compared, config, deadline)
    about = guess.about if guess is not None else ""
    fitting: list[Mutant] = []
    if code is not None:
        fitting = trial.fitting(_said(graph, code), is_whole=True)
    if not fitting and about in _PLAINLY:
        fitting = trial.fitting(kept_mutants(graph, wide=True, families=_PLAINLY[about]))
    if not fitting:
        if guess is None:  # what differs on equal values alone is another comparison, if anything
            touching = (mutant for mutant in kept_mutants(graph) if mutant.kind == "touching")
            fitting = _Trial(compared, config, None).fitting(touching, is_whole=True)
        kept = (m for m in kept_mutants(graph) if not conditions_alone or _is_condition(graph, m))
        fitting = fitting or trial.fitting(kept, is_whole=True)
    if not fitting and code is not None:
        fitting = trial.fitting(_moved(graph, code), is_whole=True)
    if not fitting and code is not None:
        fitting = trial.fitting(_parted(graph, code), is_whole=True)
    if not fitting and about:
        wide = kept_mutants(graph, wide=True, families=_FAMILIES[about])
        fitting = trial.fitting(mutant for mutant in wide if not mutant.near)
    if not fitting:
        return []
    exact = trial.without_spare(fitting)
    ranks = [_rank(mutant, guess, is_exact=mutant in exact) for mutant in fitting]
    return [mutant for mutant, rank in zip(fitting, ranks, strict=True) if rank == min(ranks)]


def _is_condition(graph: StrategyGraph, mutant: Mutant) -> bool:
    node = next((node for node in graph.nodes if node.id == mutant.node_id), None)
    return node is not None and node.kind.startswith(("condition.", "regime."))


def _said(graph: StrategyGraph, code: CodeFacts) -> Iterator[Mutant]:
    """Mutants with the indicators, numbers and times of the code, and its periods elsewhere."""
    expanded, nodes = _used(graph)
    mutations = chain(
        said_indicators(expanded.graph, nodes, code.names),
        said_numbers(expanded.graph, nodes, code.numbers),
        said_times(expanded.graph, nodes, code.times),
        moved_numbers(expanded.graph, nodes, code.numbers, whole=True),
    )
    return make_mutants(expanded, mutations)


def _moved(graph: StrategyGraph, code: CodeFacts) -> Iterator[Mutant]:
    """Mutants with numbers of the code in other places than theirs."""
    expanded, nodes = _used(graph)
    mutations = moved_numbers(expanded.graph, nodes, code.numbers, whole=False)
    return make_mutants(expanded, mutations)


def _parted(graph: StrategyGraph, code: CodeFacts) -> Iterator[Mutant]:
    """Mutants of parts: what one of several readers has otherwise."""
    expanded, nodes = _used(graph)
    mutations = chain(
        part_changes(expanded.graph, nodes), parted_numbers(expanded.graph, nodes, code.numbers)
    )
    return make_mutants(expanded, mutations)


def _used(graph: StrategyGraph) -> tuple[Expansion, list[Node]]:
    expanded = expansion(graph)
    used = used_nodes(expanded.graph)
    return expanded, [node for node in expanded.graph.nodes if node.id in used]


def _until(mutants: Iterable[Mutant], deadline: Deadline | None) -> Iterator[Mutant]:
    for mutant in mutants:
        yield mutant
        if deadline is not None and deadline.is_over:
            return


def _rank(mutant: Mutant, guess: Guess | None, *, is_exact: bool) -> Rank:
    """The lower, the likelier."""
    cause = guess.cause if guess is not None else "touching"
    if mutant.kind == _LATE or (mutant.kind == cause and cause not in _WHOLE):
        place = 0
    elif mutant.kind in _SUITS.get(cause, ()):
        place = 1
    else:
        place = 3 if mutant.kind in _WHOLE else 2
    return not is_exact, place


class _Trial:
    """Tries mutants against the orders of the code."""

    def __init__(
        self, compared: Sequence[Compared], config: BacktestConfig, deadline: Deadline | None
    ) -> None:
        usable = [item for item in compared if item.found.error is None]
        usable.sort(key=lambda item: item.mismatch.bar if item.mismatch else math.inf)
        self._rounds: list[Round] = [_beginning(usable[0])]
        self._rounds += [(item.series, item.found.book) for item in usable]
        self._spare = _spare(sum(item.mismatch is not None for item in usable))
        self._config, self._deadline = config, deadline

    def fitting(self, mutants: Iterable[Mutant], *, is_whole: bool = False) -> list[Mutant]:
        """The mutants that did what the code did; of the first chunk with one, or of all.

        The next mutants are made while those before them run in their process.
        """
        left = _until(mutants, self._deadline)
        found: list[Mutant] = []
        with ThreadPoolExecutor(1) as thread:
            chunk = list(islice(left, _FIRST))
            while chunk and (is_whole or not found) and not self._is_over:
                running = thread.submit(self._fitting, chunk)
                chunk = list(islice(left, _CHUNK))
                found += running.result()
        return found

    def without_spare(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        """Those of fitting mutants that lose no round at all."""
        late = [mutant for mutant in mutants if mutant.kind == _LATE]
        if not self._spare or len(mutants) == 1 or not late:
            return list(mutants)
        outcomes = self._compete(late, self._rounds[1:], spare=0)
        lost = [m for m, outcome in zip(late, outcomes, strict=False) if outcome.lost is not None]
        return [mutant for mutant in mutants if mutant not in lost]

    @property
    def _is_over(self) -> bool:
        return self._deadline is not None and self._deadline.is_over

    def _fitting(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        """The mutants that did in every round what the code did; the first is a beginning of bars.

        A signal of the bar before makes all wait one bar longer: such mutants may lose some rounds.
        """
        spare = self._spare
        pairs = list(zip(mutants, self._compete(mutants, self._rounds, spare), strict=False))
        # an indicator may need more bars than the beginning has: the whole series decide
        short = [mutant for mutant, outcome in pairs if outcome.failed and outcome.lost == 0]
        if short:
            again = self._compete(short, self._rounds[1:], spare)
            pairs += zip(short, again, strict=False)
        return [mutant for mutant, outcome in pairs if outcome.lost is None]

    def _compete(
        self, mutants: Sequence[Mutant], rounds: Sequence[Round], spare: int
    ) -> list[ContestOutcome]:
        """What came of mutants; of those not reached in time, nothing."""
        contests = [
            Contest(mutant.source, rounds, spare if mutant.kind == _LATE else 0)
            for mutant in mutants
        ]
        if self._deadline is None:
            return list(run_batch(contests=contests, config=self._config).contests)
        limit = self._deadline.seconds_left
        if not limit:
            return []
        result = run_batch(contests=contests, config=self._config, time_limit=limit)
        return list(result.contests)


def _spare(differing: int) -> int:
    """How many rounds may be lost where most of the differing series are to be explained."""
    return min(2, max(0, differing - 1) // 2)


def _beginning(compared: Compared) -> Round:
    """The bars up to a little after the difference: most mutants are told apart there already."""
    bar = compared.mismatch.bar if compared.mismatch else 0
    count = min(bar + _AFTER, len(compared.series.bars))
    orders = (order for order in compared.found.book if order.first < count)
    book = tuple(replace(order, last=min(order.last, count - 1)) for order in orders)
    return beginning_of(compared.series, count), book
