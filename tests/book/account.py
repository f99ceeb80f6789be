"""Orders, fills, cash and the position of one symbol, by docs/semantics.md."""

from dataclasses import dataclass, field
from typing import Literal

from stratcraft_jupyter import Bars

Fill = tuple[int, str, float, float]
"""Bar, side, size, price."""

OrderType = Literal["market", "limit", "stop", "stop_limit"]


@dataclass(eq=False)
class Order:
    """An order, from the close on which it is sent.

    Attributes:
        size: Shares, above 0 to buy.
        price: The close on which a market order was decided, else the limit or stop price.
        type: When it fills.
        limit: Limit price of a stop-limit order.
        partner: The order that is cancelled when this one is no more.
        state: ``"new"`` until the broker has looked at its cash.
    """

    size: float
    price: float
    type: OrderType = "market"
    limit: float = 0.0
    partner: "Order | None" = None
    is_triggered: bool = False
    state: Literal["new", "accepted", "filled", "cancelled", "refused"] = "new"

    @property
    def rests(self) -> bool:
        return self.state in ("new", "accepted")


@dataclass
class Account:
    """Cash, the position and the orders of one symbol, and how they change when a bar opens."""

    bars: Bars
    cash: float
    commission: float
    slippage: float
    size: float = 0.0
    price: float = 0.0  # the average price at which the position was entered
    orders: list[Order] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    results: list[float] = field(default_factory=list)  # of closed trades, after commission
    _result: float = 0.0  # of the open trade

    def equity(self, bar: int) -> float:
        return self.cash + self.size * float(self.bars.close[bar])

    def send(self, order: Order) -> Order:
        self.orders.append(order)
        return order

    def cancel(self, order: Order | None) -> None:
        if order is None or order.state != "accepted":
            return
        self._end(order, "cancelled")

    def open_bar(self, bar: int) -> None:
        self._look_at_cash()
        for order in list(self.orders):
            if order.state == "accepted":
                price = self._fill_price(order, bar)
                if price is not None:
                    self._fill(order, bar, price)

    def _end(self, order: Order, state: Literal["filled", "cancelled", "refused"]) -> None:
        order.state = state
        self.orders.remove(order)
        if order.partner is not None and order.partner.state == "accepted":
            self._end(order.partner, "cancelled")

    def _look_at_cash(self) -> None:
        """Orders sent on the last close, one after the other, as if they filled at their price."""
        cash, size = self.cash, self.size
        for order in [order for order in self.orders if order.state == "new"]:
            cash -= order.size * order.price + abs(order.size) * order.price * self.commission
            size += order.size
            if cash < 0:
                self._end(order, "refused")
            else:
                order.state = "accepted"

    def _fill_price(self, order: Order, bar: int) -> float | None:
        opening, high, low, close = (
            float(getattr(self.bars, name)[bar]) for name in ("open", "high", "low", "close")
        )
        sign = 1 if order.size > 0 else -1
        if order.type == "market":
            return self._slipped(opening, sign, high, low)
        if order.type == "limit" or order.is_triggered:
            limit = order.price if order.type == "limit" else order.limit
            return self._limit_price(limit, sign, opening, high, low)
        if (opening - order.price) * sign >= 0:
            if order.type == "stop":
                return self._slipped(opening, sign, high, low)
            order.is_triggered = True
            return self._limit_price(order.limit, sign, opening, high, low)
        reached = high >= order.price if sign > 0 else low <= order.price
        if not reached:
            return None
        if order.type == "stop":
            return self._slipped(order.price, sign, high, low)
        order.is_triggered = True
        if (order.limit - order.price) * sign >= 0:
            return self._slipped(order.price, sign, high, low)
        turned = opening > close if sign > 0 else opening <= close
        return order.limit if turned and (order.limit - close) * sign >= 0 else None

    def _limit_price(
        self, limit: float, sign: int, opening: float, high: float, low: float
    ) -> float | None:
        if (limit - opening) * sign >= 0:
            best = min(high, limit) if sign > 0 else limit
            return self._slipped(opening, sign, best, best)
        reached = low <= limit if sign > 0 else high >= limit
        return limit if reached else None

    def _slipped(self, price: float, sign: int, high: float, low: float) -> float:
        if sign > 0:
            return min(price * (1 + self.slippage), high)
        return max(price * (1 - self.slippage), low)

    def _fill(self, order: Order, bar: int, price: float) -> None:
        closes = self.size * order.size < 0
        cost = abs(order.size) * price * self.commission
        if self.cash - order.size * price - cost < 0 and not closes:
            self._end(order, "refused")
            return
        self._result += -order.size * price - cost
        self.cash -= order.size * price + cost
        before, self.size = self.size, self.size + order.size
        if self.size == 0:
            self.price = 0.0
            self.results.append(self._result)
            self._result = 0.0
        elif before * self.size <= 0:
            self.price = price
        elif not closes:
            self.price = (self.price * before + order.size * price) / self.size
        side = "buy" if order.size > 0 else "sell"
        self.fills.append((bar, side, abs(order.size), price))
        self._end(order, "filled")
