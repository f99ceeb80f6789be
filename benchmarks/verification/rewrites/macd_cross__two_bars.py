"""The cross of MACD and signal as a comparison of two bars."""

import backtrader as bt


class MacdTwoBars(bt.Strategy):
    def __init__(self):
        self.macd = bt.indicators.MACD(self.data.close)

    def next(self):
        if len(self) < 35:  # the signal line of the bar before is needed
            return
        line, signal = self.macd.macd, self.macd.signal
        crossed_up = line[-1] <= signal[-1] and line[0] > signal[0]
        crossed_down = line[-1] >= signal[-1] and line[0] < signal[0]
        if not self.position:
            if crossed_up and line[0] > 0:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif crossed_down:
            self.close()
