"""What the signals of a graph are made of: comparisons of terms, and how these can stand.

A term is a series said by what it computes, so that two nodes that compute the same are one term.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from stratcraft_jupyter.graph import Node, StrategyGraph, get_kind, has_effect, param_value

Term = tuple[Any, ...]
Signal = tuple[Any, ...]
_PRICES = ("open", "high", "low", "close")
_FEEDS = ("data.bars", "data.symbol", "data.timeframe")
_EITHER_WAY = ("math.add", "math.multiply", "math.maximum", "math.minimum")
_CROSSES = {
    "condition.crosses_above": (1,),
    "condition.crosses_below": (-1,),
    "condition.crosses": (1, -1),
}
_LOGIC = {"logic.and": "and", "logic.or": "or", "logic.not": "not"}
_TREND = {"regime.trending_up": ("plus", "minus"), "regime.trending_down": ("minus", "plus")}
_RISING_OUTPUTS = {
    # outputs that never pass each other, from below to above
    "indicator.bollinger_bands": ("lower", "middle", "upper"),
    "indicator.keltner_channels": ("lower", "middle", "upper"),
    "indicator.donchian_channels": ("lower", "middle", "upper"),
    "indicator.session_range": ("low", "high"),
}
_WIDENING = ("indicator.donchian_channels",)
"""Kinds whose upper output rises, or stays, with a longer period, and whose lower one falls."""
_ONE_OF = {("indicator.supertrend", "direction"): (-1.0, 1.0)}
"""Outputs with a few values only."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the terms and signals of one graph, with expressions expanded."""

    graph: StrategyGraph

    def term(self, source: str) -> Term:
        """What the output ``"node.port"`` computes."""
        name, _, port = source.partition(".")
        node = self.graph.node(name)
        return (node.kind, port, self._params(node), self._inputs(node))

    def signal(self, source: str) -> Signal:
        """What a signal says of comparisons; what is no comparison stands for itself."""
        node = self.graph.node(source.partition(".")[0])
        if node.kind in _LOGIC:
            name = "signal" if node.kind == "logic.not" else "signals"
            edges = self.graph.edges_into(node.id, name)
            return (
                _LOGIC[node.kind],
                tuple(sorted({self.signal(e.source) for e in edges}, key=repr)),
            )
        if node.kind == "regime.custom":
            return self.signal(self.graph.edges_into(node.id)[0].source)
        if node.kind in _TREND or node.kind == "regime.ranging":
            return self._regime(node)
        if node.kind in ("condition.compare", *_CROSSES):
            left, right = self._sides(node)
            if node.kind == "condition.compare":
                return ("compare", str(self._value(node, "operator")), left, right)
            if not (is_coarse(left) or is_coarse(right)):
                return ("cross", _CROSSES[node.kind], left, right)
        return ("atom", self.term(source))

    def _regime(self, node: Node) -> Signal:
        bars = self._inputs(node)
        lines = {n: ("adx", n, self._value(node, "period"), bars) for n in ("adx", "plus", "minus")}
        level = ("number", float(str(self._value(node, "adx"))))
        if node.kind == "regime.ranging":
            return ("compare", "<", lines["adx"], level)
        above, below = _TREND[node.kind]
        strong = ("compare", ">", lines["adx"], level)
        return ("and", (strong, ("compare", ">", lines[above], lines[below])))

    def _sides(self, node: Node) -> tuple[Term, Term]:
        (left,) = self.graph.edges_into(node.id, "left")
        right = self.graph.edges_into(node.id, "right")
        if right:
            return self.term(left.source), self.term(right[0].source)
        return self.term(left.source), ("number", float(str(self._value(node, "value"))))

    def _inputs(self, node: Node) -> Term:
        edges = self.graph.edges_into(node.id)
        is_signal = {p.name: p.type == "signal" for p in get_kind(node.kind).inputs}
        found = [
            (
                "" if node.kind in _EITHER_WAY else edge.target_port,
                self.signal(edge.source) if is_signal[edge.target_port] else self.term(edge.source),
            )
            for edge in edges
        ]
        return tuple(sorted(found, key=repr))

    def _params(self, node: Node) -> Term:
        entry = get_kind(node.kind)
        found = {
            param.name: param_value(node, param)
            for param in entry.params
            if has_effect(self.graph, node, param)
        }
        if node.kind == "math.divide" and all(
            _is_price(self.term(edge.source)) for edge in self.graph.edges_into(node.id, "right")
        ):
            found.pop("when_zero", None)  # a price is never 0
        return tuple(sorted(found.items()))

    def _value(self, node: Node, name: str) -> object:
        param = get_kind(node.kind).param(name)
        return param_value(node, param) if param else None


