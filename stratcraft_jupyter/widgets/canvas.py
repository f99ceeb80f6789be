"""The two graph widgets: our editor, and the plain ipycytoscape picture for pages without it.

The only importer of ipycytoscape.
"""

from typing import Any

from ipycytoscape import CytoscapeWidget
from traitlets import Bool, Dict, List, Unicode

from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.notebook import FRONT_END_MODULE, FRONT_END_VERSION
from stratcraft_jupyter.widgets.drawing import captions_json


class StrategyCanvas(CytoscapeWidget):  # type: ignore[misc]  # ipycytoscape ships no types
    """The graph editor. Its view is the labextension's; ipycytoscape's graph stays empty.

    ipycytoscape syncs one widget a node and an edge; here one JSON document holds them all.
    """

    _model_name = Unicode("StrategyCanvasModel").tag(sync=True)
    _model_module = Unicode(FRONT_END_MODULE).tag(sync=True)
    _model_module_version = Unicode(FRONT_END_VERSION).tag(sync=True)
    _view_name = Unicode("StrategyCanvasView").tag(sync=True)
    _view_module = Unicode(FRONT_END_MODULE).tag(sync=True)
    _view_module_version = Unicode(FRONT_END_VERSION).tag(sync=True)

    document = Dict().tag(sync=True)
    """The strategy document, as JSON."""
    kinds = Dict().tag(sync=True)
    """The catalog, as far as the view needs it."""
    captions = Dict().tag(sync=True)
    """Title and detail of each node, by id."""
    diagnostics: Any = List().tag(sync=True)
    """Findings, as dictionaries."""
    selected_nodes = List(Unicode()).tag(sync=True)
    """Ids of selected nodes."""
    selected_edges = List(Unicode()).tag(sync=True)
    """Selected edges, as ``"a.x->b.y"``."""
    selected_by = Unicode().tag(sync=True)
    """The page's request that was followed last; until its own is, a view keeps its selection."""
    undo_name = Unicode(None, allow_none=True).tag(sync=True)
    """Name of the edit that undo takes back."""
    redo_name = Unicode(None, allow_none=True).tag(sync=True)
    """Name of the edit that redo brings again."""
    favourite_kinds = List(Unicode()).tag(sync=True)
    """Kinds that the list for adding a node shows first."""
    recent_kinds = List(Unicode()).tag(sync=True)
    """Kinds that were added last, for the same list."""
    read_only = Bool(False).tag(sync=True)
    """Whether the strategy can only be looked at."""


_STYLE = [
    {
        "selector": "node",
        "css": {
            "shape": "round-rectangle",
            "width": 170,
            "height": 64,
            "background-color": "#eef2f7",
            "border-color": "#8796a8",
            "border-width": 1,
            "content": "data(label)",
            "text-valign": "center",
            "text-wrap": "wrap",
            "text-max-width": 158,
            "font-size": 13,
            "color": "#1b2733",
        },
    },
    {
        "selector": "edge",
        "style": {
            "width": 2,
            "curve-style": "bezier",
            "line-color": "#8796a8",
            "target-arrow-shape": "triangle",
            "target-arrow-color": "#8796a8",
        },
    },
]


class PlainPicture:
    """The strategy as ipycytoscape draws it: to look at, in any front end."""

    def __init__(self, graph: StrategyGraph) -> None:
        self._shape = _shape_of(graph)
        placed = set(graph.layout) >= {node.id for node in graph.nodes}
        self.widget: Any = CytoscapeWidget(
            cytoscape_style=_STYLE,
            cytoscape_layout={"name": "preset"} if placed else {"name": "dagre", "rankDir": "LR"},
        )
        self.widget.graph.add_graph_from_json(_elements(graph), directed=True)

    def show(self, graph: StrategyGraph) -> bool:
        """Shows a changed strategy; False if it needs a new picture."""
        if _shape_of(graph) != self._shape:
            return False
        labels = _labels(graph)
        for node in self.widget.graph.nodes:
            label = labels[node.data["id"]]
            if node.data["label"] != label:
                node.data = {**node.data, "label": label}
        return True

    def close(self) -> None:
        """Ends the widget and those of its nodes and edges."""
        for part in (*self.widget.graph.nodes, *self.widget.graph.edges):
            part.close()
        self.widget.graph.close()
        self.widget.close()


def _shape_of(graph: StrategyGraph) -> object:
    return [node.id for node in graph.nodes], graph.edges, graph.layout


def _labels(graph: StrategyGraph) -> dict[str, str]:
    captions = captions_json(graph)
    return {key: "\n".join(filter(None, text.values())) for key, text in captions.items()}


def _elements(graph: StrategyGraph) -> dict[str, list[dict[str, Any]]]:
    labels = _labels(graph)
    nodes: list[dict[str, Any]] = [
        {"data": {"id": node.id, "label": labels[node.id]}} for node in graph.nodes
    ]
    for node in nodes:
        place = graph.layout.get(node["data"]["id"])
        if place is not None:
            node["position"] = {"x": place.x, "y": place.y}
    # several edges between two nodes would lie on each other
    pairs = sorted({(edge.source_node, edge.target_node) for edge in graph.edges})
    edges = [{"data": {"id": f"{a}->{b}", "source": a, "target": b}} for a, b in pairs]
    return {"nodes": nodes, "edges": edges}
