"""Which values a parameter takes, and why another is refused."""

import re

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Param, Value
from stratcraft_jupyter.graph.document import Node, StrategyGraph

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def why_not_value(param: Param, value: object) -> str | None:
    """Why the parameter cannot have this value; None if it can."""
    if param.type in ("int", "float"):
        return _why_not_number(param, value)
    if param.type == "bool":
        return None if isinstance(value, bool) else "use true or false."
    if param.type == "choice" and value not in param.choices:
        return f"use one of {', '.join(param.choices)}."
    if param.format == "time" and not (isinstance(value, str) and _TIME.fullmatch(value)):
        return "use a time of day such as 09:30."
    if not isinstance(value, str):
        return "use a text."
    return None


def _why_not_number(param: Param, value: object) -> str | None:
    if isinstance(value, str):
        return "use a number, without quotes." if _is_number(value) else "use a number."
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # NaN
        return "use a number."
    if param.type == "int" and not isinstance(value, int):
        return "use a whole number."
    if param.minimum is not None and value < param.minimum:
        return f"use {_shown(param.minimum)} or more."
    if param.maximum is not None and value > param.maximum:
        return f"use {_shown(param.maximum)} or less."
    return None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _shown(number: float) -> str:
    return f"{number:,.15g}"


def has_effect(graph: StrategyGraph, node: Node, param: Param) -> bool:
    """Whether the parameter counts, given the node's edges and its other parameters."""
    if param.unless_connected and graph.edges_into(node.id, param.unless_connected):
        return False
    if param.when_choice:
        name, values = param.when_choice
        decides = KINDS[node.kind].param(name)
        if decides and param_value(node, decides) not in values:
            return False
    return not param.when_connected or bool(graph.edges_into(node.id, param.when_connected))


def param_value(node: Node, param: Param) -> Value:
    """The value the parameter has in this node: the document's, or its default."""
    return node.params.get(param.name, param.default)