def _is_price(term: Term) -> bool:
    return term[0] in _FEEDS and term[1] in _PRICES


def is_coarse(term: Any) -> bool:  # noqa: ANN401 - a part of a term is a term, a number or a text
    """Whether a term moves with the bars of a coarser timeframe."""
    if isinstance(term, tuple):
        return any(map(is_coarse, term))
    return bool(term == "data.timeframe")


def may_be_missing(term: Term) -> bool:
    """Whether a term can be without a value on a bar, after the warm-up too."""
    parts = [item for item in term if isinstance(item, tuple)]
    if isinstance(term[0], str) and term[0].partition(".")[0] in ("indicator", "math", "data"):
        port = get_kind(term[0]).output(str(term[1]))
        if port is None or port.gaps:
            return True
    return any(may_be_missing(part) for part in parts if part)


def comparisons(signal: Signal) -> Iterator[tuple[Term, Term]]:
    """Every pair of terms that a signal compares."""
    if signal[0] in ("compare", "cross"):
        yield signal[2], signal[3]
    elif signal[0] in ("and", "or", "not"):
        for part in signal[1]:
            yield from comparisons(part)


def atoms(signal: Signal) -> Iterator[Signal]:
    """Every part of a signal that is no comparison."""
    if signal[0] == "atom":
        yield signal
    elif signal[0] in ("and", "or", "not"):
        for part in signal[1]:
            yield from atoms(part)


def never_above(one: Term, other: Term) -> bool:
    """Whether a term is known to be at or below another on every bar."""
    if one[0] == other[0] == "number":
        return bool(one[1] <= other[1])
    if one[0] == "number":
        return bool(one[1] <= 0 and _is_price(other))
    if other[0] == "number" or one[0] != other[0]:
        return False
    if one[0] == "math.shift" and one[2] == other[2] and len(one[3]) == len(other[3]) == 1:
        return never_above(one[3][0][1], other[3][0][1])
    if one[0] in _FEEDS and one[2:] == other[2:]:
        return bool(one[1] == "low" or other[1] == "high")
    order = _RISING_OUTPUTS.get(one[0], ())
    if one[1] not in order or other[1] not in order or one[3] != other[3]:
        return False
    if one[2] == other[2]:
        return order.index(one[1]) <= order.index(other[1])
    return one[0] in _WIDENING and _is_within(one, other)


def _is_within(one: Term, other: Term) -> bool:
    """Whether an end of a channel is at or below an end of one with another period."""
    if (one[1], other[1]) == ("lower", "upper"):
        return True
    if one[1] != other[1] or one[1] == "middle":
        return False
    ours, theirs = (int(dict(term[2])["period"]) for term in (one, other))
    return ours >= theirs if one[1] == "lower" else ours <= theirs


def only_values(term: Term) -> tuple[float, ...]:
    """The values that a term can have, if these are a few."""
    return _ONE_OF.get((str(term[0]), str(term[1])), ()) if len(term) > 1 else ()


def is_possible(signs: Mapping[tuple[Term, Term], int | None]) -> bool:
    """Whether comparisons can stand like this on one bar; None where a value is missing."""
    known = {pair: sign for pair, sign in signs.items() if sign is not None}
    terms = list(dict.fromkeys(term for pair in known for term in pair))
    place = {term: number for number, term in enumerate(terms)}
    reach = [[_is_below(one, other) for other in terms] for one in terms]
    for (left, right), sign in known.items():
        a, b = place[left], place[right]
        for low, high in ((a, b),) * (sign <= 0) + ((b, a),) * (sign >= 0):
            reach[low][high] = max(reach[low][high], int(sign != 0))
    _close(reach)
    if any(reach[at][at] > 0 for at in range(len(terms))):
        return False
    return all(_has_value(term, known) for term in terms)


def _is_below(one: Term, other: Term) -> int:
    """1 if a term is always below another, 0 if at or below, -1 if nothing is known."""
    if one == other or not never_above(one, other):
        return -1
    return int(one[0] == "number")  # numbers differ, and prices are above 0


def _close(reach: list[list[int]]) -> None:
    """Add what follows from two steps: below or at, and below, is below."""
    size = len(reach)
    for middle, low in product(range(size), range(size)):
        if reach[low][middle] < 0:
            continue
        for high in range(size):
            if reach[middle][high] >= 0:
                step = max(reach[low][middle], reach[middle][high])
                reach[low][high] = max(reach[low][high], step)


def _has_value(term: Term, signs: Mapping[tuple[Term, Term], int]) -> bool:
    values = only_values(term)
    against = [
        (float(right[1]), sign)
        for (left, right), sign in signs.items()
        if left == term and right[0] == "number"
    ]
    return not values or any(
        all((value > level) - (value < level) == sign for level, sign in against)
        for value in values
    )
