"""The engine of our backtest in one process for all runs: one for each takes most of the time."""

import atexit
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from stratcraft_jupyter import BacktestConfig, Bars
from stratcraft_jupyter.backtest.feeds import line_up_feeds
from stratcraft_jupyter.backtest.job import pack_job
from stratcraft_jupyter.backtest.protocol import unpack

SERVER = Path(__file__).parents[2] / "backtest" / "lean_server.py"

Fill = tuple[int, str, float, float]
"""Bar, side, shares, price."""


@cache
def _server() -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [sys.executable, str(SERVER), "--arrays"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    atexit.register(_close, server)
    return server


def _close(server: subprocess.Popen[bytes]) -> None:
    server.stdin.close()
    server.wait(timeout=10)
    server.stdout.close()


def run_in_engine(
    source: str, bars: Bars, config: BacktestConfig, others: Mapping[str, Bars] | None = None
) -> tuple[list[Fill], int, float]:
    """The fills, how many orders were refused, and what the account is worth at the end.

    What `run_backtest` does on the way is done too: it lines the feeds up, and counts the bars
    that were skipped.
    """
    server, lineup = _server(), line_up_feeds(source, bars, others)
    for piece in pack_job(source, lineup.bars, config, "nonce", feeds=lineup.feeds):
        view = memoryview(piece)
        while view:
            view = view[server.stdin.write(view) :]
    header, arrays = unpack(server.stdout.readinto, max_header=10**8, max_blob=10**9)
    if header["type"] == "error":
        raise RuntimeError(header["message"])
    bar, size, price = (
        np.frombuffer(arrays[name], dtype=kind).tolist()
        for name, kind in (("bar", "i8"), ("size", "f8"), ("price", "f8"))
    )
    fills = [
        (at + lineup.skipped, "buy" if shares > 0 else "sell", abs(shares), paid)
        for at, shares, paid in zip(bar, size, price, strict=True)
    ]
    return fills, header["orders"]["margin"], header["final_value"]
