"""What every node of a strategy gives on every bar, by docs/semantics.md."""

from collections.abc import Mapping

from semantics.book_series import (
    MISSING,
    OF_BARS,
    OF_SOURCE,
    RELATIONS,
    Series,
    Signals,
    crosses,
    deviation,
    ema,
    first_value,
    minus,
    sma,
)
from stratcraft_jupyter import Bars, StrategyGraph
from stratcraft_jupyter.graph import Node, get_kind, param_value

_ENTRIES = {"action.enter_long", "action.enter_short"}


class Values:
    """What every output is on every bar, and from which bar on a node has values."""

    def __init__(self, strategy: StrategyGraph, bars: Bars) -> None:
        self.strategy = strategy
        self.count = len(bars)
        self.prices = {
            name: [float(item) for item in getattr(bars, name)]
            for name in ("open", "high", "low", "close", "volume")
        }
        self.outputs: dict[str, Series] = {}
        self.signals: dict[str, Signals] = {}
        self.first: dict[str, int] = {}  # of nodes, each when its last output has a value

    def first_decision(self) -> int:
        """The first bar on whose close anything is decided."""
        kinds = {node.kind for node in self.strategy.nodes}
        for node in self.strategy.nodes:
            entry = node.kind.replace("action.exit", "action.enter")
            if node.kind.startswith("risk.") or entry in kinds & _ENTRIES:
                for edge in self.strategy.edges_into(node.id):
                    self._compute(edge.source_node)
        return max(self.first.values(), default=0)

    def series(self, endpoint: str) -> Series:
        self._compute(endpoint.partition(".")[0])
        return self.outputs[endpoint]

    def signal(self, endpoint: str) -> Signals:
        node_id = endpoint.partition(".")[0]
        self._compute(node_id)
        return self.signals[node_id]

    def param(self, node: Node, name: str) -> float:
        declared = get_kind(node.kind).param(name)
        assert declared is not None
        return param_value(node, declared)  # type: ignore[return-value]  # the tests read numbers

    def inputs(self, node: Node, port: str) -> list[str]:
        return [edge.source for edge in self.strategy.edges_into(node.id, port)]

    def _compute(self, node_id: str) -> None:
        if node_id in self.first:
            return
        node = self.strategy.node(node_id)
        family, _, name = node.kind.partition(".")
        if family in ("sizing", "action"):
            return
        if family in ("condition", "logic"):
            self.signals[node_id] = self._signal(node, name)
            waits = [
                self.first[edge.source_node]
                if family == "logic"
                else first_value(self.outputs[edge.source])
                for edge in self.strategy.edges_into(node_id)
            ]
            self.first[node_id] = max(waits) + name.startswith("crosses")
            return
        found = self._series(node, name)
        self.outputs |= {f"{node_id}.{port}": values for port, values in found.items()}
        self.first[node_id] = max(first_value(values) for values in found.values())

    def _series(self, node: Node, name: str) -> Mapping[str, Series]:
        if name == "bars":
            return self.prices
        if name == "constant":
            return {"value": [self.param(node, "value")] * self.count}
        if name in OF_BARS:
            return OF_BARS[name](self.prices, int(self.param(node, "period")))
        (source,) = self.inputs(node, "source")
        values = self.series(source)
        if name == "shift":
            if self.strategy.node(source.partition(".")[0]).kind == "math.constant":
                return {"value": values}
            ago = int(self.param(node, "bars"))
            return {"value": [MISSING] * min(ago, self.count) + values[: max(0, self.count - ago)]}
        if name == "macd":
            fast, slow, smooth = (
                int(self.param(node, f"{word}_period")) for word in ("fast", "slow", "signal")
            )
            macd = minus(ema(values, fast), ema(values, slow))
            signal = ema(macd, smooth)
            return {"macd": macd, "signal": signal, "histogram": minus(macd, signal)}
        period = int(self.param(node, "period"))
        if name == "bollinger_bands":
            middle, wide = sma(values, period), deviation(values, period)
            factor = self.param(node, "deviations")
            return {
                "middle": middle,
                "upper": [m + factor * w for m, w in zip(middle, wide, strict=True)],
                "lower": [m - factor * w for m, w in zip(middle, wide, strict=True)],
            }
        return {"value": OF_SOURCE[name](values, period)}

    def _signal(self, node: Node, name: str) -> Signals:
        if name in ("and", "or"):
            columns = zip(
                *(self.signal(item) for item in self.inputs(node, "signals")), strict=True
            )
            return [(all if name == "and" else any)(column) for column in columns]
        if name == "not":
            return [not item for item in self.signal(self.inputs(node, "signal")[0])]
        left = self.series(self.inputs(node, "left")[0])
        rights = self.inputs(node, "right")
        right = self.series(rights[0]) if rights else [self.param(node, "value")] * self.count
        if name == "compare":
            holds = RELATIONS[str(self.param(node, "operator"))]
            return [holds(a, b) for a, b in zip(left, right, strict=True)]
        return crosses(left, right, 1 if name == "crosses_above" else -1)
