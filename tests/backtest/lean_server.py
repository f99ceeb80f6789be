"""Runs many jobs in one process with the worker's own engine, to compare many strategies fast.

Started by the tests; it is the worker without its lock-in and with more than one job.
"""

import os
import sys

from stratcraft_jupyter.backtest.protocol import pack, unpack
from stratcraft_jupyter.backtest.worker_talib import without_talib

with without_talib():
    from stratcraft_jupyter.backtest import worker_arrays, worker_run, worker_sizer


def main() -> None:
    out = os.dup(1)
    os.dup2(2, 1)
    worker_sizer.install()
    if "--arrays" in sys.argv:
        worker_arrays.install()
    with open(0, "rb", buffering=0, closefd=False) as source:
        while job := unpack(source.readinto, max_header=10**8, max_blob=10**9):
            message, columns = worker_run.run_job(*job, lambda done: None)
            for piece in pack(message, columns):
                view = memoryview(piece)
                while view:
                    view = view[os.write(out, view) :]


if __name__ == "__main__":
    main()
