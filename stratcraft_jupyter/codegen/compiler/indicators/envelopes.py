"""Emits envelopes."""

from collections.abc import Mapping
from dataclasses import replace

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.indicators import adaptive_averages, averages
from stratcraft_jupyter.codegen.compiler.layout import Call
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_AVERAGES = {**averages.EMITTERS, **adaptive_averages.AVERAGES}


def _envelope(average: str) -> Recipe:
    """Backtrader's own envelope class of an average."""
    recipe = _AVERAGES[average]
    return replace(
        recipe,
        function=f"{recipe.function}Envelope",
        params={**recipe.params, "perc": "percent"},
        lines={
            "upper": "top",
            "middle": recipe.function.rpartition(".")[2].lower(),
            "lower": "bot",
        },
    )


def _envelope_of(average: str) -> Emitter:
    """An envelope round an average that is an indicator by itself.

    Backtrader has no such class for an average of ours, that for its ZLInd has no bands, and the
    bands of that for its DMA do not wait for the first value.
    """

    def emit(node: NodeContext) -> None:
        middle = node.attribute(_AVERAGES[average].call(node), "_average")
        node.output("middle", line=middle)
        _bands(node, middle)

    return emit


def _envelope_of_source(node: NodeContext) -> None:
    node.parts.outputs[f"{node.node.id}.middle"] = node.input("source")
    if node.is_used("upper") or node.is_used("lower"):
        _bands(node, node.line("source"))


def _bands(node: NodeContext, middle: str) -> None:
    """The bands round a line. Their own middle line has an array of twice the length."""
    name = node.attribute(Call("bt.ind.Envelope", (middle, ("perc", node.param("percent")))))
    for port, line in (("upper", "top"), ("lower", "bot")):
        node.output(port, line=f"{name}.{line}")


EMITTERS: Mapping[str, Emitter] = {
    "indicator.envelope": _envelope_of_source,
    "indicator.sma_envelope": _envelope("indicator.sma"),
    "indicator.ema_envelope": _envelope("indicator.ema"),
    "indicator.wma_envelope": _envelope("indicator.wma"),
    "indicator.smma_envelope": _envelope("indicator.smma"),
    "indicator.dema_envelope": _envelope("indicator.dema"),
    "indicator.tema_envelope": _envelope("indicator.tema"),
    "indicator.hma_envelope": _envelope("indicator.hma"),
    "indicator.zlema_envelope": _envelope("indicator.zlema"),
    "indicator.kama_envelope": _envelope_of("indicator.kama"),
    "indicator.zero_lag_envelope": _envelope_of("indicator.zero_lag"),
    "indicator.dickson_envelope": _envelope_of("indicator.dickson_average"),
}
