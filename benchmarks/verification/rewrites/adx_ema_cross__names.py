"""Long names, nested conditions."""

import backtrader as bt


class TrendStrength(bt.Strategy):
    params = (
        ("fast_length", 12),
        ("slow_length", 26),
        ("adx_length", 14),
        ("adx_threshold", 25),
    )

    def __init__(self):
        self.ema_fast = bt.indicators.ExponentialMovingAverage(
            self.data.close, period=self.params.fast_length
        )
        self.ema_slow = bt.indicators.ExponentialMovingAverage(
            self.data.close, period=self.params.slow_length
        )
        self.adx = bt.indicators.ADX(self.data, period=self.params.adx_length)
        self.crossover = bt.indicators.CrossOver(self.ema_fast, self.ema_slow)

    def next(self):
        if not self.position:
            if self.ema_fast[0] > self.ema_slow[0]:
                if self.adx[0] > self.params.adx_threshold:
                    size = int((self.broker.getvalue() * 0.95) / self.data.close[0])
                    if size > 0:
                        self.buy(size=size)
        else:
            if self.crossover[0] < 0:
                self.close()
