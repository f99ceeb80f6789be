"""The plain values a backtest is made of: fills, trades, orders by outcome, the equity curve."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Side = Literal["buy", "sell"]
Stage = Literal["starting", "running", "collecting", "done"]
Times = NDArray[np.datetime64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a backtest is.

    Attributes:
        stage: What is being done now.
        fraction: Part of the bars done, from 0 to 1; None when it is not known.
        elapsed: Seconds since the start.
    """

    stage: Stage
    fraction: float | None
    elapsed: float


@dataclass(frozen=True, slots=True)
class Fill:
    """One execution of an order.

    Attributes:
        bar: Number of the bar it happened on, from 0.
        time: Time of that bar.
        side: ``"buy"`` or ``"sell"``.
        size: Shares, above 0.
        price: Price per share, slippage included.
        commission: What the broker took.
    """

    bar: int
    time: np.datetime64
    side: Side
    size: float
    price: float
    commission: float


@dataclass(frozen=True, slots=True)
class Trade:
    """One round trip: from the fill that opens a position to the fill that closes it.

    Adding to a position averages the entry price, partial exits average the exit price, and a
    fill that reverses a position ends one trade and begins the next.

    Attributes:
        side: ``"long"`` or ``"short"``.
        size: Shares entered in all.
        entry_bar: Bar of the first entry.
        entry_time: Time of that bar.
        entry_price: Average price of all entries.
        exit_bar: Bar of the last exit; None while open.
        exit_time: Time of that bar; None while open.
        exit_price: Average price of all exits; None while open.
        profit: Money gained, after commission. What is still open counts at the last close.
        return_: ``profit`` divided by the value of all entries (``"return"`` in JSON).
        bars: Bars from the first entry to the last exit, or to the last bar while open.
        commission: Commission of all its fills.
        is_open: Whether a position is left after the last bar.
    """

    side: Literal["long", "short"]
    size: float
    entry_bar: int
    entry_time: np.datetime64
    entry_price: float
    exit_bar: int | None
    exit_time: np.datetime64 | None
    exit_price: float | None
    profit: float
    return_: float
    bars: int
    commission: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class OrderCensus:
    """How many orders there were, by their last status.

    Attributes:
        submitted: All orders the strategy made.
        completed: Filled as a whole.
        cancelled: Cancelled by the strategy, or with the other orders of their group.
        expired: Past their last valid time.
        margin: Refused because the cash did not suffice.
        rejected: Refused for another reason.
        partial: Filled in part, still waiting after the last bar.
        pending: Not filled at all, still waiting after the last bar.
        unsized: Refused because the size was not a number.
    """

    submitted: int = 0
    completed: int = 0
    cancelled: int = 0
    expired: int = 0
    margin: int = 0
    rejected: int = 0
    partial: int = 0
    pending: int = 0
    unsized: int = 0


@dataclass(frozen=True, slots=True)
class Isolation:
    """What kept the strategy away from the rest of the system during the run.

    Attributes:
        enforced: Protections that were in force, one phrase each.
        missing: Protections this system could not enforce, one phrase each.
    """

    enforced: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every part was in force."""
        return bool(self.enforced) and not self.missing


@dataclass(frozen=True, slots=True, eq=False)
class EquityCurve:
    """The value of the account after each bar.

    Attributes:
        time: Time of each bar.
        value: Cash plus position at the bar's close.
        benchmark: Buy and hold: all the starting cash in the first close, without costs.
    """

    time: Times
    value: Floats
    benchmark: Floats

    def __post_init__(self) -> None:
        for array in (self.time, self.value, self.benchmark):
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EquityCurve):
            return NotImplemented
        return all(
            np.array_equal(mine, theirs)
            for mine, theirs in (
                (self.time, other.time),
                (self.value, other.value),
                (self.benchmark, other.benchmark),
            )
        )

    def __hash__(self) -> int:
        return hash((self.value.tobytes(), self.benchmark.tobytes()))

    @property
    def drawdown(self) -> Floats:
        """How far below its highest value so far, after each bar: 0, or a negative fraction."""
        peak = np.maximum.accumulate(self.value)
        result: Floats = self.value / peak - 1.0
        return result
