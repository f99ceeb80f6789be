"""Dips in a weekly uptrend

Buys daily dips, but only while the last full week closed above its 30-week average:
long when the RSI over 3 days falls below 20, out when it rises above 70 or the weekly
uptrend ends. Two timeframes after Alexander Elder, Trading for a Living, 1993; the
30-week average after Stan Weinstein, 1988.

On the close of every bar:
1. Enter long when RSI(3) of close is below 20 and weekly close is above SMA(30) of
   weekly close, with 95 % of equity.
2. Exit long when weekly close is not above SMA(30) of weekly close or RSI(3) of close
   is above 70.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt

# Bars the strategy reads beside those it trades: of another symbol, in a coarser
# timeframe, or both. Cerebro gets them under these names, as rows_of() below makes
# them.
FEEDS = {"weekly": {"timeframe": "1w"}}


class DipsInAWeeklyUptrend(bt.Strategy):
    params = {
        "rsi_period": 3,  # Relative strength index: period, bars
        "dip_value": 20.0,  # Dip: value
        "rally_value": 70.0,  # Rally: value
        "weekly_average_period": 30,  # 30-week SMA: period, bars
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # Relative strength index: RSI(3) of close (strength of rises against falls, 0
        # to 100).
        self.rsi = bt.ind.RSI(self.data.close, period=self.p.rsi_period, safediv=True)
        # Weekly bars.
        self.weekly = self.getdatabyname("weekly")
        # 30-week SMA: SMA(30) of weekly close (mean of the last n values).
        self.weekly_average = bt.ind.SMA(
            self.weekly.close, period=self.p.weekly_average_period
        )

    def next(self):
        # Dip: RSI(3) of close is below 20.
        dip = self.rsi[0] < self.p.dip_value
        # Rally: RSI(3) of close is above 70.
        rally = self.rsi[0] > self.p.rally_value
        # Weekly uptrend: weekly close is above SMA(30) of weekly close.
        uptrend = self.weekly.close[0] > self.weekly_average[0]
        # Weekly uptrend is over: weekly close is not above SMA(30) of weekly close.
        downtrend = not uptrend
        # Rally or trend over: (weekly close is not above SMA(30) of weekly close or
        # RSI(3) of close is above 70).
        dip_is_over = downtrend or rally

        if not self.position:
            # Enter long when RSI(3) of close is below 20 and weekly close is above
            # SMA(30) of weekly close, with 95 % of equity.
            if dip and uptrend:
                self.buy(size=self.position_size())
        # Exit long when weekly close is not above SMA(30) of weekly close or RSI(3) of
        # close is above 70.
        elif dip_is_over:
            self.close()

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))


def period_starts(times, timeframe):
    """When the calendar period of each time began; weeks begin on Monday."""
    if timeframe in ("1w", "1M"):
        return times.to_period(timeframe[-1].upper()).start_time
    return times.floor(timeframe.replace("m", "min").replace("d", "D"))


def rows_of(feed, bars, others):
    """The rows of a feed, at the times of the bars on which they become known."""
    rows = others[feed["symbol"]] if "symbol" in feed else bars
    if "timeframe" not in feed:
        return rows.reindex(bars.index, method="ffill")
    merge = dict(open="first", high="max", low="min", close="last", volume="sum")
    rows = rows.groupby(period_starts(rows.index, feed["timeframe"])).agg(merge)
    # a period becomes known on the first bar of a later one
    begun = period_starts(bars.index, feed["timeframe"])
    at = begun.searchsorted(rows.index, side="right")
    rows = rows[at < len(bars)].set_index(bars.index[at[at < len(bars)]])
    return rows[~rows.index.duplicated(keep="last")]


def add_bars(cerebro, bars, others):
    """Gives Cerebro the bars and all feeds; `others` holds DataFrames by symbol."""
    # the run starts when all symbols are known
    bars = bars[max(rows.index[0] for rows in (bars, *others.values())) :]
    cerebro.adddata(bt.feeds.PandasData(dataname=bars))
    for name, feed in FEEDS.items():
        rows = rows_of(feed, bars, others)
        cerebro.adddata(bt.feeds.PandasData(dataname=rows), name=name)


if __name__ == "__main__" and "__file__" in globals():  # a script, not a notebook
    import sys

    import pandas as pd

    def read_bars(path):
        """Bars whose first column is the time; an offset from UTC is left out."""
        rows = pd.read_csv(path, index_col=0).rename(columns=str.lower)
        times = [pd.Timestamp(str(text)).replace(tzinfo=None) for text in rows.index]
        return rows.set_axis(pd.DatetimeIndex(times))

    files = dict(word.rpartition("=")[::2] for word in sys.argv[1:])
    symbols = {feed["symbol"] for feed in FEEDS.values() if "symbol" in feed}
    if set(files) != {"", *symbols}:
        more = [f"{symbol}=FILE.csv" for symbol in sorted(symbols)]
        sys.exit(" ".join(["Usage: python", sys.argv[0], "BARS.csv", *more]))
    frames = {symbol: read_bars(path) for symbol, path in files.items()}
    cerebro = bt.Cerebro()
    add_bars(cerebro, frames.pop(""), frames)
    cerebro.broker.setcash(100_000)
    cerebro.broker.setcommission(0.001)
    cerebro.addstrategy(DipsInAWeeklyUptrend)
    cerebro.run()
    print(f"Final value: {cerebro.broker.getvalue():,.2f}")
