"""Becomes part of emitted modules."""

import backtrader as bt


class HurstExponent(bt.ind.OperationN):
    """As bt.ind.HurstExponent, also on flat values and too long lags."""

    lines = ("value",)
    params = {"period": 40, "lag_start": 2, "lag_end": 0}

    def __init__(self):
        super().__init__()
        end = max(self.p.lag_end or self.p.period // 2, 3)
        end = min(end, self.p.period - 1)
        self.lags = range(min(self.p.lag_start, end - 2), end)
        logs = [bt.math.log10(lag) for lag in self.lags]
        mean = bt.math.fsum(logs) / len(logs)
        self.offsets = [x - mean for x in logs]

    def func(self, values):
        spreads = []
        for lag in self.lags:
            changes = [x - y for x, y in zip(values[lag:], values, strict=False)]
            mean = bt.math.fsum(changes) / len(changes)
            squares = bt.math.fsum((x - mean) ** 2 for x in changes)
            spreads.append(squares / len(changes))
        if min(spreads) == 0:
            return 0.5
        # half the logarithm of the standard deviation: a quarter of the variance's
        logs = [bt.math.log10(spread) / 4 for spread in spreads]
        fit = bt.math.fsum(x * y for x, y in zip(self.offsets, logs, strict=True))
        return 2 * fit / bt.math.fsum(x * x for x in self.offsets)
