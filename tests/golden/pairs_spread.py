"""Pairs spread

Bets that two related shares come back together: long when the ratio of the traded share
to its partner is 2 standard deviations below its 40-day mean, short when 2 above, out
at the mean or after 40 days. It trades one leg, the share itself; the partner is only
read. After Gatev, Goetzmann and Rouwenhorst, Pairs Trading, 2006.

On the close of every bar:
1. Enter long when Z-score(40) of (close / close of MSFT) is below -2, with 95 % of
   equity.
2. Enter short when Z-score(40) of (close / close of MSFT) is above 2, with 95 % of
   equity.
3. Exit long when Z-score(40) of (close / close of MSFT) is at or above 0.
4. Exit short when Z-score(40) of (close / close of MSFT) is at or below 0.
5. Close every position once it has been held for 40 bars.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt

# Bars the strategy reads beside those it trades: of another symbol, in a coarser
# timeframe, or both. Cerebro gets them under these names, as rows_of() below makes
# them.
FEEDS = {"partner": {"symbol": "MSFT"}}


class ZScore(bt.Indicator):
    """How many standard deviations a value is from the mean of the last ones."""

    lines = ("value",)
    params = {"period": 20}

    def __init__(self):
        self.addminperiod(self.p.period)

    def next(self):
        values = self.data.get(size=self.p.period)
        if min(values) == max(values):
            self.lines.value[0] = 0.0
            return
        mean = sum(values) / len(values)
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        self.lines.value[0] = (values[-1] - mean) / variance**0.5


class PairsSpread(bt.Strategy):
    params = {
        "ratio_when_zero": 0.0,  # Price ratio: when zero
        "z_score_period": 40,  # Z-score of the ratio: period, bars
        "back_down_value": 0.0,  # Ratio at its mean from above: value
        "back_up_value": 0.0,  # Ratio at its mean from below: value
        "cheap_value": -2.0,  # Share is cheap: value
        "dear_value": 2.0,  # Share is dear: value
        "equity_percent": 95.0,  # Equity an entry buys, %
        "forty_days_limit": 40,  # 40 days at most: at most
    }

    def __init__(self):
        # Partner: the bars of MSFT.
        self.partner = self.getdatabyname("partner")
        # Price ratio: (close / close of MSFT) (the ratio of two series).
        self.ratio = bt.DivByZero(
            self.data.close, self.partner.close, zero=self.p.ratio_when_zero
        )
        # Z-score of the ratio: Z-score(40) of (close / close of MSFT) (how many
        # standard deviations a value is from its average).
        self.z_score = ZScore(self.ratio, period=self.p.z_score_period)
        self.side = 0  # of the position: 1 long, -1 short, 0 none
        self.entry_bar = None  # when the position was filled

    def next(self):
        self.watch_position()
        # Ratio at its mean from above: Z-score(40) of (close / close of MSFT) is at or
        # below 0.
        back_down = self.z_score[0] <= self.p.back_down_value
        # Ratio at its mean from below: Z-score(40) of (close / close of MSFT) is at or
        # above 0.
        back_up = self.z_score[0] >= self.p.back_up_value
        # Share is cheap: Z-score(40) of (close / close of MSFT) is below -2.
        cheap = self.z_score[0] < self.p.cheap_value
        # Share is dear: Z-score(40) of (close / close of MSFT) is above 2.
        dear = self.z_score[0] > self.p.dear_value

        is_long = self.position.size > 0
        is_short = self.position.size < 0

        # Exit long when Z-score(40) of (close / close of MSFT) is at or above 0.
        exit_long = is_long and back_up
        # Exit short when Z-score(40) of (close / close of MSFT) is at or below 0.
        exit_short = is_short and back_down
        closes = exit_long or exit_short
        # 40 days at most: close every position once it has been held for 40 bars.
        if self.position:
            held = len(self) - self.entry_bar
            if held >= self.p.forty_days_limit:
                closes = True

        if closes:
            self.close()

        free_long = not self.position or (closes and is_short)
        free_short = not self.position or (closes and is_long)
        # Enter long when Z-score(40) of (close / close of MSFT) is below -2, with 95 %
        # of equity.
        if free_long and cheap:
            self.enter_long()
        # Enter short when Z-score(40) of (close / close of MSFT) is above 2, with 95 %
        # of equity.
        elif free_short and dear:
            self.enter_short()

    def enter_long(self):
        """Orders this entry."""
        size = self.position_size()
        if size == 0:
            return
        self.buy(size=size)

    def enter_short(self):
        """Orders this entry."""
        size = self.position_size()
        if size == 0:
            return
        self.sell(size=size)

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))

    def watch_position(self):
        """Notes what the bar has changed, before anything is decided."""
        side = (self.position.size > 0) - (self.position.size < 0)
        if side != self.side:
            self.side = side
            self.entry_bar = len(self) if side else None


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
    cerebro.addstrategy(PairsSpread)
    cerebro.run()
    print(f"Final value: {cerebro.broker.getvalue():,.2f}")
