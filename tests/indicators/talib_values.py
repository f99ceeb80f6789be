"""TA-Lib's values, for the indicators it has under the same definition."""

from collections.abc import Callable, Mapping

import numpy as np
import talib
from book.series import Given, Series
from numpy.typing import NDArray

_Array = NDArray[np.float64]


def _array(values: Series) -> _Array:
    return np.array(values, dtype=float)


def _source(function: Callable[..., _Array]) -> Callable[[Given], Mapping[str, Series]]:
    def of(given: Given) -> Mapping[str, Series]:
        return {"value": function(_array(given.source), given.whole()).tolist()}

    return of


def _bars(function: Callable[..., _Array], *prices: str) -> Callable[[Given], Mapping[str, Series]]:
    def of(given: Given) -> Mapping[str, Series]:
        periods = [given.whole()] if "period" in given.params else []
        columns = (_array(given.prices[name]) for name in prices or ("high", "low", "close"))
        return {"value": function(*columns, *periods).tolist()}

    return of


def _apo(given: Given) -> Mapping[str, Series]:
    fast, slow = given.whole("fast_period"), given.whole("slow_period")
    found = talib.APO(_array(given.source), fast, slow, talib.MA_Type.EMA)
    return {"value": (found if fast <= slow else -found).tolist()}  # it takes the shorter first


def _ppo(given: Given) -> Mapping[str, Series]:
    fast, slow = given.whole("fast_period"), given.whole("slow_period")
    return {"ppo": talib.PPO(_array(given.source), fast, slow, talib.MA_Type.EMA).tolist()}


def _trix(given: Given) -> Mapping[str, Series]:
    if given.whole("change_period") > 1:  # it has no such parameter
        return {}
    return {"value": talib.TRIX(_array(given.source), given.whole()).tolist()}


def _ultimate_oscillator(given: Given) -> Mapping[str, Series]:
    periods = [given.whole(f"{name}_period") for name in ("fast", "middle", "slow")]
    if periods != sorted(periods):  # it sorts them
        return {}
    columns = (_array(given.prices[name]) for name in ("high", "low", "close"))
    return {"value": talib.ULTOSC(*columns, *periods).tolist()}


def _fast_stochastic(given: Given) -> Mapping[str, Series]:
    columns = (_array(given.prices[name]) for name in ("high", "low", "close"))
    lines = talib.STOCHF(*columns, given.whole(), given.whole("fast_period"))
    return {name: line.tolist() for name, line in zip("kd", lines, strict=True)}


def _stochastic(given: Given) -> Mapping[str, Series]:
    columns = (_array(given.prices[name]) for name in ("high", "low", "close"))
    fast, slow = given.whole("fast_period"), given.whole("slow_period")
    lines = talib.STOCH(*columns, given.whole(), fast, talib.MA_Type.SMA, slow)
    return {name: line.tolist() for name, line in zip("kd", lines, strict=True)}


def _full_stochastic(given: Given) -> Mapping[str, Series]:
    return {**_fast_stochastic(given), "slow_d": _stochastic(given)["d"]}


def _aroon(given: Given) -> Mapping[str, Series]:
    columns = [_array(given.prices[name]) for name in ("high", "low")]
    down, up = talib.AROON(*columns, given.whole())
    oscillator = talib.AROONOSC(*columns, given.whole())
    return {"up": up.tolist(), "down": down.tolist(), "oscillator": oscillator.tolist()}


def _bollinger_bands(given: Given) -> Mapping[str, Series]:
    wide = given.number("deviations")
    bands = talib.BBANDS(_array(given.source), given.whole(), wide, wide)
    names = ("upper", "middle", "lower")
    return {name: band.tolist() for name, band in zip(names, bands, strict=True)}


def _t3(given: Given) -> Mapping[str, Series]:
    values = talib.T3(_array(given.source), given.whole(), given.number("factor"))
    return {"value": values.tolist()}


def _obv(given: Given) -> Mapping[str, Series]:
    """Begun from 0 and not from the first volume."""
    volume = _array(given.prices["volume"])
    return {"value": (talib.OBV(_array(given.prices["close"]), volume) - volume[0]).tolist()}


def _correlation(given: Given) -> Mapping[str, Series]:
    left, right = (_array(given.series[port]) for port in ("left", "right"))
    return {"value": talib.CORREL(left, right, given.whole()).tolist()}


def _r_squared(given: Given) -> Mapping[str, Series]:
    bars = np.arange(len(given.source), dtype=float)
    return {"value": (talib.CORREL(_array(given.source), bars, given.whole()) ** 2).tolist()}


