"""Self-contained indicator classes for what Backtrader does not have.

The files beside this one are read as text and become part of emitted modules;
none is imported.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def indicator_classes() -> Mapping[str, str]:
    """The source of each class by its name, as it stands in an emitted module."""
    found = {}
    for path in files(__name__).iterdir():
        if path.name.endswith(".py") and path.name != "__init__.py":
            source = path.read_text("utf-8")
            body = source[source.index("\nclass ") + 1 :]
            found[body[len("class ") : body.index("(")]] = body
    return MappingProxyType(found)


@cache
def classes_used_by(name: str) -> frozenset[str]:
    """The class itself and those of ours that its code names."""
    body = indicator_classes()[name]
    others = {
        other for other in indicator_classes() if other != name and f"{other}(" in body
    }
    return frozenset({name}).union(*(classes_used_by(other) for other in others))
