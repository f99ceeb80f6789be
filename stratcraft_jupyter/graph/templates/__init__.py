"""Strategies to start from, as documents."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph.document import StrategyGraph

_ENDING = ".strategy.json"
_ORDER = (
    "sma_cross",
    "triple_sma",
    "rsi_mean_reversion",
    "stochastic_rsi",
    "williams_r",
    "macd_cross",
    "trix_cross",
    "adx_ema_cross",
    "bollinger_breakout",
    "ema_atr_trend",
    "donchian_turtle",
    "supertrend",
    "ichimoku_cloud",
    "weekly_trend_filter",
    "pairs_spread",
    "opening_range_breakout",
    "volatility_target_trend",
    "two_regimes",
)
"""Simple ones first, relatives together."""


@dataclass(frozen=True, slots=True)
class Template:
    """A strategy to start from.

    Attributes:
        name: What :func:`load_template` takes, such as ``"sma_cross"``.
        title: Name shown to the user.
        description: What it does and where it comes from.
        summary: What it does, in the first sentence of the description.
    """

    name: str
    title: str
    description: str
    summary: str


@cache
def _documents() -> dict[str, StrategyGraph]:
    folder = files(__name__)
    return {
        name: StrategyGraph.from_json((folder / f"{name}{_ENDING}").read_bytes()) for name in _ORDER
    }


def list_templates() -> tuple[Template, ...]:
    """All templates, simple ones first."""
    return tuple(
        Template(name, graph.name, graph.description, _first_sentence(graph.description))
        for name, graph in _documents().items()
    )


def _first_sentence(text: str) -> str:
    first, dot, rest = text.partition(". ")
    return first + "." if rest else first + dot


def load_template(name: str) -> StrategyGraph:
    """The document of a template.

    Raises:
        UnknownNameError: There is none with this name.
    """
    if name not in _documents():
        raise UnknownNameError("template", name, _documents())
    return _documents()[name]