TALIB: Mapping[str, Callable[[Given], Mapping[str, Series]]] = {
    "indicator.sma": _source(talib.SMA),
    "indicator.ema": _source(talib.EMA),
    "indicator.wma": _source(talib.WMA),
    "indicator.dema": _source(talib.DEMA),
    "indicator.tema": _source(talib.TEMA),
    "indicator.t3": _t3,
    "indicator.rsi": _source(talib.RSI),
    "indicator.apo": _apo,
    "indicator.ppo": _ppo,
    "indicator.roc": _source(talib.ROCP),
    "indicator.roc_percent": _source(talib.ROC),
    "indicator.momentum_oscillator": _source(talib.ROCR100),
    "indicator.trix": _trix,
    "indicator.ultimate_oscillator": _ultimate_oscillator,
    "indicator.fast_stochastic": _fast_stochastic,
    "indicator.stochastic": _stochastic,
    "indicator.full_stochastic": _full_stochastic,
    "indicator.williams_r": _bars(talib.WILLR),
    "indicator.aroon": _aroon,
    "indicator.atr": _bars(talib.ATR),
    "indicator.true_range": _bars(talib.TRANGE),
    "indicator.highest": _source(talib.MAX),
    "indicator.lowest": _source(talib.MIN),
    "indicator.obv": _obv,
    "indicator.accumulation_distribution": _bars(talib.AD, "high", "low", "close", "volume"),
    "indicator.mfi": _bars(talib.MFI, "high", "low", "close", "volume"),
    "indicator.percent_change": _source(talib.ROCP),
    "indicator.rolling_sum": _source(talib.SUM),
    "indicator.correlation": _correlation,
    "indicator.r_squared": _r_squared,
    "indicator.bollinger_bands": _bollinger_bands,
    "indicator.standard_deviation": _source(talib.STDDEV),
}

DIFFERS: Mapping[str, str] = {
    "indicator.parabolic_sar": "TA-Lib's SAR takes its first direction from the directional move, "
    "and keeps the stop of a turn outside the last two bars.",
    "indicator.first_index_of_highest": "Of several equal values TA-Lib's MAXINDEX takes now the "
    "latest, now the earliest.",
    "indicator.first_index_of_lowest": "Of several equal values TA-Lib's MININDEX takes now the "
    "latest, now the earliest.",
    "indicator.ols_regression": "TA-Lib's BETA is a slope of relative changes, its LINEARREG "
    "functions are over time.",
    "indicator.macd": "TA-Lib's MACD starts its fast average together with the slow one, not with "
    "the first values.",
    "indicator.cci": "TA-Lib's CCI takes the mean deviation of all bars from the present average.",
    "indicator.cmo": "TA-Lib's CMO smooths rises and falls as Wilder does; Chande adds them up.",
    "indicator.adx": "TA-Lib's ADX starts its smoothed moves as a sum of one bar fewer.",
    "indicator.adxr": "TA-Lib's ADXR looks back one bar less, and its ADX differs.",
    "indicator.directional_indicator": "TA-Lib's PLUS_DI and MINUS_DI start their smoothed moves "
    "and ranges as a sum of one bar fewer.",
    "indicator.directional_movement": "It holds the ADX, ADXR, +DI and -DI, all of which differ.",
    "indicator.kama": "TA-Lib's KAMA starts from the value of the bar before, not from a mean.",
}
"""Why TA-Lib's function of that name is no witness: what it defines otherwise."""

FUNCTIONS: Mapping[str, str] = {
    **{
        f"indicator.{name}": name.upper()
        for name in ("sma", "ema", "wma", "dema", "tema", "t3", "rsi", "apo", "atr", "obv", "mfi")
    },
    "indicator.ppo": "PPO (its first output)",
    "indicator.roc": "ROCP",
    "indicator.roc_percent": "ROC",
    "indicator.momentum_oscillator": "ROCR100",
    "indicator.trix": "TRIX (its first output)",
    "indicator.ultimate_oscillator": "ULTOSC",
    "indicator.fast_stochastic": "STOCHF",
    "indicator.stochastic": "STOCH",
    "indicator.full_stochastic": "STOCHF and STOCH",
    "indicator.williams_r": "WILLR",
    "indicator.aroon": "AROON and AROONOSC",
    "indicator.true_range": "TRANGE",
    "indicator.highest": "MAX",
    "indicator.lowest": "MIN",
    "indicator.accumulation_distribution": "AD",
    "indicator.percent_change": "ROCP",
    "indicator.rolling_sum": "SUM",
    "indicator.correlation": "CORREL",
    "indicator.r_squared": "CORREL, squared",
    "indicator.bollinger_bands": "BBANDS",
    "indicator.standard_deviation": "STDDEV",
}
"""The names of TA-Lib's functions, for readers."""
