"""What every node of a strategy gives on every close: lines in advance, the rest bar by bar."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from book import logic, math
from book.expressions import spelled_out
from book.knowing import Known, at, holds
from book.lines import Lines, params_of, port_of
from book.logic import Logic
from book.moment import Position
from stratcraft_jupyter import Bars, StrategyGraph
from stratcraft_jupyter.graph import Node, get_kind
from stratcraft_jupyter.graph.trading_rules import used_nodes


@dataclass
class Seen:
    """Every series and signal on one close."""

    numbers: dict[str, Known] = field(default_factory=dict)
    signals: dict[str, bool] = field(default_factory=dict)

    def series(self, endpoint: str) -> float:
        """The value of a series; missing if it has none."""
        return self.numbers[endpoint].value

    def signal(self, endpoint: str) -> bool:
        """Whether a signal is true."""
        return self.signals[endpoint]


class Values:
    """The second implementation's values of a strategy on these bars."""

    def __init__(self, strategy: StrategyGraph, bars: Bars, others: Mapping[str, Bars]) -> None:
        strategy = spelled_out(strategy)
        self.strategy = strategy
        self.nodes = _in_order(strategy, used_nodes(strategy))
        self.ahead = Lines(strategy, self.nodes, bars, others)
        self.remembered: dict[str, Logic] = {}

    def first_decision(self) -> int:
        """The first bar on whose close anything is decided."""
        found = [
            self.ahead.clocks[clock].known[bar]
            if bar < len(self.ahead.clocks[clock].known)
            else len(self.ahead.times)
            for clock, bar in self.ahead.waits
        ]
        return self.ahead.start + max(found, default=0)

    def on_close(self, bar: int, position: Position) -> Seen:
        """Everything on a close; to be asked of every bar from the first decision on, in order."""
        bar -= self.ahead.start
        seen = Seen()
        for endpoint, line in self.ahead.lines.items():
            seen.numbers[endpoint] = at(line, self.ahead.clocks[line.clock].shown[bar])
        for node_id, (is_true, clock) in self.ahead.conditions.items():
            seen.signals[f"{node_id}.signal"] = is_true(self.ahead.clocks[clock].shown[bar])
        for node in self.nodes:
            if node.kind == "data.position":
                self._see_position(node, bar, position, seen)
            elif node.kind in logic.LOGIC:
                self._see_logic(node, seen)
            elif node.kind in math.OF_BAR and f"{node.id}.{port_of(node)}" not in self.ahead.lines:
                self._see_arithmetic(node, seen)
            elif node.kind in ("condition.compare", "condition.between"):
                seen.signals[f"{node.id}.signal"] = self._compares(node, seen)
        return seen

    def _known(self, node: Node, port: str, param: str, seen: Seen) -> list[Known]:
        edges = self.strategy.edges_into(node.id, port)
        if not edges:
            return [Known(float(params_of(node)[param]), exact=True)]
        return [seen.numbers[edge.source] for edge in edges]

    def _compares(self, node: Node, seen: Seen) -> bool:
        if node.kind == "condition.compare":
            (left,) = self._known(node, "left", "", seen)
            (right,) = self._known(node, "right", "value", seen)
            return holds(left, str(params_of(node)["operator"]), right)
        (source,) = self._known(node, "source", "", seen)
        (low,), (high,) = (
            self._known(node, name, f"{name}_value", seen) for name in ("low", "high")
        )
        return holds(source, ">=", low) and holds(source, "<=", high)

    def _see_arithmetic(self, node: Node, seen: Seen) -> None:
        (port, *others) = get_kind(node.kind).inputs
        operands = self._known(node, port.name, "", seen)
        for other in others:
            operands += self._known(node, other.name, "value", seen)
        of, params = math.OF_BAR[node.kind], params_of(node)
        value = of([known.value for known in operands], params)  # type: ignore[arg-type]  # numbers
        exact = all(known.exact for known in operands)
        seen.numbers[f"{node.id}.{port_of(node)}"] = Known(value, exact)

    def _see_logic(self, node: Node, seen: Seen) -> None:
        state = self.remembered.setdefault(node.id, Logic(params_of(node)))
        state.told.append(
            {
                port.name: [
                    seen.signals[edge.source]
                    for edge in self.strategy.edges_into(node.id, port.name)
                ]
                for port in get_kind(node.kind).inputs
            }
        )
        seen.signals[f"{node.id}.signal"] = logic.LOGIC[node.kind](state)

    def _see_position(self, node: Node, bar: int, position: Position, seen: Seen) -> None:
        size, close = position.size, self.ahead.prices["close"][bar]
        signals = {"is_open": size != 0, "is_long": size > 0, "is_short": size < 0}
        seen.signals |= {f"{node.id}.{port}": value for port, value in signals.items()}
        bars, gain, profit = 0.0, 0.0, 0.0
        if size:
            assert position.entry_bar is not None
            bars = float(bar + self.ahead.start - position.entry_bar)
            gain = close - position.price if size > 0 else position.price - close
            profit = 100 * gain / position.price
        seen.numbers[f"{node.id}.bars"] = Known(bars, exact=True)
        seen.numbers[f"{node.id}.gain"] = Known(gain, exact=not size)
        seen.numbers[f"{node.id}.profit"] = Known(profit, exact=not size)


def _in_order(strategy: StrategyGraph, used: frozenset[str]) -> list[Node]:
    """The used nodes, each after those it depends on."""
    found: dict[str, Node] = {}

    def add(node_id: str) -> None:
        if node_id not in found:
            for edge in strategy.edges_into(node_id):
                add(edge.source_node)
            found[node_id] = strategy.node(node_id)

    for node in strategy.nodes:
        if node.id in used:
            add(node.id)
    return list(found.values())
