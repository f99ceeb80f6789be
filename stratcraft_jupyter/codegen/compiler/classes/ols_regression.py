"""Becomes part of emitted modules."""

import backtrader as bt


class OlsRegression(bt.Indicator):
    """Least-squares line of the first line on the second, over the last values."""

    _mindatas = 2
    lines = ("slope", "intercept")
    params = {"period": 10}

    def __init__(self):
        self.addminperiod(self.p.period)

    def next(self):
        size = self.p.period
        fit = self.of(self.data0.get(size=size), self.data1.get(size=size))
        self.lines.slope[0], self.lines.intercept[0] = fit

    def once(self, start, end):
        left, right = self.data0.array, self.data1.array
        slope, intercept = self.lines.slope.array, self.lines.intercept.array
        for bar in range(start, end):
            window = slice(bar + 1 - self.p.period, bar + 1)
            slope[bar], intercept[bar] = self.of(left[window], right[window])

    def of(self, left, right):
        left_mean = bt.math.fsum(left) / len(left)
        right_mean = bt.math.fsum(right) / len(right)
        if max(right) == min(right):
            return 0.0, left_mean
        x = [value - right_mean for value in right]
        y = [value - left_mean for value in left]
        product = bt.math.fsum(a * b for a, b in zip(x, y, strict=True))
        slope = product / bt.math.fsum(value * value for value in x)
        return slope, left_mean - slope * right_mean
