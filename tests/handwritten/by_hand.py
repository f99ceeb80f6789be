"""The strategies written by hand, by the name of the template with the same rules."""

from collections.abc import Mapping

import backtrader as bt

from handwritten.adx_ema_cross import AdxEmaCross
from handwritten.bollinger_breakout import BollingerBreakout
from handwritten.donchian_turtle import DonchianTurtle
from handwritten.ema_atr_trend import EmaAtrTrend
from handwritten.ichimoku_cloud import IchimokuCloud
from handwritten.macd_cross import MacdCross
from handwritten.opening_range_breakout import OpeningRangeBreakout
from handwritten.pairs_spread import PairsSpread
from handwritten.rsi_mean_reversion import RsiMeanReversion
from handwritten.sma_cross import SmaCross
from handwritten.stochastic_rsi import StochasticRsi
from handwritten.supertrend import SuperTrendTurns
from handwritten.triple_sma import TripleSma
from handwritten.trix_cross import TrixCross
from handwritten.two_regimes import TwoRegimes
from handwritten.volatility_target_trend import VolatilityTargetTrend
from handwritten.weekly_trend_filter import WeeklyTrendFilter
from handwritten.williams_r import WilliamsPercentR

ON_DAILY_BARS: Mapping[str, type[bt.Strategy]] = {
    "sma_cross": SmaCross,
    "rsi_mean_reversion": RsiMeanReversion,
    "macd_cross": MacdCross,
    "bollinger_breakout": BollingerBreakout,
    "donchian_turtle": DonchianTurtle,
    "ema_atr_trend": EmaAtrTrend,
}
"""They run on any bars, also hard ones."""

ON_MOVING_PRICES: Mapping[str, type[bt.Strategy]] = {
    "triple_sma": TripleSma,
    "stochastic_rsi": StochasticRsi,
    "williams_r": WilliamsPercentR,
    "trix_cross": TrixCross,
    "adx_ema_cross": AdxEmaCross,
    "supertrend": SuperTrendTurns,
    "ichimoku_cloud": IchimokuCloud,
    "volatility_target_trend": VolatilityTargetTrend,
    "two_regimes": TwoRegimes,
}
"""Some divide by the range of the last bars, which has to be above zero."""

ON_SPECIAL_BARS: Mapping[str, type[bt.Strategy]] = {
    "weekly_trend_filter": WeeklyTrendFilter,
    "pairs_spread": PairsSpread,
    "opening_range_breakout": OpeningRangeBreakout,
}
"""They need weeks, a second symbol, or bars within the day."""
