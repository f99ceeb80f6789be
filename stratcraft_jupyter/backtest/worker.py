"""The process that runs one strategy: takes a job, locks itself in, runs, sends back the fills.

Started by ``process.py`` with a job on stdin and results on stdout. What the strategy prints goes
to stderr. It runs one job and ends.
"""

import contextlib
import faulthandler
import gc
import io
import os
import sys
import threading
from typing import Any

from stratcraft_jupyter.backtest import sandbox
from stratcraft_jupyter.backtest.protocol import Frame, pack, unpack
from stratcraft_jupyter.backtest.worker_talib import without_talib

_MAX_HEADER = 64 * 1024**2
_MAX_BLOB = 8 * 1024**3


def main() -> None:
    """Serve one job, then end the process."""
    results = _take_stdout()
    # One thread is enough here, and libraries imported after the lock-in can start no other.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    with without_talib():
        from stratcraft_jupyter.backtest import (
            worker_arrays,
            worker_batch,  # noqa: F401 - loaded here, so that no run waits for it
            worker_run,
            worker_sizer,
        )

    os.environ.pop("PYTHONHASHSEED", None)
    worker_arrays.install()
    worker_sizer.install()
    worker_run.rehearse()
    readable, held = sandbox.readable_paths(), sandbox.prepare(results)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)  # a run is short and makes few cycles
    _send(results, {"type": "ready"})
    with open(0, "rb", buffering=0, closefd=False) as source:
        job = unpack(source.readinto, max_header=_MAX_HEADER, max_blob=_MAX_BLOB)
    if job is not None:
        _serve(job, results, readable, held)
    os._exit(0)


def _serve(job: Frame, results: int, readable: list[str], held: set[str]) -> None:
    from stratcraft_jupyter.backtest import worker_batch

    header, arrays = job
    nonce, limit = header["nonce"], float(header["time_limit"])
    held |= sandbox.restrict_access(readable)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    faulthandler.enable(file=2, all_threads=False)
    faulthandler.dump_traceback_later(limit, exit=False, file=2)
    held |= sandbox.limit_resources(limit)
    sys.dont_write_bytecode = True

    def send(message: dict[str, Any], columns: dict[str, memoryview] | None = None) -> None:
        _send(results, {**message, "nonce": nonce}, columns)

    enforced, missing = sandbox.report(held)
    send({"type": "isolation", "enforced": enforced, "missing": missing})
    if header.get("isolation_only"):
        return
    message, columns = worker_batch.do_job(header, arrays, send)
    _end_output()
    send(message, columns)


def _end_output() -> None:
    """Close what printing goes to, so that its reader knows that nothing follows."""
    faulthandler.cancel_dump_traceback_later()
    faulthandler.disable()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # a strategy may have put anything in their place
            stream.flush()
    os.close(1)
    os.close(2)


def _take_stdout() -> int:
    """Keep stdout for results under another number; printing goes to stderr from now on."""
    results = os.dup(1)
    os.dup2(2, 1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # what was printed survives a crash
    return results


def _send(
    results: int, message: dict[str, Any], columns: dict[str, memoryview] | None = None
) -> None:
    for piece in pack(message, columns or {}):
        view = memoryview(piece)
        while view:
            view = view[os.write(results, view) :]


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: its end of stdin closes then."""
    while os.read(0, 4096):
        pass
    os._exit(1)
