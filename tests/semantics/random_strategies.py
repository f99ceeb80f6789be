"""Random strategies: every kind of the catalog, connected as the port types allow."""

import random

from semantics.desk import Params, graph
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import KINDS

_SERIES = [name for name in KINDS if name.startswith(("indicator.", "math."))]
_CONDITIONS = [name for name in KINDS if name.startswith("condition.")]
_LOGIC = [name for name in KINDS if name.startswith("logic.")]
_SIZES = [name for name in KINDS if name.startswith("sizing.")]
_STOPS = [name for name in KINDS if name.startswith("risk.")]


class _Builder:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.nodes: dict[str, tuple[str, Params]] = {"bars": ("data.bars", {})}
        self.edges: list[str] = []
        self.series = [f"bars.{name}" for name in ("open", "high", "low", "close", "close")]

    def add(self, kind: str, **params: int | float | str) -> str:
        name = f"{kind.partition('.')[2]}_{len(self.nodes)}"
        self.nodes[name] = (kind, params)
        return name

    def connect(self, source: str, target: str) -> None:
        self.edges.append(f"{source} -> {target}")

    def add_series(self) -> None:
        kind = self.random.choice(_SERIES)
        params: dict[str, int | float] = {}
        for param in KINDS[kind].params:
            if param.type == "int":
                params[param.name] = self.random.choice([1, 2, 3, 5, 8, 13])
        if kind == "math.constant":
            params["value"] = float(self.random.randint(20, 200))
        elif kind == "indicator.bollinger_bands":
            params["deviations"] = self.random.choice([0.5, 1.0, 2.0])
        name = self.add(kind, **params)
        for port in KINDS[kind].inputs:
            source = "bars.bars" if port.type == "bars" else self.random.choice(self.series)
            self.connect(source, f"{name}.{port.name}")
        self.series += [f"{name}.{port.name}" for port in KINDS[kind].outputs]

    def signal(self, depth: int = 2) -> str:
        if depth and self.random.random() < 0.35:
            name = self.add(self.random.choice(_LOGIC))
            if self.nodes[name][0] == "logic.not":
                self.connect(self.signal(depth - 1), f"{name}.signal")
            else:
                for _ in range(self.random.randint(1, 3)):
                    self.connect(self.signal(depth - 1), f"{name}.signals")
            return f"{name}.signal"
        kind = self.random.choice(_CONDITIONS)
        params = {"value": float(self.random.randint(20, 160))}
        if kind == "condition.compare":
            params["operator"] = self.random.choice([">", ">=", "<", "<="])  # type: ignore[assignment]
        name = self.add(kind, **params)
        # a price against anything is true now and then; anything against anything seldom
        left = self.series[:5] if self.random.random() < 0.7 else self.series
        self.connect(self.random.choice(left), f"{name}.left")
        if self.random.random() < 0.8:
            self.connect(self.random.choice(self.series), f"{name}.right")
        return f"{name}.signal"

    def add_side(self, side: str) -> None:
        entry = self.add(f"action.enter_{side}")
        self.connect(self.signal(), f"{entry}.when")
        stops = self.random.choice([0, 0, 1, 1, 2])
        for _ in range(stops):
            self.add_stop(entry)
        for _ in range(self.random.choice([0, 1, 1, 2] if stops else [1, 2])):
            self.connect(self.signal(), f"{self.add(f'action.exit_{side}')}.when")
        kind = self.random.choice([*_SIZES, ""])
        if kind and (stops or kind != "sizing.risk"):
            self.connect(f"{self.add_size(kind)}.size", f"{entry}.size")

    def add_stop(self, entry: str) -> None:
        percent = self.random.choice([0.5, 2.0, 5.0, 12.0])
        multiple = self.random.choice([0.5, 1.0, 3.0])
        name = self.add(self.random.choice(_STOPS), percent=percent, multiple=multiple)
        self.connect(f"{entry}.order", f"{name}.entry")
        if self.random.random() < 0.6:
            self.connect(self.random.choice(self.series), f"{name}.distance")

    def add_size(self, kind: str) -> str:
        percent = self.random.choice([1.0, 30.0, 95.0, 100.0])
        return {
            "sizing.fixed_shares": lambda: self.add(kind, shares=self.random.choice([1, 100, 900])),
            "sizing.fixed_cash": lambda: self.add(kind, cash=33_333.0),
            "sizing.percent_of_equity": lambda: self.add(kind, percent=percent),
            "sizing.risk": lambda: self.add(kind, percent=1.0, max_percent=percent),
        }[kind]()


def random_strategy(seed: int) -> StrategyGraph:
    """A valid strategy, the same for the same seed."""
    builder = _Builder(seed)
    for _ in range(builder.random.randint(2, 6)):
        builder.add_series()
    for side in builder.random.choice([["long"], ["short"], ["long", "short"]]):
        builder.add_side(side)
    return graph(builder.nodes, "\n".join(dict.fromkeys(builder.edges)))
