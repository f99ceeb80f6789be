"""Running a strategy on bars in a child process, and what came of it.

Names are resolved on first use: the child process imports this package too and needs little of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stratcraft_jupyter.backtest.config import BacktestConfig
    from stratcraft_jupyter.backtest.feeds import needed_symbols
    from stratcraft_jupyter.backtest.isolation import check_isolation
    from stratcraft_jupyter.backtest.metric_text import (
        METRIC_DEFINITIONS,
        METRIC_TITLES,
        format_metric,
    )
    from stratcraft_jupyter.backtest.metrics import Metrics
    from stratcraft_jupyter.backtest.records import (
        EquityCurve,
        Fill,
        Isolation,
        OrderCensus,
        Progress,
        Trade,
    )
    from stratcraft_jupyter.backtest.result import BacktestResult
    from stratcraft_jupyter.backtest.runner import run_backtest, run_backtest_async, warm_up

__all__ = [
    "METRIC_DEFINITIONS",
    "METRIC_TITLES",
    "BacktestConfig",
    "BacktestResult",
    "EquityCurve",
    "Fill",
    "Isolation",
    "Metrics",
    "OrderCensus",
    "Progress",
    "Trade",
    "check_isolation",
    "format_metric",
    "needed_symbols",
    "run_backtest",
    "run_backtest_async",
    "warm_up",
]

_HOME = {
    "METRIC_DEFINITIONS": "metric_text",
    "METRIC_TITLES": "metric_text",
    "BacktestConfig": "config",
    "BacktestResult": "result",
    "EquityCurve": "records",
    "Fill": "records",
    "Isolation": "records",
    "Metrics": "metrics",
    "OrderCensus": "records",
    "Progress": "records",
    "Trade": "records",
    "check_isolation": "isolation",
    "format_metric": "metric_text",
    "needed_symbols": "feeds",
    "run_backtest": "runner",
    "run_backtest_async": "runner",
    "warm_up": "runner",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type is the attribute's own
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
