"""What differs between two strategy documents, by meaning: not by line, and moves kept apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from stratcraft_jupyter.errors import StratCraftError, told
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Edge, Node, StrategyGraph
from stratcraft_jupyter.graph.matching import matching_nodes, values_of

ChangeKind = Literal[
    "added", "removed", "parameter", "connected", "disconnected", "setting", "text", "moved"
]
_SETTING_TITLES = {"sizing_percent": "default size (%)"}
_FEW = 3
_PARTS = {"id", "kind", "params"}
_DOCUMENT_PARTS = {"schema_version", "nodes", "edges", "backtest", "layout"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Attributes:
        kind: What sort of change it is.
        what: What changed, such as ``"Fast SMA: period"``.
        before: What it was in the first document; empty if it was not there.
        after: What it is in the second one; empty if it is not there any more.
        node_id: The node it concerns, by its id in the second document if it is there.
    """

    kind: ChangeKind
    what: str
    before: str = ""
    after: str = ""
    node_id: str = ""

    def __str__(self) -> str:
        match self.kind:
            case "added" | "removed" | "connected" | "disconnected" | "moved":
                return f"{self.what} was {self.kind}"
            case _:
                return f"{self.what} {self.before or 'none'} → {self.after or 'none'}"

    def to_dict(self) -> dict[str, str]:
        """The change as JSON data."""
        names = ("kind", "what", "before", "after", "node_id")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class DocumentDifference:
    """Two documents and what differs between them; prints as text, shows as a table.

    Attributes:
        before: The first document.
        after: The second one.
        titles: What the two are called.
    """

    before: StrategyGraph
    after: StrategyGraph
    titles: tuple[str, str]

    @cached_property
    def matched(self) -> Mapping[str, str]:
        """Ids of the nodes that are in both: those in the first, with those in the second."""
        return matching_nodes(self.before, self.after)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """All that differs but places on the canvas."""
        return (*self._nodes(), *self._edges(), *self._settings(), *self._texts())

    @cached_property
    def moves(self) -> tuple[Change, ...]:
        """The nodes that are in both and stand elsewhere."""
        return tuple(
            Change("moved", node_title(self.after.node(new)), node_id=new)
            for old, new in self.matched.items()
            if self.before.layout.get(old) != self.after.layout.get(new)
        )

    @property
    def is_same(self) -> bool:
        """Whether nothing differs, or only places on the canvas."""
        return not self.changes

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON data."""
        return {
            "same": self.is_same,
            "before": self.titles[0],
            "after": self.titles[1],
            "changes": [change.to_dict() for change in self.changes],
            "moves": [change.to_dict() for change in self.moves],
        }

    def __str__(self) -> str:
        from stratcraft_jupyter.graph.difference_text import difference_text

        return difference_text(self)

    def _repr_html_(self) -> str:
        from stratcraft_jupyter.graph.difference_text import difference_html

        return difference_html(self)

    def _nodes(self) -> Iterator[Change]:
        back = {new: old for old, new in self.matched.items()}
        for node in self.before.nodes:
            if node.id not in self.matched:
                yield Change("removed", node_title(node), _facts(node), "", node.id)
        for node in self.after.nodes:
            if node.id not in back:
                yield Change("added", node_title(node), "", _facts(node), node.id)
        for old, new in self.matched.items():
            yield from _of_node(self.before.node(old), self.after.node(new))

    def _edges(self) -> Iterator[Change]:
        """Connections by what they join, whatever the ids are."""

        def ends(edge: Edge) -> tuple[str, str, str, str]:
            source = self.matched.get(edge.source_node, f"<{edge.source_node}")
            target = self.matched.get(edge.target_node, f"<{edge.target_node}")
            return source, edge.source_port, target, edge.target_port

        old = {ends(edge): edge for edge in self.before.edges}
        new = {
            (e.source_node, e.source_port, e.target_node, e.target_port): e
            for e in self.after.edges
        }
        for joined, edge in old.items():
            if joined not in new:
                path = path_of(edge, self.before)
                yield Change("disconnected", path, path, "", edge.target_node)
        for joined, edge in new.items():
            if joined not in old:
                path = path_of(edge, self.after)
                yield Change("connected", path, "", path, edge.target_node)

    def _settings(self) -> Iterator[Change]:
        for name in type(self.before.backtest).model_fields:
            values = (getattr(part.backtest, name) for part in (self.before, self.after))
            old, new = (value_in_words(value) for value in values)
            if old != new:
                title = _SETTING_TITLES.get(name, name.replace("_", " "))
                yield Change("setting", f"Backtest: {title}", old, new)

    def _texts(self) -> Iterator[Change]:
        for name in StrategyGraph.model_fields:
            old, new = getattr(self.before, name), getattr(self.after, name)
            if name not in _DOCUMENT_PARTS and old != new:
                words = value_in_words(old), value_in_words(new)
                yield Change("text", f"Strategy: {name.replace('_', ' ')}", *words)


def compare_documents(
    before: StrategyGraph | str | Path, after: StrategyGraph | str | Path
) -> DocumentDifference:
    """What differs between two strategies, by meaning: nodes, parameters, connections, settings.

    Ids of nodes need not agree, and where nodes stand on the canvas does not count.

    Args:
        before: A strategy, or the file that holds it.
        after: Another one.

    Raises:
        GraphFileError: A file holds no strategy.

    Examples:
        >>> from stratcraft_jupyter.graph import load_template, set_param
        >>> cross = load_template("sma_cross")
        >>> print(compare_documents(cross, set_param(cross, "fast", "period", 12)))
        SMA cross → SMA cross: 1 change.
        ~ Fast SMA: period 10 bars → 12 bars
    """
    one, first = _read(before)
    other, second = _read(after)
    return DocumentDifference(one, other, (first, second))


def _read(given: object) -> tuple[StrategyGraph, str]:
    if isinstance(given, StrategyGraph):
        return given, given.name
    if isinstance(given, str | Path):
        return StrategyGraph.load(given), Path(given).name
    raise StratCraftError(
        f"{told(given)} is no strategy.", hint="Give a StrategyGraph or the path of its file."
    )


def _of_node(before: Node, after: Node) -> Iterator[Change]:
    title = node_title(after)
    values = dict(values_of(before)), dict(values_of(after))
    for name in sorted(values[0].keys() | values[1].keys()):
        if values[0].get(name) != values[1].get(name):
            old, new = (
                _with_unit(after, name, side[name][1]) if name in side else "" for side in values
            )
            what = f"{title}: {_param_title(after, name)}"
            yield Change("parameter", what, old, new, after.id)
    for name in Node.model_fields:
        one, other = getattr(before, name), getattr(after, name)
        if name not in _PARTS and one != other:
            what = f"{title}: {name.replace('_', ' ')}"
            yield Change("text", what, value_in_words(one), value_in_words(other), after.id)


def _param_title(node: Node, name: str) -> str:
    param = KINDS[node.kind].param(name) if node.kind in KINDS else None
    return param.title.lower() if param else name


def _with_unit(node: Node, name: str, value: object) -> str:
    """A parameter's value as people read it, such as ``"4 %"`` or ``"10 bars"``."""
    words = value_in_words(value)
    param = KINDS[node.kind].param(name) if node.kind in KINDS else None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{words} {param.unit}" if param and param.unit and is_number else words


