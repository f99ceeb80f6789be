"""Random strategies of every kind of arithmetic, condition, logic and regime."""

import random
from collections.abc import Mapping, Sequence

from stratcraft_jupyter import StrategyGraph, validate
from stratcraft_jupyter.graph import KINDS, Edge, Node
from stratcraft_jupyter.graph.catalog import Param, Port

_PRICES = ("open", "high", "low", "close", "volume")
_SMALL = (1, 2, 2, 3, 3, 4, 5, 5, 8)
_SERIES = [name for name in KINDS if name.startswith("math.")] + [
    f"indicator.{name}" for name in ("sma", "ema", "rsi", "highest", "lowest", "atr", "macd")
]
_CONDITIONS = [name for name in KINDS if name.startswith(("condition.", "regime."))]
_LOGIC = [name for name in KINDS if name.startswith("logic.")]
MADE = {*_SERIES, *_CONDITIONS, *_LOGIC, "data.position", "data.timeframe", "data.symbol"}


class SignalDraw:
    """Series and signals that fit together, drawn one node after the other."""

    def __init__(self, rng: random.Random, *, feeds: bool, coarser: str = "1w") -> None:
        self.random = rng
        self.nodes = [Node(id="bars", kind="data.bars"), Node(id="position", kind="data.position")]
        self.edges: list[Edge] = []
        self.bars = ["bars.bars"]
        self.series = [f"bars.{name}" for name in _PRICES]
        self.signals = ["position.is_open", "position.is_long"]
        if feeds:
            timeframe = {"timeframe": coarser}
            self._add_feed("weekly", "data.timeframe", timeframe, "bars.bars")
            self._add_feed("other", "data.symbol", {"symbol": "MSFT"})
            self._add_feed("other_weekly", "data.timeframe", timeframe, "other.bars")

    def _add_feed(self, name: str, kind: str, params: dict[str, str], source: str = "") -> None:
        self.nodes.append(Node(id=name, kind=kind, params=params))
        if source:
            self.edges.append(Edge(source=source, target=f"{name}.bars"))
        self.bars.append(f"{name}.bars")
        self.series += [f"{name}.{port}" for port in ("high", "close")]

    def add(self, kinds: Sequence[str]) -> None:
        """Adds a node that the strategy stays valid with; gives up after some attempts."""
        for _ in range(20):
            kind = KINDS[self.random.choice(kinds)]
            name = f"{kind.name.partition('.')[2]}_{len(self.nodes)}"
            params = {param.name: self._value(param, kind.name) for param in kind.params}
            edges = [
                Edge(source=source, target=f"{name}.{port.name}")
                for port in kind.inputs
                for source in self._sources(port)
            ]
            nodes = [*self.nodes, Node(id=name, kind=kind.name, params=params)]
            if not _errors(nodes, [*self.edges, *edges]):
                self.nodes, self.edges = nodes, [*self.edges, *edges]
                self.series += [f"{name}.{p.name}" for p in kind.outputs if p.type == "series"]
                self.signals += [f"{name}.{p.name}" for p in kind.outputs if p.type == "signal"]
                return

    def put(
        self, kind: str, params: Mapping[str, int | float | str], **inputs: str | Sequence[str]
    ) -> str:
        """Adds a node of this kind that reads these outputs; gives its first output."""
        name = f"{kind.partition('.')[2]}_{len(self.nodes)}"
        self.nodes.append(Node(id=name, kind=kind, params=dict(params)))
        for port, sources in inputs.items():
            sources = [sources] if isinstance(sources, str) else dict.fromkeys(sources)
            self.edges += [Edge(source=source, target=f"{name}.{port}") for source in sources]
        return f"{name}.{KINDS[kind].outputs[0].name}"

    def _value(self, param: Param, kind: str) -> int | float | bool | str:
        pick = self.random.choice
        if param.type == "bool":
            return pick([True, False])
        if param.type == "choice":
            return pick(param.choices)
        if param.format == "time":
            return pick(["00:00", "12:00", "23:30"])
        if param.type == "int":
            return max(int(param.minimum or 1), pick(_SMALL))
        if param.name in ("value", "low_value", "high_value"):
            return float(self.random.randint(20, 120))
        if kind.startswith("regime."):
            return pick([15.0, 20.0, 40.0, 60.0])
        if param.name in ("percent", "multiple"):
            return pick([0.5, 1.0, 2.0, 5.0])
        return param.default

    def _sources(self, port: Port) -> list[str]:
        if port.type == "bars":
            return [self.random.choice(self.bars)]
        found = self.series if port.type == "series" else self.signals
        if port.type == "series" and self.random.random() < 0.1:
            return [f"position.{self.random.choice(['bars', 'profit', 'gain'])}"]
        count = self.random.randint(1, 3) if port.multiple else 1
        if not port.required and self.random.random() < 0.3:
            return []
        return list(dict.fromkeys(self.random.choice(found) for _ in range(count)))


def _errors(nodes: Sequence[Node], edges: Sequence[Edge]) -> bool:
    """Whether the strategy has an error beside having no entry."""
    found = validate(StrategyGraph(nodes=tuple(nodes), edges=tuple(edges)))
    return any(item.severity == "error" and item.code != "SC201" for item in found)


def random_signals(seed: int, *, feeds: bool = False) -> StrategyGraph:
    """A strategy that reads many signals, and is long now and then; same seed, same strategy."""
    builder = SignalDraw(random.Random(seed), feeds=feeds)
    for _ in range(builder.random.randint(3, 6)):
        builder.add(_SERIES)
    for _ in range(6):
        builder.add(_CONDITIONS)
    for _ in range(4):
        builder.add(_LOGIC)
    nodes = [
        *builder.nodes,
        Node(id="month", kind="condition.month", params={"february": False, "june": False}),
        Node(id="end", kind="logic.not"),
        Node(id="all", kind="logic.or"),
        Node(id="long", kind="action.enter_long"),
        Node(id="out", kind="action.exit_long"),
        Node(id="read", kind="action.exit_long"),
    ]
    read = [("bars.bars", "month.bars"), ("month.signal", "end.signal")]
    read += [("month.signal", "long.when"), ("end.signal", "out.when"), ("all.signal", "read.when")]
    # what is read leaves now and then, so that positions come and go
    read += [(signal, "all.signals") for signal in builder.signals if "." in signal]
    edges = [*builder.edges, *(Edge(source=source, target=target) for source, target in read)]
    return StrategyGraph(nodes=tuple(nodes), edges=tuple(edges))
