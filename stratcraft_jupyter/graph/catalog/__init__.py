"""Every kind of node a strategy can be made of: the single source for forms, docs and compiler."""

import re
from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph.catalog import (
    actions,
    candles,
    conditions,
    data,
    guards,
    indicators,
    limits,
    logic,
    math,
    position,
    protection,
    regimes,
    sizing,
    times,
)
from stratcraft_jupyter.graph.catalog.base import (
    PORT_TYPES,
    Family,
    Kind,
    Param,
    Port,
    PortType,
    grouped,
)

__all__ = [
    "FAMILIES",
    "KINDS",
    "PORT_TYPES",
    "Family",
    "Kind",
    "Param",
    "Port",
    "PortType",
    "catalog_json",
    "get_kind",
    "search_kinds",
]

FAMILIES = (
    Family("data", "Data", "market data"),
    Family("indicator", "Indicators", "numbers computed from prices and volume"),
    Family("math", "Math", "arithmetic on series"),
    Family("condition", "Conditions", "what turns numbers into true or false"),
    Family("logic", "Logic", "conditions made of conditions"),
    Family("regime", "Regimes", "what kind of market it is"),
    Family("action", "Actions", "entries and exits"),
    Family("sizing", "Sizing", "how many shares an entry orders"),
    Family("risk", "Risk", "what protects an open position"),
)

_GROUPS: Mapping[ModuleType, str] = {
    candles: "Candlesticks",
    times: "Clock and calendar",
    protection: "Stops and targets",
    guards: "Guards",
    limits: "Limits on entries",
}

_MODULES = (
    data,
    position,
    indicators,
    math,
    conditions,
    times,
    candles,
    logic,
    regimes,
    actions,
    sizing,
    protection,
    guards,
    limits,
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for module in _MODULES
        for kind in (grouped(_GROUPS[module], module.KINDS) if module in _GROUPS else module.KINDS)
    }
)


def get_kind(name: str) -> Kind:
    """The kind with this dotted name.

    Raises:
        UnknownNameError: There is none; names the closest.
    """
    if name not in KINDS:
        raise UnknownNameError("kind", name, KINDS)
    return KINDS[name]


def search_kinds(text: str) -> tuple[Kind, ...]:
    """Kinds that match every word of ``text``, the best match first.

    The whole title comes first, then a whole alias. A match in the title or an alias counts more
    than one in the help or the name. If nothing matches all words, those in brackets do not count.
    An empty text gives all kinds in catalog order.
    """
    outside = re.sub(r"\([^)]*\)", "", text)
    return _found(text) or (_found(outside) if outside.strip() else ())


def _found(text: str) -> tuple[Kind, ...]:
    words = re.findall(_WORD, text.lower())
    scored = [(_score(kind, words), order, kind) for order, kind in enumerate(KINDS.values())]
    return tuple(kind for score, _, kind in sorted(scored, key=lambda x: x[:2]) if score < _NO)


_NO = 1_000
_WORD = r"[\w<>=]+"


def _score(kind: Kind, words: list[str]) -> int:
    if words == re.findall(_WORD, kind.title.lower()):
        return -2
    if words and any(words == re.findall(_WORD, alias.lower()) for alias in kind.aliases):
        return -1
    names = [name.lower() for name in (kind.title, *kind.aliases, kind.name.partition(".")[2])]
    text = f"{kind.help} {kind.semantics} {kind.family}".lower()
    return sum(_word_score(word, names, text) for word in words)


def _word_score(word: str, names: list[str], text: str) -> int:
    if word in names:
        return 0
    if any(name.startswith(word) for name in names):
        return 1
    if any(part.startswith(word) for name in names for part in name.split()):
        return 2
    if any(word in name for name in names):
        return 3
    return 5 if word in text else _NO


def catalog_json() -> dict[str, Any]:
    """The whole catalog as JSON-ready data: families, port types and kinds."""
    return {
        "families": [{"name": f.name, "title": f.title, "help": f.help} for f in FAMILIES],
        "port_types": dict(PORT_TYPES),
        "kinds": [kind.to_dict() for kind in KINDS.values()],
    }
