"""Doing what is asked for often only so often, or only once it is quiet. No widgets here."""

import asyncio
import time
from collections.abc import Callable


class Pace:
    """Runs ``action`` when asked, but not more often than every ``interval`` seconds.

    What is asked too early is done when the interval is over, once, however often it was asked;
    the last wish is never lost. Without an event loop that runs when this is made, there is no
    later, and every wish is granted at once.
    """

    def __init__(self, action: Callable[[], None], interval: float) -> None:
        self._action = action
        self._interval = interval
        self._ended = float("-inf")
        self._loop = _running_loop()
        self._timer: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        """Have the action run now or soon; may be called from any thread."""
        if self._loop is None or self._loop.is_closed() or self._remaining() <= 0:
            self._run()
        else:
            self._loop.call_soon_threadsafe(self._plan)

    def _remaining(self) -> float:
        return self._ended + self._interval - time.monotonic()

    def _plan(self) -> None:
        if self._timer is None and self._loop is not None:
            self._timer = self._loop.call_later(max(0.0, self._remaining()), self._run_late)

    def _run_late(self) -> None:
        self._timer = None
        self._run()

    def _run(self) -> None:
        self._action()
        # Counted from the end, so that a slow action leaves the kernel time to breathe.
        self._ended = time.monotonic()


class Quiet:
    """Runs ``action`` once nobody has asked for ``interval`` seconds.

    Without an event loop that runs when this is made, it runs at once.
    """

    def __init__(self, action: Callable[[], None], interval: float) -> None:
        self._action = action
        self._interval = interval
        self._loop = _running_loop()
        self._timer: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        """Start the wait anew; may be called from any thread."""
        if self._loop is None or self._loop.is_closed():
            self._action()
        else:
            self._loop.call_soon_threadsafe(self._plan)

    def _plan(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._loop is not None:
            self._timer = self._loop.call_later(self._interval, self._action)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
