"""Whether code does what a strategy graph says: the whole verification, step by step."""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from typing import TypeVar

from stratcraft_jupyter.backtest import BacktestConfig, needed_symbols
from stratcraft_jupyter.backtest.batch import BatchResult, Run, Series, run_batch
from stratcraft_jupyter.backtest.feeds import read_feeds
from stratcraft_jupyter.backtest.job import check_bars, check_config, check_source
from stratcraft_jupyter.backtest.process import WorkerProcess
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.market import Bars, load_bars
from stratcraft_jupyter.verify.deadline import Deadline
from stratcraft_jupyter.verify.difference import Difference
from stratcraft_jupyter.verify.equivalence import Compared, compare
from stratcraft_jupyter.verify.explain import explain
from stratcraft_jupyter.verify.fairness import check_fairness
from stratcraft_jupyter.verify.findings import (
    about_coverage,
    about_failures,
    about_given,
    about_orders,
    about_rounding,
    about_ties,
    plain_cause,
)
from stratcraft_jupyter.verify.integrity import OTHER_SEED, Tried, check_integrity
from stratcraft_jupyter.verify.other_account import check_other_account
from stratcraft_jupyter.verify.other_names import under_other_names
from stratcraft_jupyter.verify.report import Check, Coverage, VerificationReport
from stratcraft_jupyter.verify.stress_bars import was_moved
from stratcraft_jupyter.verify.stress_cache import stress_plan
from stratcraft_jupyter.verify.stress_plan import StressPlan
from stratcraft_jupyter.verify.surroundings import check_surroundings
from stratcraft_jupyter.verify.suspects import find_suspects
from stratcraft_jupyter.verify.ties import find_ties

MOST_BARS = 20_000
"""Most of the given bars that are run; stress bars are always run whole."""
EXPLAIN_SECONDS = 5.0
"""How long a cause is looked for; then the likeliest one that the orders show is told."""
_TIE_SECONDS = 2.0
"""How long more than comparisons is tried where orders differ on equal values alone."""
_T = TypeVar("_T")


def verify(
    source: str,
    graph: StrategyGraph,
    bars: Bars | None = None,
    config: BacktestConfig | None = None,
    *,
    others: Mapping[str, Bars] | None = None,
    on_step: Callable[[str], None] | None = None,
) -> VerificationReport:
    """Whether the code does, order by order, what the graph says.

    Code and graph run on the given bars, and on bars made for this graph. The code runs in child
    processes only, locked in as in a backtest.

    Args:
        source: A Python module with exactly one ``bt.Strategy`` class.
        graph: What it is meant to do.
        bars: Bars to compare on, besides those made for the graph; None for those the graph names.
        config: Money and costs; None for those of the graph.
        others: Bars of further symbols that the strategy reads, by symbol.
        on_step: Is called with the name of each step as it begins; what it raises ends the
            verification.

    Raises:
        GraphInvalidError: The strategy has errors, so it says nothing to compare with.
        BacktestError: The source is no code at all, or the bars cannot be used.
        BarsError: There are no such bars.
    """
    return _Verification(source, graph, bars, config, others, on_step).report()


