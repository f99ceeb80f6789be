"""Regimes: what kind of market it is."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    bars_input,
    period_param,
    signal_output,
)

_PERIOD = period_param(14)
_WILDER = "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978"


def _adx(default: float, help: str) -> Param:
    return Param("adx", "ADX", "float", default, 0.0, 100.0, help=help)


def _rank(default: float, help: str) -> Param:
    return Param("percent", "Rank", "float", default, 0.0, 100.0, unit="%", help=help)


def _history(default: int) -> Param:
    return Param(
        "history", "History", "int", default, 2, 5_000, unit="bars", help="bars it is ranked among"
    )


_RANKED = (
    "The rank is the part of the last `history` values, the present one included, that are below "
    "the present one."
)

KINDS = (
    Kind(
        "regime.trending_up",
        "Trending up",
        "a market with a strong trend upward",
        "True when the ADX is above `adx` and +DI is above -DI.",
        bars_input(),
        signal_output(),
        (_PERIOD, _adx(25.0, "trends are stronger than this")),
        aliases=("bull", "bull market", "uptrend", "trend", "ADX"),
        reference=_WILDER,
        lookback="2 * period - 1",
    ),
    Kind(
        "regime.trending_down",
        "Trending down",
        "a market with a strong trend downward",
        "True when the ADX is above `adx` and -DI is above +DI.",
        bars_input(),
        signal_output(),
        (_PERIOD, _adx(25.0, "trends are stronger than this")),
        aliases=("bear", "bear market", "downtrend", "trend", "ADX"),
        reference=_WILDER,
        lookback="2 * period - 1",
    ),
    Kind(
        "regime.ranging",
        "Ranging",
        "a market without a trend",
        "True when the ADX is below `adx`.",
        bars_input(),
        signal_output(),
        (_PERIOD, _adx(20.0, "ranges are weaker than this")),
        aliases=("sideways", "range", "choppy", "no trend", "mean reversion", "ADX"),
        reference=_WILDER,
        lookback="2 * period - 1",
    ),
    Kind(
        "regime.high_volatility",
        "High volatility",
        "a market that moves more than it usually does",
        "True when the ATR in percent of the close ranks at or above `percent`. " + _RANKED,
        bars_input(),
        signal_output(),
        (_PERIOD, _history(100), _rank(80.0, "at or above this rank")),
        aliases=("volatile", "turbulent", "stress", "ATR rank", "normalized ATR"),
        formula="rank(ATR(n) / close, history) >= percent / 100",
        reference=f"ATR: {_WILDER}; in percent of the close as in TA-Lib NATR",
        lookback="period + history - 1",
    ),
    Kind(
        "regime.low_volatility",
        "Low volatility",
        "a market that moves less than it usually does",
        "True when the ATR in percent of the close ranks at or below `percent`. " + _RANKED,
        bars_input(),
        signal_output(),
        (_PERIOD, _history(100), _rank(20.0, "at or below this rank")),
        aliases=("quiet", "calm", "ATR rank", "normalized ATR"),
        formula="rank(ATR(n) / close, history) <= percent / 100",
        reference=f"ATR: {_WILDER}; in percent of the close as in TA-Lib NATR",
        lookback="period + history - 1",
    ),
    Kind(
        "regime.consolidation",
        "Consolidation",
        "prices drawn together before a move",
        "True when the width of the Bollinger bands in parts of their middle, that is the standard "
        "deviation divided by the mean, ranks at or below `percent`. " + _RANKED,
        bars_input(),
        signal_output(),
        (
            period_param(20),
            _history(125),
            _rank(10.0, "at or below this rank"),
        ),
        aliases=("squeeze", "Bollinger squeeze", "bandwidth", "tight range", "coil", "base"),
        formula="rank(stdev(close, n) / mean(close, n), history) <= percent / 100",
        reference="the squeeze of John Bollinger, Bollinger on Bollinger Bands, 2001: bandwidth at "
        "its lowest in six months",
        lookback="period + history - 2",
    ),
    Kind(
        "regime.custom",
        "Custom regime",
        "any signal, named as a regime",
        "True on every bar where the signal is true. The name is what the strategy calls it.",
        (Port("signal", "signal", "Signal", "what makes the regime"),),
        signal_output(),
        (Param("name", "Name", "text", "my regime", help="what the strategy calls it"),),
        aliases=("own regime", "market state", "filter"),
    ),
)
