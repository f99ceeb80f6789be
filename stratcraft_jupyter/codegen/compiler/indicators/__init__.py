"""How each indicator is emitted, one family a file: lines made once, in ``__init__``."""

from collections.abc import Mapping
from types import MappingProxyType

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.indicators import (
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

EMITTERS: Mapping[str, Emitter] = MappingProxyType(
    {
        **averages.EMITTERS,
        **adaptive_averages.EMITTERS,
        **envelopes.EMITTERS,
        **oscillators.EMITTERS,
        **rates.EMITTERS,
        **ratings.EMITTERS,
        **stochastics.EMITTERS,
        **average_oscillators.EMITTERS,
        **trend.EMITTERS,
        **trailing.EMITTERS,
        **volatility.EMITTERS,
        **volume.EMITTERS,
        **extremes.EMITTERS,
        **pivots.EMITTERS,
        **levels.EMITTERS,
        **price_action.EMITTERS,
        **statistics.EMITTERS,
        **crossings.EMITTERS,
    }
)
