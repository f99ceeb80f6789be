"""One attack, and how its source is put together.

Every source begins with names that tell it where its targets are; see ``Scene.names``.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

HEAD = "import backtrader as bt\n"


@dataclass(frozen=True)
class Attack:
    """What a strategy tries.

    Attributes:
        family: The kind of trick.
        name: The trick.
        source: A module, without the names of the targets.
        time_limit: Seconds it gets; short ones for what never ends.
    """

    family: str
    name: str
    source: str
    time_limit: float = 20.0

    @property
    def title(self) -> str:
        return f"{self.family}: {self.name}"


def family(name: str, sources: Mapping[str, str], *, time_limit: float = 20.0) -> list[Attack]:
    return [Attack(name, trick, source, time_limit) for trick, source in sources.items()]


def module(text: str) -> str:
    """A source as it stands."""
    return HEAD + textwrap.dedent(text).lstrip("\n")


def at_start(code: str, *, before: str = "") -> str:
    """A source that runs ``code`` when the backtest begins, after ``before`` on its first level."""
    body = textwrap.indent(textwrap.dedent(code).strip("\n"), " " * 8)
    above = textwrap.dedent(before).strip("\n")
    return f"{HEAD}{above}\nclass S(bt.Strategy):\n    def start(self):\n{body}\n"


def with_class(text: str) -> str:
    """A source whose own lines are followed by a strategy that does nothing."""
    return f"{HEAD}{textwrap.dedent(text).strip()}\nclass S(bt.Strategy):\n    pass\n"
