"""Defects planted in the code of a template, as models write them, with the causes that fit."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stratcraft_jupyter.verify.mutants import shape_of


@dataclass(frozen=True)
class Change:
    """A change of a graph: a parameter set, a cross as a state, an operator that takes equality.

    Attributes:
        name: Name of the parameter or attribute in the code.
        value: What the parameter is set to; None for the other two.
    """

    name: str
    value: float | None = None


@dataclass(frozen=True)
class Defect:
    """Code with one thing wrong.

    Attributes:
        kind: What is wrong.
        what: The change, for people.
        source: The code.
        causes: Causes of a difference, or codes of checks, that are a right explanation.
        changed: The same change in the graph, where it has one: whether it changes anything can be
            looked at there.
    """

    kind: str
    what: str
    source: str
    causes: frozenset[str]
    changed: Change | None = None


_TIMING = {"one bar late", "stop late", "entry missing", "exit missing", "extra entry"}
_LOGIC = {
    "operator",
    "logic",
    "state",
    "touching",
    "threshold",
    "filter dropped",
    "edge dropped",
    "entry missing",
    "exit missing",
    "extra entry",
    "extra exit",
    "node left out",
    "period",
    "one bar early",
    "one bar late",
    "source",
    "side",
    "SC629",
    "choice",
    "indicator",
    "warm-up",
}
_NUMBER = {"threshold", "period", "indicator", "source", "stop", "stop distance", "size", "choice"}
_STOP = {
    "SC613",  # a stop that is left out may be missed by the code that moves it
    "stop missing",
    "stop distance",
    "stop",
    "stop late",
    "order left behind",
    "threshold",
    "order type",
    "exit missing",
    "extra stop",
    "price",
    "side",
    "SC628",
    "extra exit",
}
_SIZE = {"size", "size in cash", "size rounding", "SC628", "SC629", "SC612", "SC613", "stop"}
_FUTURE = {"look-ahead", "SC620", "SC621", "SC622", "SC613", "one bar early"}


def plant(source: str) -> Iterator[Defect]:
    """Every defect that fits this code; none of them means the same as it."""
    seen = {shape_of(source)}
    for kind, causes, change in _CHANGES:
        for what, changed in change(source):
            shape = shape_of(changed)
            if shape not in seen:
                seen.add(shape)
                yield Defect(
                    kind, what, changed, frozenset(causes), _in_graph(kind, source, changed)
                )


def _in_graph(kind: str, source: str, changed: str) -> Change | None:
    """What a change of the code is in the graph, for the kinds that may change nothing."""
    before, after = source.splitlines(), changed.splitlines()
    pairs = zip(before, after, strict=False)  # what comes after an added line is another line
    number = next((at for at, pair in enumerate(pairs) if pair[0] != pair[1]), None)
    if number is None:
        return None
    if kind == "number" and (found := re.match(r' *"(\w+)": (-?[\d.]+),', after[number])):
        return Change(found[1], float(found[2]))
    if kind in ("cross as state", "touching"):
        while number >= 0 and not (found := re.match(r" *(?:self\.)?(\w+) = ", before[number])):
            number -= 1
        return Change(found[1]) if found else None
    return None


_Change = Callable[[str], Iterator[tuple[str, str]]]


def _swap(pattern: str, by: str, *, most: int = 99, begin_at: str = "class ") -> _Change:
    def change(source: str) -> Iterator[tuple[str, str]]:
        body = source.index(begin_at)
        for found in list(re.finditer(pattern, source[body:]))[:most]:
            begin, end = body + found.start(), body + found.end()
            line = source[source.rfind("\n", 0, begin) + 1 : source.find("\n", end)]
            if line.strip().startswith("#") or '"""' in line:
                continue
            new = found.expand(by)
            yield f"{found[0]!r} -> {new!r}", source[:begin] + new + source[end:]

    return change


def _all(pattern: str, by: str) -> _Change:
    def change(source: str) -> Iterator[tuple[str, str]]:
        body = source.index("(bt.Strategy):")
        changed = re.sub(pattern, by, source[body:])
        yield f"all {pattern!r} -> {by!r}", source[:body] + changed

    return change


