"""Envelopes: bands a percentage above and below an average."""

from collections.abc import Callable, Mapping

from book import adaptive_averages, averages
from book.series import Given, Indicator, Series

_AVERAGES = {
    **{
        name: averages.AVERAGES[name]
        for name in ("sma", "ema", "wma", "smma", "dema", "tema", "hma", "zlema")
    },
    "kama": adaptive_averages.AVERAGES["kama"],
    "zero_lag": adaptive_averages.AVERAGES["zero_lag"],
    "dickson": adaptive_averages.AVERAGES["dickson_average"],
}


def _envelope(average: Callable[[Given], Series]) -> Indicator:
    def of(given: Given) -> Mapping[str, Series]:
        middle, part = average(given), given.number("percent") / 100
        return {
            "upper": [x + x * part for x in middle],
            "middle": middle,
            "lower": [x - x * part for x in middle],
        }

    return of


INDICATORS: Mapping[str, Indicator] = {
    "indicator.envelope": _envelope(lambda given: given.source),
    **{f"indicator.{name}_envelope": _envelope(average) for name, average in _AVERAGES.items()},
}
