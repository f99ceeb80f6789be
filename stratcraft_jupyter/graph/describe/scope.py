"""Whose positions a stop, an exit or a limit is for, and what entries are called."""

from stratcraft_jupyter.graph.describe.reader import GAP, Reader
from stratcraft_jupyter.graph.describe.words import listed
from stratcraft_jupyter.graph.document import Node

_SIDES = ("long", "short")
REVERSE = "action.reverse"


def openers(reader: Reader, side: str) -> set[str]:
    """Ids of the entries that can open a position of a side; a reversal opens both."""
    return {node.id for node in reader.of_kind(f"action.enter_{side}", REVERSE)}


def called(reader: Reader, entry: Node) -> str:
    """The name of an entry among others of its side, in brackets, when all of them are read."""
    if not reader.is_whole:
        return ""
    sides = _SIDES if entry.kind == REVERSE else (entry.kind.removeprefix("action.enter_"),)
    is_alone = all(openers(reader, side) <= {entry.id} for side in sides)
    return "" if is_alone else f" ({reader.name(entry)})"


def protected(reader: Reader, node: Node) -> str:
    """Whose positions a node protects: long positions, or positions of "Buy dip"."""
    ids = _entries(reader, node)
    whole = [side for side in _SIDES if set() < openers(reader, side) <= ids]
    covered = {entry for side in whole for entry in openers(reader, side)}
    if len(whole) < len(_SIDES):  # a reversal also opens positions of the other side
        covered -= {entry.id for entry in reader.of_kind(REVERSE)}
    parts = [f"{' and '.join(whole)} positions"] if whole else []
    if rest := ids - covered:
        parts.append(f"positions of {_names(reader, rest)}")
    return " and ".join(parts) or GAP


def limited(reader: Reader, node: Node, side: str = "") -> str:
    """The entries that a node is limited to, such as `` of "Buy dip"``; nothing if to none."""
    ids = _entries(reader, node)
    sides = (side,) if side else _SIDES
    every = {entry for each in sides for entry in openers(reader, each)}
    if not ids or every <= ids:
        return ""
    return f" of {_names(reader, ids & every or ids)}"


def _names(reader: Reader, ids: set[str]) -> str:
    return listed(sorted(reader.name(reader.graph.node(entry)) for entry in ids))


def _entries(reader: Reader, node: Node) -> set[str]:
    return {edge.source_node for edge in reader.graph.edges_into(node.id, "entry")}
