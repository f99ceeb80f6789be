"""An indicator with one line, 1 or 0, and a target size."""

import backtrader as bt


class Up(bt.Indicator):
    lines = ("up",)
    params = (("n", 10), ("k", 3.0))

    def __init__(self):
        self.range = bt.ind.SmoothedMovingAverage(bt.ind.TrueRange(self.data), period=self.p.n)
        self.addminperiod(self.p.n + 1)
        self.started = False

    def next(self):
        half = (self.data.high[0] + self.data.low[0]) / 2
        high, low = half + self.p.k * self.range[0], half - self.p.k * self.range[0]
        if not self.started:
            self.started = True
            self.high, self.low = high, low
            self.l.up[0] = float(self.data.close[0] >= half)
            return
        if high < self.high or self.data.close[-1] > self.high:
            self.high = high
        if low > self.low or self.data.close[-1] < self.low:
            self.low = low
        was_up = self.l.up[-1] > 0.5
        is_up = self.data.close[0] >= self.low if was_up else self.data.close[0] > self.high
        self.l.up[0] = float(is_up)


class FollowTheLine(bt.Strategy):
    def __init__(self):
        self.up = Up(self.data)

    def next(self):
        wants_long = self.up[0] == 1.0
        held = self.position.size
        if (held > 0 and wants_long) or (held < 0 and not wants_long):
            return
        if held:
            self.close()
        shares = int(self.broker.getvalue() * 0.95 // self.data.close[0])
        if shares < 1:
            return
        if wants_long:
            self.buy(size=shares)
        else:
            self.sell(size=shares)
