"""The kinds of planted defects: what explains each, and the change that makes it."""

from benchmarks.verification.causes import FUTURE, LOGIC, NUMBER, SIZE, STOP, TIME, TIMING
from benchmarks.verification.changes import (
    INIT,
    NEXT,
    STRATEGY,
    Way,
    an_hour_off,
    every,
    if_chance,
    late_signals,
    lines_after,
    numbers,
    swap,
)

KINDS: tuple[tuple[str, set[str], Way], ...] = (
    ("number", NUMBER, numbers),
    ("time of the day", TIME, swap(r"now >= (?=self\.p\.)", "now > ", most=1)),
    ("time of the day", TIME, swap(r"now < (?=self\.p\.)", "now <= ", most=1)),
    ("time of the day", TIME, an_hour_off),
    ("signal late", TIMING | LOGIC, late_signals),
    ("operator", LOGIC, swap(r" > (?=self\.|\(|[a-z]+\()", " < ", most=4)),
    ("operator", LOGIC, swap(r"(?<=\]) < (?=self\.)", " > ", most=4)),
    ("operator", LOGIC, swap(r"CrossUp", "CrossDown", most=2)),
    # in the strategy alone: within an indicator what is equal may be set to what it was
    ("touching", {"touching"}, swap(r"(?<=\]) > (?=self\.(?!data))", " >= ", begin_at=STRATEGY)),
    ("touching", {"touching"}, swap(r"(?<=\]) < (?=self\.(?!data))", " <= ", begin_at=STRATEGY)),
    (
        "cross as state",
        LOGIC,
        swap(r"bt\.ind\.CrossUp\(([^()]+), ([^()]+)\)", r"\1 > \2", most=2),
    ),
    (
        "cross as state",
        LOGIC,
        swap(r"bt\.ind\.CrossDown\(([^()]+), ([^()]+)\)", r"\1 < \2", most=2),
    ),
    ("indicator", NUMBER | LOGIC, swap(r"bt\.ind\.SMA", "bt.ind.EMA", most=2)),
    ("indicator", NUMBER | LOGIC, swap(r"bt\.ind\.EMA", "bt.ind.SMA", most=2)),
    (
        "indicator",
        NUMBER | LOGIC,
        swap(r"(?<=\()self\.data\.close(?=,)", "self.data.open", most=2),
    ),
    ("indicator", {"indicator"}, swap(r"bt\.ind\.RSI\(", "bt.ind.RSI_EMA(")),
    (
        "indicator",
        {"indicator", *STOP, *SIZE},
        swap(r"bt\.ind\.ATR\(([^()]*)\)", r"bt.ind.ATR(\1, movav=bt.ind.SMA)"),
    ),
    ("logic", LOGIC, swap(r"(?<=\w) and (?=\w)(?!is_)", " or ", most=3)),
    ("side", {"side", *LOGIC}, every(r"self\.buy\(", "self.sell(")),
    ("side", {"side", *LOGIC}, swap(r"self\.sell\(", "self.buy(", most=1)),
    ("size", SIZE, every(r"max\(0, int\(cash / self\.data\.close\[0\]\)\)", "int(cash)")),
    ("size", SIZE, every(r"max\(0, int\((cash / self\.data\.close\[0\])\)\)", r"max(0, \1)")),
    (
        "size",
        SIZE,
        every(r"max\(0, int\((cash / self\.data\.close\[0\])\)\)", r"max(0, round(\1))"),
    ),
    ("size", SIZE, every(r"size=self\.position_size\(\)", "size=1")),
    ("size", SIZE, every(r"size=self\.position_size\(\)", "size=100")),
    ("size", SIZE, every(r"size=self\.position_size\(\)", "size=10 * self.position_size()")),
    ("size", SIZE, every(r"self\.p\.equity_percent / 100", "0.5")),
    ("size", SIZE, every(r"self\.p\.equity_percent / 100", "self.p.equity_percent")),
    ("size", SIZE, every(r"self\.p\.equity_percent / 100", "1.0")),
    ("size", SIZE, every(r"self\.broker\.getvalue\(\) \*", "self.broker.startingcash *")),
    ("size", SIZE, every(r"size=size\)", "size=max(1, size // 2))")),
    ("no exit", {"exit missing", "stop missing", *STOP}, every(r"self\.(close|leave)\(\)", "pass")),
    (
        "exit too soon",
        LOGIC | {"extra exit", "exit missing", "order type", "SC628"},
        lines_after(
            NEXT,
            "        if self.position and len(self) % 7 == 0:\n            self.close()\n"
            "            return\n",
        ),
    ),
    ("stop missing", STOP, every(r"self\.close\(exectype=bt\.Order\.Stop, price=price\)", "True")),
    (
        "stop distance",
        STOP,
        every(r"\(100 - self\.p\.(\w*stop\w*)\) / 100", r"(100 + self.p.\1) / 100"),
    ),
    ("stop distance", STOP, every(r"self\.position\.price \*", "self.data.close[0] *")),
    (
        "stop distance",
        {"size", *STOP},  # it also sets the size where a part of equity is at risk
        every(r"(_multiple|_percent) \* self\.(atr|\w*distance)", r"\1 * 2 * self.\2"),
    ),
    (
        "stop watched on the close",
        STOP | {"operator"},
        every(
            r"self\.close\((?:size=size, )?exectype=bt\.Order\.Stop, price=(\w+)\)",
            r"self.close() if self.data.close[0] <= \1 else None",
        ),
    ),
    (
        "exit in part",
        {"size", "exit missing", *STOP, *LOGIC},
        every(
            r"( +)self\.close\(\)\n",
            r"\1self.sell(size=self.position.size // 2)\n",
        ),
    ),
    (
        "starts late",
        {"warm-up", *LOGIC},
        lines_after(INIT, "        self.trend = bt.ind.SMA(self.data.close, period=200)\n"),
    ),
    ("stop as market order", STOP | {"operator"}, every(r"exectype=bt\.Order\.Stop, ", "")),
    ("stop not cancelled", STOP, every(r"self\.cancel\(self\.stop_order\)", "pass")),
    (
        "order type",
        {"order type", "pyramiding", "SC611", *LOGIC},
        swap(r"(self\.(?:buy|sell)\(size=[^\n]*)\)\n", r"\1, exectype=bt.Order.Close)\n", most=1),
    ),
    (
        "order type",
        {"order type", *LOGIC},
        swap(
            r"(self\.(?:buy|sell)\(size=[^\n]*)\)\n",
            r"\1, exectype=bt.Order.Limit, price=self.data.close[0] * 0.99)\n",
            most=1,
        ),
    ),
    (
        "position not looked at",
        {"pyramiding", "extra entry", *LOGIC, *STOP},
        every(r"if not self\.position:", "if True:"),
    ),
    (
        "position not looked at",
        {"pyramiding", "extra entry", *LOGIC, *STOP},
        every(r"free_(long|short) = not self\.position[^\n]*\n", r"free_\1 = True\n"),
    ),
    (
        "look-ahead",
        FUTURE | {"source", "warm-up"},
        every(r"self\.data\.close, period", "self.data.close(1), period"),
    ),
    (
        "look-ahead",
        FUTURE | {"extra exit", "size", "exit missing", "extra entry"},
        lines_after(
            NEXT,
            "        if len(self) < self.data.buflen() and self.data.close[1] > "
            "self.data.close[0] * 1.01 and not self.position:\n            self.buy(size=100)\n"
            "            return\n",
        ),
    ),
    (
        "broker changed",
        {"broker changed"},
        lines_after(INIT, "        self.broker.setcash(1_000_000)\n"),
    ),
    (
        "broker changed",
        {"broker changed"},
        lines_after(INIT, "        self.broker.setcommission(commission=0.0)\n"),
    ),
    (
        "broker changed",
        {"broker changed"},
        lines_after(INIT, "        self.broker.set_slippage_perc(0.01)\n"),
    ),
    (
        "broker changed",
        {"broker changed"},
        lines_after(INIT, "        self.broker.set_coc(True)\n"),
    ),
    ("random", {"random"}, if_chance),
    (
        "never trades",
        {"no trades"},
        lines_after(NEXT, "        return\n"),
    ),
    (
        "never trades",
        {"no trades"},
        lines_after(NEXT, "        if len(self) < 100_000:\n            return\n"),
    ),
    (
        "size is no number",
        {"SC628", "no trades", "orders refused", "size"},
        every(r"size=(self\.position_size\(\)|size)\)", 'size=float("nan"))'),
    ),
    (
        "crash",
        {"SC613"},
        lines_after(
            NEXT, "        if self.position:\n            self.exit_price = self.datas.close[0]\n"
        ),
    ),
    (
        "decided every other bar",
        LOGIC | STOP | {"stop late"},
        lines_after(NEXT, "        if len(self) % 2:\n            return\n"),
    ),
    ("one bar late", TIMING | LOGIC, swap(r"\.close\[0\] (>|<)", r".close[-1] \1", most=2)),
    (
        "bars changed",
        {"bars changed"},
        lines_after(NEXT, "        self.data.close[0] = round(self.data.close[0])\n"),
    ),
)
