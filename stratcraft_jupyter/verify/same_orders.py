"""Whether two graphs give the same orders on any bars whatever, as far as that is cheap to show.

Both are followed through all that comparisons can do from bar to bar. Where the two never decide
otherwise, no bars tell them apart. What is not understood is not shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.verify.branches import NotUnderstoodError, Plan, read_plan, value_of
from stratcraft_jupyter.verify.length import find_too_few_bars
from stratcraft_jupyter.verify.stress_bars import Recipe, make_series
from stratcraft_jupyter.verify.terms import (
    Signal,
    Term,
    atoms,
    comparisons,
    is_possible,
    may_be_missing,
)

_MOST_CASES = 20_000
_MOST_STEPS = 400_000
_LONGEST = 1_500
_COMPUTES_THE_SAME = "both compute the same"
_NEVER_MATTERS = "where the two could decide otherwise, no order depends on it, whatever the bars"

_Pair = tuple[Term, Term]
_Memory = tuple[int | None, ...]
_Held = tuple[str, int] | None
"""The entry that opened the position and how often it was ordered."""


def why_same(graph: StrategyGraph, other: StrategyGraph) -> str:
    """Why two graphs give the same orders on any bars; empty if that was not shown."""
    try:
        ours, theirs = read_plan(graph), read_plan(other)
    except NotUnderstoodError:
        return ""
    if ours.rest != theirs.rest or graph.backtest != other.backtest:
        return ""
    if ours == theirs:
        return _COMPUTES_THE_SAME
    is_same = _Walk(ours, theirs).never_differs() and _first_decision(graph) == _first_decision(
        other
    )
    return _NEVER_MATTERS if is_same else ""


def _first_decision(graph: StrategyGraph) -> int:
    """How many bars a strategy waits for: a cross, for one, needs one more than a comparison."""
    timeframe = graph.backtest.timeframe
    series = make_series(Recipe("trends", 0, _LONGEST, timeframe, 50.0), _symbols(graph))
    few, enough = 0, _LONGEST
    while enough - few > 1:
        middle = (few + enough) // 2
        others = {name: bars.head(middle) for name, bars in series.others.items()}
        if find_too_few_bars(graph, series.bars.head(middle), others=others):
            few = middle
        else:
            enough = middle
    return enough


def _symbols(graph: StrategyGraph) -> list[str]:
    """The further symbols that a strategy reads."""
    return [str(value_of(node, "symbol")) for node in graph.nodes if node.kind == "data.symbol"]


@dataclass(frozen=True, slots=True)
class _Case:
    """How all comparisons and other signals stand on one bar."""

    signs: Mapping[_Pair, int | None]
    true: frozenset[Signal]


class _Walk:
    """Follows two plans through every sequence of cases, until they decide otherwise."""

    def __init__(self, ours: Plan, theirs: Plan) -> None:
        self._plans = ours, theirs
        signals = [*ours.signals(), *theirs.signals()]
        pairs = dict.fromkeys(pair for signal in signals for pair in comparisons(signal))
        # a pair and its mirror image are one
        self._pairs = [p for p in pairs if p[::-1] not in pairs or p <= p[::-1]]
        self._atoms = list(dict.fromkeys(atom for signal in signals for atom in atoms(signal)))
        crossed = dict.fromkeys(pair for signal in signals for pair in _crossed(signal))
        self._crossed = [p for p in self._pairs if p in crossed or p[::-1] in crossed]
        self._side = {entry.node_id: entry.side for entry in (*ours.entries, *theirs.entries)}

    def never_differs(self) -> bool:
        """Whether the two decide the same in every state that can be reached."""
        cases = self._cases()
        if cases is None:
            return False
        memories = product((None, -1, 1), repeat=len(self._crossed))
        left: list[tuple[_Held, _Memory]] = [(None, memory) for memory in memories]
        seen = set(left)
        steps = 0
        while left:
            held, memory = left.pop()
            for case in cases:
                steps += 1
                if steps > _MOST_STEPS:
                    return False
                after = self._after(held, memory, case)
                if after is None:
                    return False
                then = self._remember(memory, case)
                for state in {(other, then) for other in after} - seen:
                    seen.add(state)
                    left.append(state)
        return True

    def _cases(self) -> list[_Case] | None:
        signs = [
            (-1, 0, 1, None) if may_be_missing(left) or may_be_missing(right) else (-1, 0, 1)
            for left, right in self._pairs
        ]
        count = 2 ** len(self._atoms)
        for options in signs:
            count *= len(options)
        if count > _MOST_CASES:
            return None
        possible = [
            known
            for row in product(*signs)
            if is_possible(known := dict(zip(self._pairs, row, strict=True)))
        ]
        subsets = [
            frozenset(atom for atom, is_true in zip(self._atoms, row, strict=True) if is_true)
            for row in product((False, True), repeat=len(self._atoms))
        ]
        return [_Case(known, true) for known in possible for true in subsets]

    def _after(self, held: _Held, memory: _Memory, case: _Case) -> set[_Held] | None:
        """What can be held on the next close; None if the two decide otherwise."""
        found: set[_Held] = {None}  # a stop may fill, an order be refused
        one, two = (
            [self._true(signal, memory, case) for signal in plan.signals()] for plan in self._plans
        )
        # what else may close a position or block an entry is the same in both
        for is_ended, blocked in product((False, True), ((), (1,), (-1,), (1, -1))):
            ours = self._decide(self._plans[0], one, held, blocked, is_ended=is_ended)
            theirs = self._decide(self._plans[1], two, held, blocked, is_ended=is_ended)
            if ours != theirs:
                return None
            closes, taken = ours
            if taken is not None:
                again = held is not None and not closes
                found.add((taken, held[1] + 1) if held is not None and again else (taken, 1))
            if not closes:
                found.add(held)
        return found

    def _decide(
        self,
        plan: Plan,
        true: Sequence[bool],
        held: _Held,
        blocked: tuple[int, ...],
        *,
        is_ended: bool,
    ) -> tuple[bool, str | None]:
        """Whether the position is closed, and the entry that is taken."""
        count = len(plan.entries)
        side = self._side[held[0]] if held is not None else 0
        closes = held is not None and (
            is_ended
            or any(
                is_true and item.side == side and (not item.owners or held[0] in item.owners)
                for item, is_true in zip(plan.exits, true[count:], strict=True)
            )
        )
        for entry, is_true in zip(plan.entries, true[:count], strict=True):
            if not is_true or entry.side in blocked:
                continue
            adds = held is not None and not closes and held[0] == entry.node_id
            if held is None or (closes and entry.side != side) or (adds and held[1] < entry.most):
                return closes, entry.node_id
        return closes, None

    def _true(self, signal: Signal, memory: _Memory, case: _Case) -> bool:
        name = signal[0]
        if name == "atom":
            return signal in case.true
        if name in ("and", "or", "not"):
            parts = [self._true(part, memory, case) for part in signal[1]]
            return all(parts) if name == "and" else any(parts) if name == "or" else not parts[0]
        pair, turn = ((signal[2], signal[3]), 1)
        if pair not in case.signs:
            pair, turn = pair[::-1], -1
        sign = case.signs[pair]
        if sign is None:
            return False
        if name == "compare":
            return _holds(sign * turn, signal[1])
        before = memory[self._crossed.index(pair)]
        return sign != 0 and before == -sign and sign * turn in signal[1]

    def _remember(self, memory: _Memory, case: _Case) -> _Memory:
        """The side on which each crossed pair was last; a missing value forgets it."""
        signs = [case.signs[pair] for pair in self._crossed]
        return tuple(
            before if sign == 0 else sign for before, sign in zip(memory, signs, strict=True)
        )


def _crossed(signal: Signal) -> Iterator[_Pair]:
    if signal[0] == "cross":
        yield signal[2], signal[3]
    elif signal[0] in ("and", "or", "not"):
        for part in signal[1]:
            yield from _crossed(part)


def _holds(sign: int, operator: str) -> bool:
    return {">": sign > 0, ">=": sign >= 0, "<": sign < 0, "<=": sign <= 0}[operator]
