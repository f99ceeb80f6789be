"""Which parameters each indicator is tried with: its defaults, and a few others."""

from collections.abc import Sequence

from stratcraft_jupyter.graph import get_kind

Params = dict[str, int | float | bool | str]

OTHERS: dict[str, Sequence[Params]] = {
    "indicator.macd": ({"fast_period": 5, "slow_period": 3, "signal_period": 2},),
    "indicator.bollinger_bands": ({"period": 5, "deviations": 0.5},),
    "indicator.apo": (
        {"fast_period": 5, "slow_period": 3},
        {"fast_period": 2, "slow_period": 7},
    ),
    "indicator.ppo": ({"fast_period": 3, "slow_period": 8, "signal_period": 2},),
    "indicator.ppo_short": ({"fast_period": 5, "slow_period": 3, "signal_period": 2},),
    "indicator.awesome_oscillator": ({"fast_period": 8, "slow_period": 3},),
    "indicator.cci": ({"period": 2, "factor": 0.5},),
    "indicator.dpo": tuple({"period": period} for period in (1, 2, 21)),
    "indicator.pretty_good_oscillator": ({"period": 2},),
    "indicator.fisher_transform": ({"period": 1}, {"period": 4}),
    "indicator.coppock_curve": ({"fast_period": 6, "slow_period": 2, "average_period": 3},),
    "indicator.trix": ({"period": 4, "change_period": 3, "signal_period": 2},),
    "indicator.kst": (
        {f"roc_period_{number}": 6 - number for number in (1, 2, 3, 4)}
        | {f"average_period_{number}": 9 - 2 * number for number in (1, 2, 3, 4)}
        | {"signal_period": 3},
    ),
    "indicator.rmi": ({"period": 5, "lookback": 1}, {"period": 3, "lookback": 9}),
    "indicator.laguerre_rsi": (
        {"gamma": 0.8, "period": 1},
        {"gamma": 0.0, "period": 20},
    ),
    "indicator.tsi": ({"slow_period": 3, "fast_period": 5, "change_period": 4},),
    "indicator.ultimate_oscillator": (
        {"fast_period": 9, "middle_period": 5, "slow_period": 3},
        {"fast_period": 4, "middle_period": 30, "slow_period": 10},
    ),
    "indicator.dv2": ({"period": 10, "average_period": 5},),
    "indicator.fast_stochastic": ({"period": 5, "fast_period": 2},),
    "indicator.stochastic": ({"period": 5, "fast_period": 2, "slow_period": 4},),
    "indicator.full_stochastic": ({"period": 5, "fast_period": 2, "slow_period": 4},),
    "indicator.williams_r": ({"period": 2},),
    "indicator.adx": ({"period": 2}, {"period": 5}),
    "indicator.bollinger_percent": ({"period": 5, "deviations": 0.5},),
    "indicator.keltner_channel": (
        {"period": 4, "atr_period": 9, "multiple": 0.5},
        {"period": 9, "atr_period": 4, "multiple": 3.5},
    ),
    "indicator.chaikin_volatility": ({"period": 4, "roc_period": 7},),
    "indicator.exponential_smoothing": ({"period": 5, "alpha": 0.1}, {"alpha": 1}),
    "indicator.weighted_average": ({"period": 5, "coefficient": -2.5},),
    "indicator.hma": ({"period": 2}, {"period": 30}),
    "indicator.zlema": ({"period": 1}, {"period": 6}),
    "indicator.t3": ({"period": 8, "factor": 0.2},),
    "indicator.kama": ({"period": 5, "fast_period": 3, "slow_period": 10}, {"period": 1}),
    "indicator.vidya": ({"period": 6, "momentum_period": 4}, {"momentum_period": 1}),
    "indicator.frama": (
        {"period": 10, "fast_period": 1, "slow_period": 198},
        {"period": 7, "fast_period": 20, "slow_period": 10},
        {"period": 2, "slow_period": 2},
    ),
    "indicator.dynamic_smoothing": ({"period": 7},),
    "indicator.zero_lag": ({"period": 6, "gain_limit": 12}, {"gain_limit": 0}),
    "indicator.dickson_average": (
        {"period": 5, "gain_limit": 20, "hull_period": 12},
        {"period": 30},
    ),
    "indicator.laguerre_filter": ({"gamma": 0.8}, {"gamma": 0}),
    "indicator.envelope": ({"percent": 10},),
    **{
        f"indicator.{name}_envelope": ({"period": 6, "percent": 10},)
        for name in ("sma", "ema", "wma", "smma", "dema", "tema", "hma", "zlema")
    },
    "indicator.kama_envelope": ({"period": 5, "fast_period": 3, "slow_period": 10, "percent": 1},),
    "indicator.zero_lag_envelope": ({"period": 6, "gain_limit": 12, "percent": 1},),
    "indicator.dickson_envelope": (
        {"period": 5, "gain_limit": 20, "hull_period": 12, "percent": 1},
    ),
    "indicator.kama_oscillator": ({"period": 5, "fast_period": 3, "slow_period": 10},),
    "indicator.dickson_oscillator": ({"period": 5, "gain_limit": 20, "hull_period": 12},),
    "indicator.chandelier_exit": ({"period": 5, "multiple": 1.5},),
    "indicator.supertrend": ({"period": 5, "multiple": 1.5},),
    "indicator.ease_of_movement": ({"period": 5, "divisor": 1_000_000.0},),
    "indicator.klinger_oscillator": (
        {"fast_period": 7, "slow_period": 4, "signal_period": 3},
        {"fast_period": 3, "slow_period": 9, "signal_period": 5},
    ),
    "indicator.vwap": tuple({"anchor": anchor} for anchor in ("week", "month", "year")),
    "indicator.fractal": ({"side": 1}, {"side": 4}),
    "indicator.zigzag": ({"percent": 1.5}, {"percent": 25.0}),
    "indicator.parabolic_sar": (
        {"period": 7, "acceleration": 0.05, "maximum_acceleration": 0.1},
        {"acceleration": 0.3, "maximum_acceleration": 0.2},
    ),
    "indicator.pivot_point": (
        {"use_open": True},
        {"use_close_twice": True},
        {"use_open": True, "use_close_twice": True},
    ),
    "indicator.fibonacci_pivot": (
        {"use_open": True, "level_1": 0.25, "level_2": 0.5, "level_3": 1.5},
        {"use_close_twice": True},
        {"use_open": True, "use_close_twice": True},
    ),
    "indicator.session_range": ({"minutes": 5},),
    "indicator.ichimoku": (
        {"tenkan_period": 7, "kijun_period": 3, "senkou_period": 5, "displacement": 0},
        {"tenkan_period": 4, "kijun_period": 8, "senkou_period": 20, "displacement": 11},
    ),
    "indicator.up_day": ({"period": 4},),
    "indicator.heikin_ashi_delta": ({"period": 5, "convert": False}, {"period": 1}),
    "indicator.cumulative_sum": ({"seed": -123.5},),
    "indicator.hurst_exponent": (
        {"period": 60, "lag_start": 3, "lag_end": 25},
        {"period": 10, "lag_start": 9, "lag_end": 50},
        {"period": 4, "lag_end": 1},
    ),
}
"""By kind; a kind with a ``period`` that is not here is also tried with another."""


def parameter_sets(name: str) -> list[Params]:
    """Parameters beside the defaults, which come first."""
    kind = get_kind(name)
    others = list(OTHERS.get(name, ()))
    if not others and kind.param("period"):
        others = [{"period": 5}]
    return [{}, *others]
