"""Strategies with one mistake or cheat each: the code of its finding, and the line that has it.

The line is marked with `# <-`.
"""

HEAD = "import backtrader as bt\n\n\nclass Tried(bt.Strategy):\n"
INIT = "    def __init__(self):\n        self.rsi = bt.ind.RSI(self.data.close, period=14)\n"
NEXT = """
    def next(self):
        if not self.position and self.rsi[0] < 30:
            self.buy(size=10)
        elif self.position and self.rsi[0] > 70:
            self.close()
"""
GOOD = HEAD + INIT + NEXT


def _in_init(*lines: str, read: str = "") -> str:
    """With further lines in `__init__`, and something of them read in `next`."""
    own = "".join(f"        {line}\n" for line in lines)
    reading = f"        self.seen = self.{read}[0]\n" if read else ""
    return HEAD + INIT + own + NEXT + reading


def _in_next(*lines: str) -> str:
    return GOOD + "".join(f"        {line}\n" for line in lines)


def _body(text: str) -> str:
    return HEAD + text


HONEST = {
    "name_of_the_bars": ("SC529", _in_next('if self.data._name == "IBM":  # <-', "    return")),
    "name_kept": (
        "SC529",
        _in_next("called = self.data._name", 'if called in ("IBM", "GE"):  # <-', "    return"),
    ),
    "and_in_init": (
        "SC541",
        _in_init("self.ok = self.rsi > 30 and self.rsi < 70  # <-", read="ok"),
    ),
    "or_in_init": (
        "SC541",
        _in_init("self.ok = self.data.close > 9 or self.rsi > 1  # <-", read="ok"),
    ),
    "not_in_init": ("SC541", _in_init("self.ok = not self.rsi  # <-", read="ok")),
    "chained_in_init": ("SC541", _in_init("self.ok = 30 < self.rsi < 70  # <-", read="ok")),
    "if_in_init": (
        "SC541",
        _in_init("up = self.data.close > self.data.open", "if up:  # <-", "    self.ok = 1"),
    ),
    "choice_in_init": (
        "SC541",
        _in_init("self.ok = self.rsi if self.rsi > 50 else self.data.close  # <-", read="ok"),
    ),
    "max_of_lines": (
        "SC541",
        _in_init("self.top = max(self.data.close, self.rsi)  # <-", read="top"),
    ),
    "float_of_a_line": ("SC541", _in_init("self.first = float(self.rsi)  # <-")),
    "and_in_a_helper_of_init": (
        "SC541",
        HEAD
        + INIT
        + "        self.ok = self.made()\n"
        + "\n    def made(self):\n        return self.rsi > 1 and self.rsi < 9  # <-\n"
        + NEXT
        + "        self.seen = self.ok[0]\n",
    ),
    "indicator_in_next": ("SC540", _in_next("x = bt.ind.SMA(self.data.close, period=5)  # <-")),
    "indicator_by_its_full_name": (
        "SC540",
        _in_next("x = bt.indicators.SimpleMovingAverage(self.data, period=5)  # <-"),
    ),
    "cross_in_next": (
        "SC540",
        _in_next("if bt.ind.CrossOver(self.rsi, 50.0) > 0:  # <-", "    pass"),
    ),
    "line_function_in_next": ("SC540", _in_next("x = bt.And(self.rsi > 1, self.rsi < 9)  # <-")),
    "indicator_in_a_helper_of_next": (
        "SC540",
        _in_next("self.look()")
        + "\n    def look(self):\n        return bt.ind.EMA(self.data, period=3)[0]  # <-\n",
    ),
    "indicator_in_notify": (
        "SC540",
        GOOD + "\n    def notify_order(self, order):\n        x = bt.ind.ATR(period=3)  # <-\n",
    ),
    "slice_of_a_line": ("SC542", _in_next("last = self.data.close[-5:]  # <-")),
    "slice_of_an_indicator": ("SC542", _in_next("last = list(self.rsi[-3:0])  # <-")),
    "slice_of_an_alias": (
        "SC542",
        _in_next("close = self.data.close", "x = sum(close[-5:])  # <-"),
    ),
    "value_in_init": ("SC543", _in_init("self.first = self.data.close[0]  # <-")),
    "earlier_value_in_init": ("SC543", _in_init("self.first = self.rsi[-1]  # <-")),
    "period_zero": (
        "SC531",
        _in_init("self.sma = bt.ind.SMA(self.data.close, period=0)  # <-", read="sma"),
    ),
    "period_negative": (
        "SC531",
        _in_init("self.sma = bt.ind.SMA(self.data.close, period=-5)  # <-", read="sma"),
    ),
    "period_with_a_point": (
        "SC531",
        _in_init("self.sma = bt.ind.SMA(self.data.close, period=14.0)  # <-", read="sma"),
    ),
    "period_zero_by_default": (
        "SC531",
        _body(
            "    params = dict(days=0)\n"
            "    def __init__(self):\n"
            "        self.rsi = bt.ind.RSI(self.data.close, period=self.p.days)  # <-\n" + NEXT
        ),
    ),
    "misspelt_parameter": (
        "SC530",
        _body(
            "    params = (('period', 14),)\n"
            "    def __init__(self):\n"
            "        self.rsi = bt.ind.RSI(period=self.p.peroid)  # <-\n" + NEXT
        ),
    ),
    "parameter_by_its_long_name": ("SC530", _in_next("x = self.params.limit  # <-")),
    "parameter_never_read": ("SC533", _body("    params = {'period': 14}  # <-\n" + INIT + NEXT)),
    "period_without_name": (
        "SC548",
        _in_init("self.sma = bt.ind.SMA(self.data.close, 20)  # <-", read="sma"),
    ),
    "no_entry": ("SC550", _body(INIT + "\n    def next(self):  # <-\n        x = self.rsi[0]\n")),
    "only_close": (
        "SC550",
        _body(
            INIT
            + "\n    def next(self):  # <-\n"
            + "        if self.rsi[0] > 70:\n            self.close()\n"
        ),
    ),
    "entry_that_nothing_calls": (
        "SC550",
        _body(
            INIT
            + "\n    def next(self):  # <-\n        x = self.rsi[0]\n        self.close()\n"
            + "\n    def enter(self):\n        self.buy(size=1)\n"
        ),
    ),
    "never_leaves": (
        "SC551",
        _body(
            INIT
            + "\n    def next(self):  # <-\n"
            + "        if self.rsi[0] < 30:\n            self.buy(size=1)\n"
        ),
    ),
    "close_overwritten": ("SC525", _in_init("self.close = self.data.close  # <-")),
    "stop_overwritten": ("SC525", _in_next("self.stop = 3  # <-")),
    "data_overwritten": ("SC525", _in_init("self.data = self.data.close  # <-")),
    "method_named_size": ("SC525", GOOD + "\n    def size(self):  # <-\n        return 1\n"),
    "method_named_buy": ("SC525", GOOD + "\n    def buy(self, **kw):  # <-\n        return None\n"),
    "unknown_indicator": (
        "SC549",
        _in_init("self.st = bt.ind.SuperTrend(self.data, period=10)  # <-", read="st"),
    ),
    "misspelt_indicator": (
        "SC549",
        _in_init("self.b = bt.ind.BolingerBands(self.data, period=10)  # <-", read="b"),
    ),
    "unknown_function": ("SC549", _in_init("self.z = bt.crossover(self.rsi, 50)  # <-")),
    "no_next": (
        "SC523",
        "import backtrader as bt\n\n\nclass Tried(bt.Strategy):  # <-\n    pass\n",
    ),
    "async_next": ("SC523", GOOD.replace("    def next(self):", "    async def next(self):  # <-")),
    "two_strategies": (
        "SC520",
        GOOD
        + "\n\nclass Other(bt.Strategy):  # <-\n    def next(self):\n        self.buy(size=1)\n",
    ),
    "no_strategy": ("SC520", "import backtrader as bt\n\n\nclass Helper:\n    pass\n"),
    "imports_yfinance": ("SC521", "import yfinance as yf  # <-\n" + GOOD),
    "imports_matplotlib": ("SC521", "from matplotlib import pyplot  # <-\n" + GOOD),
    "imports_random": ("SC521", "import random  # <-\n" + GOOD),
    "imports_star": ("SC521", "from backtrader import *  # <-\n" + GOOD),
    "runs_a_backtest": ("SC524", GOOD + "\n\ncerebro = bt.Cerebro()  # <-\n"),
    "prints_on_load": ("SC524", GOOD + "\n\nprint('ready')  # <-\n"),
    "loops_on_load": ("SC524", GOOD + "\n\nfor number in range(3):  # <-\n    pass\n"),
    "indicator_never_read": (
        "SC546",
        _in_init("self.sma = bt.ind.SMA(self.data.close, period=5)  # <-"),
    ),
    "next_reads_no_indicator": (
        "SC547",
        _body(
            INIT
            + "\n    def next(self):  # <-\n        if len(self) % 9 == 0:\n"
            + "            self.buy(size=1)\n        else:\n            self.close()\n"
        ),
    ),
    "endless_loop": ("SC527", _in_next("while True:  # <-", "    x = 1")),
    "bare_except": ("SC527", _in_next("try:", "    x = 1", "except:  # <-", "    pass")),
    "catches_all": ("SC527", _in_next("try:", "    x = 1", "except Exception:  # <-", "    pass")),
    "clock": ("SC526", "import datetime\n" + _in_next("x = datetime.datetime.now()  # <-")),
    "today": ("SC526", "from datetime import date\n" + _in_next("x = date.today()  # <-")),
    "chance": ("SC526", "import numpy as np\n" + _in_next("x = np.random.rand()  # <-")),
    "size_zero": ("SC554", GOOD.replace("size=10)", "size=0)  # <-")),
    "no_size": ("SC555", GOOD.replace("self.buy(size=10)", "self.buy()  # <-")),
    "all_in": ("SC555", _in_init("self.setsizer(bt.sizers.AllInSizer())  # <-")),
    "unknown_bars": ("SC534", _in_init("self.weekly = self.getdatabyname('weekly')  # <-")),
    "notebook_magic": ("SC513", "!pip install backtrader  # <-\n" + GOOD),
    "cell_magic": ("SC513", "%matplotlib inline  # <-\n" + GOOD),
    "broken": ("SC510", GOOD + "        if self.rsi[0] >  # <-\n"),
    "return_outside": ("SC510", GOOD + "\n\nreturn 1  # <-\n"),
}
"""What models get wrong without meaning to."""

