"""Keeps one spare worker process ready, so that a run starts at once."""

import atexit
import os
import threading
import weakref

from stratcraft_jupyter.backtest.process import WorkerProcess


class WorkerPool:
    """Hands out worker processes, each for one run, and holds at most one in reserve."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spare: WorkerProcess | None = None
        self._started: weakref.WeakSet[WorkerProcess] = weakref.WeakSet()
        self._closed = False
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def take(self) -> WorkerProcess:
        """A worker for one run: the spare one, or a new one. The caller closes it."""
        with self._lock:
            spare, self._spare = self._spare, None
            if spare is None:
                return self._start()
        if spare.is_alive:
            return spare
        spare.close()
        with self._lock:
            return self._start()

    def prepare(self) -> None:
        """Have a spare worker, started now if there is none."""
        with self._lock:
            if self._spare is None and not self._closed:
                self._spare = self._start()

    def wait_until_ready(self, seconds: float) -> None:
        """Wait for the spare worker, no longer than ``seconds``."""
        self.prepare()
        with self._lock:
            spare = self._spare
        if spare is not None:
            spare.is_ready.wait(seconds)

    def prepare_soon(self) -> None:
        """As ``prepare``, without waiting for the process to start."""
        threading.Thread(target=self.prepare, name="stratcraft-worker-spare", daemon=True).start()

    def replace_soon(self, used: WorkerProcess) -> None:
        """End a used worker and have a spare one, without waiting for either."""

        def replace() -> None:
            used.close()
            self.prepare()

        threading.Thread(target=replace, name="stratcraft-worker-spare", daemon=True).start()

    def close(self) -> None:
        """End all workers; none are kept in reserve from now on."""
        with self._lock:
            self._closed = True
            self._spare = None
            workers = list(self._started)
        for worker in workers:
            worker.close()

    def _start(self) -> WorkerProcess:
        worker = WorkerProcess()
        self._started.add(worker)
        return worker

    def _forget(self) -> None:
        """In a forked child: the workers belong to the parent, and the lock may be held."""
        workers, self._started = list(self._started), weakref.WeakSet()
        self._lock = threading.Lock()
        self._spare = None
        for worker in workers:
            worker.abandon()


POOL = WorkerPool()
