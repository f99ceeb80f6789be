"""Which names an expression can use: prices, inputs, and functions taken from the catalog."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Kind
from stratcraft_jupyter.graph.expressions.kinds import EXPRESSION_KINDS, INPUTS, PRICES

_FAMILIES = ("indicator", "math", "condition", "logic", "regime")
_NO_FUNCTIONS = frozenset(
    {*EXPRESSION_KINDS, "condition.compare", "logic.and", "logic.or", "logic.not", "regime.custom"}
)
"""What has an operator of its own, or nothing to say in a text."""

_PREFERRED = {"min": "math.minimum", "max": "math.maximum", "abs": "math.absolute"}
"""Short names with a meaning everyone expects; expressions are also written with them."""

_RESERVED = frozenset({*PRICES, *INPUTS, "and", "or", "not", "true", "false"})


@cache
def functions() -> Mapping[str, Kind]:
    """Every function by its name in lower case: names of kinds, then aliases that mean one kind."""
    kinds = [
        kind
        for name, kind in KINDS.items()
        if kind.family in _FAMILIES and name not in _NO_FUNCTIONS
    ]
    found = {_own_name(kind): kind for kind in kinds}
    found |= {name: KINDS[kind] for name, kind in _PREFERRED.items()}
    aliases = [(alias, kind) for kind in kinds for alias in {_as_name(a) for a in kind.aliases}]
    counts = Counter(alias for alias, _ in aliases)
    for alias, kind in aliases:
        is_name = re.fullmatch(r"[a-z][a-z0-9_]+", alias) and alias not in _RESERVED
        if is_name and counts[alias] == 1:
            found.setdefault(alias, kind)
    return MappingProxyType(found)


def function_name(kind: Kind) -> str | None:
    """How an expression writes a kind as a function; None if it cannot."""
    if functions().get(_own_name(kind)) is not kind:
        return None
    preferred = [name for name, other in _PREFERRED.items() if other == kind.name]
    return preferred[0] if preferred else _own_name(kind)


def _own_name(kind: Kind) -> str:
    return kind.name.partition(".")[2]


def _as_name(alias: str) -> str:
    return re.sub(r"[ -]", "_", alias.lower())
