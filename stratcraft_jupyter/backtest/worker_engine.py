"""Backtrader's engine with a shorter loop. Imported in the worker process only.

The loop is used where it does what the stock loop does: one feed, one strategy, nothing attached.
Everything else runs on the stock loop.
"""

import time
from collections.abc import Callable
from typing import Any

import backtrader as bt
from backtrader.linebuffer import LineBuffer
from backtrader.lineiterator import LineIterator
from backtrader.lineseries import Lines

from stratcraft_jupyter.backtest.worker_broker import RecordingBroker
from stratcraft_jupyter.backtest.worker_feed import ArrayFeed

_CHUNK = 512
_REPORT_EVERY = 0.05
_NAN = float("nan")
# What the loop takes over; a strategy that changes one of these gets the stock loop.
_TAKEN_OVER = (
    "_oncepost",
    "_oncepost_open",
    "_addnotification",
    "_getminperstatus",
    "_next_analyzers",
    "_next_observers",
    "_once",
    "clear",
    "forward",
    "reset",
)


class LeanCerebro(bt.Cerebro):  # type: ignore[misc]  # Backtrader ships no types
    """Cerebro with the short loop where it fits.

    Attributes:
        on_bars: Called now and then with the number of bars done.
        allow_lean: False keeps to the stock loop.
        was_lean: Whether the last run used the short loop.
        child_count: Number of indicators the strategy had when the run began.
    """

    def __init__(self, on_bars: Callable[[int], None], *, allow_lean: bool = True) -> None:
        super().__init__()
        self.p.stdstats = False  # observers draw charts we do not use
        self.on_bars = on_bars
        self.allow_lean = allow_lean
        self.was_lean = False
        self.child_count = 0
        self._stock_bars = 0
        self._reported = time.monotonic()

    def _runonce(self, runstrats: list[Any]) -> None:
        lines = _lines_to_advance(self, runstrats) if self.allow_lean else None
        self.was_lean = lines is not None
        if lines is None:
            super()._runonce(runstrats)
            return
        (strategy,) = runstrats
        self.child_count = len(strategy._lineiterators[LineIterator.IndType])
        strategy._once()
        strategy.reset()
        self.broker.go_lean(self.datas[0])
        size = self.datas[0].buflen()
        for start in range(0, size, _CHUNK):
            stop = min(start + _CHUNK, size)
            self._run_bars(strategy, lines, start, stop)
            if self._event_stop:
                return
            self._report(stop)

    def _brokernotify(self) -> None:
        """Also count the bars; the stock loops call this on each."""
        super()._brokernotify()
        self._stock_bars += 1
        if self._stock_bars % _CHUNK == 0:
            self._report(self._stock_bars)

    def _report(self, bars: int) -> None:
        now = time.monotonic()
        if now - self._reported > _REPORT_EVERY:
            self._reported = now
            self.on_bars(bars)

    def _run_bars(self, strategy: Any, lines: list[Any], start: int, stop: int) -> None:
        """What the stock loop does for the bars from ``start`` up to ``stop``, in its order."""
        broker, data = self.broker, self.datas[0]
        step, notifications = broker.next, broker.notifs
        data_lines, times = data.lines.lines, data.lines.datetime.array
        own_lines, own_times = _own_lines(strategy)
        children, child_count = strategy._lineiterators[LineIterator.IndType], self.child_count
        hears_cash = _hears_cash(strategy)
        for bar in range(start, stop):
            _move(data_lines, bar)
            step()
            if notifications:
                _deliver(notifications, strategy)
            if self._event_stop:
                return
            _move(lines, bar)
            if len(children) != child_count:
                _advance_late(children[child_count:])
            _forward(own_lines)
            own_times[-1] = times[bar]
            if hears_cash or strategy._orderspending or strategy._tradespending:
                strategy._notify()
            strategy._minperstatus = status = strategy._minperiods[0] - bar - 1
            if status < 0:
                strategy.next()
            else:
                _begin(strategy, status)
            if strategy._orderspending or strategy._tradespending:
                strategy.clear()
            if self._event_stop:
                return


