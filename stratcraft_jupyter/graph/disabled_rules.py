"""What is said of inputs whose edge comes from a disabled node: the edge is there to see."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Node, StrategyGraph, active_part
from stratcraft_jupyter.graph.params import has_effect, param_value


def told(document: StrategyGraph, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings; a missing input names the disabled node that it is connected to."""
    for item in found:
        givers = _disabled_givers(document, item.node_id or "", item.port or "")
        if item.code != "SC106" or not givers:
            yield item
            continue
        given = node_title(givers[0])
        message = item.message.removesuffix(" is not connected.")
        hint = f"Enable {given}, or connect something else."
        yield replace(item, message=f"{message} needs {given}, which is disabled.", hint=hint)


def replaced_inputs(document: StrategyGraph) -> Iterator[Diagnostic]:
    """SC113: a number takes the place of a disabled node, which changes what is compared."""
    active = active_part(document)
    for node in active.nodes if active is not document else ():
        kind = KINDS.get(node.kind)
        for param in kind.params if kind else ():
            port = kind.input(param.unless_connected) if kind and param.unless_connected else None
            givers = _disabled_givers(document, node.id, port.name) if port else []
            if port and givers and has_effect(active, node, param):
                given = node_title(givers[0])
                value = f"{param_value(node, param)} {param.unit}".strip()
                yield Diagnostic(
                    "SC113",
                    "warning",
                    f"{port.title} of {node_title(node)} is {value}, because {given} is disabled.",
                    f"Enable {given}, or disable {node_title(node)} too.",
                    node.id,
                    port.name,
                )


def _disabled_givers(document: StrategyGraph, node_id: str, port: str) -> list[Node]:
    givers = [document.node(edge.source_node) for edge in document.edges_into(node_id, port)]
    return [node for node in givers if not node.enabled]
