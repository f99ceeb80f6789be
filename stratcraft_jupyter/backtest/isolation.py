"""What keeps a strategy apart from the rest of this system, tried rather than guessed."""

import secrets
import threading
import time
from collections.abc import Iterator

from stratcraft_jupyter.backtest.messages import IsolationReport, Ready, read_message
from stratcraft_jupyter.backtest.mishaps import garbled, not_started
from stratcraft_jupyter.backtest.pool import POOL
from stratcraft_jupyter.backtest.process import WorkerProcess
from stratcraft_jupyter.backtest.protocol import ProtocolError, pack
from stratcraft_jupyter.backtest.records import Isolation

_START_LIMIT = 120.0
_TIME_LIMIT = 60.0
_lock = threading.Lock()
_found: list[Isolation] = []


def check_isolation() -> Isolation:
    """The parts of the boundary that this system can enforce, and those it cannot.

    A worker process locks itself in as for a run, without a strategy, and says what holds. That
    takes about as long as the shortest run; from then on the answer is known, as it cannot change
    while Python runs. Every result carries the same in ``BacktestResult.isolation``.

    Raises:
        BacktestError: If the worker process does not come up.
    """
    with _lock:
        if not _found:
            _found.append(_try_out())
        return _found[0]


def _try_out() -> Isolation:
    worker = POOL.take()
    try:
        return _ask(worker)
    except ProtocolError as error:
        raise garbled(error) from error
    finally:
        worker.kill()
        POOL.replace_soon(worker)


def _ask(worker: WorkerProcess) -> Isolation:
    nonce = secrets.token_hex(16)
    job = {"nonce": nonce, "time_limit": _TIME_LIMIT, "isolation_only": True}
    for message in _messages(worker, nonce):
        if isinstance(message, Ready):
            worker.send(pack(job, {}))
        else:
            return Isolation(tuple(message.enforced), tuple(message.missing))
    worker.close()
    raise not_started(worker.output())


def _messages(worker: WorkerProcess, nonce: str) -> Iterator[Ready | IsolationReport]:
    deadline = time.monotonic() + _START_LIMIT
    while True:
        try:
            frame = worker.receive(deadline)
        except TimeoutError:
            return
        if frame is None:
            return
        if isinstance(frame, ProtocolError):
            raise frame
        message = read_message(frame, nonce)
        if not isinstance(message, Ready | IsolationReport):
            raise ProtocolError("a message that was not asked for")
        yield message
