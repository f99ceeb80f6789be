"""Which names an expression can use: prices, inputs, functions from the catalog, their outputs."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from stratcraft_jupyter.errors import ExpressionError
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Kind, Port
from stratcraft_jupyter.graph.expressions.kinds import EXPRESSION_KINDS, INPUTS, PRICES
from stratcraft_jupyter.graph.expressions.tree import Call

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


def default_output(kind: Kind) -> str | None:
    """The output that a call without a dot means; None if it must be named."""
    names = [port.name for port in kind.outputs]
    plain = [name for name in names if name in ("value", kind.name.partition(".")[2])]
    return next(iter(plain), names[0] if len(names) == 1 else None)


def called_output(part: Call, kind: Kind) -> str:
    """The output that a call means."""
    names = [port.name for port in kind.outputs]
    if part.output in names:
        return part.output
    listed = " or ".join(f".{name}" for name in names)
    if part.output:
        message = f"{part.function} has no output named {part.output}."
        raise ExpressionError(message, part.output_at, hint=f"Write {listed} after it.")
    plain = default_output(kind)
    if plain is None:
        message = f"{part.function} has several outputs."
        raise ExpressionError(message, part.at, hint=f"Write {listed} after it.")
    return plain


def stand_in(kind: Kind, port: Port) -> str | None:
    """The parameter that a number at an input becomes."""
    found = [param.name for param in kind.params if param.unless_connected == port.name]
    return found[0] if found else None
