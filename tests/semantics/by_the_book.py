"""docs/semantics.md once more, as a slow and plain simulation that shares nothing with the compiler.

It reads the strategy document and computes every value and every fill itself, without Backtrader.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from stratcraft_jupyter import Bars, StrategyGraph
from stratcraft_jupyter.graph import Node, get_kind, param_value

MISSING = float("nan")

Series = list[float]
Signals = list[bool]
Fill = tuple[int, str, float, float]
"""Bar, side, size, price."""


def run_by_the_book(
    strategy: StrategyGraph,
    bars: Bars,
    *,
    cash: float = 100_000.0,
    commission: float = 0.0,
    slippage: float = 0.0,
) -> list[Fill]:
    """The fills that the rules give."""
    book = _Values(strategy, bars)
    account = _Account(bars, cash, commission, slippage)
    rules = _Rules(strategy, book, account)
    start = book.first_decision()
    for bar in range(len(bars)):
        account.open_bar(bar)
        if bar >= start:
            rules.close_bar(bar)
    return account.fills


# ---------------------------------------------------------------------------------------------
# values


class _Values:
    """What every output is on every bar, and from which bar on a node has values."""

    def __init__(self, strategy: StrategyGraph, bars: Bars) -> None:
        self.strategy = strategy
        self.count = len(bars)
        self.prices = {
            name: [float(item) for item in getattr(bars, name)]
            for name in ("open", "high", "low", "close", "volume")
        }
        self.outputs: dict[str, Series] = {}
        self.signals: dict[str, Signals] = {}
        self.first: dict[str, int] = {}  # of nodes, each when its last output has a value

    def first_decision(self) -> int:
        """The first bar on whose close anything is decided."""
        for node in self.strategy.nodes:
            entered = {n.kind[-5:].strip("_") for n in self.strategy.nodes if "enter" in n.kind}
            if node.kind.startswith("risk.") or (
                node.kind.startswith("action.") and node.kind[-5:].strip("_") in entered
            ):
                for edge in self.strategy.edges_into(node.id):
                    self._compute(edge.source_node)
        return max(self.first.values(), default=0)

    def series(self, endpoint: str) -> Series:
        self._compute(endpoint.partition(".")[0])
        return self.outputs[endpoint]

    def signal(self, endpoint: str) -> Signals:
        node_id = endpoint.partition(".")[0]
        self._compute(node_id)
        return self.signals[node_id]

    def param(self, node: Node, name: str) -> float:
        declared = get_kind(node.kind).param(name)
        assert declared is not None
        return param_value(node, declared)  # type: ignore[return-value]  # the tests read numbers

    def inputs(self, node: Node, port: str) -> list[str]:
        return [edge.source for edge in self.strategy.edges_into(node.id, port)]

    def _compute(self, node_id: str) -> None:
        if node_id in self.first:
            return
        node = self.strategy.node(node_id)
        family, _, name = node.kind.partition(".")
        if family in ("sizing", "action"):
            return
        if family in ("condition", "logic"):
            self.signals[node_id] = self._signal(node, name)
            waits = [
                self.first[edge.source_node]
                if family == "logic"
                else _start(self.outputs[edge.source])
                for edge in self.strategy.edges_into(node_id)
            ]
            self.first[node_id] = max(waits) + name.startswith("crosses")
            return
        found = self._series(node, name)
        self.outputs |= {f"{node_id}.{port}": values for port, values in found.items()}
        self.first[node_id] = max(_start(values) for values in found.values())

    def _series(self, node: Node, name: str) -> Mapping[str, Series]:
        if name == "bars":
            return self.prices
        if name == "constant":
            return {"value": [self.param(node, "value")] * self.count}
        if name in _OF_BARS:
            return _OF_BARS[name](self.prices, int(self.param(node, "period")))
        (source,) = self.inputs(node, "source")
        values = self.series(source)
        if name == "shift":
            if self.strategy.node(source.partition(".")[0]).kind == "math.constant":
                return {"value": values}
            ago = int(self.param(node, "bars"))
            return {"value": [MISSING] * min(ago, self.count) + values[: max(0, self.count - ago)]}
        if name == "macd":
            fast, slow, smooth = (
                int(self.param(node, f"{word}_period")) for word in ("fast", "slow", "signal")
            )
            macd = _minus(_ema(values, fast), _ema(values, slow))
            signal = _ema(macd, smooth)
            return {"macd": macd, "signal": signal, "histogram": _minus(macd, signal)}
        period = int(self.param(node, "period"))
        if name == "bollinger_bands":
            middle, wide = _sma(values, period), _deviation(values, period)
            factor = self.param(node, "deviations")
            return {
                "middle": middle,
                "upper": [m + factor * w for m, w in zip(middle, wide, strict=True)],
                "lower": [m - factor * w for m, w in zip(middle, wide, strict=True)],
            }
        return {"value": _OF_SOURCE[name](values, period)}

    def _signal(self, node: Node, name: str) -> Signals:
        if name in ("and", "or"):
            columns = zip(*(self.signal(item) for item in self.inputs(node, "signals")), strict=True)
            return [(all if name == "and" else any)(column) for column in columns]
        if name == "not":
            return [not item for item in self.signal(self.inputs(node, "signal")[0])]
        left = self.series(self.inputs(node, "left")[0])
        rights = self.inputs(node, "right")
        right = self.series(rights[0]) if rights else [self.param(node, "value")] * self.count
        if name == "compare":
            holds = _RELATIONS[str(self.param(node, "operator"))]
            return [holds(a, b) for a, b in zip(left, right, strict=True)]
        return _crosses(left, right, 1 if name == "crosses_above" else -1)


def _start(values: Series) -> int:
    return next((bar for bar, value in enumerate(values) if not math.isnan(value)), len(values))


def _minus(left: Series, right: Series) -> Series:
    return [a - b for a, b in zip(left, right, strict=True)]


def _rolling(values: Series, period: int, of: Callable[[Series], float]) -> Series:
    start = _start(values) + period - 1
    return [
        of(values[bar - period + 1 : bar + 1]) if bar >= start else MISSING
        for bar in range(len(values))
    ]


def _sma(values: Series, period: int) -> Series:
    return _rolling(values, period, lambda window: math.fsum(window) / period)


def _wma(values: Series, period: int) -> Series:
    weights = range(1, period + 1)
    total = period * (period + 1) / 2
    return _rolling(
        values,
        period,
        lambda window: math.fsum(w * x for w, x in zip(weights, window, strict=True)) / total,
    )


def _deviation(values: Series, period: int) -> Series:
    def of(window: Series) -> float:
        mean = math.fsum(window) / period
        return math.sqrt(abs(math.fsum(x * x for x in window) / period - mean * mean))

    return _rolling(values, period, of)


def _smoothed(values: Series, period: int, share: float) -> Series:
    found, seed = [], _start(values) + period - 1
    for bar, value in enumerate(values):
        if bar < seed:
            found.append(MISSING)
        elif bar == seed:
            found.append(math.fsum(values[bar - period + 1 : bar + 1]) / period)
        else:
            found.append(found[-1] * (1 - share) + value * share)
    return found


def _ema(values: Series, period: int) -> Series:
    return _smoothed(values, period, 2 / (period + 1))


def _wilder(values: Series, period: int) -> Series:
    return _smoothed(values, period, 1 / period)


def _rsi(values: Series, period: int) -> Series:
    changes = [MISSING, *(b - a for a, b in zip(values, values[1:], strict=False))]
    rises = _wilder([x if math.isnan(x) else max(x, 0.0) for x in changes], period)
    falls = _wilder([x if math.isnan(x) else max(-x, 0.0) for x in changes], period)

    def of(rise: float, fall: float) -> float:
        if fall == 0:
            return 50.0 if rise == 0 else 100.0
        return 100 - 100 / (1 + rise / fall)

    return [of(rise, fall) for rise, fall in zip(rises, falls, strict=True)]


def _atr(prices: Mapping[str, Series], period: int) -> Mapping[str, Series]:
    ranges = [MISSING]
    for bar in range(1, len(prices["close"])):
        before = prices["close"][bar - 1]
        ranges.append(max(prices["high"][bar], before) - min(prices["low"][bar], before))
    return {"value": _wilder(ranges, period)}


def _donchian(prices: Mapping[str, Series], period: int) -> Mapping[str, Series]:
    upper, lower = _rolling(prices["high"], period, max), _rolling(prices["low"], period, min)
    middle = [(a + b) / 2 for a, b in zip(upper, lower, strict=True)]
    return {"upper": upper, "middle": middle, "lower": lower}


def _crosses(left: Series, right: Series, direction: int) -> Signals:
    found, last = [], 0.0
    for a, b in zip(left, right, strict=True):
        difference = (a - b) * direction
        found.append(difference > 0 and last < 0)
        if difference:
            last = 0.0 if math.isnan(difference) else difference
    return found


_OF_BARS: Mapping[str, Callable[[Mapping[str, Series], int], Mapping[str, Series]]] = {
    "atr": _atr,
    "donchian_channels": _donchian,
}
_OF_SOURCE: Mapping[str, Callable[[Series, int], Series]] = {
    "sma": _sma,
    "ema": _ema,
    "wma": _wma,
    "rsi": _rsi,
    "standard_deviation": _deviation,
    "highest": lambda values, period: _rolling(values, period, max),
    "lowest": lambda values, period: _rolling(values, period, min),
}
_RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


# ---------------------------------------------------------------------------------------------
# the account


@dataclass
class _Order:
    size: float  # above 0 to buy
    decided_at: float  # the close, or the price of a stop
    is_stop: bool = False
    is_checked: bool = False


@dataclass
class _Account:
    """Cash, the position and the orders of one symbol, and how they change when a bar opens."""

    bars: Bars
    cash: float
    commission: float
    slippage: float
    size: float = 0.0
    entry_price: float = 0.0
    orders: list[_Order] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)

    def equity(self, bar: int) -> float:
        return self.cash + self.size * float(self.bars.close[bar])

    def open_bar(self, bar: int) -> None:
        self._refuse()
        for order in list(self.orders):
            price = self._fill_price(order, bar)
            if price is not None:
                self.orders.remove(order)
                self._fill(order, bar, price)

    def _refuse(self) -> None:
        cash, size = self.cash, self.size
        for order in [order for order in self.orders if not order.is_checked]:
            order.is_checked = True
            # a sale of what is held, or a short sale, brings cash; all else costs it
            cash -= order.size * order.decided_at
            cash -= abs(order.size * order.decided_at) * self.commission
            size += order.size
            if cash < 0:
                self.orders.remove(order)

    def _fill_price(self, order: _Order, bar: int) -> float | None:
        opening = float(self.bars.open[bar])
        high, low = float(self.bars.high[bar]), float(self.bars.low[bar])
        price: float | None = opening
        if order.is_stop and order.size > 0:
            stop = order.decided_at
            price = opening if opening >= stop else stop if high >= stop else None
        elif order.is_stop:
            stop = order.decided_at
            price = opening if opening <= stop else stop if low <= stop else None
        if price is None:
            return None
        if order.size > 0:
            return min(price * (1 + self.slippage), max(high, price))
        return max(price * (1 - self.slippage), min(low, price))

    def _fill(self, order: _Order, bar: int, price: float) -> None:
        closes = self.size * order.size < 0
        left = self.cash - order.size * price - abs(order.size) * price * self.commission
        if left < 0 and not closes:
            return
        self.cash = left
        self.size += order.size
        self.entry_price = 0.0 if closes else price
        side = "buy" if order.size > 0 else "sell"
        self.fills.append((bar, side, abs(order.size), price))


# ---------------------------------------------------------------------------------------------
# decisions


@dataclass
class _Rules:
    """What is decided on a close."""

    strategy: StrategyGraph
    values: _Values
    account: _Account
    stop: _Order | None = None
    fixed: list[float | None] = field(default_factory=list)

    def close_bar(self, bar: int) -> None:
        account = self.account
        if not account.size:
            self.stop = None
        sign = 1 if account.size > 0 else -1
        side = "long" if sign > 0 else "short"
        leaves = bool(account.size) and any(
            self._is_true(node, bar) for node in self._nodes(f"action.exit_{side}")
        )
        if leaves:
            self._cancel_stop()
            account.orders.append(_Order(-account.size, float(account.bars.close[bar])))
        elif account.size:
            self._protect(side, sign, bar)
        for name, direction in (("long", 1), ("short", -1)):
            may = not account.size or (leaves and direction != sign)
            for entry in self._nodes(f"action.enter_{name}"):
                if may and self._is_true(entry, bar):
                    self._enter(entry, direction, bar)
                    return

    def _nodes(self, kind: str) -> Sequence[Node]:
        return [node for node in self.strategy.nodes if node.kind == kind]

    def _is_true(self, node: Node, bar: int) -> bool:
        return self.values.signal(self.values.inputs(node, "when")[0])[bar]

    def _cancel_stop(self) -> None:
        if self.stop in self.account.orders:
            self.account.orders.remove(self.stop)
        self.stop = None

    def _enter(self, entry: Node, direction: int, bar: int) -> None:
        self.fixed = [self._distance(stop, bar) for stop in self._stops(entry)]
        close = float(self.account.bars.close[bar])
        size = self._shares(entry, bar, close)
        if size > 0:
            self.account.orders.append(_Order(direction * size, close))

    def _stops(self, entry: Node) -> list[Node]:
        return [self.strategy.node(e.target_node) for e in self.strategy.edges_from(entry.id)]

    def _distance(self, stop: Node, bar: int) -> float | None:
        """The connected distance times its multiple; None for a percentage."""
        sources = self.values.inputs(stop, "distance")
        if not sources:
            return None
        return self.values.param(stop, "multiple") * self.values.series(sources[0])[bar]

    def _protect(self, side: str, sign: int, bar: int) -> None:
        (entry,) = self._nodes(f"action.enter_{side}")
        stops = self._stops(entry)
        trails = any(stop.kind == "risk.trailing_stop" for stop in stops)
        if not stops or (self.stop is not None and not trails):
            return
        close = float(self.account.bars.close[bar])
        prices = []
        for stop, fixed in zip(stops, self.fixed, strict=True):
            is_trailing = stop.kind == "risk.trailing_stop"
            anchor = close if is_trailing else self.account.entry_price
            distance = self._distance(stop, bar) if is_trailing else fixed
            if distance is None:
                prices.append(anchor * (100 - sign * self.values.param(stop, "percent")) / 100)
            else:
                prices.append(anchor - sign * distance)
        price = max(prices) if sign > 0 else min(prices)
        if self.stop is None or (price - self.stop.decided_at) * sign > 0:
            self._cancel_stop()
            # Backtrader takes an order at a price of 0 for one without a price
            self.stop = _Order(-self.account.size, price or close, is_stop=True)
            self.account.orders.append(self.stop)

    def _shares(self, entry: Node, bar: int, close: float) -> float:
        equity = self.account.equity(bar)
        sizes = self.values.inputs(entry, "size")
        if not sizes:
            return math.floor(equity * self.strategy.backtest.sizing_percent / 100 / close)
        node = self.strategy.node(sizes[0].partition(".")[0])
        if node.kind == "sizing.fixed_shares":
            return self.values.param(node, "shares")
        if node.kind == "sizing.fixed_cash":
            return math.floor(self.values.param(node, "cash") / close)
        percent = self.values.param(node, "percent")
        if node.kind == "sizing.percent_of_equity":
            return math.floor(equity * percent / 100 / close)
        distances = [
            close * self.values.param(stop, "percent") / 100 if fixed is None else fixed
            for stop, fixed in zip(self._stops(entry), self.fixed, strict=True)
        ]
        if not min(distances) > 0:
            return 0
        by_cash = equity * self.values.param(node, "max_percent") / 100 / close
        return math.floor(min(equity * percent / 100 / min(distances), by_cash))
