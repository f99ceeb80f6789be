"""Backtrader's own indicator, everything else in next()."""

import backtrader as bt


class Cloud(bt.Strategy):
    params = (("share", 95.0),)

    def __init__(self):
        self.cloud = bt.ind.Ichimoku(
            self.data, tenkan=9, kijun=26, senkou=52, senkou_lead=26, chikou=26
        )
        self.addminperiod(78)

    def next(self):
        price = self.data.close[0]
        top = max(self.cloud.senkou_span_a[0], self.cloud.senkou_span_b[0])
        if not self.position:
            trend = self.cloud.tenkan_sen[0] > self.cloud.kijun_sen[0]
            if trend and price > top and price > self.data.close[-26]:
                cash = self.broker.getvalue() * self.p.share / 100
                self.buy(size=int(cash / price))
            return
        if price < self.cloud.kijun_sen[0]:
            self.close()
