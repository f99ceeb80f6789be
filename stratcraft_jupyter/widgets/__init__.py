"""The widgets of the strategy builder."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stratcraft_jupyter.widgets.builder import StrategyBuilder

__all__ = ["StrategyBuilder"]


def __getattr__(name: str) -> Any:
    # on first use: parts of this package, such as numbers, are used without any widget
    if name == "StrategyBuilder":
        from stratcraft_jupyter.widgets.builder import StrategyBuilder

        return StrategyBuilder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
