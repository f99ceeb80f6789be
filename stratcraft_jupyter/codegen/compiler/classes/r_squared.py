"""Becomes part of emitted modules."""

import backtrader as bt


class RSquared(bt.ind.OperationN):
    """Share of the variance of the last values that a straight line explains."""

    lines = ("value",)
    params = {"period": 20}

    def func(self, values):
        size = len(values)
        if max(values) == min(values):
            return 0.0
        mean, middle = bt.math.fsum(values) / size, (size - 1) / 2
        offsets = [value - mean for value in values]
        together = bt.math.fsum((i - middle) * x for i, x in enumerate(offsets))
        along = size * (size * size - 1) / 12  # sum of (i - middle) squared
        return together * together / (along * bt.math.fsum(x * x for x in offsets))
