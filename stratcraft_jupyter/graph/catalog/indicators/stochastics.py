"""Where the close lies between the highest and the lowest price of the last bars."""

from dataclasses import replace

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Port,
    bars_input,
    period_param,
    value_output,
)

_RAW = (
    "The raw %K says in percent where the close lies between the lowest low (0) and the highest "
    "high (100) of the last `period` bars, the present one included; 0 where these are equal."
)
_FAST = period_param(3, name="fast_period", title="Fast %D period")
_SLOW = period_param(3, name="slow_period", title="Slow %D period")


def _line(name: str, title: str, help: str) -> Port:
    return Port(name, "series", title, help, minimum=0, maximum=100)


KINDS = (
    Kind(
        "indicator.fast_stochastic",
        "Fast stochastic",
        "where the close lies in the range of n bars, 0 to 100",
        f"{_RAW} `k` is this raw %K, `d` its simple average over `fast_period` bars.",
        bars_input(),
        (
            _line("k", "%K", "place of the close in the range"),
            _line("d", "%D", "average of %K"),
        ),
        (period_param(14), _FAST),
        aliases=("stochastic fast", "STOCHF", "%K", "%D", "Lane"),
        formula="k = 100 * (close - min(low, n)) / (max(high, n) - min(low, n)); d = SMA(k, f)",
        reference="George Lane, 1950s; backtrader StochasticFast",
        short="Fast stochastic",
        lookback="period + fast_period - 2",
    ),
    Kind(
        "indicator.stochastic",
        "Stochastic",
        "smoothed place of the close in the range of n bars, 0 to 100",
        f"{_RAW} `k` is the simple average of the raw %K over `fast_period` bars, `d` the simple "
        "average of `k` over `slow_period` bars.",
        bars_input(),
        (
            _line("k", "%K", "average of the raw %K"),
            _line("d", "%D", "average of %K"),
        ),
        (period_param(14), _FAST, _SLOW),
        aliases=("slow stochastic", "stochastic oscillator", "STOCH", "%K", "%D", "Lane"),
        formula="raw = 100 * (close - min(low, n)) / (max(high, n) - min(low, n)); "
        "k = SMA(raw, f); d = SMA(k, s)",
        reference="George Lane, 1950s; backtrader Stochastic",
        short="Stochastic",
        lookback="period + fast_period + slow_period - 3",
    ),
    Kind(
        "indicator.full_stochastic",
        "Full stochastic",
        "place of the close in the range of n bars with both averages, 0 to 100",
        f"{_RAW} `k` is this raw %K, `d` its simple average over `fast_period` bars, `slow_d` the "
        "simple average of `d` over `slow_period` bars.",
        bars_input(),
        (
            _line("k", "%K", "place of the close in the range"),
            _line("d", "%D", "average of %K"),
            _line("slow_d", "Slow %D", "average of %D"),
        ),
        (period_param(14), _FAST, _SLOW),
        aliases=("stochastic full", "%K", "%D", "Lane"),
        formula="k = 100 * (close - min(low, n)) / (max(high, n) - min(low, n)); "
        "d = SMA(k, f); slow_d = SMA(d, s)",
        reference="George Lane, 1950s; backtrader StochasticFull",
        short="Full stochastic",
        lookback="period + fast_period + slow_period - 3",
    ),
    Kind(
        "indicator.williams_r",
        "Williams %R",
        "distance of the close from the highest high, -100 to 0",
        "Minus the distance of the close from the highest high of the last `period` bars, in "
        "percent of their whole range, the present bar included. Where the highest high equals "
        "the lowest low the run stops with a division by zero.",
        bars_input(),
        value_output("%R", minimum=-100, maximum=0),
        (replace(period_param(14), minimum=2),),
        aliases=("%R", "WillR", "Williams R", "Larry Williams"),
        formula="-100 * (max(high, n) - close) / (max(high, n) - min(low, n))",
        reference="Larry Williams, 1973; backtrader WilliamsR",
        short="%R",
        lookback="period - 1",
    ),
)
