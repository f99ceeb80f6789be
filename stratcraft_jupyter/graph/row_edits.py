"""Edits of the table: add, copy, move, switch and delete rows, and fill their cells. Pure."""

from collections.abc import Iterable

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph.catalog import KINDS, Port, get_kind
from stratcraft_jupyter.graph.copying import add_part, part_of
from stratcraft_jupyter.graph.document import StrategyGraph
from stratcraft_jupyter.graph.edit import (
    add_node,
    new_node_id,
    remove_nodes,
    set_enabled,
    set_param,
)
from stratcraft_jupyter.graph.params import param_value
from stratcraft_jupyter.graph.placement import (
    place_before_all,
    place_beside,
    place_node,
    place_together,
)
from stratcraft_jupyter.graph.rows import Chip, Row, Table, as_table
from stratcraft_jupyter.graph.structure import node_of, port_of
from stratcraft_jupyter.graph.trading_rules import SIDES_OF
from stratcraft_jupyter.graph.wiring import connect

_STEP = 40.0
_LAST = 1_000  # the highest priority number


def add_row(graph: StrategyGraph, kind: str) -> StrategyGraph:
    """The document with one more entry, looked at after all others.

    Raises:
        GraphEditError: The kind is no entry.
    """
    if kind not in SIDES_OF:
        raise GraphEditError(f"{get_kind(kind).title} is no entry.", hint="A row is an entry.")
    rows = as_table(graph).rows
    numbers = [_priority(graph, row.entry_id) for row in rows]
    params = {"priority": min(max(numbers, default=1), _LAST)}
    node_id = new_node_id(graph, kind)
    after = add_node(graph, kind, node_id=node_id, params=params)
    # below the row before: there is room left of it for what it reads
    return (
        place_beside(after, node_id, rows[-1].entry_id, 0) if rows else place_node(after, node_id)
    )


def own_nodes(table: Table, graph: StrategyGraph, row: Row) -> tuple[str, ...]:
    """The nodes of a row that nothing else uses; market data belongs to all."""
    elsewhere = {
        node_id
        for chip in (*_chips_of_others(table, row), *table.whole, *table.free)
        for node_id in chip.nodes
    }
    return _without_data(graph, row.chips, elsewhere)


def duplicate_row(graph: StrategyGraph, entry_id: str) -> tuple[StrategyGraph, str]:
    """The document with a copy of a row, and the id of its entry.

    What other rows use too is not copied but used by the copy as well.

    Raises:
        UnknownNameError: The entry does not exist.
    """
    table = as_table(graph)
    row = _row(graph, table, entry_id)
    common = {item for chip in row.chips if chip.is_common for item in chip.nodes}
    copied = [item for item in own_nodes(table, graph, row) if item not in common]
    part = part_of(graph, copied)
    after, new_ids = add_part(graph, part, (_STEP, _STEP))
    copies = dict(zip((node.id for node in part.nodes), new_ids, strict=True))
    for edge in graph.edges:
        giver, taker = copies.get(edge.source_node), copies.get(edge.target_node)
        if giver and not taker and _takes_many(graph, edge.target):
            after = connect(after, f"{giver}.{edge.source_port}", edge.target)
        elif taker and not giver:
            after = connect(after, edge.source, f"{taker}.{edge.target_port}")
    # last: connections make boxes higher
    return place_together(after, new_ids), copies[entry_id]


def move_row(graph: StrategyGraph, entry_id: str, by: int) -> StrategyGraph:
    """The document with an entry looked at earlier (``by`` below 0) or later.

    Raises:
        UnknownNameError: The entry does not exist.
    """
    table = as_table(graph)
    order = [row.entry_id for row in table.rows]
    at = order.index(_row(graph, table, entry_id).entry_id)
    to = min(max(at + by, 0), len(order) - 1)
    if to == at:
        return graph
    numbers = [_priority(graph, item) for item in order]
    order.insert(to, order.pop(at))
    if len(set(numbers)) < len(numbers):  # equal ones go by their ids: each needs its own
        numbers = list(range(1, len(order) + 1))
    for item, number in zip(order, numbers, strict=True):
        if _priority(graph, item) != number:
            graph = set_param(graph, item, "priority", number)
    return graph


def enable_row(graph: StrategyGraph, entry_id: str, is_enabled: bool) -> StrategyGraph:
    """The document with a row switched on or off, as far as no other row uses its nodes.

    Raises:
        UnknownNameError: The entry does not exist.
    """
    table = as_table(graph)
    return set_enabled(graph, own_nodes(table, graph, _row(graph, table, entry_id)), is_enabled)