class _Verification:
    def __init__(
        self,
        source: str,
        graph: StrategyGraph,
        bars: Bars | None,
        config: BacktestConfig | None,
        others: Mapping[str, Bars] | None,
        on_step: Callable[[str], None] | None,
    ) -> None:
        self._on_step = on_step
        self._seconds: dict[str, float] = {}
        self._reference = self._timed("compile", lambda: compile_strategy(graph))
        check_source(source)
        self._source, self._graph = source, graph
        self._config = config_of(graph) if config is None else check_config(config)
        self._given = self._timed("load", lambda: self._load(bars, others))

    def report(self) -> VerificationReport:
        """Run everything."""
        # it has other hashes than the workers at hand; its start overlaps with the first runs
        later = WorkerProcess(hash_seed=OTHER_SEED)
        try:
            return self._report(later)
        finally:
            later.close()

    def _report(self, later: WorkerProcess) -> VerificationReport:
        timeframe = self._given[1].bars.timeframe
        plan = self._timed("stress", lambda: stress_plan(self._graph, timeframe, self._config))
        feeds = read_feeds(self._reference)
        kept = {name for feed in feeds for name in (feed.name, feed.symbol) if name}
        series = under_other_names(self._source, self._given, plan.series(), kept)
        expected, found = self._timed("run", lambda: self._run([item for _, item in series]))
        compared = [
            compare(name, item, ours, theirs, self._config.cash)
            for (name, item), ours, theirs in zip(series, expected.runs, found.runs, strict=True)
            if ours.error is None
        ]
        integrity = self._timed("integrity", lambda: self._integrity(compared, later))
        fairness = self._fairness(compared)
        plain = plain_cause([*integrity, *fairness])
        difference, compared = self._timed("explain", lambda: self._explain(compared, plain))
        if any(item.is_tie for item in compared):
            fairness = self._fairness(compared)
        account = self._timed("account", lambda: self._other_account(compared))
        checks = [
            *about_given(series[0][0], expected.runs[0]),
            *about_failures(compared),
            *about_orders(compared, difference),
            *about_rounding(compared),
            *about_ties(compared),
            *integrity,
            *fairness,
            *about_coverage(plan),
            check_surroundings(self._source),
            account,
        ]
        return VerificationReport(
            strategy=self._graph.name,
            graph_hash=self._graph.hash,
            source_hash=hashlib.sha256(self._source.encode()).hexdigest(),
            checks=tuple(checks),
            first_difference=difference,
            coverage=_coverage(plan, compared),
            seconds=tuple((name, round(spent, 3)) for name, spent in self._seconds.items()),
            isolation=found.isolation.missing,
        )

    def _load(self, bars: Bars | None, others: Mapping[str, Bars] | None) -> tuple[str, Series]:
        place = self._graph.backtest.source
        chosen = load_bars(f"{place}:{self._graph.backtest.symbol}") if bars is None else bars
        check_bars(chosen)
        found = dict(others or {})
        for symbol in needed_symbols(self._reference):
            if symbol not in found and symbol != chosen.symbol:
                found[symbol] = load_bars(f"{place}:{symbol}")
        chosen = chosen.between(self._config.start, self._config.end).head(MOST_BARS)
        return f"{chosen.symbol} ({chosen.timeframe})", Series(chosen, found)

    def _run(self, series: Sequence[Series]) -> tuple[BatchResult, BatchResult]:
        """The graph and the code on all series, each in a process of its own."""

        def run(source: str) -> BatchResult:
            limit = self._config.time_limit
            return run_batch(
                [Run(source, item) for item in series], config=self._config, time_limit=limit
            )

        with ThreadPoolExecutor(2) as threads:
            expected = threads.submit(run, self._reference)
            found = threads.submit(run, self._source)
            return expected.result(), found.result()

    def _integrity(self, compared: Sequence[Compared], later: WorkerProcess) -> list[Check]:
        tried = _tried(compared)
        return check_integrity(self._source, self._reference, tried, self._config, later)

    def _fairness(self, compared: Sequence[Compared]) -> list[Check]:
        expected = [item.expected for item in compared]
        ties = {item.name for item in compared if item.is_tie}
        return check_fairness(self._source, _tried(compared), expected, self._config, ties)

    def _other_account(self, compared: Sequence[Compared]) -> Check:
        return check_other_account(self._source, self._reference, compared, self._config)

    def _explain(
        self, compared: list[Compared], plain: tuple[str, str] | None
    ) -> tuple[Difference | None, list[Compared]]:
        """The first difference, if there is one, and what of the rest hangs on a last digit."""
        apart = [item for item in compared if item.mismatch is not None and not item.is_equal]
        if not apart:
            return None, compared
        ties = find_ties(self._graph, compared, self._config)
        if len(ties) < len(apart) or ties[0] is compared[0]:
            return self._explained(compared, plain), compared
        # equal values that are taken for unequal ones throughout are another comparison
        deadline = Deadline.after(_TIE_SECONDS)
        # where a threshold was met on purpose, whatever rounds otherwise decides otherwise, such as
        # another divisor under a ratio: only what compares says more
        is_met = all(was_moved(item.name) for item in apart)
        if find_suspects(
            self._graph, compared, None, self._config, deadline=deadline, conditions_alone=is_met
        ):
            return self._explained(compared), compared
        return None, [replace(item, is_tie=item in ties) for item in compared]

    def _explained(
        self, compared: Sequence[Compared], plain: tuple[str, str] | None = None
    ) -> Difference:
        return explain(
            self._graph,
            compared,
            self._config,
            plain,
            source=self._source,
            deadline=Deadline.after(EXPLAIN_SECONDS),
        )

    def _timed(self, name: str, work: Callable[[], _T]) -> _T:
        if self._on_step is not None:
            self._on_step(name)
        began = time.perf_counter()
        try:
            return work()
        finally:
            self._seconds[name] = time.perf_counter() - began


def _coverage(plan: StressPlan, compared: Sequence[Compared]) -> Coverage:
    return Coverage(
        series=len(compared),
        orders=sum(len(item.expected.book) for item in compared),
        nodes=plan.nodes,
        exercised=plan.exercised,
        mutants=plan.mutants,
        told_apart=plan.told_apart,
        survivors=plan.survivors,
        equivalent=len(plan.equivalent),
    )


def config_of(graph: StrategyGraph) -> BacktestConfig:
    """The settings that the strategy document holds."""
    names = [field.name for field in fields(BacktestConfig)]
    settings = graph.backtest
    return BacktestConfig(**{n: getattr(settings, n) for n in names if hasattr(settings, n)})


def _tried(compared: Sequence[Compared]) -> list[Tried]:
    return [Tried(item.name, item.series, item.found) for item in compared]
