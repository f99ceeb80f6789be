"""Becomes part of emitted modules."""

import backtrader as bt


class Correlation(bt.Indicator):
    """Pearson's coefficient of the last values of two lines."""

    _mindatas = 2
    lines = ("value",)
    params = {"period": 20}

    def __init__(self):
        self.addminperiod(self.p.period)

    def next(self):
        size = self.p.period
        left, right = self.data0.get(size=size), self.data1.get(size=size)
        self.lines.value[0] = self.of(left, right)

    def once(self, start, end):
        left, right = self.data0.array, self.data1.array
        for bar in range(start, end):
            window = slice(bar + 1 - self.p.period, bar + 1)
            self.lines.value.array[bar] = self.of(left[window], right[window])

    def of(self, left, right):
        if min(left) == max(left) or min(right) == max(right):
            return 0.0
        left_mean = bt.math.fsum(left) / len(left)
        right_mean = bt.math.fsum(right) / len(right)
        x = [value - left_mean for value in left]
        y = [value - right_mean for value in right]
        product = bt.math.fsum(a * b for a, b in zip(x, y, strict=True))
        return product / (self.length(x) * self.length(y))

    def length(self, values):
        return bt.math.fsum(value * value for value in values) ** 0.5
