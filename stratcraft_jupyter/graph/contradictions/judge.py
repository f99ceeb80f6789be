"""Decides whether signals can be true together, and says why not."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.contradictions.always import always_so
from stratcraft_jupyter.graph.contradictions.facts import STATES, Facts, Literal
from stratcraft_jupyter.graph.contradictions.order import Relation, find_circle
from stratcraft_jupyter.graph.contradictions.reader import Reader
from stratcraft_jupyter.graph.contradictions.sameness import Identities
from stratcraft_jupyter.graph.contradictions.wording import reason_of
from stratcraft_jupyter.graph.document import StrategyGraph
from stratcraft_jupyter.graph.series_rules import series_qualities

_MOST_OPTIONS = 40
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why signals cannot all be as they are said to be.

    Attributes:
        signals: The outputs that exclude one another; one that cannot be by itself.
        reasons: What is always so and stands against them, in words.
        is_of_series: Whether a reason is that one series is never above another.
    """

    signals: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    is_of_series: bool = False


class Judge:
    """Knows a graph well enough to say which of its signals exclude one another.

    Args:
        graph: A sound strategy without expressions.

    Attributes:
        graph: The strategy.
        same: Its equal outputs.
        reader: Reads its signals.
    """

    def __init__(self, graph: StrategyGraph) -> None:
        self.graph = graph
        self.same = Identities(graph)
        self.reader = Reader(graph, self.same)
        self._gaps = {
            self.same.of[endpoint]
            for endpoint, quality in series_qualities(graph).items()
            if quality.gaps
        }
        self._always = always_so(graph, self.same)

    def conflict(
        self,
        literals: Sequence[Literal],
        *,
        state: str | None = None,
        also: Iterable[Relation] = (),
        times: Iterable[tuple[Hashable, frozenset[Hashable], str]] = (),
    ) -> Conflict | None:
        """Why these cannot all hold on one bar; None if they can, or nobody knows.

        Args:
            literals: Signals that are true, or not.
            state: How the position stands: flat, long or short; None if any way.
            also: Relations that hold as well.
            times: Choices of minutes that are left as well, with the node that leaves them.
        """
        found = self._conflict(list(literals), state, list(also), list(times), _DEEPEST)
        if found is None:
            return None
        order = [item.says or item.signal for item in literals]
        signals = sorted(
            found.signals, key=lambda it: order.index(it) if it in order else len(order)
        )
        return replace(found, signals=tuple(signals))

    def _conflict(
        self,
        literals: list[Literal],
        state: str | None,
        also: list[Relation],
        times: list[tuple[Hashable, frozenset[Hashable], str]],
        depth: int,
    ) -> Conflict | None:
        facts = self.reader.facts(literals)
        facts.relations += also
        facts.choices += times
        if state:
            facts.choices.append(("state", frozenset({state}), ""))
        if facts.impossible:
            return Conflict((facts.impossible[0],), (facts.impossible[1],))
        found = _both_ways(facts) or _nothing_left(facts) or self._circle(facts)
        if found or depth == 0 or len(facts.options) > _MOST_OPTIONS:
            return found
        for options in facts.options:
            ends = []
            for option in options:
                more = (
                    ([*literals, option], also)
                    if isinstance(option, Literal)
                    else (literals, [*also, option])
                )
                end = self._conflict(more[0], state, more[1], times, depth - 1)
                if end is None:
                    break
                ends.append(end)
            else:
                return _joined(ends)
        return None

    def _circle(self, facts: Facts) -> Conflict | None:
        valued = {
            end
            for relation in facts.relations
            if relation.says and not relation.is_weak
            for end in (relation.lower, relation.upper)
        }
        relations = [
            relation
            for relation in (*facts.relations, *self._without_position(facts))
            if not relation.is_weak
            or all(
                end in valued or end not in self._gaps for end in (relation.lower, relation.upper)
            )
        ]
        circle = find_circle([*relations, *self._around(relations)])
        if circle is None:
            return None
        signals = tuple(dict.fromkeys(relation.says for relation in circle if relation.says))
        always = [item for item in circle if not item.says]
        reasons = (reason_of(item, self.graph, self.same, facts.labels) for item in always)
        is_of_series = any(
            not {item.lower, item.upper} & self.same.constants.keys() for item in always
        )
        return Conflict(signals, tuple(dict.fromkeys(filter(None, reasons))), is_of_series)

    def _without_position(self, facts: Facts) -> list[Relation]:
        """Without a position its age and gain are 0."""
        states, says = STATES, ""
        for topic, left, who in facts.choices:
            if topic == "state":
                states, says = states & left, says if left >= states else who
        if states != {"flat"}:
            return []
        zero = self.same.number(0.0)
        lines = [
            self.same.of[f"{node.id}.{port.name}"]
            for node in self.graph.nodes
            if node.kind == "data.position"
            for port in KINDS[node.kind].outputs
            if port.type == "series"
        ]
        pairs = [(zero, line) for line in lines] + [(line, zero) for line in lines]
        return [Relation(lower, upper, says=says) for lower, upper in pairs]

    def _around(self, relations: Iterable[Relation]) -> list[Relation]:
        """What is always so of the values in these relations."""
        found: list[Relation] = []
        pending = {end for item in relations for end in (item.lower, item.upper)}
        known: set[int] = set()
        while pending:
            number = pending.pop()
            known.add(number)
            for relation in self._always.get(number, ()):
                found.append(relation)
                pending |= {relation.lower, relation.upper} - known
        constants = sorted(
            (self.same.constants[number], number) for number in known & self.same.constants.keys()
        )
        chain = pairwise(number for _, number in constants)
        return found + [Relation(lower, upper, True) for lower, upper in chain]


def _both_ways(facts: Facts) -> Conflict | None:
    told: dict[int, tuple[bool, str]] = {}
    for number, is_true, says in facts.truths:
        other, who = told.setdefault(number, (is_true, says))
        if other != is_true:
            return Conflict(tuple(dict.fromkeys((who, says))))
    return None


def _nothing_left(facts: Facts) -> Conflict | None:
    """Days, minutes or states that no bar has."""
    topics: dict[Hashable, list[tuple[frozenset[Hashable], str]]] = {}
    for topic, left, says in facts.choices:
        topics.setdefault(topic, []).append((left, says))
    for choices in topics.values():
        if frozenset.intersection(*(left for left, _ in choices)):
            continue
        counts = (1, 2, len(choices)) if len(choices) <= _MOST_OPTIONS else (1, len(choices))
        for some in (found for count in counts for found in combinations(choices, count)):
            if not frozenset.intersection(*(left for left, _ in some)):
                signals = tuple(dict.fromkeys(says for _, says in some if says))
                return Conflict(signals, ("nothing is chosen",) if len(some) == 1 else ())
    return None


def _joined(ends: Sequence[Conflict]) -> Conflict:
    signals = (signal for end in ends for signal in end.signals)
    reasons = (reason for end in ends for reason in end.reasons)
    return Conflict(tuple(dict.fromkeys(signals)), tuple(dict.fromkeys(reasons)))