def _numbers(source: str) -> Iterator[tuple[str, str]]:
    """Parameters with another value: one that is near, and one that is far."""
    for found in re.finditer(r'^        "(\w+)": (-?[\d.]+),', source, re.MULTILINE):
        name, text = found[1], found[2]
        value = float(text)
        if "." in text:
            step = 5.0 if abs(value) >= 20 else max(abs(value) / 2, 0.5)
            others = [value - step, value + step]
        else:
            others = [int(value) + 1, max(1, int(value) // 2)]
        for other in others:
            new = f'        "{name}": {other!r},'
            yield f"{name} {text} -> {other}", source.replace(found[0], new, 1)


def _lines_in_next(at: str, line: str) -> _Change:
    def change(source: str) -> Iterator[tuple[str, str]]:
        if at in source:
            yield line.strip(), source.replace(at, f"{at}{line}", 1)

    return change


def _if_chance(source: str) -> Iterator[tuple[str, str]]:
    if "    def next(self):\n" in source:
        line = "        if random.random() < 0.2:\n            return\n"
        changed = source.replace(
            "import backtrader as bt", "import random\n\nimport backtrader as bt", 1
        )
        yield (
            "random days off",
            changed.replace("    def next(self):\n", f"    def next(self):\n{line}", 1),
        )


def _late_signals(source: str) -> Iterator[tuple[str, str]]:
    """Each line that is read with [0] in a comparison, read with [-1]."""
    for found in re.finditer(r"self\.(?!data|broker|position|p\.)\w+(?:\.\w+)?\[0\]", source):
        line = source[source.rfind("\n", 0, found.start()) + 1 : source.find("\n", found.end())]
        if "price" in line or "size" in line or "distance" in line:
            continue
        begin, end = found.span()
        new = found[0].replace("[0]", "[-1]")
        yield f"{found[0]} -> {new}", source[:begin] + new + source[end:]


_STRATEGY = "(bt.Strategy):"
_INIT = "    def __init__(self):\n"
_NEXT = "    def next(self):\n"
_CHANGES: tuple[tuple[str, set[str], _Change], ...] = (
    ("number", _NUMBER, _numbers),
    ("signal late", _TIMING | _LOGIC, _late_signals),
    ("operator", _LOGIC, _swap(r" > (?=self\.|\(|[a-z]+\()", " < ", most=4)),
    ("operator", _LOGIC, _swap(r"(?<=\]) < (?=self\.)", " > ", most=4)),
    ("operator", _LOGIC, _swap(r"CrossUp", "CrossDown", most=2)),
    # in the strategy alone: within an indicator what is equal may be set to what it was
    ("touching", {"touching"}, _swap(r"(?<=\]) > (?=self\.(?!data))", " >= ", begin_at=_STRATEGY)),
    ("touching", {"touching"}, _swap(r"(?<=\]) < (?=self\.(?!data))", " <= ", begin_at=_STRATEGY)),
    (
        "cross as state",
        _LOGIC,
        _swap(r"bt\.ind\.CrossUp\(([^()]+), ([^()]+)\)", r"\1 > \2", most=2),
    ),
    (
        "cross as state",
        _LOGIC,
        _swap(r"bt\.ind\.CrossDown\(([^()]+), ([^()]+)\)", r"\1 < \2", most=2),
    ),
    ("indicator", _NUMBER | _LOGIC, _swap(r"bt\.ind\.SMA", "bt.ind.EMA", most=2)),
    ("indicator", _NUMBER | _LOGIC, _swap(r"bt\.ind\.EMA", "bt.ind.SMA", most=2)),
    (
        "indicator",
        _NUMBER | _LOGIC,
        _swap(r"(?<=\()self\.data\.close(?=,)", "self.data.open", most=2),
    ),
    ("logic", _LOGIC, _swap(r"(?<=\w) and (?=\w)(?!is_)", " or ", most=3)),
    ("side", {"side", *_LOGIC}, _all(r"self\.buy\(", "self.sell(")),
    ("side", {"side", *_LOGIC}, _swap(r"self\.sell\(", "self.buy(", most=1)),
    ("size", _SIZE, _all(r"max\(0, int\(cash / self\.data\.close\[0\]\)\)", "int(cash)")),
    ("size", _SIZE, _all(r"max\(0, int\((cash / self\.data\.close\[0\])\)\)", r"max(0, \1)")),
    (
        "size",
        _SIZE,
        _all(r"max\(0, int\((cash / self\.data\.close\[0\])\)\)", r"max(0, round(\1))"),
    ),
    ("size", _SIZE, _all(r"size=self\.position_size\(\)", "size=1")),
    ("size", _SIZE, _all(r"size=self\.position_size\(\)", "size=100")),
    ("size", _SIZE, _all(r"size=self\.position_size\(\)", "size=10 * self.position_size()")),
    ("size", _SIZE, _all(r"self\.p\.equity_percent / 100", "0.5")),
    ("size", _SIZE, _all(r"self\.p\.equity_percent / 100", "self.p.equity_percent")),
    ("size", _SIZE, _all(r"self\.p\.equity_percent / 100", "1.0")),
    ("size", _SIZE, _all(r"self\.broker\.getvalue\(\) \*", "self.broker.startingcash *")),
    ("size", _SIZE, _all(r"size=size\)", "size=max(1, size // 2))")),
    ("no exit", {"exit missing", "stop missing", *_STOP}, _all(r"self\.(close|leave)\(\)", "pass")),
    (
        "exit too soon",
        _LOGIC | {"extra exit", "exit missing", "order type", "SC628"},
        _lines_in_next(
            _NEXT,
            "        if self.position and len(self) % 7 == 0:\n            self.close()\n"
            "            return\n",
        ),
    ),
    ("stop missing", _STOP, _all(r"self\.close\(exectype=bt\.Order\.Stop, price=price\)", "True")),
    (
        "stop distance",
        _STOP,
        _all(r"\(100 - self\.p\.(\w*stop\w*)\) / 100", r"(100 + self.p.\1) / 100"),
    ),
    ("stop distance", _STOP, _all(r"self\.position\.price \*", "self.data.close[0] *")),
    (
        "stop distance",
        _STOP,
        _all(r"(_multiple|_percent) \* self\.(atr|\w*distance)", r"\1 * 2 * self.\2"),
    ),
    (
        "stop watched on the close",
        _STOP | {"operator"},
        _all(
            r"self\.close\((?:size=size, )?exectype=bt\.Order\.Stop, price=(\w+)\)",
            r"self.close() if self.data.close[0] <= \1 else None",
        ),
    ),
    (
        "exit in part",
        {"size", "exit missing", *_STOP, *_LOGIC},
        _all(
            r"( +)self\.close\(\)\n",
            r"\1self.sell(size=self.position.size // 2)\n",
        ),
    ),
    (
        "starts late",
        {"warm-up", *_LOGIC},
        _lines_in_next(_INIT, "        self.trend = bt.ind.SMA(self.data.close, period=200)\n"),
    ),
    ("stop as market order", _STOP | {"operator"}, _all(r"exectype=bt\.Order\.Stop, ", "")),
    ("stop not cancelled", _STOP, _all(r"self\.cancel\(self\.stop_order\)", "pass")),
    (
        "order type",
        {"order type", "pyramiding", "SC611", *_LOGIC},
        _swap(r"(self\.(?:buy|sell)\(size=[^\n]*)\)\n", r"\1, exectype=bt.Order.Close)\n", most=1),
    ),
    (
        "order type",
        {"order type", *_LOGIC},
        _swap(
            r"(self\.(?:buy|sell)\(size=[^\n]*)\)\n",
            r"\1, exectype=bt.Order.Limit, price=self.data.close[0] * 0.99)\n",
            most=1,
        ),
    ),
    (
        "position not looked at",
        {"pyramiding", "extra entry", *_LOGIC, *_STOP},
        _all(r"if not self\.position:", "if True:"),
    ),
    (
        "position not looked at",
        {"pyramiding", "extra entry", *_LOGIC, *_STOP},
        _all(r"free_(long|short) = not self\.position[^\n]*\n", r"free_\1 = True\n"),
    ),
    (
        "look-ahead",
        _FUTURE | {"source", "warm-up"},
        _all(r"self\.data\.close, period", "self.data.close(1), period"),
    ),
    (
        "look-ahead",
        _FUTURE | {"extra exit", "size", "exit missing", "extra entry"},
        _lines_in_next(
            _NEXT,
            "        if len(self) < self.data.buflen() and self.data.close[1] > "
            "self.data.close[0] * 1.01 and not self.position:\n            self.buy(size=100)\n"
            "            return\n",
        ),
    ),
    (
        "broker changed",
        {"broker changed"},
        _lines_in_next(_INIT, "        self.broker.setcash(1_000_000)\n"),
    ),
    (
        "broker changed",
        {"broker changed"},
        _lines_in_next(_INIT, "        self.broker.setcommission(commission=0.0)\n"),
    ),
    (
        "broker changed",
        {"broker changed"},
        _lines_in_next(_INIT, "        self.broker.set_slippage_perc(0.01)\n"),
    ),
    ("random", {"random"}, _if_chance),
    (
        "never trades",
        {"no trades"},
        _lines_in_next(_NEXT, "        return\n"),
    ),
    (
        "never trades",
        {"no trades"},
        _lines_in_next(_NEXT, "        if len(self) < 100_000:\n            return\n"),
    ),
    (
        "size is no number",
        {"SC628", "no trades", "size"},
        _all(r"size=(self\.position_size\(\)|size)\)", 'size=float("nan"))'),
    ),
    (
        "crash",
        {"SC613"},
        _lines_in_next(
            _NEXT, "        if self.position:\n            self.exit_price = self.datas.close[0]\n"
        ),
    ),
    (
        "decided every other bar",
        _LOGIC | _STOP | {"stop late"},
        _lines_in_next(_NEXT, "        if len(self) % 2:\n            return\n"),
    ),
    ("one bar late", _TIMING | _LOGIC, _swap(r"\.close\[0\] (>|<)", r".close[-1] \1", most=2)),
    (
        "bars changed",
        {"bars changed"},
        _lines_in_next(_NEXT, "        self.data.close[0] = round(self.data.close[0])\n"),
    ),
)
