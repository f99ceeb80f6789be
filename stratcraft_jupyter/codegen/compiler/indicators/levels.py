"""Emits pivot points, the opening range and the Ichimoku cloud."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_BARS = ("bars",)
_CHOICES = {"open": "use_open", "close": "use_close_twice"}
# else Backtrader makes a line that nothing reads, for its own plotting
_FIXED = {"_autoplot": "False"}


def _lines(count: int) -> dict[str, str]:
    numbers = range(1, count + 1)
    return {
        "pivot": "lines.p",  # plain "p" is the parameters
        **{f"support_{number}": f"s{number}" for number in numbers},
        **{f"resistance_{number}": f"r{number}" for number in numbers},
    }


EMITTERS: Mapping[str, Emitter] = {
    "indicator.pivot_point": Recipe("bt.ind.PivotPoint", _BARS, _CHOICES, _lines(2), _FIXED),
    "indicator.fibonacci_pivot": Recipe(
        "bt.ind.FibonacciPivotPoint",
        _BARS,
        {**_CHOICES, "level1": "level_1", "level2": "level_2", "level3": "level_3"},
        _lines(3),
        _FIXED,
    ),
    "indicator.demark_pivot": Recipe(
        "DemarkPivot",
        _BARS,
        {},
        {name: name for name in ("pivot", "support", "resistance")},
    ),
    "indicator.session_range": Recipe(
        "OpeningRange", _BARS, {"minutes": "minutes"}, {"high": "high", "low": "low"}
    ),
    "indicator.ichimoku": Recipe(
        "bt.ind.Ichimoku",
        _BARS,
        {
            "tenkan": "tenkan_period",
            "kijun": "kijun_period",
            "senkou": "senkou_period",
            "senkou_lead": "displacement",
        },
        {
            "tenkan": "tenkan_sen",
            "kijun": "kijun_sen",
            "senkou_a": "senkou_span_a",
            "senkou_b": "senkou_span_b",
            "chikou": "chikou_span",
        },
        {"chikou": "0"},  # the present close: any other value takes it from the future
    ),
}
