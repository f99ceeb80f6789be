"""Backtest results to JSON text and back, exactly."""

import json
from dataclasses import asdict, fields
from typing import Any

import numpy as np

from stratcraft_jupyter.backtest.config import BacktestConfig
from stratcraft_jupyter.backtest.metrics import Metrics
from stratcraft_jupyter.backtest.records import EquityCurve, Fill, Isolation, OrderCensus, Trade
from stratcraft_jupyter.backtest.result import BacktestResult
from stratcraft_jupyter.errors import BacktestError

SCHEMA_VERSION = 1
_PLAIN = (
    "strategy_name",
    "symbol",
    "timeframe",
    "bar_count",
    "bars_digest",
    "output",
    "elapsed",
)


def result_to_json(result: BacktestResult) -> str:
    """``result`` as JSON text; fractions stay fractions, times become ISO 8601."""
    curve = result.equity_curve
    times = iso_times(curve.time)
    data = {name: getattr(result, name) for name in _PLAIN} | {
        "schema_version": SCHEMA_VERSION,
        "config": result.config.to_dict(),
        "metrics": result.metrics.to_dict(),
        "warnings": list(result.warnings),
        "probe": dict(result.probe),
        "orders": asdict(result.orders),
        "isolation": asdict(result.isolation),
        "fills": [_fill_to_dict(fill) for fill in result.fills],
        "trades": [trade_to_dict(trade) for trade in result.trades],
        "equity_curve": [
            {"time": time, "value": value}
            for time, value in zip(times, curve.value.tolist(), strict=True)
        ],
        "benchmark": curve.benchmark.tolist(),
    }
    return json.dumps(data, allow_nan=False)


def result_from_json(text: str) -> BacktestResult:
    """The result that ``result_to_json`` wrote as ``text``."""
    try:
        data = json.loads(text)
        if data["schema_version"] != SCHEMA_VERSION:
            raise BacktestError(
                f"This backtest result has the version {data['schema_version']!r}.",
                hint=f"This package reads version {SCHEMA_VERSION}: install a newer one, "
                "or run the backtest again.",
                kind="file",
            )
        return _build(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BacktestError(
            "This is not a saved backtest result.",
            hint="Give text that BacktestResult.to_json() wrote.",
            kind="file",
        ) from error


def trade_to_dict(trade: Trade) -> dict[str, Any]:
    """``trade`` as JSON-ready data, with the key ``"return"``."""
    data = {field.name: getattr(trade, field.name) for field in fields(trade)}
    data["return"] = data.pop("return_")
    for name in ("entry_time", "exit_time"):
        data[name] = None if data[name] is None else iso_time(data[name])
    return data


def iso_time(time: np.datetime64) -> str:
    """``time`` as ISO 8601, no longer than it must be: a date and a time to the second."""
    return iso_times(np.array([time]))[0]


def iso_times(time: np.ndarray[Any, np.dtype[np.datetime64]]) -> list[str]:
    """All of ``time`` as ISO 8601, to the second if that is exact."""
    nanoseconds = time.astype("datetime64[ns]")
    seconds = nanoseconds.astype("datetime64[s]")
    shown = seconds if np.array_equal(seconds, nanoseconds) else nanoseconds
    texts: list[str] = np.datetime_as_string(shown).tolist()
    return texts


def _fill_to_dict(fill: Fill) -> dict[str, Any]:
    data = {field.name: getattr(fill, field.name) for field in fields(fill)}
    return data | {"time": iso_time(fill.time)}


def _build(data: dict[str, Any]) -> BacktestResult:
    points = data["equity_curve"]
    curve = EquityCurve(
        time=np.array([point["time"] for point in points], dtype="datetime64[ns]"),
        value=np.array([point["value"] for point in points], dtype=np.float64),
        benchmark=np.array(data["benchmark"], dtype=np.float64),
    )
    isolation = data["isolation"]
    return BacktestResult(
        **{name: data[name] for name in _PLAIN},
        config=BacktestConfig.from_dict(data["config"]),
        metrics=Metrics.from_dict(data["metrics"]),
        warnings=tuple(data["warnings"]),
        probe=data["probe"],
        orders=OrderCensus(**data["orders"]),
        isolation=Isolation(tuple(isolation["enforced"]), tuple(isolation["missing"])),
        fills=tuple(Fill(**fill | {"time": _time(fill["time"])}) for fill in data["fills"]),
        trades=tuple(_trade(trade) for trade in data["trades"]),
        equity_curve=curve,
    )


def _trade(data: dict[str, Any]) -> Trade:
    data = dict(data)
    data["return_"] = data.pop("return")
    data["entry_time"] = _time(data["entry_time"])
    data["exit_time"] = None if data["exit_time"] is None else _time(data["exit_time"])
    return Trade(**data)


def _time(text: str) -> np.datetime64:
    return np.datetime64(text, "ns")
