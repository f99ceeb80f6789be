"""Emits the distance of a series from an average of it."""

from collections.abc import Mapping
from dataclasses import replace

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.indicators import adaptive_averages, averages
from stratcraft_jupyter.codegen.compiler.layout import Call
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_AVERAGES = {**averages.EMITTERS, **adaptive_averages.AVERAGES}


def _oscillator(average: str) -> Recipe:
    """Backtrader's own oscillator class of an average."""
    recipe = _AVERAGES[average]
    return replace(recipe, function=f"{recipe.function}Oscillator")


def _oscillator_of(average: str) -> Emitter:
    """The distance from an average that is an indicator by itself.

    Backtrader has no such class for an average of ours, and that for its DMA does not wait for
    the first value.
    """

    def emit(node: NodeContext) -> None:
        arguments = (node.line("source"), _AVERAGES[average].call(node))
        node.output("value", line=node.attribute(Call("bt.ind.Oscillator", arguments)))

    return emit


EMITTERS: Mapping[str, Emitter] = {
    "indicator.oscillator": Recipe("bt.ind.Oscillator", ("left", "right"), params={}),
    "indicator.sma_oscillator": _oscillator("indicator.sma"),
    "indicator.ema_oscillator": _oscillator("indicator.ema"),
    "indicator.wma_oscillator": _oscillator("indicator.wma"),
    "indicator.smma_oscillator": _oscillator("indicator.smma"),
    "indicator.dema_oscillator": _oscillator("indicator.dema"),
    "indicator.tema_oscillator": _oscillator("indicator.tema"),
    "indicator.hma_oscillator": _oscillator("indicator.hma"),
    "indicator.zlema_oscillator": _oscillator("indicator.zlema"),
    "indicator.kama_oscillator": _oscillator_of("indicator.kama"),
    "indicator.dickson_oscillator": _oscillator_of("indicator.dickson_average"),
}
