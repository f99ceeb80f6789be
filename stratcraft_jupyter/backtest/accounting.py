"""Cash, position and equity, worked out from the fills and our own bars.

Nothing the strategy's process says about money is used; only its fills are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.backtest.records import Fill, Floats

# A position this small beside what was traded is rounding, not shares.
FLAT = 1e-9


@dataclass(frozen=True, slots=True)
class Account:
    """The account after each bar.

    Attributes:
        cash: Money on hand. A short sale adds its proceeds; covering pays them back.
        position: Shares held, below 0 when short.
        value: ``cash + position * close``.
    """

    cash: Floats
    position: Floats
    value: Floats


def signed(fill: Fill) -> float:
    """The change of position a fill makes."""
    return fill.size if fill.side == "buy" else -fill.size


def is_flat(position: float, traded: float) -> bool:
    """Whether ``position`` is nothing but the rounding left by fills of ``traded`` shares."""
    return abs(position) <= FLAT * traded


def keep_account(fills: Sequence[Fill], close: Floats, cash: float) -> Account:
    """The account over all bars, given the fills in order and the starting cash."""
    cash_after = np.empty(len(fills) + 1)
    position_after = np.empty(len(fills) + 1)
    cash_after[0], position_after[0] = cash, 0.0
    position = traded = 0.0
    for number, fill in enumerate(fills, start=1):
        change = signed(fill)
        cash -= change * fill.price + fill.commission
        position += change
        traded = max(traded, fill.size)
        if is_flat(position, traded):
            position = traded = 0.0
        cash_after[number], position_after[number] = cash, position
    done = _fills_done_by_bar(fills, len(close))
    cash_by_bar, position_by_bar = cash_after[done], position_after[done]
    return Account(
        cash=cash_by_bar,
        position=position_by_bar,
        value=cash_by_bar + position_by_bar * close,
    )


def buy_and_hold(close: Floats, cash: float) -> Floats:
    """The value of ``cash`` put into the first close and held, without costs."""
    result: Floats = close * (cash / close[0])
    return result


def _fills_done_by_bar(fills: Sequence[Fill], bar_count: int) -> NDArray[np.intp]:
    bars = np.fromiter((fill.bar for fill in fills), dtype=np.int64, count=len(fills))
    return np.searchsorted(bars, np.arange(bar_count), side="right")
