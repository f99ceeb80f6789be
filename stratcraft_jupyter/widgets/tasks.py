"""Where slow work runs: on the kernel's event loop, started from any thread."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

_own_loop: asyncio.AbstractEventLoop | None = None
_own_loop_lock = threading.Lock()


class Tasks:
    """Starts coroutines and keeps hold of them until they end.

    Made in a notebook cell, it uses the kernel's loop; without a running loop, one in a thread.
    """

    def __init__(self) -> None:
        self._running: set[Future[None]] = set()
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    def start(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        """Starts the work and returns at once; cancelling the result cancels the work."""
        loop = self._loop
        if loop is None or loop.is_closed():
            loop = _loop_in_thread()
        future = asyncio.run_coroutine_threadsafe(work, loop)
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        return future

    def close(self) -> None:
        """Cancels all that is still running."""
        for future in tuple(self._running):
            future.cancel()


def _loop_in_thread() -> asyncio.AbstractEventLoop:
    """One event loop for the whole process, in a thread of its own."""
    global _own_loop
    with _own_loop_lock:
        if _own_loop is None:
            _own_loop = asyncio.new_event_loop()
            name = "stratcraft-tasks"
            threading.Thread(target=_own_loop.run_forever, name=name, daemon=True).start()
        return _own_loop
