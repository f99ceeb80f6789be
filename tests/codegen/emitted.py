"""What tests ask of emitted code: its syntax tree, ruff's opinion, and a run in Backtrader."""

import ast
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import backtrader as bt
from handwritten.plain_run import plain_feed, strategy_of

from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.market.synthetic import random_walk

RUFF = Path(sys.executable).with_name("ruff")
LINTS = "E,F,W,I,N,B"
BARS = random_walk(200, seed=11, price=30.0, volatility=0.03)


def formatted(source: str) -> str:
    """The source as ``ruff format`` with its defaults leaves it."""
    done = subprocess.run(
        [RUFF, "format", "--isolated", "-"],
        input=source.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def lint_findings(source: str, *, besides: str = "") -> str:
    """What ``ruff check`` says about the source, besides some rules; empty if nothing."""
    ignored = ["--ignore", besides] if besides else []
    done = subprocess.run(
        [RUFF, "check", "--isolated", "--quiet", "--select", LINTS, *ignored, "-"],
        input=source.encode(),
        capture_output=True,
        check=False,
    )
    return done.stdout.decode() + done.stderr.decode()


def code_alone(source: str) -> str:
    """The syntax tree as text, without docstrings, comments and the name of the strategy."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:]
    strategy_node(tree).name = "AnyName"
    return ast.dump(tree, indent=1)


def strategy_node(tree: ast.Module) -> ast.ClassDef:
    """The one class derived from ``bt.Strategy``."""
    (found,) = (
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and [ast.unparse(base) for base in node.bases] == ["bt.Strategy"]
    )
    return found


@dataclass(frozen=True)
class BarEnd:
    """The account after the strategy decided on a bar."""

    position: float
    stops: list[tuple[float, float]]  # signed size and price of each resting stop
    markets: list[float]  # signed size of each market order just sent


@dataclass
class Run:
    """A run, bar by bar."""

    ends: list[BarEnd] = field(default_factory=list)
    fills: list[tuple[int, float, float]] = field(default_factory=list)  # bar, size, price
    refused: int = 0
    value: float = 0.0
    strategy: bt.Strategy | None = field(default=None, compare=False)


class _Watch(bt.Analyzer):
    params = (("run", None),)

    def notify_order(self, order):
        if order.status == order.Completed:
            bar = len(self.strategy.data) - 1
            self.p.run.fills.append((bar, order.executed.size, order.executed.price))
        elif order.status in (order.Margin, order.Rejected):
            self.p.run.refused += 1

    def next(self):
        alive = [order for order in self.strategy.broker.orders if order.alive()]
        stops = [order for order in alive if order.exectype == order.Stop]
        self.p.run.ends.append(
            BarEnd(
                self.strategy.position.size,
                [(order.created.size, order.created.price) for order in stops],
                [order.created.size for order in alive if order.exectype == order.Market],
            )
        )
        assert len(alive) == len(self.p.run.ends[-1].stops) + len(self.p.run.ends[-1].markets)


def run(source: str, bars: Bars = BARS, *, cash: float = 100_000.0, **modes: bool) -> Run:
    """Runs the source in plain Backtrader, watched after every bar."""
    watched = Run()
    cerebro = bt.Cerebro(stdstats=False, **modes)
    cerebro.adddata(plain_feed(bars))
    cerebro.broker.setcash(cash)
    cerebro.broker.setcommission(0.001)
    cerebro.addstrategy(strategy_of(source))
    cerebro.addanalyzer(_Watch, run=watched)
    (watched.strategy,) = cerebro.run()
    watched.value = cerebro.broker.getvalue()
    return watched
