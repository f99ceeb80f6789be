"""A desk to try the rules on: bars written by hand, small strategies, and what they filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from handwritten.plain_run import PlainRun, run_plain, strategy_of

from stratcraft_jupyter import BacktestConfig, Bars, StrategyGraph, run_backtest
from stratcraft_jupyter.codegen import compile_unchecked
from stratcraft_jupyter.graph import BacktestSettings, Edge, Node

MARKS = {"buy": 1, "sell": 2, "short": 4, "cover": 8}
"""Words that may stand behind a bar: enter long, exit long, enter short, exit short."""

TEN_SHARES = ("sizing.fixed_shares", {"shares": 10})

Params = Mapping[str, int | float | str]


@dataclass(frozen=True)
class Outcome:
    """What a run came to; a fill is (bar, side, size, price)."""

    fills: list[tuple[int, str, float, float]]
    commissions: list[float]
    refused: list[int]
    value: float
    position: float
    pending: int


@dataclass(frozen=True)
class Stop:
    """A stop of the strategies here; ``distance`` is a number or an output such as ``atr.value``.

    Attributes:
        kind: ``"stop_loss"`` or ``"trailing_stop"``.
        entries: Which entries it protects.
    """

    kind: str
    percent: float = 5.0
    distance: float | str | None = None
    multiple: float = 1.0
    entries: tuple[str, ...] = ("enter_long",)


def market(text: str) -> Bars:
    """Daily bars from lines such as ``3: 100 104 99 102 buy``: open, high, low, close, marks.

    The marks become the volume, which the strategies of `on_marks` trade on.
    """
    rows = [line.split() for line in text.strip().splitlines()]
    assert [row[0] for row in rows] == [f"{number}:" for number in range(len(rows))]
    prices = np.array([[float(item) for item in row[1:5]] for row in rows])
    return Bars(
        symbol="TEST",
        timeframe="1d",
        time=np.datetime64("2020-01-01", "ns") + np.arange(len(rows)) * np.timedelta64(1, "D"),
        open=prices[:, 0],
        high=prices[:, 1],
        low=prices[:, 2],
        close=prices[:, 3],
        volume=np.array([sum(MARKS[mark] for mark in row[5:]) for row in rows], dtype=float),
    )


def closes(*values: float) -> Bars:
    """Daily bars that stand at one price each."""
    return market("\n".join(f"{i}: {x} {x} {x} {x}" for i, x in enumerate(values)))


def graph(
    nodes: Mapping[str, tuple[str, Params]], edges: str, *, sizing_percent: float = 95.0
) -> StrategyGraph:
    """A strategy from ``{id: (kind, params)}`` and lines such as ``bars.close -> sma.source``."""
    pairs = [line.split(" -> ") for line in edges.strip().splitlines()]
    return StrategyGraph(
        name="Test",
        nodes=tuple(
            Node(id=name, kind=kind, params=params) for name, (kind, params) in nodes.items()
        ),
        edges=tuple(Edge(source=source.strip(), target=target.strip()) for source, target in pairs),
        backtest=BacktestSettings(sizing_percent=sizing_percent),
    )


def on_marks(
    bars: Bars,
    *,
    size: tuple[str, Params] | None = TEN_SHARES,
    stops: Sequence[Stop] = (),
    extra_nodes: Mapping[str, tuple[str, Params]] | None = None,
    extra_edges: str = "",
    sizing_percent: float = 95.0,
) -> StrategyGraph:
    """The strategy that enters and exits on the closes that these bars mark."""
    nodes: dict[str, tuple[str, Params]] = {"bars": ("data.bars", {}), **(extra_nodes or {})}
    edges = extra_edges.strip().splitlines()
    for mark, action in _actions(bars).items():
        nodes[action] = (f"action.{action}", {})
        signal = _on_mark(mark, bars, nodes, edges)
        edges.append(f"{signal} -> {action}.when")
        if size and action.startswith("enter"):
            nodes["size"] = size
            edges.append(f"size.size -> {action}.size")
    for number, stop in enumerate(stops):
        _add_stop(f"stop_{number}", stop, nodes, edges)
    return graph(nodes, "\n".join(edges), sizing_percent=sizing_percent)


def _actions(bars: Bars) -> dict[str, str]:
    """Both actions of each side that the bars mark at all."""
    found = int(np.bitwise_or.reduce(bars.volume.astype(int)))
    long = {"buy": "enter_long", "sell": "exit_long"} if found & 3 else {}
    short = {"short": "enter_short", "cover": "exit_short"} if found & 12 else {}
    return {**long, **short}


def _on_mark(mark: str, bars: Bars, nodes: dict[str, tuple[str, Params]], edges: list[str]) -> str:
    """Adds the signal that is true on bars with this mark; gives its output."""
    values = [int(value) for value in np.unique(bars.volume) if int(value) & MARKS[mark]] or [-1]
    nodes[f"{mark}_mark"] = ("logic.or", {})
    for value in values:
        name = f"{mark}_{value}" if value >= 0 else f"{mark}_never"
        nodes[name] = ("logic.and", {})
        edges.append(f"{name}.signal -> {mark}_mark.signals")
        for operator, word in ((">=", "from"), ("<=", "to")):
            nodes[f"{name}_{word}"] = (
                "condition.compare",
                {"operator": operator, "value": float(value)},
            )
            edges.append(f"bars.volume -> {name}_{word}.left")
            edges.append(f"{name}_{word}.signal -> {name}.signals")
    return f"{mark}_mark.signal"


def _add_stop(
    name: str, stop: Stop, nodes: dict[str, tuple[str, Params]], edges: list[str]
) -> None:
    nodes[name] = (f"risk.{stop.kind}", {"percent": stop.percent, "multiple": stop.multiple})
    edges.extend(f"{entry}.order -> {name}.entry" for entry in stop.entries)
    if isinstance(stop.distance, str):
        edges.append(f"{stop.distance} -> {name}.distance")
    elif stop.distance is not None:
        nodes[f"{name}_distance"] = ("math.constant", {"value": stop.distance})
        edges.append(f"{name}_distance.value -> {name}.distance")


def trade(
    strategy: StrategyGraph,
    bars: Bars,
    *,
    cash: float = 100_000.0,
    commission: float = 0.0,
    slippage: float = 0.0,
) -> Outcome:
    """Compiles the strategy and runs it twice: in plain Backtrader and by `run_backtest`."""
    source = compile_unchecked(strategy)
    config = BacktestConfig(cash=cash, commission=commission, slippage=slippage)
    plain = run_plain(
        strategy_of(source), bars, cash=cash, commission=commission, slippage=slippage
    )
    result = run_backtest(source, bars, config)
    assert [
        (fill.bar, fill.side, fill.size, fill.price, fill.commission) for fill in result.fills
    ] == plain.fills
    assert result.orders.margin == len(plain.refused)
    assert result.equity_curve.value[-1] == pytest.approx(plain.value)
    return _outcome(plain)


def trade_plain(strategy: StrategyGraph, bars: Bars, *, cash: float = 100_000.0) -> Outcome:
    """Compiles the strategy and runs it in plain Backtrader only, which is quicker."""
    compiled = strategy_of(compile_unchecked(strategy))
    return _outcome(run_plain(compiled, bars, cash=cash, commission=0.0))


def value_on(
    bar: int, output: str, nodes: Mapping[str, tuple[str, Params]], edges: str, bars: Bars
) -> float | None:
    """What an output is on the close of a bar, read off a stop; None before all have a value.

    A share is sold short on that close and filled at 1,000. Its stop is as far away as the output
    says, and the bar after goes to a million.
    """
    extended = _with_bars(
        bars.head(bar + 1), {bar: MARKS["short"]}, [(1_000.0, 1_000.0), (1_000.0, 1e6)]
    )
    strategy = on_marks(
        extended,
        extra_nodes=nodes,
        extra_edges=edges,
        stops=[Stop("stop_loss", distance=output, entries=("enter_short",))],
    )
    fills = trade_plain(strategy, extended).fills
    if not fills:
        return None
    assert fills[0] == (bar + 1, "sell", 10, 1_000)
    return fills[1][3] - 1_000


def true_on(
    signal: str, nodes: Mapping[str, tuple[str, Params]], edges: str, bars: Bars
) -> list[int]:
    """The bars on whose close a signal is true: those on which a marked entry takes it."""
    found = []
    for bar in range(len(bars)):
        marked = _with_bars(bars, {bar: 1}, [(1.0, 1.0)])
        strategy = graph(
            {
                **nodes,
                "bars": ("data.bars", {}),
                "marked": ("condition.compare", {"operator": ">", "value": 0.0}),
                "never": ("condition.compare", {"operator": "<", "value": 0.0}),
                "taken": ("logic.and", {}),
                "size": TEN_SHARES,
                "enter": ("action.enter_long", {}),
                "leave": ("action.exit_long", {}),
            },
            f"""
            {edges.strip()}
            bars.volume -> marked.left
            bars.volume -> never.left
            marked.signal -> taken.signals
            {signal} -> taken.signals
            taken.signal -> enter.when
            never.signal -> leave.when
            size.size -> enter.size
            """,
        )
        fills = trade_plain(strategy, marked).fills
        assert fills in ([], [(bar + 1, "buy", 10, marked.open[bar + 1])])
        found += [bar] if fills else []
    return found


def _with_bars(bars: Bars, marks: Mapping[int, int], more: Sequence[tuple[float, float]]) -> Bars:
    """The bars with these marks alone, and more behind them, each at one price up to a high."""
    price, high = np.array(more).T
    volume = np.zeros(len(bars) + len(more))
    volume[list(marks)] = list(marks.values())
    return Bars(
        symbol=bars.symbol,
        timeframe="1d",
        time=bars.time[0] + np.arange(len(volume)) * np.timedelta64(1, "D"),
        open=np.append(bars.open, price),
        high=np.append(bars.high, high),
        low=np.append(bars.low, price),
        close=np.append(bars.close, price),
        volume=volume,
    )


def _outcome(run: PlainRun) -> Outcome:
    return Outcome(
        fills=[fill[:4] for fill in run.fills],
        commissions=[fill[4] for fill in run.fills],
        refused=run.refused,
        value=run.value,
        position=run.position,
        pending=run.pending,
    )