def delete_row(graph: StrategyGraph, entry_id: str) -> StrategyGraph:
    """The document without a row and what only that used.

    Raises:
        UnknownNameError: The entry does not exist.
    """
    table = as_table(graph)
    order = [row.entry_id for row in table.rows]
    is_counted = [_priority(graph, item) for item in order] == list(range(1, len(order) + 1))
    after = remove_nodes(graph, own_nodes(table, graph, _row(graph, table, entry_id)))
    left = [item for item in order if item != entry_id]
    if is_counted or len(left) == 1:  # no number stays that only the deleted row explained
        for number, item in enumerate(left, 1):
            if _priority(after, item) != number:
                after = set_param(after, item, "priority", number)
    return after


def fill(graph: StrategyGraph, source: str, target: str) -> StrategyGraph:
    """The document with an output, as ``"node.port"``, led into an input.

    A signal joins the one that is there already: both have to be true. Anything else replaces it,
    and what nothing reads then goes.

    Raises:
        GraphEditError: The two do not fit.
    """
    before = graph.edges_into(node_of(target), port_of(target))
    if not before or _takes_many(graph, target):
        return connect(graph, source, target)
    present = before[0]
    if _port(graph, target).type != "signal":
        after = connect(graph, source, target)
        is_left = not after.edges_from(present.source_node)
        data = graph.node(present.source_node).kind.startswith("data.")
        return remove_nodes(after, [present.source_node]) if is_left and not data else after
    readers = graph.edges_from(present.source_node)
    if graph.node(present.source_node).kind == "logic.and" and len(readers) == 1:
        return connect(graph, source, f"{present.source_node}.signals")
    both = new_node_id(graph, "logic.and")
    after = add_node(graph, "logic.and", node_id=both)
    after = connect(after, f"{both}.signal", target)
    after = connect(connect(after, present.source, f"{both}.signals"), source, f"{both}.signals")
    return place_beside(after, both, node_of(target), -1)


def with_bars(graph: StrategyGraph, node_id: str) -> StrategyGraph:
    """The document with the bars of the strategy led into what of a node needs whole bars.

    Bars are added if there are none; if there are several, nothing is chosen.
    """
    kind = KINDS[graph.node(node_id).kind]
    needing = [
        port
        for port in kind.inputs
        if port.type == "bars" and port.required and not graph.edges_into(node_id, port.name)
    ]
    giving = [node.id for node in graph.nodes if node.kind == "data.bars"]
    if not needing or len(giving) > 1:
        return graph
    if not giving:
        giving = [new_node_id(graph, "data.bars")]
        graph = place_before_all(add_node(graph, "data.bars", node_id=giving[0]), giving[0])
    for port in needing:
        graph = connect(graph, f"{giving[0]}.bars", f"{node_id}.{port.name}")
    return graph


def _row(graph: StrategyGraph, table: Table, entry_id: str) -> Row:
    found = table.row(graph.node(entry_id).id)
    if found is None:
        raise GraphEditError(f"{entry_id!r} is no entry.", hint="A row is an entry.")
    return found


def _chips_of_others(table: Table, row: Row) -> Iterable[Chip]:
    return (chip for other in table.rows if other is not row for chip in other.chips)


def _without_data(
    graph: StrategyGraph, chips: Iterable[Chip], elsewhere: set[str]
) -> tuple[str, ...]:
    ids = dict.fromkeys(node_id for chip in chips for node_id in chip.nodes)
    return tuple(
        node_id
        for node_id in ids
        if node_id not in elsewhere and not graph.node(node_id).kind.startswith("data.")
    )


def _priority(graph: StrategyGraph, entry_id: str) -> int:
    node = graph.node(entry_id)
    param = KINDS[node.kind].param("priority")
    value = param_value(node, param) if param else 1
    return value if isinstance(value, int) else 1


def _port(graph: StrategyGraph, target: str) -> Port:
    kind = get_kind(graph.node(node_of(target)).kind)
    port = kind.input(port_of(target))
    if port is None:
        raise GraphEditError(f"{kind.title} has no input named {port_of(target)!r}.")
    return port


def _takes_many(graph: StrategyGraph, target: str) -> bool:
    kind = KINDS.get(graph.node(node_of(target)).kind)
    port = kind.input(port_of(target)) if kind else None
    return port is not None and port.multiple
