"""Backtrader's broker, noting every fill and order. Imported in the worker process only.

With ``lean`` set it skips the work that cannot have an effect on a run with one data feed.
"""

from collections import defaultdict
from typing import Any

import backtrader as bt
import numpy as np
from backtrader.position import Position

from stratcraft_jupyter.backtest.worker_source import SourceError

_Order = bt.Order
_PlainCommission = bt.CommInfoBase
_AT_MARKET = (_Order.Market, _Order.Close)
_NAN = float("nan")


class FillLog:
    """Columns of fills, in the order they happened."""

    def __init__(self) -> None:
        self.bar: list[int] = []
        self.size: list[float] = []
        self.price: list[float] = []
        self.commission: list[float] = []
        self.made: list[int] = []
        self.kind: list[int] = []
        self.wanted: list[float] = []

    def columns(self) -> dict[str, memoryview]:
        """The fills as buffers of 8-byte items; sizes are below 0 for sales."""
        return {
            "bar": np.array(self.bar, dtype=np.int64).data,
            "size": np.array(self.size, dtype=np.float64).data,
            "price": np.array(self.price, dtype=np.float64).data,
            "commission": np.array(self.commission, dtype=np.float64).data,
            "made": np.array(self.made, dtype=np.int64).data,
            "kind": np.array(self.kind, dtype=np.int64).data,
            "wanted": np.array(self.wanted, dtype=np.float64).data,
        }


class _Position(Position):  # type: ignore[misc]  # Backtrader ships no types
    """A position that works out the date of its last bar only when asked."""

    _date: Any = None
    date_number: float | None = None

    @property
    def datetime(self) -> Any:
        number = self.date_number
        return self._date if number is None else bt.num2date(number)

    @datetime.setter
    def datetime(self, value: Any) -> None:
        self._date, self.date_number = value, None


