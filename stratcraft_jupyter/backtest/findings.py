"""What a reader of the figures should be told: why nothing traded, what looks wrong."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from stratcraft_jupyter.backtest.accounting import Account
from stratcraft_jupyter.backtest.messages import OrderPlaces
from stratcraft_jupyter.backtest.records import Fill, OrderCensus, Trade

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

_FEW_TRADES = 10
_SAME_VALUE = 1e-6


def find_warnings(
    *,
    bars: "Bars",
    fills: Sequence[Fill],
    trades: Sequence[Trade],
    orders: OrderCensus,
    places: OrderPlaces,
    account: Account,
    claimed_value: float,
) -> tuple[str, ...]:
    """One or two sentences for everything worth knowing, the most important first."""
    found = [
        *_about_orders(orders, places, trades, bars),
        *_about_trades(fills, trades, orders, len(bars)),
        *_about_account(account, claimed_value),
    ]
    return tuple(found)


def _about_orders(
    orders: OrderCensus, places: OrderPlaces, trades: Sequence[Trade], bars: "Bars"
) -> Iterator[str]:
    if orders.margin:
        yield (
            f"{_count(orders.margin, 'order was', 'orders were')} refused for lack of cash"
            f"{_first_refused(orders, places, bars)}: buy a smaller part of equity."
        )
    if orders.unsized:
        yield (
            f"{_count(orders.unsized, 'order', 'orders')} had a size that is not a number. Check "
            "how the size is worked out: an indicator has no value on its first bars."
        )
    if orders.rejected:
        yield (
            f"{_count(orders.rejected, 'order was', 'orders were')} rejected, because the order "
            "they belong to was gone. Send a bracket's orders together."
        )
    if places.at_the_end:
        yield (
            f"{_count(places.at_the_end, 'order was', 'orders were')} made on the last bar and "
            "would fill on the next."
        )
    resting = orders.pending - places.at_the_end
    # what waits beside an open position is its stop or target, as it should
    if resting > 0 and not (trades and trades[-1].is_open):
        yield (
            f"{_count(resting, 'order', 'orders')} never filled and still waited after "
            "the last bar. Check the prices of limits and stops."
        )


def _first_refused(orders: OrderCensus, places: OrderPlaces, bars: "Bars") -> str:
    """The bar on which the first refused order was made, in words."""
    bar = places.first_refused
    if bar is None or bar >= len(bars):
        return ""
    time = str(bars.time[bar].astype("datetime64[m]")).replace("T", " ").removesuffix(" 00:00")
    return f", {'made' if orders.margin == 1 else 'the first made'} on {time}"


def _about_trades(
    fills: Sequence[Fill], trades: Sequence[Trade], orders: OrderCensus, bar_count: int
) -> Iterator[str]:
    if not orders.submitted:
        yield (
            "There were no trades: the strategy made no order. Check that its entry condition "
            f"can be true on these {bar_count:,} bars, that its indicators need fewer bars, and "
            "that the cash buys a whole share."
        )
    elif not fills:
        yield "There were no trades: no order filled. Check sizes, prices and cash."
    elif not (closed := sum(not trade.is_open for trade in trades)):
        yield (
            "No trade was closed: the position is still open after the last bar. Check that its "
            "exits can be true, or run more bars."
        )
    elif closed < _FEW_TRADES:
        yield (
            f"There {_count(closed, 'was only', 'were only', number_last=True)} "
            f"{'trade' if closed == 1 else 'trades'}. That is too few to judge a strategy: "
            "run more bars or other symbols."
        )


def _about_account(account: Account, claimed_value: float) -> Iterator[str]:
    if np.any(account.value <= 0):
        yield (
            "The account fell to 0 or below, so ratios that need a positive value are left out. "
            "Trade smaller sizes."
        )
    value = float(account.value[-1])
    if not math.isclose(value, claimed_value, rel_tol=_SAME_VALUE, abs_tol=_SAME_VALUE):
        yield (
            "The strategy's broker ended with another value than its fills give. The strategy "
            "changed cash or costs; the figures here follow the fills and the settings."
        )


def _count(count: int, one: str, many: str, *, number_last: bool = False) -> str:
    words = one if count == 1 else many
    return f"{words} {count:,}" if number_last else f"{count:,} {words}"
