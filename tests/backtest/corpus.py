"""Strategies that use Backtrader in many ways. Each must trade the same with us as without us."""

from importlib.util import find_spec

_HEAD = "import backtrader as bt\nimport datetime\n\n\nclass Corpus(bt.Strategy):\n"

_BODIES = {
    "sma_cross": """
    params = dict(fast=10, slow=30)
    def __init__(self):
        self.cross = bt.ind.CrossOver(
            bt.ind.SMA(period=self.p.fast), bt.ind.SMA(period=self.p.slow))
    def next(self):
        if not self.position and self.cross > 0:
            self.buy()
        elif self.position and self.cross < 0:
            self.close()
""",
    "rsi_with_stop": """
    def __init__(self):
        self.rsi = bt.ind.RSI(period=5)
        self.guard = None
    def notify_order(self, order):
        if order.status != order.Completed:
            return
        if order.isbuy():
            self.guard = self.sell(
                size=order.executed.size, exectype=bt.Order.Stop,
                price=order.executed.price * 0.97)
        else:
            self.guard = None
    def next(self):
        if not self.position and self.rsi < 35:
            self.buy(size=20)
        elif self.position and self.rsi > 65:
            if self.guard:
                self.cancel(self.guard)
            self.close()
""",
    "limit_orders": """
    def next(self):
        if len(self) % 7 == 0:
            self.buy(size=3, exectype=bt.Order.Limit, price=self.data.close[0] * 0.99)
        if len(self) % 11 == 0:
            self.sell(size=3, exectype=bt.Order.Limit, price=self.data.close[0] * 1.01)
""",
    "limit_day_and_dates": """
    def next(self):
        price = self.data.close[0]
        if len(self) % 9 == 0:
            self.buy(size=3, exectype=bt.Order.Limit, price=price * 0.985,
                     valid=datetime.timedelta(days=3))
        if len(self) % 13 == 0:
            self.sell(size=3, exectype=bt.Order.Limit, price=price * 1.015,
                      valid=self.data.datetime.datetime() + datetime.timedelta(days=5))
        if len(self) % 17 == 0:
            self.buy(size=1, exectype=bt.Order.Limit, price=price * 0.99, valid=0)
        if len(self) % 19 == 0:
            self.buy(size=1, exectype=bt.Order.Stop, price=price * 1.02, valid=bt.Order.DAY)
""",
    "stop_and_stop_limit": """
    def next(self):
        price = self.data.close[0]
        if len(self) % 8 == 0:
            self.buy(size=2, exectype=bt.Order.Stop, price=price * 1.01)
        if len(self) % 10 == 0:
            self.sell(size=2, exectype=bt.Order.StopLimit, price=price * 0.99,
                      plimit=price * 0.985)
        if len(self) % 14 == 0:
            self.buy(size=2, exectype=bt.Order.StopLimit, price=price * 1.005,
                     plimit=price * 1.002)
""",
    "trailing_stops": """
    def next(self):
        if not self.position and len(self) % 5 == 0:
            self.buy(size=10)
            self.sell(size=10, exectype=bt.Order.StopTrail, trailpercent=0.02)
        if len(self) % 60 == 0:
            self.sell(size=4)
            self.buy(size=4, exectype=bt.Order.StopTrail, trailamount=2.0)
        if len(self) % 45 == 0:
            self.sell(size=1, exectype=bt.Order.StopTrailLimit, trailpercent=0.01,
                      price=self.data.close[0] * 0.99, plimit=self.data.close[0] * 0.98)
""",
    "brackets": """
    def next(self):
        price = self.data.close[0]
        if len(self) % 10 == 0:
            self.buy_bracket(size=5, price=price * 0.995, stopprice=price * 0.97,
                             limitprice=price * 1.02, exectype=bt.Order.Limit)
        if len(self) % 25 == 0:
            self.sell_bracket(size=5, exectype=bt.Order.Market, stopprice=price * 1.03,
                              limitprice=price * 0.98)
""",
    "bracket_by_hand": """
    def next(self):
        price = self.data.close[0]
        if len(self) % 12 == 0 and not self.position:
            parent = self.buy(size=5, transmit=False)
            self.sell(size=5, exectype=bt.Order.Stop, price=price * 0.97, parent=parent,
                      transmit=False)
            self.sell(size=5, exectype=bt.Order.Limit, price=price * 1.03, parent=parent,
                      transmit=len(self) % 24 == 0)
""",
    "brackets_that_expire": """
    def next(self):
        price = self.data.close[0]
        if len(self) % 10 == 0:
            self.buy_bracket(size=5, price=price * 0.97, stopprice=price * 0.93,
                             limitprice=price * 1.02, exectype=bt.Order.Limit,
                             valid=datetime.timedelta(days=3),
                             stopargs=dict(valid=datetime.timedelta(days=8)))
        if len(self) % 15 == 0:
            first = self.buy(size=1, exectype=bt.Order.Limit, price=price * 0.96,
                             valid=datetime.timedelta(days=2))
            self.sell(size=1, exectype=bt.Order.Limit, price=price * 1.03, oco=first)
""",
    "one_cancels_other": """
    def next(self):
        price = self.data.close[0]
        if len(self) % 6 == 0:
            first = self.buy(size=2, exectype=bt.Order.Limit, price=price * 0.99)
            second = self.buy(size=2, exectype=bt.Order.Stop, price=price * 1.01, oco=first)
            self.sell(size=1, exectype=bt.Order.Limit, price=price * 1.005, oco=second)
""",
    "cancel_in_notify": """
    def __init__(self):
        self.waiting = []
    def notify_order(self, order):
        if order.status == order.Completed:
            for other in self.waiting:
                self.cancel(other)
            self.waiting = []
    def next(self):
        price = self.data.close[0]
        if len(self) % 5 == 0:
            self.waiting.append(
                self.buy(size=1, exectype=bt.Order.Limit, price=price * 0.99))
            self.waiting.append(
                self.sell(size=1, exectype=bt.Order.Limit, price=price * 1.01))
""",
    "cancel_same_bar": """
    def next(self):
        if len(self) % 4 == 0:
            order = self.buy(size=1, exectype=bt.Order.Stop, price=self.data.close[0] * 1.01)
            self.cancel(order)
""",
    "targets": """
    def __init__(self):
        self.rsi = bt.ind.RSI_Safe(period=3)
    def next(self):
        if len(self) % 3 == 0:
            self.order_target_percent(target=self.rsi[0] / 120.0)
        elif len(self) % 10 == 0:
            self.order_target_size(target=-5)
        elif len(self) % 17 == 0:
            self.order_target_value(target=3000.0)
""",
    "short_and_reverse": """
    def __init__(self):
        self.ema = bt.ind.EMA(period=8)
    def next(self):
        if self.data.close[0] > self.ema[0] and self.position.size <= 0:
            self.buy(size=10 + abs(self.position.size))
        elif self.data.close[0] < self.ema[0] and self.position.size >= 0:
            self.sell(size=10 + abs(self.position.size))
""",
    "pyramid_and_partial_exits": """
    def next(self):
        if self.data.close[0] > self.data.close[-1]:
            self.buy(size=1.5)
        elif self.position.size > 6:
            self.sell(size=2.25)
        if self.position.size > 30:
            self.close()
""",
    "beyond_the_cash": """
    def next(self):
        if len(self) % 4 == 0:
            self.buy(size=700 + len(self) % 900)
        elif len(self) % 9 == 0:
            self.close()
        elif len(self) % 31 == 0:
            self.sell(size=1500)
""",
    "all_in": """
    def __init__(self):
        self.setsizer(bt.sizers.AllInSizer(percents=95))
        self.mom = bt.ind.Momentum(period=4)
    def next(self):
        if not self.position and self.mom > 0:
            self.buy()
        elif self.mom < 0:
            self.close()
""",
    "own_sizer": """
    class Half(bt.Sizer):
        params = dict(part=0.5)
        def _getsizing(self, comminfo, cash, data, isbuy):
            if not isbuy:
                return self.broker.getposition(data).size
            return int(comminfo.getsize(data.close[0], cash * self.p.part))
    def __init__(self):
        self.setsizer(self.Half())
    def next(self):
        if len(self) % 6 == 0:
            self.buy()
        if len(self) % 21 == 0:
            self.sell()
""",
    "sizer_as_attribute": """
    class Half(bt.Sizer):
        def _getsizing(self, comminfo, cash, data, isbuy):
            if not isbuy:
                return self.broker.getposition(data).size
            return int(self.broker.getvalue() * 0.5 / data.close[0])
    def __init__(self):
        self.sizer = self.Half()
    def next(self):
        if len(self) % 6 == 0:
            self.buy()
        if len(self) % 21 == 0:
            self.close()
""",
    "sizer_of_one_share": """
    def __init__(self):
        self._sizer = bt.sizers.FixedSize()
    def next(self):
        if len(self) % 6 == 0:
            self.buy()
        if len(self) % 21 == 0:
            self.close()
""",
    "own_getsizing": """
    def getsizing(self, data=None, isbuy=True):
        data = self.data if data is None else data
        return len(self) % 7 + 1 if isbuy else self.position.size
    def next(self):
        if len(self) % 6 == 0:
            self.buy()
        if len(self) % 21 == 0:
            self.close()
""",
    "close_orders": """
    def next(self):
        if len(self) % 6 == 0:
            self.buy(size=2, exectype=bt.Order.Close)
        if len(self) % 15 == 0:
            self.sell(size=3, exectype=bt.Order.Close)
""",
    "many_indicators": """
    def __init__(self):
        c = self.data.close
        self.macd = bt.ind.MACDHisto()
        self.bb = bt.ind.BollingerBands(period=20, devfactor=2.0)
        self.atr = bt.ind.ATR(period=14)
        self.high = bt.ind.Highest(self.data.high(-1), period=20)
        self.low = bt.ind.Lowest(self.data.low(-1), period=10)
        self.stoch = bt.ind.Stochastic()
        self.mix = (c - bt.ind.SMA(c, period=15)) / self.atr
        self.signal = bt.And(self.mix > 0.5, self.macd.histo > 0, c > self.bb.mid)
        self.either = bt.Or(self.mix < -0.5, c < self.low)
        self.spread = bt.Max(c, self.bb.top) - bt.Min(c, self.bb.bot, 1e9)
    def next(self):
        if not self.position:
            if self.signal or self.data.close[0] > self.high[0]:
                self.buy(size=round(2000 / self.spread[0], 3))
        elif self.either[0]:
            self.close()
""",
    "more_indicators": """
    def __init__(self):
        self.wma = bt.ind.WMA(period=12)
        self.hull = bt.ind.HullMovingAverage(period=16)
        self.adx = bt.ind.ADX(period=7)
        self.aroon = bt.ind.AroonIndicator(period=9)
        self.cci = bt.ind.CCI(period=11)
        self.kama = bt.ind.KAMA(period=10)
        self.sar = bt.ind.PSAR()
        self.roc = bt.ind.ROC(period=6)
        self.sum = bt.ind.SumN(self.roc, period=5)
        self.dev = bt.ind.StdDev(self.data.close, period=9)
        self.any = bt.ind.AnyN(self.roc > 0.02, period=3)
        self.ultimate = bt.ind.UltimateOscillator()
        self.williams = bt.ind.WilliamsR()
        self.when = bt.If(self.data.close > self.wma, self.data.high, self.data.low)
        self.vol = bt.ind.SMA(self.data.volume, period=5)
    def next(self):
        score = (self.data.close[0] > self.wma[0]) + (self.hull[0] > self.hull[-1])
        score += (self.cci[0] > 0) + (self.sum[0] > 0) + (self.data.close[0] > self.sar[0])
        score += (self.kama[0] > self.kama[-2]) + (self.williams[0] > -50) + int(self.any[0])
        if score >= 5 and not self.position and self.vol[0] > 0:
            self.buy(size=100 / (1 + self.dev[0]))
        elif score <= 3 and self.position:
            self.close()
""",
    "indicator_on_indicator": """
    def __init__(self):
        rsi = bt.ind.RSI(self.data.close, period=7)
        self.smooth = bt.ind.EMA(bt.ind.SMA(rsi, period=3), period=4)
        self.up = self.smooth > self.smooth(-1)
        self.peak = bt.ind.Highest(self.smooth, period=6) == self.smooth
    def next(self):
        if self.up[0] and not self.position:
            self.buy(size=5)
        elif self.peak[0] and self.position:
            self.close()
""",
    "talking_indicator": """
    class Own(bt.Indicator):
        lines = ("up", "down")
        params = dict(period=5)
        def __init__(self):
            self.addminperiod(self.p.period)
        def next(self):
            window = self.data.get(size=self.p.period)
            self.lines.up[0] = max(window)
            self.lines.down[0] = min(window)
    class Counter(bt.Indicator):
        lines = ("count",)
        def prenext(self):
            self.lines.count[0] = 0
        def nextstart(self):
            self.lines.count[0] = 1
        def next(self):
            self.lines.count[0] = self.lines.count[-1] + 1
    def __init__(self):
        self.own = self.Own(period=6)
        self.count = self.Counter()
    def next(self):
        if self.data.close[0] >= self.own.up[0] and not self.position:
            self.buy(size=self.count[0] % 7 + 1)
        elif self.data.close[0] <= self.own.down[0] and self.position:
            self.close()
""",
    "prenext_user": """
    def __init__(self):
        self.slow = bt.ind.SMA(period=50)
    def prenext(self):
        if len(self) % 5 == 0:
            self.buy(size=1)
    def nextstart(self):
        self.close()
    def next(self):
        if self.data.close[0] > self.slow[0] and not self.position:
            self.buy(size=7)
        elif self.position and self.data.close[0] < self.slow[0]:
            self.close()
""",
    "trade_listener": """
    def __init__(self):
        self.lost = 0
    def notify_trade(self, trade):
        if trade.isclosed:
            self.lost = self.lost + 1 if trade.pnlcomm < 0 else 0
    def next(self):
        if not self.position and len(self) % 3 == 0:
            self.buy(size=10 + 5 * self.lost)
        elif self.position and len(self) % 5 == 0:
            self.close()
""",
    "cash_listener": """
    def __init__(self):
        self.seen = []
        self.fund = 0.0
    def notify_cashvalue(self, cash, value):
        self.seen.append((cash, value))
    def notify_fund(self, cash, value, fundvalue, shares):
        self.fund = fundvalue
    def next(self):
        cash, value = self.seen[-1]
        if self.fund > 99.9 and cash > 5000:
            self.buy(size=int(value / self.data.close[0] * 0.05))
        elif len(self) % 7 == 0:
            self.close()
""",
    "account_reader": """
    def next(self):
        value, cash = self.broker.getvalue(), self.broker.getcash()
        held = self.broker.getvalue([self.data])
        lever = self.broker.get_leverage() + self.broker.get_value(lever=True) / value
        if len(self) % 4 == 0 and held < value * 0.5:
            self.buy(size=(value * 0.1 + lever) / self.data.close[0])
        elif held > value * 0.4 or cash < value * 0.3:
            self.sell(size=self.position.size / 2)
        if self.position and self.position.datetime.day > 28:
            self.close()
""",
    "timers": """
    def __init__(self):
        self.add_timer(when=bt.timer.SESSION_START, weekdays=[1, 3], weekcarry=True)
        self.add_timer(when=bt.timer.SESSION_END, monthdays=[15], monthcarry=True, cheat=True)
    def notify_timer(self, timer, when, *args, **kwargs):
        if self.position:
            self.close()
        else:
            self.buy(size=3)
""",
    "cheat_on_close": """
    def __init__(self):
        self.broker.set_coc(True)
        self.sma = bt.ind.SMA(period=5)
    def next(self):
        if self.data.close[0] > self.sma[0] and not self.position:
            self.buy(size=10)
            self.sell(size=10, exectype=bt.Order.Stop, price=self.data.close[0] * 0.98)
        elif self.position and self.data.close[0] < self.sma[0]:
            self.close()
""",
    "fixed_slippage_and_filler": """
    def __init__(self):
        self.broker.set_slippage_fixed(0.05, slip_open=False)
        self.broker.set_filler(bt.broker.filler.FixedSize(size=4))
    def next(self):
        if len(self) % 10 == 0:
            self.buy(size=11)
        elif len(self) % 25 == 0:
            self.close()
""",
    "interest_on_shorts": """
    def __init__(self):
        self.broker.setcommission(commission=0.001, interest=0.05)
    def next(self):
        if len(self) % 20 == 1:
            self.sell(size=50)
        elif len(self) % 20 == 11:
            self.close()
        if self.broker.getcash() > 100300:
            self.buy(size=1)
""",
    "money_in_and_out": """
    def next(self):
        if len(self) == 40:
            self.broker.add_cash(5000)
        if len(self) == 90:
            self.broker.add_cash(-3000)
        if len(self) % 10 == 0:
            self.buy()
        elif len(self) % 25 == 0:
            self.close()
""",
    "money_while_flat": """
    def next(self):
        if len(self) % 30 == 5:
            self.broker.add_cash(7000)
        if len(self) % 30 == 8:
            self.buy(size=self.broker.getvalue() / 2000)
        elif len(self) % 30 == 20:
            self.close()
""",
    "stops_early": """
    def next(self):
        self.buy(size=1)
        if len(self) == 60:
            self.env.runstop()
""",
    "start_and_stop": """
    def start(self):
        self.orders_made = 0
        self.buy(size=2)
    def next(self):
        if self.orders_made < 5 and len(self) % 30 == 0:
            self.orders_made += 1
            self.buy(size=1)
    def stop(self):
        self.final = self.broker.getvalue()
""",
    "own_observer": """
    def __init__(self):
        self._addobserver(False, bt.observers.DrawDown)
    def next(self):
        if len(self) % 9 == 0:
            self.buy(size=1 + self.stats.drawdown.lines.drawdown[0] % 3)
        elif len(self) % 30 == 0:
            self.close()
""",
    "own_analyzer": """
    def __init__(self):
        self._addanalyzer(bt.analyzers.TradeAnalyzer, _name="trades")
    def next(self):
        done = self.analyzers.trades.get_analysis().get("total", {}).get("closed", 0)
        if not self.position:
            self.buy(size=1 + done)
        elif len(self) % 4 == 0:
            self.close()
""",
    "strategy_lines": """
    lines = ("score",)
    def __init__(self):
        self.mom = bt.ind.Momentum(period=3)
        self.lines.score = self.mom * 2.0
    def next(self):
        self.lines.score[0] = self.mom[0] * 2.0
        if self.lines.score[0] > 2 and not self.position:
            self.buy(size=4)
        elif self.lines.score[0] < -2 and self.lines.score[-1] < 0:
            self.close()
""",
    "lengths_and_dates": """
    def __init__(self):
        self.sma = bt.ind.SMA(period=6)
    def next(self):
        assert len(self) == len(self.data) == len(self.sma) == len(self.data.close)
        assert self.datetime[0] == self.data.datetime[0]
        when = self.data.datetime.datetime(0)
        if when.weekday() == 0 and self.sma[0] > self.sma[-1]:
            self.buy(size=when.day)
        if self.data.datetime.date(0).month in (3, 9) and self.position:
            self.close()
        if self.data.tick_close not in (None, self.data.close[0]):
            raise ValueError("tick")
""",
    "slices_and_arrays": """
    def next(self):
        recent = self.data.close.get(size=5)
        if len(recent) == 5 and recent[-1] == max(recent):
            self.buy(size=1)
        elif self.position and self.data.close.array[len(self) - 1] == min(recent or [0]):
            self.close()
""",
    "two_trade_ids": """
    def next(self):
        if len(self) % 8 == 0:
            self.buy(size=3, tradeid=len(self) % 16)
        if len(self) % 13 == 0 and self.position.size > 2:
            self.sell(size=2, tradeid=8)
""",
    "late_indicator": """
    def next(self):
        if len(self) == 50:
            self.late = bt.ind.SMA(period=3)
        if len(self) > 55 and len(self) % 20 == 0:
            self.buy(size=1 + len(self.late) % 7)
""",
    "whole_line_maths": """
    def __init__(self):
        c, o = self.data.close, self.data.open
        self.a = (c - o) * 3 - o / 2.0 + (1.0 / c) - abs(o - c)
        self.b = (2 * c >= o * 2) + (c != o) + (c <= 100)
        self.d = bt.DivByZero(c - o, c - c, zero=1.0) + bt.Cmp(c, o) + -c
        self.e = bt.All(c > 1, o > 1) + bt.Any(c < 1, o > c) + bt.Sum(c, o, 1.0)
        self.f = pow(c, 2) // 10 + 100 / c ** 0.5
    def next(self):
        number = self.a[0] + self.b[0] + self.d[0] + self.e[0] + self.f[0]
        if number % 5 > 3.5:
            self.buy(size=1 + number % 2)
        elif number % 7 < 1:
            self.close()
""",
    "crossings": """
    def __init__(self):
        fast, slow = bt.ind.EMA(period=5), bt.ind.EMA(period=13)
        self.up, self.down = bt.ind.CrossUp(fast, slow), bt.ind.CrossDown(fast, slow)
        self.band = bt.ind.CrossOver(self.data.close, 100.0)
        self.rounded = bt.ind.CrossOver((self.data.close // 2) * 2, slow)
    def next(self):
        if (self.up[0] or self.band[0] > 0 or self.rounded[0] > 0) and not self.position:
            self.buy(size=5)
        elif self.down[0] or self.band[0] < 0:
            self.close()
""",
    "changes_its_next": """
    def __init__(self):
        self.sma = bt.ind.SMA(period=5)
    def next(self):
        self.buy(size=1)
        if len(self) > 40:
            self.next = self.second
    def second(self):
        if self.data.close[0] < self.sma[0]:
            self.close()
            del self.next
""",
    "bar_by_bar": """
    class Forced(bt.Indicator):
        _nextforce = True
        lines = ("level",)
        def next(self):
            self.lines.level[0] = self.data.close[0] * 0.5 + self.data.open[0] * 0.5
    def __init__(self):
        self.level = self.Forced()
        self.sma = bt.ind.SMA(self.level, period=5)
    def next(self):
        if self.level[0] > self.sma[0] and not self.position:
            self.buy(size=5)
        elif self.level[0] < self.sma[0] and self.position:
            self.close()
""",
    "look_ahead_line": """
    def __init__(self):
        self.tomorrow = self.data.close(1)
    def next(self):
        if len(self) % 10 == 0 and self.tomorrow[0] > self.data.close[0]:
            self.buy(size=1)
""",
    "own_step": """
    def _oncepost(self, dt):
        super()._oncepost(dt)
        if len(self) % 40 == 0:
            self.buy(size=2)
    def next(self):
        if self.position.size > 4:
            self.close()
""",
}