class RecordingBroker(bt.brokers.BackBroker):  # type: ignore[misc]  # Backtrader ships no types
    """The back broker with a log of fills and a list of all orders.

    Attributes:
        lean: Whether bars without news are passed over quickly.
    """

    def init(self) -> None:
        """Begin with nothing noted; Backtrader calls this again when a run starts."""
        super().init()
        self.lean = False
        self.fills = FillLog()
        self.all_orders: list[Any] = []
        self.positions: defaultdict[Any, Any] = defaultdict(_Position)
        self._feed: Any = None
        self._held: Any = None
        self._flat_cash: float | None = None

    # --- notes -----------------------------------------------------------------------------

    def submit(self, order: Any, check: bool = True) -> Any:
        """Note the order, then take it as the stock broker does."""
        if order.data is not self.cerebro.datas[0]:
            raise SourceError(
                "The strategy ordered a symbol other than that of its bars.",
                "Trade the bars themselves, self.data; further bars can only be read.",
            )
        self.all_orders.append(order)
        if order.data is not self._feed or order.data._compensate is not None:
            self.lean = False  # more than the short way knows
        fields, params = order.__dict__, order.params
        for name in ("data", "exectype", "valid"):
            # else every look-up goes through a slow __getattr__
            if name not in fields:
                fields[name] = getattr(params, name)
        return super().submit(order, check=check)

    def _execute(
        self,
        order: Any,
        ago: int | None = None,
        price: float | None = None,
        cash: float | None = None,
        position: Any = None,
        dtcoc: float | None = None,
    ) -> Any:
        bits = order.executed.exbits
        before = len(bits)
        result = super()._execute(order, ago, price, cash, position, dtcoc)
        if len(bits) > before:
            self._note(order, bits[-1])
        return result

    def _note(self, order: Any, bit: Any) -> None:
        times = order.data.lines.datetime.array
        bar = len(order.data) - 1
        while bar > 0 and times[bar] > bit.dt:
            bar -= 1
        log = self.fills
        log.bar.append(bar)
        log.size.append(bit.size)
        log.price.append(bit.price)
        log.commission.append(bit.comm)
        log.made.append(_bar_of(order))
        log.kind.append(order.exectype)
        log.wanted.append(_NAN if order.exectype in _AT_MARKET else order.created.price)

    def census(self) -> dict[str, int]:
        """Number of orders by last status."""
        names = {
            _Order.Completed: "completed",
            _Order.Canceled: "cancelled",
            _Order.Expired: "expired",
            _Order.Margin: "margin",
            _Order.Rejected: "rejected",
            _Order.Partial: "partial",
        }
        counts = dict.fromkeys((*names.values(), "pending", "unsized"), 0)
        for order in self.all_orders:
            name = names.get(order.status, "pending")
            counts["unsized" if order.created.size != order.created.size else name] += 1
        counts["submitted"] = len(self.all_orders)
        return counts

    def order_places(self) -> dict[str, int | None]:
        """On which bars orders were made that the reader of the result should look at."""
        refused = [_bar_of(order) for order in self.all_orders if order.status == _Order.Margin]
        waiting = [
            order
            for order in self.all_orders
            if order.alive() and order.exectype in (_Order.Market, _Order.Close)
        ]
        at_the_end = sum(_bar_of(order) == order.data.buflen() - 1 for order in waiting)
        return {"first_refused": min(refused, default=None), "at_the_end": at_the_end}

    # --- one bar ---------------------------------------------------------------------------

    def go_lean(self, feed: Any) -> None:
        """Pass over bars without news from now on; ``feed`` is the only one, without history."""
        self.lean = True
        self._feed = feed
        self._held = self.positions[feed]

    def next(self) -> None:
        """Work off the orders for one bar, as the stock broker does."""
        if not self.lean:
            super().next()
            return
        held = self._held
        while self._toactivate:
            self._toactivate.popleft().activate()
        if self.submitted and self.p.checksubmit:
            self.check_submitted()
        if held.size:
            self._charge_interest(held)
        if self.pending:
            self._work_pending()
        if held.size:
            self._mark(held)
        elif self.cash is not self._flat_cash or self._cash_addition:
            self._get_value()
            self._flat_cash = self.cash

    def _charge_interest(self, held: Any) -> None:
        """Backtrader's daily interest; nothing to pay with the usual commission scheme."""
        feed = self._feed
        scheme = self.getcommissioninfo(feed)
        if type(scheme) is _PlainCommission and not scheme._creditrate:
            line = feed.lines.datetime
            held.date_number = line.array[line._idx]
            return
        now = feed.datetime.datetime()
        interest = scheme.get_credit_interest(feed, held, now)
        self.d_credit[feed] += interest
        held.datetime = now
        self.cash -= interest

    def _mark(self, held: Any) -> None:
        """The value of the account with a position, as ``_get_value`` works it out."""
        line = self._feed.lines.close
        close = line.array[line._idx]
        scheme = self.getcommissioninfo(self._feed)
        self.cash += scheme.cashadjust(held.size, held.adjbase, close)
        held.adjbase = close
        self._flat_cash = None
        if type(scheme) is not _PlainCommission or not self.p.shortcash or self._cash_addition:
            self._get_value()
            return
        market = 0.0 + scheme.getvaluesize(held.size, close)
        gain = scheme.profitandloss(held.size, held.price, close)
        worth = market
        if market > 0:
            worth = (market - gain) / scheme.get_leverage() + gain
        self._value = self.cash + worth
        self._fundval = self._value / self._fundshares
        self._valuemkt = worth
        self._valuelever = self.cash + market
        self._valuemktlever = market
        self._leverage = market / (worth or 1.0)
        self._unrealized = 0.0 + gain

    def _work_pending(self) -> None:
        pending = self.pending
        pending.append(None)
        while True:
            order = pending.popleft()
            if order is None:
                return
            if order.valid and order.expire():
                self.notify(order)
                self._ococheck(order)
                self._bracketize(order, cancel=True)
            elif not order.active() or self._rests(order):
                pending.append(order)
            else:
                self._try_exec(order)
                if order.alive():
                    pending.append(order)
                elif order.status == _Order.Completed:
                    self._bracketize(order)

    def _rests(self, order: Any) -> bool:
        """Whether a standing order cannot fill on this bar; a trailing stop has then moved.

        The comparisons are those of the stock ``_try_exec_limit`` and ``_try_exec_stop``.
        """
        kind, lines = order.exectype, order.data.lines
        at, wanted = lines.close._idx, order.created.price
        if kind == _Order.Stop or kind == _Order.StopTrail:
            if order.ordtype == _Order.Buy:
                hit = lines.open.array[at] >= wanted or lines.high.array[at] >= wanted
            else:
                hit = lines.open.array[at] <= wanted or lines.low.array[at] <= wanted
            if not hit and kind == _Order.StopTrail:
                order.trailadjust(lines.close.array[at])
            return not hit
        if kind == _Order.Limit:
            if order.ordtype == _Order.Buy:
                return not (wanted >= lines.open.array[at] or wanted >= lines.low.array[at])
            return not (wanted <= lines.open.array[at] or wanted <= lines.high.array[at])
        return False


def _bar_of(order: Any) -> int:
    """The bar on which an order was made, from 0."""
    times = np.asarray(order.data.lines.datetime.array)
    return int(np.searchsorted(times, order.created.dt, side="right")) - 1
