"""The distance of a series from an average of it."""

from dataclasses import replace

from stratcraft_jupyter.graph.catalog.base import Kind, Port, source_input, value_output
from stratcraft_jupyter.graph.catalog.indicators import adaptive_averages, averages

_AVERAGES = {kind.name: kind for kind in (*averages.KINDS, *adaptive_averages.KINDS)}


def _oscillator(name: str, of: str, period: int) -> Kind:
    """The source minus an average of it; ``of`` is the kind of the average."""
    average = _AVERAGES[f"indicator.{of}"]
    params = (
        replace(item, default=period) if item.name == "period" else item for item in average.params
    )
    return Kind(
        f"indicator.{name}_oscillator",
        f"{average.short} oscillator",
        f"distance of a series from its {average.short}",
        f"The source minus its {average.short}, in the units of the source. The {average.short}: "
        f"{average.semantics[0].lower()}{average.semantics[1:]}",
        source_input(),
        value_output(),
        tuple(params),
        aliases=(f"{average.title} oscillator", f"{average.short}Osc", "detrended"),
        formula=f"x - {average.short}(x); {average.formula}",
        reference=f"backtrader Oscillator; {average.reference}",
        lookback=average.lookback,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.oscillator",
        "Generic oscillator",
        "distance between two series",
        "`left` minus `right`: how `left` swings around `right`.",
        (
            Port("left", "series", "Left", "the series that swings"),
            Port("right", "series", "Right", "what it swings around, such as an average of it"),
        ),
        value_output(),
        aliases=("oscillator", "difference", "spread", "minus"),
        formula="left - right",
        reference="backtrader Oscillator",
    ),
    _oscillator("sma", "sma", 30),
    _oscillator("ema", "ema", 30),
    _oscillator("wma", "wma", 30),
    _oscillator("smma", "smma", 30),
    _oscillator("dema", "dema", 30),
    _oscillator("tema", "tema", 30),
    _oscillator("hma", "hma", 30),
    _oscillator("zlema", "zlema", 30),
    _oscillator("kama", "kama", 30),
    _oscillator("dickson", "dickson_average", 20),
)
