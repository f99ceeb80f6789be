"""The strategy document: what it is made of, how it is edited, checked and read aloud."""

from stratcraft_jupyter.graph.catalog import (
    FAMILIES,
    KINDS,
    Family,
    Kind,
    Param,
    Port,
    catalog_json,
    get_kind,
    search_kinds,
)
from stratcraft_jupyter.graph.connecting import node_title, why_not_connect
from stratcraft_jupyter.graph.describe import describe, describe_node, describe_nodes
from stratcraft_jupyter.graph.document import (
    BacktestSettings,
    Edge,
    Node,
    Position,
    StrategyGraph,
)
from stratcraft_jupyter.graph.edit import (
    add_node,
    connect,
    disconnect,
    duplicate_nodes,
    move_nodes,
    new_node_id,
    remove_nodes,
    rename_node,
    set_backtest,
    set_description,
    set_label,
    set_name,
    set_note,
    set_param,
)
from stratcraft_jupyter.graph.history import History
from stratcraft_jupyter.graph.params import has_effect, param_value, why_not_value
from stratcraft_jupyter.graph.templates import Template, list_templates, load_template
from stratcraft_jupyter.graph.validate import validate

__all__ = [
    "FAMILIES",
    "KINDS",
    "BacktestSettings",
    "Edge",
    "Family",
    "History",
    "Kind",
    "Node",
    "Param",
    "Port",
    "Position",
    "StrategyGraph",
    "Template",
    "add_node",
    "catalog_json",
    "connect",
    "describe",
    "describe_node",
    "describe_nodes",
    "disconnect",
    "duplicate_nodes",
    "get_kind",
    "has_effect",
    "list_templates",
    "load_template",
    "move_nodes",
    "new_node_id",
    "node_title",
    "param_value",
    "remove_nodes",
    "rename_node",
    "search_kinds",
    "set_backtest",
    "set_description",
    "set_label",
    "set_name",
    "set_note",
    "set_param",
    "validate",
    "why_not_connect",
    "why_not_value",
]
