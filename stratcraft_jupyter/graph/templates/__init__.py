"""Strategies to start from, as documents."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph.document import StrategyGraph

_ENDING = ".strategy.json"


@dataclass(frozen=True, slots=True)
class Template:
    """A strategy to start from.

    Attributes:
        name: What :func:`load_template` takes, such as ``"sma_cross"``.
        title: Name shown to the user.
        description: What it does and where it comes from.
    """

    name: str
    title: str
    description: str


@cache
def _documents() -> dict[str, StrategyGraph]:
    found = {
        entry.name.removesuffix(_ENDING): StrategyGraph.from_json(entry.read_bytes())
        for entry in files(__name__).iterdir()
        if entry.name.endswith(_ENDING)
    }
    return {name: found[name] for name in sorted(found)}


def list_templates() -> tuple[Template, ...]:
    """All templates, by name."""
    return tuple(
        Template(name, graph.name, graph.description) for name, graph in _documents().items()
    )


def load_template(name: str) -> StrategyGraph:
    """The document of a template.

    Raises:
        UnknownNameError: There is none with this name.
    """
    if name not in _documents():
        raise UnknownNameError("template", name, _documents())
    return _documents()[name]