CHEATS = {
    "caller_of_a_text": ("SC528", _in_next('x = getattr(self, "f_back")  # <-')),
    "caller_of_an_error": ("SC528", _in_next("x = self.error.tb_next  # <-")),
    "tomorrow": ("SC544", _in_next("x = self.data.close[1]  # <-")),
    "tomorrow_of_an_alias": ("SC544", _in_next("close = self.data.close", "x = close[2]  # <-")),
    "tomorrow_of_an_alias_in_init": (
        "SC544",
        HEAD
        + INIT
        + "        self.price = self.data.close\n"
        + NEXT
        + "        x = self.price[1]  # <-\n",
    ),
    "tomorrow_of_an_indicator": ("SC544", _in_next("x = self.rsi[1]  # <-")),
    "tomorrow_by_variable": ("SC544", _in_next("ahead = 1", "x = self.data.close[ahead]  # <-")),
    "tomorrow_by_sum": ("SC544", _in_next("x = self.data.high[-1 + 2]  # <-")),
    "tomorrow_by_minus_minus": ("SC544", _in_next("x = self.data.high[--1]  # <-")),
    "tomorrow_by_parameter": (
        "SC544",
        _body(
            "    params = {'n': 3}\n"
            + INIT
            + NEXT
            + "        x = self.data.close[self.p.n]  # <-\n"
        ),
    ),
    "tomorrow_by_loop": (
        "SC544",
        _in_next("for n in range(1, 5):", "    x = self.data.close[n]  # <-"),
    ),
    "tomorrow_by_comprehension": (
        "SC544",
        _in_next("x = max(self.data.close[i] for i in range(5))  # <-"),
    ),
    "tomorrow_of_another_feed": ("SC544", _in_next("x = self.datas[1].close[1]  # <-")),
    "tomorrow_by_data_close": ("SC544", _in_next("x = self.data_close[1]  # <-")),
    "shifted_line": (
        "SC544",
        _in_init("self.next_close = self.data.close(1)  # <-", read="next_close"),
    ),
    "shifted_indicator": ("SC544", _in_init("self.later = self.rsi(2)  # <-", read="later")),
    "shifted_alias": (
        "SC544",
        _in_init("c = self.data.close", "self.up = c(1) > c  # <-", read="up"),
    ),
    "get_ahead": ("SC544", _in_next("x = self.data.close.get(ago=2, size=1)  # <-")),
    "time_ahead": ("SC544", _in_next("x = self.data.datetime.date(1)  # <-")),
    "chikou": (
        "SC544",
        HEAD
        + INIT
        + "        self.cloud = bt.ind.Ichimoku(self.data)\n"
        + NEXT
        + "        x = self.cloud.chikou_span[0]  # <-\n",
    ),
    "own_indicator_ahead": (
        "SC544",
        "import backtrader as bt\n\n\nclass Peek(bt.Indicator):\n    lines = ('value',)\n\n"
        "    def next(self):\n        self.lines.value[0] = self.data.close[1]  # <-\n\n\n"
        + GOOD.partition("\n\n\n")[2],
    ),
    "array": ("SC545", _in_next("x = self.data.close.array[len(self)]  # <-")),
    "array_of_an_alias": ("SC545", _in_next("c = self.data.close", "x = c.array[-1]  # <-")),
    "length_of_the_run": ("SC545", _in_next("x = self.data.close.buflen()  # <-")),
    "source_of_the_bars": ("SC545", _in_next("x = self.data.p.dataname  # <-")),
    "source_by_its_inner_name": ("SC545", _in_next("x = self.data._dataname  # <-")),
    "moves_the_bars": ("SC545", _in_next("self.data.forward()  # <-")),
    "sets_cash": ("SC552", _in_init("self.broker.setcash(1e9)  # <-")),
    "adds_cash": ("SC552", _in_next("self.broker.add_cash(5000)  # <-")),
    "negative_slippage": ("SC552", _in_init("self.broker.set_slippage_perc(-0.05)  # <-")),
    "leverage": ("SC552", _in_init("self.broker.setcommission(leverage=100)  # <-")),
    "cheats_on_close": ("SC552", _in_init("self.broker.set_coc(True)  # <-")),
    "broker_by_alias": ("SC552", _in_next("b = self.broker", "b.setcash(1e6)  # <-")),
    "broker_by_attribute": (
        "SC552",
        HEAD
        + INIT
        + "        self.b = self.broker\n"
        + NEXT
        + "        self.b.add_cash(1)  # <-\n",
    ),
    "broker_by_the_engine": ("SC552", _in_next("self.env.broker.setcash(1)  # <-")),
    "engine": ("SC552", _in_next("self.cerebro.addsizer(None)  # <-")),
    "broker_attribute": ("SC552", _in_init("self.broker.cash = 1e9  # <-")),
    "position_by_hand": ("SC553", _in_next("self.position.size = 100  # <-")),
    "position_updated": ("SC553", _in_next("self.position.update(100, 1.0)  # <-")),
    "bars_by_hand": ("SC553", _in_next("self.data.close[0] = 1.0  # <-")),
    "order_by_hand": (
        "SC553",
        GOOD + "\n    def notify_order(self, order):\n        order.executed.price = 1.0  # <-\n",
    ),
    "parameter_by_hand": (
        "SC553",
        _body("    params = {'n': 3}\n" + INIT + NEXT + "        self.p.n = 4  # <-\n"),
    ),
    "size_nan": ("SC554", GOOD.replace("size=10)", "size=float('nan'))  # <-")),
    "size_huge": ("SC554", GOOD.replace("size=10)", "size=1e9)  # <-")),
    "size_negative": ("SC554", GOOD.replace("size=10)", "size=-10)  # <-")),
    "engine_step": ("SC525", GOOD + "\n    def _next(self):  # <-\n        pass\n"),
    "own_position": ("SC525", GOOD + "\n    def getposition(self):  # <-\n        pass\n"),
    "system_through_bt": ("SC522", _in_next("bt.os.system('ls')  # <-")),
    "modules_through_bt": ("SC522", _in_next("x = bt.sys.modules  # <-")),
    "files_through_bt": ("SC522", _in_next("x = bt.io.open('/etc/passwd')  # <-")),
    "builtins_through_bt": ("SC522", _in_next("x = bt.inspect.builtins.exec  # <-")),
    "import_from_bt": ("SC549", "from backtrader import os  # <-\n" + GOOD),
    "urlopen_from_feeds": ("SC521", "from urllib.request import urlopen  # <-\n" + GOOD),
    "packages": ("SC522", _body("    packages = ('os',)  # <-\n" + INIT + NEXT)),
    "frompackages": (
        "SC522",
        _body("    frompackages = (('os', 'system'),)  # <-\n" + INIT + NEXT),
    ),
    "csv_feed": ("SC522", _in_next("x = bt.feeds.GenericCSVData(dataname='/etc/passwd')  # <-")),
    "opens_a_file": ("SC522", _in_next("x = open('/etc/passwd')  # <-")),
    "evaluates": ("SC522", _in_next("x = eval('1')  # <-")),
    "imports_by_name": ("SC522", _in_next("x = __import__('os')  # <-")),
    "globals_of_a_method": ("SC522", _in_next("x = self.next.__globals__  # <-")),
    "subclass_walk": ("SC522", _in_next("x = ().__class__.__base__.__subclasses__()  # <-")),
    "reads_csv": ("SC522", "import pandas as pd\n" + _in_next("x = pd.read_csv('x.csv')  # <-")),
    "writes_csv": ("SC522", _in_next("frame.to_csv('x.csv')  # <-")),
    "pandas_io": ("SC522", "import pandas as pd\n" + _in_next("x = pd.io.common.os  # <-")),
    "numpy_load": ("SC522", "import numpy as np\n" + _in_next("x = np.load('x.npy')  # <-")),
    "numpy_f2py": ("SC522", "import numpy as np\n" + _in_next("x = np.f2py.subprocess  # <-")),
    "module_of_collections": (
        "SC522",
        "import collections\n" + _in_next("x = collections._sys  # <-"),
    ),
    "sets_by_name": ("SC522", _in_next("setattr(self.broker, 'cash', 1e9)  # <-")),
    "imports_os": ("SC521", "import os  # <-\n" + GOOD),
    "imports_socket": ("SC521", "from socket import socket  # <-\n" + GOOD),
    "imports_atexit": ("SC521", "import atexit  # <-\n" + GOOD),
    "catches_the_time_limit": (
        "SC527",
        _in_next("try:", "    x = 1", "except BaseException:  # <-", "    pass"),
    ),
}
"""What gives a result that no honest strategy has, or reaches out of the strategy."""

