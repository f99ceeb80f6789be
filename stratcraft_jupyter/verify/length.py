"""Whether bars are enough for every indicator of a graph to have a value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import Node, StrategyGraph, expansion, get_kind, node_title
from stratcraft_jupyter.graph.catalog.lookback import lookback_bars
from stratcraft_jupyter.graph.params import param_value
from stratcraft_jupyter.graph.trading_rules import used_nodes
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.market.further import Arrivals, first_known, line_up, merge_into_periods

_OWN = ""
"""The clock of the strategy's own bars; other clocks are named by the node that makes them."""


@dataclass(frozen=True, slots=True)
class _Need:
    """How many bars of a clock have to be there for a first value."""

    clock: str
    bars: int


def find_too_few_bars(
    graph: StrategyGraph, bars: Bars, *, others: Mapping[str, Bars] | None = None
) -> tuple[Diagnostic, ...]:
    """The nodes that have no value on these bars, because they look back too far.

    Of nodes that read each other only the first is named; of an expression, the expression.

    Args:
        graph: A valid strategy.
        bars: The bars it is to run on.
        others: Bars of the further symbols it reads; a symbol that is not there is not counted.
    """
    expanded = expansion(graph)
    counting = _Counting(expanded.graph, bars, others or {})
    found: dict[str, Diagnostic] = {}
    for item in counting.findings():
        owner = expanded.owner(item.node_id or "")
        found.setdefault(owner, replace(item, node_id=owner))
    return tuple(found.values())


class _Counting:
    def __init__(self, graph: StrategyGraph, bars: Bars, others: Mapping[str, Bars]) -> None:
        self._graph = graph
        self._others = others
        self._bars = _from_the_start(bars, others.values())
        self._feeds: dict[str, Arrivals] = {}
        self._needs: dict[str, _Need | None] = {}  # None: without a value, and already named

    def findings(self) -> Iterator[Diagnostic]:
        for node_id in sorted(used_nodes(self._graph)):
            yield from self._visit(self._graph.node(node_id))

    def _visit(self, node: Node) -> Iterator[Diagnostic]:
        """Counts a node after what it reads; graphs are without cycles."""
        if node.id in self._needs:
            return
        sources = [edge.source_node for edge in self._graph.edges_into(node.id)]
        for source in sources:
            yield from self._visit(self._graph.node(source))
        read = [self._needs[source] for source in sources]
        if any(need is None for need in read):
            self._needs[node.id] = None
            return
        need = self._need(node, [item for item in read if item is not None])
        there = self._count(need.clock)
        self._needs[node.id] = need if need.bars <= there else None
        if need.bars > there:
            yield self._too_few(node, need, there)

    def _too_few(self, node: Node, need: _Need, there: int) -> Diagnostic:
        title, are = node_title(node), "is" if there == 1 else "are"
        if node.kind == "data.timeframe":
            length = _value(node, "timeframe")
            message = (
                f"{title} has no value: no {length} bar is complete on the {len(self._bars):,} "
                "bars, as a bar counts once a later one has begun."
            )
            hint = "Choose a finer timeframe, or more bars."
            return Diagnostic("SC302", "error", message, hint, node.id)
        noun = "bar" if need.bars == 1 else "bars"
        which = noun if need.clock == _OWN else f"{noun} of {self._titled(need.clock)}"
        message = (
            f"{title} needs {need.bars:,} {which} for its first value, and there {are} {there:,}."
        )
        return Diagnostic(
            "SC302", "error", message, "Shorten its period, or choose more bars.", node.id
        )

    def _need(self, node: Node, read: list[_Need]) -> _Need:
        if node.kind in ("data.timeframe", "data.symbol"):
            return self._feed(node)
        clocks = {need.clock for need in read}
        clock = clocks.pop() if len(clocks) == 1 else _OWN
        most = max((self._on(clock, need) for need in read), default=1)
        kind = get_kind(node.kind)
        params = {param.name: _value(node, param.name) for param in kind.params}
        return _Need(clock, most + lookback_bars(kind.lookback, params))

    def _on(self, clock: str, need: _Need) -> int:
        """A need on another clock: the first value of further bars comes on one of the own."""
        if need.clock == clock:
            return need.bars
        return int(self._feeds[need.clock].at[need.bars - 1]) + 1

    def _feed(self, node: Node) -> _Need:
        rows = self._rows_of(node)
        if node.kind == "data.timeframe":
            timeframe = str(_value(node, "timeframe"))
            self._feeds[node.id] = merge_into_periods(rows, timeframe, self._bars)
        else:
            self._feeds[node.id] = line_up(rows, self._bars)
        return _Need(node.id, 1)

    def _rows_of(self, node: Node) -> Bars:
        """The bars of the symbol that a node gives, or makes coarser."""
        if node.kind == "data.symbol":
            return self._others.get(str(_value(node, "symbol")), self._bars)
        sources = self._graph.edges_into(node.id)
        return self._rows_of(self._graph.node(sources[0].source_node)) if sources else self._bars

    def _count(self, clock: str) -> int:
        return len(self._bars) if clock == _OWN else len(self._feeds[clock])

    def _titled(self, clock: str) -> str:
        return node_title(self._graph.node(clock))


def _value(node: Node, name: str) -> object:
    param = get_kind(node.kind).param(name)
    return param_value(node, param) if param else None


def _from_the_start(bars: Bars, others: Iterable[Bars]) -> Bars:
    """The bars from the first one on which all symbols are known: those that are run."""
    skipped = max((first_known(rows, bars) for rows in others), default=0)
    return bars.between(bars.time[skipped]) if 0 < skipped < len(bars) else bars
