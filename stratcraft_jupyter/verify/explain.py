"""Explains a first difference: by a mutant of the graph that does what the code does, if any."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

import numpy as np

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Contest, ContestOutcome, Series, run_batch
from stratcraft_jupyter.backtest.orders import WorkingOrder
from stratcraft_jupyter.backtest.records import Times
from stratcraft_jupyter.graph import StrategyGraph, active_part
from stratcraft_jupyter.graph.trading_rules import SIDES_OF
from stratcraft_jupyter.verify.altered_bars import beginning_of
from stratcraft_jupyter.verify.causes import guess_cause
from stratcraft_jupyter.verify.code_facts import read_code
from stratcraft_jupyter.verify.difference import BarShown, Difference, OrderShown
from stratcraft_jupyter.verify.equivalence import Compared
from stratcraft_jupyter.verify.mutants import Mutant, kept_mutants
from stratcraft_jupyter.verify.order_facts import Guess
from stratcraft_jupyter.verify.trace import node_values, walk_back

_BEFORE, _AFTER = 30, 12
_SIGNALS = ("condition", "indicator", "logic", "math", "regime")
_FAMILIES = {
    # where a number is looked for that would explain it
    "stop": ("risk", "indicator"),
    "size": ("sizing", "action"),
    "entry": (*_SIGNALS, "action", "risk"),
    "exit": (*_SIGNALS, "action", "risk"),
}
_MOST_SERIES = 12
_CHUNK = 150
Round: TypeAlias = tuple[Series, Sequence[WorkingOrder]]


def explain(
    graph: StrategyGraph,
    compared: Sequence[Compared],
    config: BacktestConfig,
    plain: tuple[str, str] | None = None,
    *,
    source: str,
) -> Difference:
    """The first difference and its likely cause.

    Args:
        graph: The strategy.
        compared: All series; at least one of them has a mismatch of orders.
        config: Money and costs.
        plain: The cause and its sentence, if a check has shown it.
        source: The code, to be read only.
    """
    graph = active_part(graph)
    first = next(item for item in compared if item.mismatch is not None and not item.is_equal)
    mismatch = first.mismatch
    if mismatch is None:
        raise ValueError("the orders do not differ")
    bar = mismatch.bar
    values = node_values(graph, first.series, bar, config)
    guess = guess_cause(first, read_code(source), has_decided=values is not None)
    cause, words, node_id = (*plain, None) if plain else (guess.cause, guess.sentence, None)
    if not plain and not guess.is_plain:
        mutant = find_mutant(graph, compared, guess, config)
        if mutant is not None:
            cause, words = mutant.kind, f"the code behaves as if {mutant.words}"
            node_id = mutant.node_id
    actions = _actions(graph, guess)
    nodes = walk_back(graph, actions, values)
    times = first.series.bars.time
    begin, end = max(0, bar - _BEFORE), min(len(times), bar + _AFTER)
    return Difference(
        series=first.name,
        bar=bar,
        time=_time(times[bar]),
        expected=tuple(_shown(order, times) for order in mismatch.expected),
        found=tuple(_shown(order, times) for order in mismatch.found),
        cause=cause,
        explanation=f"{words}.",
        node_id=node_id or (actions[0] if actions else None),
        nodes=nodes,
        window=_window(first, begin, end),
        expected_orders=_between(first.expected.book, begin, end, times),
        found_orders=_between(first.found.book, begin, end, times),
    )


def find_mutant(
    graph: StrategyGraph,
    compared: Sequence[Compared],
    guess: Guess | None,
    config: BacktestConfig,
) -> Mutant | None:
    """A mutant whose orders are those of the code on every series; None if there is none.

    Args:
        graph: The strategy.
        compared: All series.
        guess: The likely cause, which says where to look further; None to look at small changes.
        config: Money and costs.
    """
    usable = [item for item in compared if item.found.error is None]
    usable.sort(key=lambda item: item.mismatch.bar if item.mismatch else math.inf)
    spare = _spare(sum(item.mismatch is not None for item in usable))
    rounds = [_beginning(usable[0])]
    rounds += [(item.series, item.found.book) for item in usable[:_MOST_SERIES]]
    wanted = {"one bar late": 0, guess.cause if guess else "touching": 1}

    def fits(mutants: Iterable[Mutant]) -> Mutant | None:
        left = iter(mutants)
        while chunk := list(islice(left, _CHUNK)):
            if fitting := _fitting(chunk, rounds, spare, config):
                return min(fitting, key=lambda mutant: wanted.get(mutant.kind, 2))
        return None

    found = fits(kept_mutants(graph))
    if found is not None or guess is None:
        return found
    wide = kept_mutants(graph, wide=True, families=_FAMILIES[guess.about])
    return fits(mutant for mutant in wide if not mutant.near)


def _fitting(
    mutants: Sequence[Mutant], rounds: Sequence[Round], spare: int, config: BacktestConfig
) -> list[Mutant]:
    """The mutants that did in every round what the code did; the first is a beginning of bars.

    A signal of the bar before makes all wait one bar longer: such mutants may lose some rounds.
    """

    def compete(several: Sequence[Mutant], among: Sequence[Round]) -> list[ContestOutcome]:
        contests = [
            Contest(mutant.source, among, spare if mutant.kind == "one bar late" else 0)
            for mutant in several
        ]
        return list(run_batch(contests=contests, config=config).contests)

    pairs = list(zip(mutants, compete(mutants, rounds), strict=False))
    # an indicator may need more bars than the beginning has: the whole series decide
    late = [mutant for mutant, outcome in pairs if outcome.failed and outcome.lost == 0]
    pairs += zip(late, compete(late, rounds[1:]) if late else (), strict=False)
    return [mutant for mutant, outcome in pairs if outcome.lost is None]


def _spare(differing: int) -> int:
    """How many rounds may be lost where most of the differing series are to be explained."""
    return min(2, max(0, differing - 1) // 2)


def _beginning(compared: Compared) -> tuple[Series, tuple[WorkingOrder, ...]]:
    """The bars up to a little after the difference: most mutants are told apart there already."""
    bar = compared.mismatch.bar if compared.mismatch else 0
    count = min(bar + _AFTER, len(compared.series.bars))
    orders = (order for order in compared.found.book if order.first < count)
    book = tuple(replace(order, last=min(order.last, count - 1)) for order in orders)
    return beginning_of(compared.series, count), book


def _actions(graph: StrategyGraph, guess: Guess) -> list[str]:
    """The nodes that would have sent, or not sent, the order."""
    entries = [node.id for node in graph.nodes if guess.side in SIDES_OF.get(node.kind, ())]
    if guess.about in ("entry", "size"):
        return entries
    if guess.about == "exit":
        exits = [node.id for node in graph.nodes if node.kind == f"action.exit_{guess.side}"]
        return exits or [n.id for n in graph.nodes if n.kind == "action.reverse"] or entries
    stops = [node.id for node in graph.nodes if node.kind.startswith("risk.")]
    return stops or entries


def _shown(order: WorkingOrder, times: Times) -> OrderShown:
    return OrderShown(
        order.first,
        order.last,
        _time(times[order.first]),
        order.side,
        order.type,
        order.size,
        None if math.isnan(order.price) else order.price,
        None if math.isnan(order.limit) else order.limit,
    )


def _between(
    orders: Sequence[WorkingOrder], begin: int, end: int, times: Times
) -> tuple[OrderShown, ...]:
    return tuple(
        replace(_shown(order, times), until=min(order.last, end))
        for order in orders
        if order.last >= begin and order.first < end
    )


def _window(compared: Compared, begin: int, end: int) -> tuple[BarShown, ...]:
    bars = compared.series.bars
    return tuple(
        BarShown(
            bar,
            _time(bars.time[bar]),
            float(bars.open[bar]),
            float(bars.high[bar]),
            float(bars.low[bar]),
            float(bars.close[bar]),
        )
        for bar in range(begin, end)
    )


def _time(moment: np.datetime64) -> str:
    text = str(moment.astype("M8[m]")).replace("T", " ")
    return text.removesuffix(" 00:00")