BAD_TEXTS = {
    "empty": ("SC510", lambda: ""),
    "white_space": ("SC510", lambda: " \n\n"),
    "ten_megabytes": ("SC511", lambda: "x = 1\n" * 1_700_000),
    "one_long_line": ("SC511", lambda: "x = '" + "a" * 300_000 + "'"),
    "many_lines": ("SC511", lambda: "\n" * 6_000 + "x = 1"),
    "deep_brackets": ("SC510", lambda: "x = " + "(" * 50_000 + ")" * 50_000),
    "deep_lists": ("SC510", lambda: "x = " + "[" * 150 + "]" * 150),
    "deep_not": ("SC510", lambda: "x = " + "not " * 40_000 + "1"),
    "deep_minus": ("SC510", lambda: "x = " + "-" * 90_000 + "1"),
    "deep_attributes": ("SC510", lambda: "x = a" + ".b" * 60_000),
    "deep_sum": ("SC510", lambda: "x = a" + "+a" * 60_000),
    "deep_lambda": ("SC510", lambda: "x = " + "lambda:" * 20_000 + "1"),
    "deep_blocks": ("SC510", lambda: "\n".join(" " * n + "if 1:" for n in range(150))),
    "long_number": ("SC510", lambda: "x = " + "9" * 100_000),
    "nul": ("SC512", lambda: "x = 1\0\n"),
    "bidi": ("SC512", lambda: "# \u202e so ti tropmi\n" + GOOD),
    "isolates": ("SC512", lambda: GOOD + "# \u2066 if admin \u2069\n"),
    "zero_width": ("SC512", lambda: GOOD.replace("size=10", "si\u200bze=10")),
    "soft_hyphen": ("SC512", lambda: GOOD + "# a\u00adb\n"),
    "line_separator": ("SC512", lambda: GOOD + "# a\u2028import os\n"),
    "form_feed": ("SC512", lambda: "\f" + GOOD),
    "escape": ("SC512", lambda: GOOD + "# \x1b[2J\n"),
    "surrogate": ("SC512", lambda: GOOD + "x = '\ud800'\n"),
    "cookie": ("SC512", lambda: "# -*- coding: utf-7 -*-\n" + GOOD),
    "cookie_on_line_two": ("SC512", lambda: "#!python\n# vim: set fileencoding=latin-1\n" + GOOD),
    "look_alike": ("SC514", lambda: GOOD + "        ｘ = 1\n"),
    "look_alike_call": ("SC514", lambda: GOOD.replace("self.buy", "self.ｂuy") + ""),
    "prose": ("SC510", lambda: "I cannot write this strategy."),
    "html": ("SC510", lambda: "<html><body>502 Bad Gateway</body></html>"),
}
"""Texts that are no strategy, made when they are needed: some are large."""
