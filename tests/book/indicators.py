"""All indicators by the name of their kind."""

from collections.abc import Mapping

from book import (
    adaptive_averages,
    average_oscillators,
    averages,
    crossings,
    envelopes,
    extremes,
    levels,
    oscillators,
    pivots,
    price_action,
    rates,
    ratings,
    statistics,
    stochastics,
    trailing,
    trend,
    volatility,
    volume,
)
from book.series import Indicator

INDICATORS: Mapping[str, Indicator] = {
    **averages.INDICATORS,
    **adaptive_averages.INDICATORS,
    **envelopes.INDICATORS,
    **oscillators.INDICATORS,
    **rates.INDICATORS,
    **ratings.INDICATORS,
    **stochastics.INDICATORS,
    **average_oscillators.INDICATORS,
    **trend.INDICATORS,
    **trailing.INDICATORS,
    **volatility.INDICATORS,
    **volume.INDICATORS,
    **extremes.INDICATORS,
    **pivots.INDICATORS,
    **levels.INDICATORS,
    **price_action.INDICATORS,
    **statistics.INDICATORS,
    **crossings.INDICATORS,
}
