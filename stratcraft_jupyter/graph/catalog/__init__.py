"""Every kind of node a strategy can be made of: the single source for forms, docs and compiler."""

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
from stratcraft_jupyter.graph.catalog.search import matching_kinds
from stratcraft_jupyter.graph.catalog.wording import meaning_of, semantics_in_words

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
    "meaning_of",
    "search_kinds",
    "semantics_in_words",
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
    than one in the help or the name. If nothing matches all words, those in brackets do not count,
    and then a word may have one letter wrong. An empty text gives all kinds in catalog order.
    """
    return matching_kinds(text, KINDS.values())


def catalog_json() -> dict[str, Any]:
    """The whole catalog as JSON-ready data: families, port types and kinds."""
    return {
        "families": [{"name": f.name, "title": f.title, "help": f.help} for f in FAMILIES],
        "port_types": dict(PORT_TYPES),
        "kinds": [kind.to_dict() for kind in KINDS.values()],
    }
