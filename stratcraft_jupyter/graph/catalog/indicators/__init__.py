"""Indicators: numbers computed from prices and volume, one family a file."""

from types import ModuleType

from stratcraft_jupyter.graph.catalog.base import Kind, grouped
from stratcraft_jupyter.graph.catalog.indicators import (
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

_GROUPS: tuple[tuple[str, ModuleType], ...] = (
    ("Moving averages", averages),
    ("Adaptive averages", adaptive_averages),
    ("Envelopes", envelopes),
    ("Oscillators", oscillators),
    ("Rates of change", rates),
    ("Ratings", ratings),
    ("Stochastics", stochastics),
    ("Distance from an average", average_oscillators),
    ("Trend", trend),
    ("Trailing levels", trailing),
    ("Volatility", volatility),
    ("Volume", volume),
    ("Highs and lows", extremes),
    ("Turning points", pivots),
    ("Pivot levels", levels),
    ("Price action", price_action),
    ("Statistics", statistics),
    ("Crossings", crossings),
)

KINDS: tuple[Kind, ...] = tuple(
    kind for title, module in _GROUPS for kind in grouped(title, module.KINDS)
)
