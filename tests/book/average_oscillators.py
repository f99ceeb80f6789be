"""The distance of a series from an average of it."""

from collections.abc import Callable, Mapping

from book import adaptive_averages, averages
from book.series import Given, Indicator, Series, combined

_AVERAGES = {
    **{
        name: averages.AVERAGES[name]
        for name in ("sma", "ema", "wma", "smma", "dema", "tema", "hma", "zlema")
    },
    "kama": adaptive_averages.AVERAGES["kama"],
    "dickson": adaptive_averages.AVERAGES["dickson_average"],
}


def _distance(left: Series, right: Series) -> Mapping[str, Series]:
    return {"value": combined(lambda a, b: a - b, left, right)}


def _oscillator(average: Callable[[Given], Series]) -> Indicator:
    return lambda given: _distance(given.source, average(given))


INDICATORS: Mapping[str, Indicator] = {
    "indicator.oscillator": lambda given: _distance(given.series["left"], given.series["right"]),
    **{f"indicator.{name}_oscillator": _oscillator(average) for name, average in _AVERAGES.items()},
}
