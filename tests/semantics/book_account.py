"""Orders, fills, cash and the position of one symbol, by docs/semantics.md."""

from dataclasses import dataclass, field

from stratcraft_jupyter import Bars

Fill = tuple[int, str, float, float]
"""Bar, side, size, price."""


@dataclass(eq=False)
class Order:
    size: float  # above 0 to buy
    decided_at: float  # the close, or the price of a stop
    is_stop: bool = False
    is_checked: bool = False


@dataclass
class Account:
    """Cash, the position and the orders of one symbol, and how they change when a bar opens."""

    bars: Bars
    cash: float
    commission: float
    slippage: float
    size: float = 0.0
    entry_price: float = 0.0
    orders: list[Order] = field(default_factory=list)
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
        cash = self.cash
        for order in [order for order in self.orders if not order.is_checked]:
            order.is_checked = True
            value = order.size * order.decided_at  # below 0 for a sale, which brings cash
            cash -= value + abs(value) * self.commission
            if cash < 0:
                self.orders.remove(order)

    def _fill_price(self, order: Order, bar: int) -> float | None:
        price = self._price_reached(order, bar)
        if price is None:
            return None
        if order.size > 0:
            return min(price * (1 + self.slippage), float(self.bars.high[bar]))
        return max(price * (1 - self.slippage), float(self.bars.low[bar]))

    def _price_reached(self, order: Order, bar: int) -> float | None:
        opening, stop = float(self.bars.open[bar]), order.decided_at
        if not order.is_stop:
            return opening
        if order.size > 0:
            return max(opening, stop) if self.bars.high[bar] >= stop else None
        return min(opening, stop) if self.bars.low[bar] <= stop else None

    def _fill(self, order: Order, bar: int, price: float) -> None:
        closes = self.size * order.size < 0
        left = self.cash - order.size * price - abs(order.size) * price * self.commission
        if left < 0 and not closes:
            return
        self.cash = left
        self.size += order.size
        self.entry_price = 0.0 if closes else price
        side = "buy" if order.size > 0 else "sell"
        self.fills.append((bar, side, abs(order.size), price))
