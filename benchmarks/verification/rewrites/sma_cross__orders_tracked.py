"""Keeps a pending order and logs, as tutorials do."""

import backtrader as bt


class TutorialCross(bt.Strategy):
    params = (("pfast", 10), ("pslow", 30), ("printlog", False))

    def log(self, txt):
        if self.params.printlog:
            print(self.datas[0].datetime.date(0), txt)

    def __init__(self):
        self.dataclose = self.datas[0].close
        self.order = None
        self.sma_fast = bt.indicators.SMA(self.datas[0], period=self.params.pfast)
        self.sma_slow = bt.indicators.SMA(self.datas[0], period=self.params.pslow)
        self.crossover = bt.indicators.CrossOver(self.sma_fast, self.sma_slow)

    def notify_order(self, order):
        if order.status in [order.Submitted, order.Accepted]:
            return
        if order.status in [order.Completed]:
            self.log(f"executed {order.executed.price:.2f}")
        elif order.status in [order.Canceled, order.Margin, order.Rejected]:
            self.log("Order Canceled/Margin/Rejected")
        self.order = None

    def next(self):
        if self.order:
            return
        if not self.position:
            if self.crossover[0] == 1:
                size = int((self.broker.getvalue() * 95 / 100) / self.dataclose[0])
                self.order = self.buy(size=size)
        else:
            if self.crossover[0] == -1:
                self.order = self.close()
