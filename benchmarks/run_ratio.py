"""How much faster a backtest runs here than with plain Backtrader, on the same bars, same fills.

Run it with ``python benchmarks/run_ratio.py``. Ours is ``run_backtest``: a warm worker process,
bars sent to it, fills sent back, account, trades and metrics worked out. Theirs is
``cerebro.run()`` with PandasData and Backtrader's defaults, without any metric. The strategies
are ordinary Backtrader code, the same text for both.

The two take turns, so that whatever else the machine does hits both; the fastest and the median
turn of each are compared. Every pair of runs must give the same fills, bit for bit.
"""

import argparse
import itertools
import statistics
import sys
import time
from types import ModuleType

import backtrader as bt

from stratcraft_jupyter.backtest import BacktestConfig, run_backtest, warm_up
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.market.synthetic import random_walk, session_walk

TARGET = 3.0
CONFIG = BacktestConfig(cash=100_000.0, commission=0.001, time_limit=600.0)

SMA_CROSS = """
import backtrader as bt


class SmaCross(bt.Strategy):
    params = dict(fast=10, slow=30)

    def __init__(self):
        fast = bt.ind.SMA(period=self.p.fast)
        slow = bt.ind.SMA(period=self.p.slow)
        self.cross = bt.ind.CrossOver(fast, slow)

    def next(self):
        if not self.position:
            if self.cross > 0:
                self.buy()
        elif self.cross < 0:
            self.close()
"""

RSI_WITH_STOP = """
import backtrader as bt


class RsiWithStop(bt.Strategy):
    params = dict(period=14, low=30, high=70, stop=0.05)

    def __init__(self):
        self.rsi = bt.ind.RSI(period=self.p.period)
        self.guard = None

    def notify_order(self, order):
        if order.status == order.Completed and order.isbuy():
            self.guard = self.sell(
                size=order.executed.size,
                exectype=bt.Order.Stop,
                price=order.executed.price * (1 - self.p.stop),
            )

    def next(self):
        if not self.position:
            if self.rsi[0] < self.p.low:
                self.buy()
        elif self.rsi[0] > self.p.high:
            self.cancel(self.guard)
            self.close()
"""

MACD_CROSS = """
import backtrader as bt


class MacdCross(bt.Strategy):
    def __init__(self):
        macd = bt.ind.MACD(self.data.close, period_me1=12, period_me2=26, period_signal=9)
        self.cross = bt.ind.CrossOver(macd.macd, macd.signal)
        self.trend = bt.ind.EMA(period=100)

    def next(self):
        if not self.position:
            if self.cross[0] > 0 and self.data.close[0] > self.trend[0]:
                self.buy()
        elif self.cross[0] < 0:
            self.close()
"""

DONCHIAN_WITH_ATR_STOP = """
import backtrader as bt


class Donchian(bt.Strategy):
    params = dict(entry=20, exit=10, atr=20, multiple=2.0, risk=0.01)

    def __init__(self):
        self.upper = bt.ind.Highest(self.data.high(-1), period=self.p.entry)
        self.lower = bt.ind.Lowest(self.data.low(-1), period=self.p.exit)
        self.atr = bt.ind.ATR(period=self.p.atr)
        self.guard = None

    def notify_order(self, order):
        if order.status == order.Completed and order.isbuy():
            self.guard = self.sell(
                size=order.executed.size,
                exectype=bt.Order.Stop,
                price=order.executed.price - self.p.multiple * self.atr[0],
            )

    def next(self):
        if not self.position:
            if self.data.close[0] > self.upper[0]:
                risked = self.broker.getvalue() * self.p.risk
                size = risked / (self.p.multiple * self.atr[0])
                self.buy(size=min(size, self.broker.getcash() * 0.95 / self.data.close[0]))
        elif self.data.close[0] < self.lower[0]:
            self.cancel(self.guard)
            self.close()
"""

STRATEGIES = {
    "SMA cross": SMA_CROSS,
    "RSI with stop": RSI_WITH_STOP,
    "MACD cross": MACD_CROSS,
    "Donchian, ATR stop": DONCHIAN_WITH_ATR_STOP,
}

Fills = list[tuple[int, float, float, float]]
_NUMBERS = itertools.count()


def bars_of(count: int) -> Bars:
    if count <= 5000:
        return random_walk(count, seed=7)
    return session_walk(-(-count // 78), seed=7).head(count)


def run_ours(source: str, bars: Bars) -> tuple[float, Fills]:
    warm_up(wait=60.0)
    began = time.perf_counter()
    result = run_backtest(source, bars, CONFIG)
    took = time.perf_counter() - began
    sign = {"buy": 1.0, "sell": -1.0}
    fills = [(f.bar, sign[f.side] * f.size, f.price, f.commission) for f in result.fills]
    return took, sorted(fills)


def strategy_of(source: str) -> type[bt.Strategy]:
    module = ModuleType(f"plain_{next(_NUMBERS)}")
    sys.modules[module.__name__] = module
    exec(source, module.__dict__)
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, bt.Strategy)
    )


def run_theirs(source: str, bars: Bars) -> tuple[float, Fills]:
    frame = bars.to_frame()
    began = time.perf_counter()
    engine = bt.Cerebro()
    engine.broker.setcash(CONFIG.cash)
    engine.broker.setcommission(commission=CONFIG.commission)
    engine.addsizer(bt.sizers.PercentSizer, percents=CONFIG.sizing_percent)
    engine.adddata(bt.feeds.PandasData(dataname=frame))
    engine.addstrategy(strategy_of(source))
    engine.run()
    took = time.perf_counter() - began
    bar_of = {number: bar for bar, number in enumerate(engine.datas[0].lines.datetime.array)}
    fills = [
        (bar_of[bit.dt], bit.size, bit.price, bit.comm)
        for order in engine.broker.orders
        for bit in order.executed.exbits
    ]
    return took, sorted(fills)


def compare(name: str, source: str, bars: Bars, turns: int) -> float:
    ours, theirs = [], []
    for _ in range(turns):
        our_time, our_fills = run_ours(source, bars)
        their_time, their_fills = run_theirs(source, bars)
        if our_fills != their_fills:
            raise SystemExit(f"{name}: the fills differ at {len(bars):,} bars")
        ours.append(our_time)
        theirs.append(their_time)
    best = min(theirs) / min(ours)
    middle = statistics.median(theirs) / statistics.median(ours)
    print(
        f"{name:<20}{len(bars):>9,}{len(our_fills):>8,}{min(ours) * 1e3:>12,.0f}"
        f"{min(theirs) * 1e3:>12,.0f}{best:>9.1f} x{middle:>9.1f} x",
        flush=True,
    )
    return min(best, middle)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=0, help="turns of each; 0 chooses")
    parser.add_argument("--bars", type=int, nargs="+", default=[2_500, 100_000])
    options = parser.parse_args()
    print(
        f"{'strategy':<20}{'bars':>9}{'fills':>8}{'ours, ms':>12}{'plain, ms':>12}"
        f"{'fastest':>11}{'median':>11}"
    )
    ratios = []
    for count in options.bars:
        bars = bars_of(count)
        turns = options.turns or (9 if count <= 10_000 else 3)
        for name, source in STRATEGIES.items():
            ratios.append(compare(name, source, bars, turns))
    print("\nThe same fills in every turn.")
    print(f"Lowest ratio {min(ratios):.1f}; at least {TARGET:g} is asked.")
    if min(ratios) < TARGET:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