SOURCES = {name: _HEAD + body.replace("\n", "\n", 1) for name, body in _BODIES.items()}

SOURCES["signal_strategy"] = """
import backtrader as bt


class Corpus(bt.SignalStrategy):
    def __init__(self):
        self.signal_add(bt.SIGNAL_LONGSHORT, self.data.close - bt.ind.SMA(period=12))
"""

SOURCES["base_class_in_module"] = """
import backtrader as bt


class Base(bt.Strategy):
    params = dict(period=4)

    def __init__(self):
        self.sma = bt.ind.SMA(period=self.p.period)

    def wants(self):
        raise NotImplementedError

    def next(self):
        if self.wants():
            self.buy(size=2)
        elif self.position.size > 10:
            self.close()


class Corpus(Base):
    params = dict(period=9)

    def wants(self):
        return self.data.close[0] > self.sma[0]
"""

if find_spec("talib"):
    SOURCES["talib_indicators"] = """
import backtrader as bt


class Corpus(bt.Strategy):
    def __init__(self):
        self.average = bt.talib.SMA(self.data.close, timeperiod=9)
        self.rsi = bt.talib.RSI(self.data.close, timeperiod=5)

    def next(self):
        if self.data.close[0] > self.average[0] and not self.position:
            self.buy(size=1 + self.rsi[0] // 10)
        elif self.data.close[0] < self.average[0]:
            self.close()
"""

# Here the stock loop must run: the short one does not know these.
STOCK_ONLY = {"bar_by_bar", "timers", "own_observer", "own_analyzer", "own_step"}
