"""Round trips, put together from the fills."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stratcraft_jupyter.backtest.accounting import is_flat, signed
from stratcraft_jupyter.backtest.records import Fill, Floats, Times, Trade


@dataclass(slots=True)
class _OpenTrade:
    """A round trip under way; sizes and values are positive, whatever the side."""

    first: Fill
    is_long: bool
    entered: float = 0.0
    entry_value: float = 0.0
    exited: float = 0.0
    exit_value: float = 0.0
    commission: float = 0.0
    last: Fill = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.first

    @property
    def held(self) -> float:
        return self.entered - self.exited

    def enter(self, fill: Fill, size: float) -> None:
        self.entered += size
        self.entry_value += size * fill.price
        self._pay(fill, size)

    def leave(self, fill: Fill, size: float) -> None:
        self.exited += size
        self.exit_value += size * fill.price
        self._pay(fill, size)

    def _pay(self, fill: Fill, size: float) -> None:
        self.commission += fill.commission * (size / fill.size)
        self.last = fill


def pair_trades(fills: Sequence[Fill], time: Times, close: Floats) -> tuple[Trade, ...]:
    """All round trips in order; the last one may still be open and is marked to the last close.

    A fill against the position closes first. What is left of it opens the next trade, and its
    commission is split by size.
    """
    trades: list[Trade] = []
    current: _OpenTrade | None = None
    for fill in fills:
        is_buy = signed(fill) > 0
        rest = fill.size
        if current and current.is_long != is_buy:
            closing = min(rest, current.held)
            if is_flat(rest - closing, fill.size):
                closing = rest
            current.leave(fill, closing)
            rest -= closing
            if is_flat(current.held, current.entered):
                trades.append(_closed(current, time))
                current = None
        if rest > 0:
            current = current or _OpenTrade(fill, is_long=is_buy)
            current.enter(fill, rest)
    if current:
        trades.append(_marked(current, time, float(close[-1])))
    return tuple(trades)


def _closed(trade: _OpenTrade, time: Times) -> Trade:
    last = trade.last.bar
    return _trade(
        trade, time, exit_bar=last, exit_value=trade.exit_value, bars=last - trade.first.bar
    )


def _marked(trade: _OpenTrade, time: Times, close: float) -> Trade:
    worth = trade.exit_value + trade.held * close
    bars = len(time) - 1 - trade.first.bar
    return _trade(trade, time, exit_bar=None, exit_value=worth, bars=bars)


def _trade(
    trade: _OpenTrade, time: Times, *, exit_bar: int | None, exit_value: float, bars: int
) -> Trade:
    gross = exit_value - trade.entry_value if trade.is_long else trade.entry_value - exit_value
    profit = gross - trade.commission
    return Trade(
        side="long" if trade.is_long else "short",
        size=trade.entered,
        entry_bar=trade.first.bar,
        entry_time=trade.first.time,
        entry_price=trade.entry_value / trade.entered,
        exit_bar=exit_bar,
        exit_time=None if exit_bar is None else time[exit_bar],
        exit_price=None if exit_bar is None else trade.exit_value / trade.exited,
        profit=profit,
        return_=profit / trade.entry_value,
        bars=bars,
        commission=trade.commission,
        is_open=exit_bar is None,
    )