def _move(lines: list[Any], bar: int) -> None:
    """Let ``bar`` be the current one of all ``lines``."""
    length = bar + 1
    for line in lines:
        line._idx = bar
        line.lencount = length


def _forward(lines: list[Any]) -> None:
    for line in lines:
        line._idx += 1
        line.lencount += 1
        line.array.append(_NAN)


def _own_lines(strategy: Any) -> tuple[list[Any], Any]:
    """The lines of the strategy itself, and the values of the one that holds the time."""
    return strategy.lines.lines, strategy.lines.datetime.array


def _deliver(notifications: Any, strategy: Any) -> None:
    """Hand the broker's news about orders to their owners."""
    while notifications:
        order = notifications.popleft()
        owner = strategy if order.owner is None else order.owner
        owner._addnotification(order, quicknotify=False)


def _begin(strategy: Any, status: int) -> None:
    """The bars before the indicators have values, and the first one after."""
    if status == 0:
        strategy.nextstart()
    else:
        strategy.prenext()


def _lines_to_advance(cerebro: Any, runstrats: list[Any]) -> list[Any] | None:
    """The indicator lines that move with every bar; None if the short loop does not fit."""
    if not _is_plain(cerebro) or len(runstrats) != 1 or not _is_usual(runstrats[0]):
        return None
    (strategy,) = runstrats
    moving = {id(line) for line in cerebro.datas[0].lines.lines}
    found: list[Any] = []
    for child in strategy._lineiterators[LineIterator.IndType]:
        if id(_first_line(child._clock)) not in moving or not _advances_plainly(child):
            return None
        lines = [child] if isinstance(child, LineBuffer) else child.lines.lines
        for line in lines:
            if id(line) in moving:
                return None
            moving.add(id(line))
            found.append(line)
    return found


def _is_plain(cerebro: Any) -> bool:
    """Whether nothing but one array feed and our broker is attached."""
    if len(cerebro.datas) != 1 or type(cerebro.datas[0]) is not ArrayFeed:
        return False
    attached = (
        cerebro._timers,
        cerebro._timerscheat,
        cerebro.runwriters,
        cerebro.stores,
        cerebro._ohistory,
        cerebro.datas[0]._filters,
    )
    return (
        not any(attached)
        and type(cerebro.broker) is RecordingBroker
        and not (cerebro.p.cheat_on_open or cerebro.p.quicknotify or cerebro._exactbars)
    )


def _is_usual(strategy: Any) -> bool:
    """Whether the strategy leaves Backtrader's inner workings alone and has no observers."""
    cls, own = type(strategy), vars(strategy)
    if any(getattr(cls, name) is not getattr(bt.Strategy, name) for name in _TAKEN_OVER):
        return False
    if any(name in own for name in (*_TAKEN_OVER, "_notify")):
        return False
    if cls._notify not in (bt.Strategy._notify, bt.SignalStrategy._notify):
        return False
    return not (
        len(strategy.analyzers)
        or len(strategy.observers)
        or strategy._slave_analyzers
        or strategy._lineiterators[LineIterator.ObsType]
        or strategy.lines.datetime.bindings
    )


def _advances_plainly(child: Any) -> bool:
    if isinstance(child, LineBuffer):
        return type(child).advance is LineBuffer.advance and child.mode == LineBuffer.UnBounded
    return (
        type(child).advance is bt.Indicator.advance and type(child.lines).advance is Lines.advance
    )


def _first_line(clock: Any) -> Any:
    return clock if isinstance(clock, LineBuffer) else clock.lines.lines[0]


def _advance_late(children: list[Any]) -> None:
    """Indicators a strategy made during the run move as in the stock loop."""
    for child in children:
        if len(child._clock) > len(child):
            child.advance()


def _hears_cash(strategy: Any) -> bool:
    """Whether the strategy wants cash and value after every bar."""
    return any(
        name in vars(strategy) or getattr(type(strategy), name) is not getattr(bt.Strategy, name)
        for name in ("notify_cashvalue", "notify_fund")
    )
