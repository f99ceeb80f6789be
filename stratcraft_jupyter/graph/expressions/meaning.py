"""The nodes an expression becomes, before they are put into a strategy."""

from dataclasses import dataclass
from typing import Literal

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Value


@dataclass(frozen=True, slots=True)
class Outlet:
    """An output, of a new node or of what is connected to the expression.

    Attributes:
        owner: The index of a new node, ``"bars"``, or one of the inputs ``"a"`` to ``"d"``.
        port: Its output port; empty for ``"a"`` to ``"d"``.
        type: What flows out of it.
    """

    owner: int | str
    port: str
    type: Literal["bars", "series", "signal"] = "series"


BARS = Outlet("bars", "bars", "bars")


@dataclass(frozen=True, slots=True)
class NewNode:
    """A node that an expression becomes.

    Attributes:
        kind: Its kind.
        params: All its parameters with their values.
        inputs: Input ports with what is connected to them.
        text: The part of the expression it stands for.
    """

    kind: str
    params: tuple[tuple[str, Value], ...]
    inputs: tuple[tuple[str, Outlet], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression becomes.

    Attributes:
        nodes: New nodes, each after those it reads.
        root: The index of the node whose output is the value of the expression.
        port: That output.
        inputs: The inputs it names, each with where it does first.
    """

    nodes: tuple[NewNode, ...]
    root: int
    port: str
    inputs: tuple[tuple[str, int], ...]


class NewNodes:
    """Collects new nodes; what is the same is there once."""

    def __init__(self) -> None:
        self._nodes: list[NewNode] = []
        self._known: dict[tuple[object, ...], int] = {}

    def all(self) -> tuple[NewNode, ...]:
        """Those collected so far."""
        return tuple(self._nodes)

    def add(
        self,
        kind: str,
        text: str,
        inputs: list[tuple[str, Outlet]],
        params: dict[str, Value] | None = None,
    ) -> Outlet:
        """The first output of a node, which is new or the same as an earlier one.

        Args:
            kind: Its kind.
            text: The part of the expression it stands for.
            inputs: What its inputs read; twice the same is once.
            params: Its parameters other than their defaults.
        """
        entry = KINDS[kind]
        values = tuple({**entry.defaults(), **(params or {})}.items())
        edges = tuple(dict.fromkeys(inputs))
        # 1, 1.0 and true are equal in Python
        key = (kind, edges, tuple((name, type(value), value) for name, value in values))
        if key not in self._known:
            self._known[key] = len(self._nodes)
            self._nodes.append(NewNode(kind, values, edges, text))
        (output, *_) = entry.outputs
        return self.outlet(self._known[key], output.name)

    def outlet(self, index: int, port: str) -> Outlet:
        """An output of a collected node."""
        output = KINDS[self._nodes[index].kind].output(port)
        is_signal = output is not None and output.type == "signal"
        return Outlet(index, port, "signal" if is_signal else "series")
