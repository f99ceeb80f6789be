"""Folds nodes into one expression: the reverse of expanding it."""

from collections import Counter
from collections.abc import Iterable

from stratcraft_jupyter.errors import ExpressionError, GraphEditError
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Edge, Node, StrategyGraph, without_nodes
from stratcraft_jupyter.graph.expressions.kinds import EXPRESSION_KINDS, INPUTS
from stratcraft_jupyter.graph.expressions.parser import MAX_LENGTH
from stratcraft_jupyter.graph.expressions.printer import print_expression
from stratcraft_jupyter.graph.expressions.resolver import read_meaning
from stratcraft_jupyter.graph.expressions.wording import Wording, can_say
from stratcraft_jupyter.graph.rebuilding import free_id
from stratcraft_jupyter.graph.structure import node_of


def fold(graph: StrategyGraph, chosen: str | Iterable[str]) -> StrategyGraph:
    """The document with one expression in the place of nodes.

    Nodes that others read too stay beside it. The expression has the label, note and place of the
    node whose value it has, and its id unless that node stays.

    Args:
        graph: The document.
        chosen: Ids of the nodes, of which one output is read by others; or that output as
            ``"node.port"``, for it and everything it is computed from.

    Raises:
        UnknownNameError: A node does not exist.
        GraphEditError: An expression cannot say them; says why.
    """
    if isinstance(chosen, str):
        root, inside = chosen, _all_before(graph, chosen)
    else:
        inside = {graph.node(node_id).id for node_id in chosen}
        root = _only_output(graph, inside)
    wording = Wording(graph, inside, _bars(graph, root, inside))
    node = graph.node(node_of(root))
    text = print_expression(wording.output(root))
    if node.id not in wording.said:
        hint = "Fold what reads the same bars."
        raise GraphEditError(f"{node_title(node)} reads other bars.", hint=hint)
    if len(text) > MAX_LENGTH:
        raise GraphEditError(
            f"As text {node_title(node)} has {len(text):,} characters; {MAX_LENGTH:,} fit.",
            hint="Fold a part of it.",
        )
    kind = "condition.expression" if _is_signal(graph, root) else "math.expression"
    try:
        read_meaning(text, kind)
    except ExpressionError as error:
        raise GraphEditError(f"{node_title(node)} cannot be folded. {error.message}") from None
    return _replaced(graph, root, kind, text, wording)


def _is_signal(graph: StrategyGraph, endpoint: str) -> bool:
    node_id, _, port = endpoint.partition(".")
    output = KINDS[graph.node(node_id).kind].output(port)
    return output is not None and output.type == "signal"


def _all_before(graph: StrategyGraph, endpoint: str) -> set[str]:
    """The node of an output and those it is computed from, as far as an expression can say them."""
    node = graph.node(node_of(endpoint))
    if not can_say(node):
        raise GraphEditError(f"An expression cannot say {node_title(node)}.")
    output = KINDS[node.kind].output(endpoint.partition(".")[2])
    if output is None:
        raise GraphEditError(f"{endpoint} is no output.", hint="Name one as node.port.")
    found, pending = {node.id}, [node.id]
    while pending:
        for edge in graph.edges_into(pending.pop()):
            if edge.source_node not in found and can_say(graph.node(edge.source_node)):
                found.add(edge.source_node)
                pending.append(edge.source_node)
    return found


def _only_output(graph: StrategyGraph, inside: set[str]) -> str:
    for node_id in sorted(inside):
        node = graph.node(node_id)
        if not can_say(node):
            raise GraphEditError(
                f"An expression cannot say {node_title(node)}.", hint="Leave it out."
            )
    outgoing = {edge.source for edge in graph.edges if edge.source_node in inside}
    read = {
        edge.source
        for edge in graph.edges
        if edge.source_node in inside and edge.target_node not in inside
    }
    if not read:  # read by nothing yet: the node at the end
        ends = inside - {node_of(endpoint) for endpoint in outgoing}
        read = {f"{end}.{KINDS[graph.node(end).kind].outputs[0].name}" for end in ends}
    if len(read) != 1:
        raise GraphEditError(
            f"An expression has one output, and these nodes have {len(read)} that are used.",
            hint="Choose nodes that lead to one value.",
        )
    return read.pop()


def _bars(graph: StrategyGraph, root: str, inside: set[str]) -> str:
    """The node whose bars the expression reads: that of whole bars, or the one read most."""
    whole: Counter[str] = Counter()
    prices: Counter[str] = Counter()
    for node_id in sorted(inside):
        for edge in graph.edges_into(node_id):
            giver = KINDS.get(graph.node(edge.source_node).kind)
            if giver and giver.output("bars") and giver.output("close"):
                (whole if edge.source_port == "bars" else prices)[edge.source_node] += 1
    for counts in (whole, prices):
        if counts:
            return min(counts, key=lambda node_id: (-counts[node_id], node_id))
    for node in graph.nodes:
        if node.kind == "data.bars":
            return node.id
    raise GraphEditError("An expression needs bars, and there are none.", hint="Add Bars.")


def _replaced(
    graph: StrategyGraph, root: str, kind: str, text: str, wording: Wording
) -> StrategyGraph:
    old = graph.node(node_of(root))
    gone = _no_longer_read(graph, root, wording.said)
    others = [node for node in graph.nodes if node.id not in gone]
    new_id = old.id if old.id in gone else free_id("expression", {node.id for node in others})
    new = Node(id=new_id, kind=kind, params={"text": text}, label=old.label, note=old.note)
    output = f"{new_id}.{EXPRESSION_KINDS[kind]}"
    ends = [(f"{wording.bars}.bars", f"{new_id}.bars")]
    ends += [
        (source, f"{new_id}.{name}") for name, source in zip(INPUTS, wording.outside, strict=False)
    ]
    ends += [
        (output if edge.source == root else edge.source, edge.target)
        for edge in graph.edges
        if edge.target_node not in gone and (edge.source == root or edge.source_node not in gone)
    ]
    layout = without_nodes(graph, gone).layout
    if old.id in graph.layout:
        layout = layout.with_places({new_id: graph.layout[old.id]})
    parts = {name: getattr(graph, name) for name in StrategyGraph.model_fields}
    changes = {
        "nodes": (*others, new),
        "edges": tuple(Edge(source=source, target=target) for source, target in ends),
        "layout": layout,
    }
    return StrategyGraph.model_validate({**parts, **changes})


def _no_longer_read(graph: StrategyGraph, root: str, said: Iterable[str]) -> set[str]:
    """The nodes that the expression says and that nothing else reads."""
    gone: set[str] = set()
    pending = set(said)
    while pending:
        free = {
            node_id
            for node_id in pending
            if all(
                edge.target_node in gone or edge.source == root
                for edge in graph.edges_from(node_id)
            )
        }
        if not free:
            break
        gone |= free
        pending -= free
    return gone
