"""Notes which orders wait after each close. Imported in the worker process only."""

import hashlib
from typing import Any

import backtrader as bt
import numpy as np

from stratcraft_jupyter.backtest.orders import BOOK_COLUMNS, ORDER_TYPES

_Order = bt.Order
_NUMBERS = {
    _Order.Market: 1 + ORDER_TYPES.index("market"),
    _Order.Close: 1 + ORDER_TYPES.index("close"),
    _Order.Limit: 1 + ORDER_TYPES.index("limit"),
    _Order.Stop: 1 + ORDER_TYPES.index("stop"),
    _Order.StopLimit: 1 + ORDER_TYPES.index("stop_limit"),
    # the broker moves its price; where it stands after a close, it is a stop like any other
    _Order.StopTrail: 1 + ORDER_TYPES.index("stop"),
    _Order.StopTrailLimit: 1 + ORDER_TYPES.index("stop_limit"),
}
_PRICED = (_Order.Limit, _Order.Stop, _Order.StopLimit, _Order.StopTrail, _Order.StopTrailLimit)
_BOUNDED = (_Order.StopLimit, _Order.StopTrailLimit)
_NAN = float("nan")
_FEED = ("open", "high", "low", "close", "volume")


class OrderNotes:
    """The orders of one run, as rows of consecutive closes after which nothing changed in them.

    Args:
        broker: The broker of the run; it is looked at before each of its bars, which is when it
            still holds what waited after the close before.
        is_wanted: Whether to note anything; a strategy cannot tell by its broker.
    """

    def __init__(self, broker: Any, *, is_wanted: bool = True) -> None:
        self._broker = broker
        self._rows: list[list[Any]] = []
        self._open: dict[int, tuple[tuple[Any, ...], list[Any]]] = {}
        step = broker.next

        def next_bar() -> None:
            if is_wanted and (broker.submitted or broker.pending):
                self._note(len(broker.cerebro.datas[0]) - 2)
            step()

        broker.next = next_bar

    def finish(self) -> dict[str, memoryview]:
        """The columns of all orders, once the run is over."""
        self._note(len(self._broker.cerebro.datas[0]) - 1)
        columns = zip(*self._rows, strict=True) if self._rows else ((),) * len(BOOK_COLUMNS)
        return {
            f"order {name}": np.array(values, dtype=np.int64 if place < 3 else np.float64).data
            for place, (name, values) in enumerate(zip(BOOK_COLUMNS, columns, strict=True))
        }

    def _note(self, bar: int) -> None:
        broker, noted = self._broker, {}
        about_to_work = {order.ref for order in broker._toactivate}
        for order in (*broker.submitted, *broker.pending):
            if order is None or _is_over(order):
                continue
            if not (order.active() or order.ref in about_to_work):
                continue
            state = _state(order)
            before = self._open.get(order.ref)
            if before is not None and before[0] == state and before[1][1] == bar - 1:
                row = before[1]
                row[1] = bar
            else:
                row = [bar, bar, *state]
                self._rows.append(row)
            noted[order.ref] = (state, row)
        self._open = noted


def _is_over(order: Any) -> bool:
    """Whether it can no longer fill: done with, or to expire before the bar is looked at."""
    if not order.alive():
        return True
    return bool(
        order.valid
        and order.exectype != _Order.Market
        and order.data.lines.datetime[0] > order.valid
    )


def _state(order: Any) -> tuple[Any, ...]:
    kind = order.exectype
    number = _NUMBERS.get(kind, 1)
    created = order.created
    price = created.price if kind in _PRICED else _NAN
    limit = created.pricelimit if kind in _BOUNDED else _NAN
    if limit is None or limit == 0.0:
        limit = price if kind in _BOUNDED else _NAN
    left = abs(order.executed.remsize or created.size)
    return (number if order.isbuy() else -number, float(left), _float(price), _float(limit))


def _float(price: Any) -> float:
    return _NAN if price is None or price != price else float(price)


def digest_of(feed: Any) -> str:
    """What the bars of a feed are after a run."""
    total = hashlib.sha256()
    size = len(feed)
    for name in _FEED:
        total.update(getattr(feed.lines, name).array.tobytes()[: size * 8])
    return total.hexdigest()
