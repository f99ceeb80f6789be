"""Puts ordinary nodes in the place of expressions, and remembers where each came from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stratcraft_jupyter.errors import ExpressionError, GraphEditError
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.document import (
    MAX_EDGES,
    MAX_NODES,
    Edge,
    Layout,
    Node,
    StrategyGraph,
    active_part,
)
from stratcraft_jupyter.graph.expressions.kinds import EXPRESSION_KINDS, text_of
from stratcraft_jupyter.graph.expressions.meaning import Meaning, Outlet
from stratcraft_jupyter.graph.expressions.placing import places_of
from stratcraft_jupyter.graph.expressions.resolver import read_meaning
from stratcraft_jupyter.graph.rebuilding import free_id

_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Expansion:
    """A strategy without expressions.

    Attributes:
        graph: The strategy; an expression that cannot be expanded is still in it.
        owners: For each node that an expression became, the id of the expression.
        outputs: For each expanded expression, the output that has its value.
        problems: Why an expression could not be expanded, by its id.
    """

    graph: StrategyGraph
    owners: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, ExpressionError] = field(default_factory=dict)

    def owner(self, node_id: str) -> str:
        """The id in the document of what this node belongs to."""
        return self.owners.get(node_id, node_id)

    def with_owners(self, text: str) -> str:
        """A text with the expression in the place of ids in brackets that only its nodes have."""

        def owned(found: re.Match[str]) -> str:
            owner = self.owners.get(found[1])
            return found[0] if owner in (None, found[1]) else f"(in {owner})"

        return re.sub(r"\((\w+)\)", owned, text) if self.owners else text


def expansion(graph: StrategyGraph) -> Expansion:
    """The active strategy with every expression expanded that can be; never raises.

    The node with the value of an expression keeps its id; labels of new nodes are their text.
    """
    graph = active_part(graph)
    chosen = [node for node in graph.nodes if node.kind in EXPRESSION_KINDS]
    if not chosen:
        return Expansion(graph)
    build = _Build(graph, is_labelled=True)
    problems: dict[str, ExpressionError] = {}
    for node in chosen:
        try:
            meaning = read_meaning(text_of(node), node.kind)
            build.replace(node, meaning, stem=f"{node.id}_")
        except ExpressionError as error:
            problems[node.id] = error
    return Expansion(build.graph(), build.owners, build.outputs, problems)


def expand_all(graph: StrategyGraph) -> StrategyGraph:
    """The strategy with ordinary nodes in the place of all expressions.

    Raises:
        ExpressionError: One of them cannot be read.
    """
    found = expansion(graph)
    for problem in found.problems.values():
        raise problem
    return found.graph


def expand(graph: StrategyGraph, node_id: str) -> StrategyGraph:
    """The document with ordinary nodes in the place of one expression.

    The node with its value keeps the id, label, note and place; what is the same within the
    expression is one node.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: It is no expression, or its bars are not connected.
        ExpressionError: Its text cannot be read; says where and why.
    """
    node = graph.node(node_id)
    if node.kind not in EXPRESSION_KINDS:
        raise GraphEditError(f"{node_id} is no expression, so there is nothing to expand.")
    build = _Build(graph, is_labelled=False)
    build.replace(node, read_meaning(text_of(node), node.kind), stem="")
    if node_id not in build.owners:
        hint = "Connect its Bars first."
        raise GraphEditError(f"The bars of {node_id} are not connected.", hint=hint)
    return build.graph()


class _Build:
    """A document while expressions in it are replaced."""

    def __init__(self, graph: StrategyGraph, *, is_labelled: bool) -> None:
        self._graph = graph
        self._is_labelled = is_labelled
        self._nodes = {node.id: node for node in graph.nodes}
        self._taken = set(self._nodes)
        self._ends = [(edge.source, edge.target) for edge in graph.edges]
        self._places = dict(graph.layout)
        self.owners: dict[str, str] = {}
        self.outputs: dict[str, str] = {}

    def graph(self) -> StrategyGraph:
        """The document as it is now."""
        parts = {name: getattr(self._graph, name) for name in StrategyGraph.model_fields}
        edges = (self._renamed(*ends) for ends in self._ends)
        changes = {"nodes": tuple(self._nodes.values()), "edges": tuple(edges)}
        return StrategyGraph.model_validate({**parts, **changes, "layout": self._layout()})

    def _layout(self) -> Layout:
        old = self._graph.layout
        return Layout(self._places, frames=old.frames, comments=old.comments)

    def _renamed(self, source: str, target: str) -> Edge:
        """An edge whose source may be an expanded expression."""
        owner = source.partition(".")[0]
        if owner in self.outputs and source == f"{owner}.{self._old_port(owner)}":
            source = f"{owner}.{self.outputs[owner]}"
        return Edge(source=source, target=target)

    def _old_port(self, node_id: str) -> str:
        return EXPRESSION_KINDS[self._graph.node(node_id).kind]

    def replace(self, node: Node, meaning: Meaning, *, stem: str) -> None:
        """Puts nodes in the place of an expression; not if its bars are not connected."""
        connected = self._connected(node)
        if connected is None:
            return
        for name, at in meaning.inputs:
            if name not in connected:
                raise ExpressionError(
                    f"{name} is not connected.", at, hint=f"Connect a series to {name}."
                )
        ids = self._new_ids(node, meaning, stem)
        ends = _ends_of(meaning, ids, connected)
        kept = [end for end in self._ends if end[1].partition(".")[0] != node.id]
        if len(self._nodes) + len(ids) - 1 > MAX_NODES or len(kept) + len(ends) > MAX_EDGES:
            hint = "Use shorter expressions."
            raise ExpressionError("The strategy becomes too large with it.", 0, hint=hint)
        self._ends = [*kept, *ends]
        self._taken.update(ids)
        for index, (node_id, new) in enumerate(zip(ids, meaning.nodes, strict=True)):
            is_root = index == meaning.root
            label = self._label(node, is_root=is_root, text=new.text)
            note = node.note if is_root else None
            self._nodes[node_id] = Node(
                id=node_id, kind=new.kind, params=dict(new.params), label=label, note=note
            )
            self.owners[node_id] = node.id
        self.outputs[node.id] = meaning.port
        if node.id in self._places:
            self._places |= places_of(meaning, ids, self._places[node.id])

    def _connected(self, node: Node) -> dict[str, str] | None:
        """What is connected to each input of an expression; None without bars that have prices."""
        found = {
            edge.target_port: edge.source for edge in reversed(self._graph.edges_into(node.id))
        }
        giver, _, port = found.get("bars", "").partition(".")
        kind = KINDS.get(self._graph.node(giver).kind) if giver else None
        output = kind.output(port) if kind else None
        return found if output and output.type == "bars" else None

    def _new_ids(self, node: Node, meaning: Meaning, stem: str) -> list[str]:
        taken, found = set(self._taken), []
        for index, new in enumerate(meaning.nodes):
            name = stem + new.kind.partition(".")[2]
            found.append(node.id if index == meaning.root else free_id(name, taken))
            taken.add(found[-1])
        return found

    def _label(self, node: Node, *, is_root: bool, text: str) -> str | None:
        if is_root and node.label:
            return node.label
        fits = self._is_labelled and len(text) <= _LONGEST_LABEL
        return text if fits else None


def _ends_of(
    meaning: Meaning, ids: list[str], connected: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The edges among the new nodes, and from what is connected to the expression."""
    bars = connected["bars"].partition(".")[0]

    def source(outlet: Outlet) -> str:
        if isinstance(outlet.owner, int):
            return f"{ids[outlet.owner]}.{outlet.port}"
        return f"{bars}.{outlet.port}" if outlet.owner == "bars" else connected[outlet.owner]

    found = [
        (source(outlet), f"{node_id}.{port}")
        for node_id, new in zip(ids, meaning.nodes, strict=True)
        for port, outlet in new.inputs
    ]
    return list(dict.fromkeys(found))  # two names may be connected to the same series
