"""Ichimoku cloud

Long when the tenkan is above the kijun, the close above the whole cloud and above the
close 26 days before; out when the close falls below the kijun. After Goichi Hosoda
(Ichimoku Sanjin), 1969.

On the close of every bar:
1. Enter long when 'All three agree' is true, with 95 % of equity.
2. Exit long when close is below the kijun of Ichimoku(9, 26, 52, 26).
3. 'All three agree' means that close is above the larger of (the senkou A of
   Ichimoku(9, 26, 52, 26), the senkou B of Ichimoku(9, 26, 52, 26)) and the chikou of
   Ichimoku(9, 26, 52, 26) is above close 26 bars ago and the tenkan of Ichimoku(9, 26,
   52, 26) is above the kijun of Ichimoku(9, 26, 52, 26).

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class IchimokuCloud(bt.Strategy):
    params = {
        "ichimoku_tenkan_period": 9,  # Ichimoku cloud: tenkan period, bars
        "ichimoku_kijun_period": 26,  # Ichimoku cloud: kijun period, bars
        "ichimoku_senkou_period": 52,  # Ichimoku cloud: senkou period, bars
        "ichimoku_displacement": 26,  # Ichimoku cloud: displacement, bars
        "past_close_bars": 26,  # Close 26 days before: bars ago
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # Ichimoku cloud: Ichimoku(9, 26, 52, 26) (middle lines of three periods, two of
        # them drawn ahead as a cloud).
        self.ichimoku = bt.ind.Ichimoku(
            self.data,
            tenkan=self.p.ichimoku_tenkan_period,
            kijun=self.p.ichimoku_kijun_period,
            senkou=self.p.ichimoku_senkou_period,
            senkou_lead=self.p.ichimoku_displacement,
            chikou=0,
        )
        # Top of the cloud: the larger of (the senkou A of Ichimoku(9, 26, 52, 26), the
        # senkou B of Ichimoku(9, 26, 52, 26)) (the largest of several series on the
        # same bar).
        self.cloud_top = bt.Max(
            self.ichimoku.senkou_span_a, self.ichimoku.senkou_span_b
        )
        # Close 26 days before: close 26 bars ago (a series as it was n bars ago).
        self.past_close = self.data.close(-self.p.past_close_bars)

    def next(self):
        # Close below kijun: close is below the kijun of Ichimoku(9, 26, 52, 26).
        below_kijun = self.data.close[0] < self.ichimoku.kijun_sen[0]
        # Close above cloud: close is above the larger of (the senkou A of Ichimoku(9,
        # 26, 52, 26), the senkou B of Ichimoku(9, 26, 52, 26)).
        above_cloud = self.data.close[0] > self.cloud_top[0]
        # Chikou above past close: the chikou of Ichimoku(9, 26, 52, 26) is above close
        # 26 bars ago.
        chikou_above = self.ichimoku.chikou_span[0] > self.past_close[0]
        # Tenkan above kijun: the tenkan of Ichimoku(9, 26, 52, 26) is above the kijun
        # of Ichimoku(9, 26, 52, 26).
        tenkan_above = self.ichimoku.tenkan_sen[0] > self.ichimoku.kijun_sen[0]
        # All three agree: (close is above the larger of (the senkou A of Ichimoku(9,
        # 26, 52, 26), the senkou B of Ichimoku(9, 26, 52, 26)) and the chikou of
        # Ichimoku(9, 26, 52, 26) is above close 26 bars ago and the tenkan of
        # Ichimoku(9, 26, 52, 26) is above the kijun of Ichimoku(9, 26, 52, 26)).
        aligned = above_cloud and chikou_above and tenkan_above

        if not self.position:
            # Enter long when "All three agree" is true, with 95 % of equity.
            if aligned:
                self.buy(size=self.position_size())
        # Exit long when close is below the kijun of Ichimoku(9, 26, 52, 26).
        elif below_kijun:
            self.close()

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
