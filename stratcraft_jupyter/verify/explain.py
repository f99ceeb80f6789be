"""Explains a first difference: by a mutant of the graph that does what the code does, if any."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, RunOutcome, run_batch
from stratcraft_jupyter.backtest.orders import WorkingOrder, book_at, is_same_order
from stratcraft_jupyter.backtest.records import Times
from stratcraft_jupyter.graph import StrategyGraph, active_part
from stratcraft_jupyter.graph.trading_rules import SIDES_OF
from stratcraft_jupyter.verify.causes import guess_cause
from stratcraft_jupyter.verify.code_facts import CodeFacts, read_code, without_unread
from stratcraft_jupyter.verify.deadline import Deadline
from stratcraft_jupyter.verify.difference import BarShown, Difference, OrderShown
from stratcraft_jupyter.verify.equivalence import Compared, other_fills, position_at
from stratcraft_jupyter.verify.mutants import Mutant
from stratcraft_jupyter.verify.order_facts import RESTING, Guess
from stratcraft_jupyter.verify.said_indicators import unknown_indicators
from stratcraft_jupyter.verify.suspects import find_suspects
from stratcraft_jupyter.verify.trace import (
    node_values,
    stop_distances,
    walk_back,
    with_own_titles,
)

_BEFORE, _AFTER = 30, 12
_BROKER_SETTINGS = (
    *("set_coc", "set_coo", "set_fundmode", "set_int2pnl", "set_shortcash", "setcommission"),
    *(
        "addcommissioninfo",
        "set_slippage_perc",
        "set_slippage_fixed",
        "set_filler",
        "set_checksubmit",
    ),
)


def explain(
    graph: StrategyGraph,
    compared: Sequence[Compared],
    config: BacktestConfig,
    plain: tuple[str, str] | None = None,
    *,
    source: str,
    deadline: Deadline | None = None,
) -> Difference:
    """The first difference and its likely cause.

    Args:
        graph: The strategy.
        compared: All series; at least one of them has a mismatch of orders.
        config: Money and costs.
        plain: The cause and its sentence, if a check has shown it.
        source: The code.
        deadline: When to give up and tell the guess; None to try everything.
    """
    graph = active_part(graph)
    first = next(item for item in compared if item.mismatch is not None and not item.is_equal)
    mismatch = first.mismatch
    if mismatch is None:
        raise ValueError("the orders do not differ")
    bar = mismatch.bar
    values = node_values(graph, first.series, bar, config)
    code = read_code(source)
    plain = plain or _other_broker(first, code)
    begins = plain is None and _begins_in_time(first, source, code, config)
    guess = guess_cause(
        first,
        code,
        config.cash,
        has_decided=values is not None,
        begins_in_time=begins,
        distances=stop_distances(graph, values or {}),
    )
    actions = _actions(graph, guess)
    if plain is not None:
        cause, words, node_id = *plain, None
    else:
        cause, words, node_id = _likely(graph, compared, guess, config, code, deadline)
    nodes = walk_back(graph, actions, values)
    times = first.series.bars.time
    begin, end = max(0, bar - _BEFORE), min(len(times), bar + _AFTER)
    return Difference(
        series=first.name,
        bar=bar,
        time=_time(times[bar]),
        expected=tuple(_shown(order, times, first.expected) for order in mismatch.expected),
        found=tuple(_shown(order, times, first.found) for order in mismatch.found),
        cause=cause,
        explanation=f"{words.removesuffix('.')}.",
        node_id=node_id or next(iter(actions), None),
        nodes=nodes,
        window=_window(first, begin, end),
        expected_orders=_between(first.expected, begin, end, times),
        found_orders=_between(first.found, begin, end, times),
    )


def _likely(
    graph: StrategyGraph,
    compared: Sequence[Compared],
    guess: Guess,
    config: BacktestConfig,
    code: CodeFacts,
    deadline: Deadline | None,
) -> tuple[str, str, str | None]:
    """The cause, its sentence and its node: by a mutant that does the same, or as guessed."""
    # what enters on a side that the strategy does not trade, no small change of it does
    is_strange = guess.cause == "extra entry" and not _entries(graph, guess)
    if not guess.is_plain and not is_strange:
        named = with_own_titles(graph)
        found = find_suspects(named, compared, guess, config, code=code, deadline=deadline)
        if found:
            return found[0].kind, f"the code behaves {_in_words(found)}", found[0].node_id
    unknown = unknown_indicators(graph, code.names) if guess.is_open else ""
    more = f"; it reads {unknown}, which the strategy does not have" if unknown else ""
    return guess.cause, f"{guess.sentence}{more}", None


def _begins_in_time(first: Compared, source: str, code: CodeFacts, config: BacktestConfig) -> bool:
    """Whether code that has ordered nothing orders in time without what it never reads."""
    mismatch = first.mismatch
    if mismatch is None or not code.unread or not mismatch.expected:
        return False
    if any(order.first <= mismatch.bar for order in first.found.book):
        return False
    shorter = without_unread(source, code.unread)
    limit = config.time_limit
    outcome = run_batch([Run(shorter, first.series)], config=config, time_limit=limit).runs[0]
    return outcome.error is None and all(
        any(is_same_order(order, other) for other in book_at(outcome.book, mismatch.bar))
        for order in mismatch.expected
    )


def _other_broker(first: Compared, code: CodeFacts) -> tuple[str, str] | None:
    """The cause, where fills differ before any order does."""
    bar = first.mismatch.bar if first.mismatch else 0
    ours, theirs = (
        [fill for fill in run.fills if fill.bar <= bar] for run in (first.expected, first.found)
    )
    apart = other_fills(ours, theirs)
    if not apart:
        return None
    if both := _both_filled(first, bar):
        return "order left behind", both
    calls = " and ".join(sorted(name for name in code.names if name in _BROKER_SETTINGS))
    with_calls = f" with {calls}" if calls else ""
    words = f"the code changes how the broker fills{with_calls}: {apart[:1].lower()}{apart[1:]}"
    return "broker changed", words


def _both_filled(first: Compared, bar: int) -> str:
    """What is said where two orders of one position filled on a bar, and turned it."""
    ours = Counter(fill.bar for fill in first.expected.fills)
    theirs = Counter((fill.bar, fill.side) for fill in first.found.fills if fill.bar <= bar)
    for (now, side), count in theirs.items():
        if count <= max(1, ours[now]):
            continue
        waiting = book_at(first.found.book, now - 1)
        rested = [order for order in waiting if order.type in RESTING and order.side == side]
        before, after = (position_at(first.found.fills, at) for at in (now - 1, now))
        if len(rested) > 1 and before * after < 0:
            return (
                f"on bar {now} two resting orders of the code filled, where in the graph the one "
                "that fills first cancels the other: link them (oco, or buy_bracket)"
            )
    return ""


def _in_words(found: Sequence[Mutant]) -> str:
    """The likeliest change, and one of another node that explains as much."""
    first = found[0]
    other = next((mutant for mutant in found if mutant.node_id != first.node_id), None)
    return f"as if {first.words}" + (f", or as if {other.words}" if other else "")


def _actions(graph: StrategyGraph, guess: Guess) -> list[str]:
    """The nodes that would have sent, or not sent, the order."""
    entries = _entries(graph, guess) or [n.id for n in graph.nodes if n.kind in SIDES_OF]
    if guess.about in ("entry", "size"):
        return entries
    if guess.about == "exit":
        exits = [node.id for node in graph.nodes if node.kind == f"action.exit_{guess.side}"]
        return exits or [n.id for n in graph.nodes if n.kind == "action.reverse"] or entries
    stops = [node.id for node in graph.nodes if node.kind.startswith("risk.")]
    return stops or entries


def _entries(graph: StrategyGraph, guess: Guess) -> list[str]:
    return [node.id for node in graph.nodes if guess.side in SIDES_OF.get(node.kind, ())]


def _shown(order: WorkingOrder, times: Times, run: RunOutcome) -> OrderShown:
    held = position_at(run.fills, order.first)
    closes = abs(held) if held * (1 if order.side == "buy" else -1) < 0 else 0.0
    is_turn = order.type == "market" and 0 < closes < order.size
    return OrderShown(
        order.first,
        order.last,
        _time(times[order.first]),
        order.side,
        order.type,
        order.size,
        None if math.isnan(order.price) else order.price,
        None if math.isnan(order.limit) else order.limit,
        closes if is_turn else None,
    )


def _between(run: RunOutcome, begin: int, end: int, times: Times) -> tuple[OrderShown, ...]:
    return tuple(
        replace(_shown(order, times, run), until=min(order.last, end))
        for order in run.book
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
