"""Refuses fills that the bars and the rules of orders do not allow.

The fills come from a process that ran anything. Some cannot be told from honest ones, such as a
limit order that happens to have the best price of a bar; but no fill is better than the bars were,
earlier than its order, paid with money that was not there, or cheaper than the settings say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.backtest.config import BacktestConfig
from stratcraft_jupyter.backtest.records import Floats
from stratcraft_jupyter.errors import BacktestError

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

_TINY = 1e-9
_SAME_CASH = 1e-6
_MOST = 1e30
# As the worker's engine numbers the types of orders.
_MARKET, _LIMIT, _STOPS = 0, 2, (3, 5)
_LAST_TYPE = 7

_HINT = (
    "Remove what changes the broker, such as calls of self.broker.set...(); set cash, commission "
    "and slippage in the settings of the backtest."
)


@dataclass(frozen=True, slots=True, eq=False)
class FillColumns:
    """The fills as the worker noted them, one row each.

    Attributes:
        bar: Bar of the fill, of the bars that were run.
        size: Shares, below 0 for sales.
        price: What was paid for one.
        commission: What the broker charged.
        made: Bar on whose close the order was made.
        kind: Number of the type of the order.
        wanted: Price of a limit or stop, NaN for the others.
    """

    bar: NDArray[np.int64]
    size: Floats
    price: Floats
    commission: Floats
    made: NDArray[np.int64]
    kind: NDArray[np.int64]
    wanted: Floats


_Rule = tuple[NDArray[np.bool_], Callable[[int], str]]


def check_fills(
    columns: Mapping[str, memoryview], bars: "Bars", config: BacktestConfig, *, skipped: int = 0
) -> None:
    """Refuse a run with a fill that cannot be.

    Args:
        columns: The fills, as ``collect.read_fills`` takes them, and found to be well-formed.
        bars: The bars as given.
        config: The settings of the run.
        skipped: How many of the bars come before the first that was run.

    Raises:
        BacktestError: Of the kind ``"broker"``, about the first such fill.
    """
    fills = fill_columns(columns)
    if not len(fills.bar):
        return
    at = fills.bar + skipped
    with np.errstate(over="ignore", invalid="ignore"):
        rules = (
            *_rules_of_time(fills),
            *_rules_of_price(fills, bars, at, config),
            *_rules_of_money(fills, config),
        )
    broken = [(int(np.argmax(fails)), tell) for fails, tell in rules if np.any(fails)]
    if not broken:
        return
    row, tell = min(broken, key=lambda item: item[0])
    day = str(bars.time[at[row]].astype("datetime64[m]")).replace("T", " ").removesuffix(" 00:00")
    side = "purchase" if fills.size[row] > 0 else "sale"
    raise BacktestError(
        f"A {side} of {abs(fills.size[row]):,.6g} at {fills.price[row]:,.6g} on {day} cannot be: "
        f"{tell(row)}.",
        hint=_HINT,
        kind="broker",
    )


def fill_columns(columns: Mapping[str, memoryview]) -> FillColumns:
    """The columns as numbers."""
    return FillColumns(
        bar=np.frombuffer(columns["bar"], np.int64),
        size=np.frombuffer(columns["size"], np.float64),
        price=np.frombuffer(columns["price"], np.float64),
        commission=np.frombuffer(columns["commission"], np.float64),
        made=np.frombuffer(columns["made"], np.int64),
        kind=np.frombuffer(columns["kind"], np.int64),
        wanted=np.frombuffer(columns["wanted"], np.float64),
    )


def _rules_of_time(fills: FillColumns) -> list[_Rule]:
    back = np.diff(fills.bar, prepend=0) < 0
    early = (fills.made < 0) | (fills.made >= fills.bar)
    unknown = (fills.kind < 0) | (fills.kind > _LAST_TYPE)
    return [
        (back, lambda row: "it comes before the fill that precedes it"),
        (early, lambda row: "an order fills on a later bar than the one it was made on"),
        (unknown, lambda row: "there is no such type of order"),
    ]


def _rules_of_price(
    fills: FillColumns, bars: "Bars", at: NDArray[np.int64], config: BacktestConfig
) -> list[_Rule]:
    low, high, price, buys = bars.low[at], bars.high[at], fills.price, fills.size > 0
    room = _TINY * np.abs(price)
    outside = (price < low - room) | (price > high + room)
    slipped = np.where(
        buys,
        np.minimum(bars.open[at] * (1 + config.slippage), high),
        np.maximum(bars.open[at] * (1 - config.slippage), low),
    )
    off = (fills.kind == _MARKET) & (np.abs(price - slipped) > room)
    better = np.where(buys, price - fills.wanted, fills.wanted - price)  # below 0: better
    limits, stops = fills.kind == _LIMIT, np.isin(fills.kind, _STOPS)
    beyond = limits & ~(better <= room)
    short_of = stops & ~(better >= -room)
    return [
        (outside, lambda row: f"the bar reaches from {low[row]:,.6g} to {high[row]:,.6g}"),
        (off, lambda row: f"a market order fills at the open, here {slipped[row]:,.6g}"),
        (beyond, lambda row: f"its limit is {fills.wanted[row]:,.6g}"),
        (short_of, lambda row: f"it waited for the stop at {fills.wanted[row]:,.6g}"),
    ]


def _rules_of_money(fills: FillColumns, config: BacktestConfig) -> list[_Rule]:
    value = fills.size * fills.price
    due = np.abs(value) * config.commission
    charged = ~np.isclose(fills.commission, due, rtol=_TINY, atol=_TINY)
    cash = config.cash - np.cumsum(value + due)
    position = np.cumsum(fills.size)
    grows = np.abs(position) > np.abs(position - fills.size) * (1 + _TINY)
    unpaid = grows & (cash < -_SAME_CASH * config.cash)
    boundless = ~(np.abs(cash) <= _MOST * config.cash)
    return [
        (boundless, lambda row: "no account is that large"),
        (unpaid, lambda row: f"the cash would be {cash[row]:,.2f} after it"),
        (
            charged,
            lambda row: (
                f"it was charged {fills.commission[row]:,.6g}, and the commission of the settings "
                f"is {due[row]:,.6g}"
            ),
        ),
    ]
