"""Runs one source on one series of bars with Backtrader. Imported in the worker process only."""

import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from stratcraft_jupyter.backtest import worker_sizer
from stratcraft_jupyter.backtest.worker_broker import RecordingBroker
from stratcraft_jupyter.backtest.worker_engine import LeanCerebro
from stratcraft_jupyter.backtest.worker_failures import describe_failure
from stratcraft_jupyter.backtest.worker_feed import make_feed
from stratcraft_jupyter.backtest.worker_orders import OrderNotes, digest_of
from stratcraft_jupyter.backtest.worker_source import STRATEGY_MODULE, SourceError, load_strategy
from stratcraft_jupyter.backtest.worker_talib import provide_talib

_COLUMNS = ("open", "high", "low", "close", "volume")
_MAX_PROBES = 1000
_BAR_BY_BAR = {"preload": False, "runonce": False}
_REHEARSAL = """
import backtrader as bt
class Rehearsal(bt.Strategy):
    def __init__(self):
        self.cross = bt.ind.CrossOver(bt.ind.SMA(period=5), bt.ind.SMA(period=10))
        self.rsi = bt.ind.RSI(period=5)
    def next(self):
        return self.cross > 0 and self.position and self.data.close[0] > self.rsi[0]
"""


def run_job(
    job: dict[str, Any], arrays: dict[str, memoryview], on_bars: Callable[[int], None]
) -> tuple[dict[str, Any], dict[str, memoryview]]:
    """Run ``job``; the message and the columns of fills to send back.

    Whatever goes wrong in the strategy becomes an error message; nothing is raised. With ``noted``
    in the job the orders of every bar are sent back as well, and a digest of the bars after the
    run; with ``bar_by_bar`` the bars are handed to the strategy one by one.
    """
    source = job["source"]
    try:
        engine, strategy, notes = _run(job, arrays, on_bars)
    except BaseException as error:  # noqa: BLE001 - a strategy may raise anything at all
        return {"type": "error", **_describe(error, source)}, {}
    broker = engine.broker
    message = {
        "type": "result",
        "strategy": type(strategy).__name__,
        "orders": broker.census(),
        "places": broker.order_places(),
        "probe": _probe(strategy),
        "final_value": float(broker.getvalue()),
        "lean": engine.was_lean,
    }
    if not job.get("noted"):
        return message, broker.fills.columns()
    message["bars_digest"] = digest_of(engine.datas[0])
    message["values"] = _values(strategy)
    return message, broker.fills.columns() | notes.finish()


def _describe(error: BaseException, source: str) -> dict[str, Any]:
    try:
        return describe_failure(error, source)
    except BaseException:  # noqa: BLE001 - even the text of an error can be the strategy's code
        said = "The strategy failed, and so did the text of its error."
        hint = "Check the __str__ method of the error it raises."
        return {"message": said, "hint": hint, "line": None, "kind": "exception"}


def rehearse() -> None:
    """Run a strategy that makes no order, so that the first real run finds everything loaded.

    Random numbers begin alike in every worker, so that a run can be repeated.
    """
    size = 200
    wave = 100.0 + np.sin(np.arange(size, dtype=np.float64))
    arrays = {name: wave.data.cast("B") for name in _COLUMNS}
    arrays["time"] = (np.arange(size, dtype=np.int64) * 300_000_000_000).data.cast("B")
    settings = dict.fromkeys(("cash", "commission", "slippage", "sizing_percent"), 1.0)
    job = {"source": _REHEARSAL, "symbol": "", "timeframe": "5m", "lean": True, **settings}
    run_job(job, arrays, lambda done: None)
    del sys.modules[STRATEGY_MODULE]
    random.seed(0)
    np.random.seed(0)  # the old interface, which strategies use too


def _run(
    job: dict[str, Any], arrays: dict[str, memoryview], on_bars: Callable[[int], None]
) -> tuple[LeanCerebro, Any, OrderNotes]:
    provide_talib(job["source"])
    cls = load_strategy(job["source"])
    engine = LeanCerebro(on_bars, allow_lean=job["lean"])
    broker = RecordingBroker()
    broker.setcash(job["cash"])
    broker.setcommission(commission=job["commission"])
    if job["slippage"] > 0:
        broker.set_slippage_perc(job["slippage"])
    engine.setbroker(broker)
    columns = {name: np.frombuffer(arrays[name], dtype=np.float64) for name in _COLUMNS}
    time = np.frombuffer(arrays["time"], dtype=np.int64)
    engine.adddata(make_feed(columns, time, job["timeframe"]), name=job["symbol"])
    for number, feed in enumerate(job.get("feeds", ())):
        columns = {
            name: np.frombuffer(arrays[f"{name} {number}"], dtype=np.float64) for name in _COLUMNS
        }
        time = np.frombuffer(arrays[f"time {number}"], dtype=np.int64)
        engine.adddata(make_feed(columns, time, feed["timeframe"]), name=feed["name"])
    worker_sizer.begin_with(engine, job["sizing_percent"])
    engine.addstrategy(cls)
    notes = OrderNotes(broker, is_wanted=bool(job.get("noted")))
    strategies = engine.run(**_BAR_BY_BAR) if job.get("bar_by_bar") else engine.run()
    if not strategies:
        raise SourceError(
            "The strategy asked Backtrader to skip it.", "Do not raise StrategySkipError."
        )
    return engine, strategies[0], notes


def _probe(strategy: Any) -> dict[str, int]:
    counts = getattr(strategy, "probe_counts", None)
    if not isinstance(counts, dict):
        return {}
    named = [(str(name), int(count)) for name, count in counts.items() if isinstance(count, int)]
    return dict(named[:_MAX_PROBES])


def _values(strategy: Any) -> dict[str, list[float]]:
    """What the strategy noted of its nodes, by name: one number for each bar it was asked for."""
    noted = getattr(strategy, "probe_values", None)
    if not isinstance(noted, dict):
        return {}
    return {
        str(name): [float(value) for value in values]
        for name, values in list(noted.items())[:_MAX_PROBES]
        if isinstance(values, list)
    }
