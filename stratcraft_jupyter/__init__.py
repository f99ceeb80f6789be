"""Design trading strategies as graphs in Jupyter, get Backtrader code, prove it and run it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stratcraft_jupyter.backtest import BacktestConfig, BacktestResult, run_backtest
    from stratcraft_jupyter.codegen import compile_strategy
    from stratcraft_jupyter.generation import (
        GeneratedStrategy,
        GenerationError,
        compare_models,
        generate,
        quote,
    )
    from stratcraft_jupyter.graph import (
        StrategyGraph,
        compare_documents,
        describe,
        describe_node,
        expand,
        fold,
        list_templates,
        load_template,
        validate,
    )
    from stratcraft_jupyter.market import Bars, load_bars
    from stratcraft_jupyter.providers.keys import set_api_key
    from stratcraft_jupyter.verify import VerificationReport, find_never_true, verify
    from stratcraft_jupyter.widgets import StrategyBuilder

__all__ = [
    "BacktestConfig",
    "BacktestResult",
    "Bars",
    "GeneratedStrategy",
    "GenerationError",
    "StrategyBuilder",
    "StrategyGraph",
    "VerificationReport",
    "__version__",
    "compare_documents",
    "compare_models",
    "compile_strategy",
    "describe",
    "describe_node",
    "expand",
    "find_never_true",
    "fold",
    "generate",
    "list_templates",
    "load_bars",
    "load_template",
    "quote",
    "run_backtest",
    "set_api_key",
    "validate",
    "verify",
]

# Resolved on first use, so that importing the package stays light.
_HOME = {
    "BacktestConfig": "backtest",
    "BacktestResult": "backtest",
    "Bars": "market",
    "GeneratedStrategy": "generation",
    "GenerationError": "generation",
    "StrategyBuilder": "widgets",
    "StrategyGraph": "graph",
    "VerificationReport": "verify",
    "compare_documents": "graph",
    "compare_models": "generation",
    "compile_strategy": "codegen",
    "describe": "graph",
    "describe_node": "graph",
    "expand": "graph",
    "find_never_true": "verify",
    "fold": "graph",
    "generate": "generation",
    "list_templates": "graph",
    "load_bars": "market",
    "load_template": "graph",
    "quote": "generation",
    "run_backtest": "backtest",
    "set_api_key": "providers.keys",
    "validate": "graph",
    "verify": "verify",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type is the attribute's own
    if name == "__version__":
        from importlib.metadata import version

        return version("stratcraft-jupyter")
    if name in _HOME:
        return getattr(import_module(f"stratcraft_jupyter.{_HOME[name]}"), name)
    raise AttributeError(f"module 'stratcraft_jupyter' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "stratcraft-jupyter"}]
