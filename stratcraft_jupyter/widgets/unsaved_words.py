"""What is said of unsaved strategies, so that one can be told from another. No widgets."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import StrategyGraph, describe, node_title
from stratcraft_jupyter.graph.difference import DocumentDifference
from stratcraft_jupyter.graph.difference_text import brief
from stratcraft_jupyter.notebook.recovery import RecoveryCopy
from stratcraft_jupyter.widgets.moments import ago_in_words
from stratcraft_jupyter.widgets.opening import file_since

_MOST_LETTERS = 85
_OPEN = ", may still be open in another cell of this notebook"


def copy_in_words(copy: RecoveryCopy, *, is_open: bool = False) -> str:
    """When and where an unsaved strategy was edited last."""
    where = f" in {Path(copy.notebook).name}" if copy.notebook else ""
    file = f", from {Path(copy.path).name}" if copy.path else ""
    since = file_since(copy)
    words = f"edited {ago_in_words(copy.moment)}{where}{file}{_OPEN if is_open else ''}"
    return f"{words}{f'. {since}' if since else ''}"


def content_in_words(copy: RecoveryCopy, above: RecoveryCopy | None = None) -> str:
    """What an unsaved strategy holds, to tell it from others.

    That is what differs from its file; without one, from another copy; without that, its rules.

    Args:
        copy: The strategy.
        above: The copy of the same name that is listed above it.
    """
    try:
        graph = copy.graph()
    except GraphFileError:
        return "It cannot be read."
    file = _read(Path(copy.path)) if copy.path else None
    if copy.path and file is not None:
        return _against(file, graph, Path(copy.path).name)
    other = _graph_of(above) if above else None
    return _against(other, graph, "the one above") if other is not None else _rules(graph)


def changes_in_words(copy: RecoveryCopy, shown: StrategyGraph) -> str:
    """What a copy has that the strategy shown has not, as a sentence; empty if nothing."""
    graph = _graph_of(copy)
    told = brief(DocumentDifference(shown, graph, ("", ""))) if graph is not None else ""
    return f"{told}." if told else ""


def entry_above(copies: Sequence[RecoveryCopy], number: int) -> RecoveryCopy | None:
    """The copy before one in a list that has the same name, if there is one."""
    same = (copy for copy in reversed(copies[:number]) if copy.name == copies[number].name)
    return next(same, None)


def _against(other: StrategyGraph, graph: StrategyGraph, name: str) -> str:
    told = brief(DocumentDifference(other, graph, ("", "")))
    return f"Changed from {name}: {told}." if told else f"The same as {name}."


def _rules(graph: StrategyGraph) -> str:
    count = len(graph.nodes)
    if not count:
        return "No nodes yet."
    told = " ".join(describe(graph)) or node_title(graph.nodes[-1])
    nodes = "1 node" if count == 1 else f"{count} nodes"
    return f"{nodes}: {textwrap.shorten(told, _MOST_LETTERS, placeholder=' …')}"


def _read(path: Path) -> StrategyGraph | None:
    try:
        return StrategyGraph.load(path)
    except GraphFileError:
        return None  # the line before says what has become of it


def _graph_of(copy: RecoveryCopy) -> StrategyGraph | None:
    try:
        return copy.graph()
    except GraphFileError:
        return None  # its own entry says so
