"""Envelopes: bands a percentage above and below an average."""

from dataclasses import replace

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port, source_input
from stratcraft_jupyter.graph.catalog.indicators import adaptive_averages, averages

_BANDS = (
    Port("upper", "series", "Upper band"),
    Port("middle", "series", "Middle"),
    Port("lower", "series", "Lower band"),
)
_PERCENT = Param(
    "percent",
    "Percent",
    "float",
    2.5,
    0.001,
    1_000,
    unit="%",
    help="distance of the bands from the middle",
)
_AVERAGES = {kind.name: kind for kind in (*averages.KINDS, *adaptive_averages.KINDS)}


def _envelope(name: str, of: str, period: int, *aliases: str) -> Kind:
    """The bands round an average of the source; ``of`` is the kind of the average."""
    average = _AVERAGES[f"indicator.{of}"]
    return Kind(
        f"indicator.{name}_envelope",
        f"{average.short} envelope",
        f"bands a percentage above and below the {average.short}",
        f"`upper` and `lower` lie `percent` percent of `middle` above and below it. `middle` is "
        f"the {average.short} of the source: {average.semantics[0].lower()}{average.semantics[1:]}",
        source_input(),
        _BANDS,
        (*(_with_default(item, period) for item in average.params), _PERCENT),
        aliases=(f"{average.title} envelope", *aliases, "band", "channel"),
        formula=f"middle = {average.short}(x); upper, lower = middle * (1 +- percent / 100)",
        reference=f"backtrader Envelope; {average.reference}",
        lookback=average.lookback,
    )


def _with_default(param: Param, period: int) -> Param:
    return replace(param, default=period) if param.name == "period" else param


KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.envelope",
        "Percentage envelope",
        "bands a percentage above and below a series",
        "`middle` is the source itself; `upper` and `lower` lie `percent` percent of it above and "
        "below.",
        source_input(),
        _BANDS,
        (_PERCENT,),
        aliases=("simple percentage envelope", "percent bands", "band", "channel"),
        formula="upper, lower = x * (1 +- percent / 100)",
        reference="backtrader Envelope",
    ),
    _envelope("sma", "sma", 30, "MA envelope", "moving average envelope", "MAE"),
    _envelope("ema", "ema", 30),
    _envelope("wma", "wma", 30),
    _envelope("smma", "smma", 30),
    _envelope("dema", "dema", 30),
    _envelope("tema", "tema", 30),
    _envelope("hma", "hma", 30),
    _envelope("zlema", "zlema", 30),
    _envelope("kama", "kama", 30),
    _envelope("zero_lag", "zero_lag", 20, "ZLIndicator envelope", "ZeroLag indicator envelope"),
    _envelope("dickson", "dickson_average", 20),
)