def _facts(node: Node) -> str:
    """Kind and parameters of a node, in words; of many parameters those that were set."""
    kind = KINDS.get(node.kind)
    defaults = kind.defaults() if kind and len(kind.params) > _FEW else {}
    values = [
        f"{_param_title(node, name)} {_with_unit(node, name, value)}"
        for name, (_, value) in values_of(node)
        if name not in defaults or value != defaults[name]
    ]
    title = kind.title if kind else node.kind
    return ", ".join([title, *values] if title != node_title(node) else values)


def path_of(edge: Edge, graph: StrategyGraph) -> str:
    """A connection in words, with the ports where a node has several."""
    source, target = graph.node(edge.source_node), graph.node(edge.target_node)
    output = input_ = None
    if source.kind in KINDS and len(KINDS[source.kind].outputs) > 1:
        output = KINDS[source.kind].output(edge.source_port)
    if target.kind in KINDS and len(KINDS[target.kind].inputs) > 1:
        input_ = KINDS[target.kind].input(edge.target_port)
    start = f"{output.title} of {node_title(source)}" if output else node_title(source)
    end = f"{input_.title} of {node_title(target)}" if input_ else node_title(target)
    return f"{start} → {end}"


def value_in_words(value: object) -> str:
    """A parameter or setting as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)
