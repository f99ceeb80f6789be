"""Code that is right, and code that is wrong in one way, for the tests of the verification."""

from stratcraft_jupyter import StrategyGraph, compile_strategy, load_template

RSI_BY_HAND = """
import backtrader as bt


class Reversal(bt.Strategy):
    params = (("low", 30), ("high", 70))

    def __init__(self):
        self.rsi = bt.ind.RSI_Safe(self.data.close, period=14)
        self.guard = None

    def next(self):
        if self.guard is not None:
            self.cancel(self.guard)
            self.guard = None
        if not self.position:
            if self.rsi[0] < self.p.low:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif self.rsi[0] > self.p.high:
            self.close()
        else:
            price = 0.95 * self.position.price
            self.guard = self.sell(size=self.position.size, exectype=bt.Order.Stop, price=price)
"""

SMA_BY_HAND = """
import backtrader as bt


class Cross(bt.Strategy):
    def __init__(self):
        self.fast = bt.ind.SMA(self.data.close, period=10)
        self.slow = bt.ind.SMA(self.data.close, period=30)
        self.cross = bt.ind.CrossOver(self.fast, self.slow)

    def next(self):
        if not self.position:
            if self.cross[0] > 0:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif self.cross[0] < 0:
            self.close()
"""


def rsi() -> StrategyGraph:
    return load_template("rsi_mean_reversion")


def changed(before: str, after: str, *, name: str = "rsi_mean_reversion") -> str:
    """The compiler's code of a template with one thing changed."""
    source = compile_strategy(load_template(name))
    assert before in source
    return source.replace(before, after)
