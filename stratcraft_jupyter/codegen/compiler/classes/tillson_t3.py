"""Becomes part of emitted modules."""

import backtrader as bt


class TillsonT3(bt.Indicator):
    """Tillson's T3: a sum of the last four of six exponential averages in a row."""

    lines = ("value",)
    params = {"period": 5, "factor": 0.7}

    def __init__(self):
        averages = [self.data]
        for _ in range(6):
            averages.append(bt.ind.EMA(averages[-1], period=self.p.period))
        more, less = 1 + self.p.factor, -self.p.factor
        self.lines.value = (
            more**3 * averages[3]
            + 3 * more**2 * less * averages[4]
            + 3 * more * less**2 * averages[5]
            + less**3 * averages[6]
        )
