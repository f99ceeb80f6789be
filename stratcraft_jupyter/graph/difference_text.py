"""A difference between two documents as text and as HTML. Nothing in it is taken for markup."""

import base64
from collections.abc import Iterable
from html import escape

from stratcraft_jupyter.graph.difference import Change, ChangeKind, DocumentDifference
from stratcraft_jupyter.graph.document import StrategyGraph
from stratcraft_jupyter.graph.marked_picture import Mark, marked_picture, widths_of
from stratcraft_jupyter.graph.picture import picture_of

_SIGNS: dict[ChangeKind, str] = {
    "added": "+",
    "removed": "-",
    "connected": "+",
    "disconnected": "-",
    "moved": "·",
}
_GROUPS: tuple[tuple[str, tuple[ChangeKind, ...]], ...] = (
    ("Nodes", ("added", "removed")),
    ("Parameters", ("parameter",)),
    ("Connections", ("connected", "disconnected")),
    ("Backtest", ("setting",)),
    ("Names and notes", ("text",)),
)
_WORDS: dict[ChangeKind, str] = {
    "added": "Added",
    "removed": "Removed",
    "connected": "Connected",
    "disconnected": "Disconnected",
}
_VALUED: tuple[ChangeKind, ...] = ("parameter", "setting", "text")
_LONGEST = 300
_BRIEF = 70  # letters of a change where only a line is free
_FEW = 2


def difference_text(difference: DocumentDifference) -> str:
    """The difference as lines, one for each change; moves are counted."""
    lines = [f"{' → '.join(difference.titles)}: {summary(difference)}"]
    lines += [f"{_SIGNS.get(change.kind, '~')} {_line(change)}" for change in difference.changes]
    if difference.moves and difference.changes:
        lines.append(f"{_SIGNS['moved']} {_moves(difference.moves)}")
    return "\n".join(lines)


def summary(difference: DocumentDifference) -> str:
    """How much differs, as one sentence."""
    count = len(difference.changes)
    if count:
        return "1 change." if count == 1 else f"{count} changes."
    if difference.moves:
        return f"the same strategy; {_moves(difference.moves)}"
    return "the same strategy."


def brief(difference: DocumentDifference) -> str:
    """What differs, in one line: the first values by name, the rest counted.

    Such as ``"Percent risk: risk 4 % → 6 %; 2 nodes added"``. Empty if nothing does.
    """
    changes = difference.changes
    valued = [change for change in changes if change.kind in _VALUED]
    told = [_cut(" ".join(str(change).split()), _BRIEF) for change in valued[:_FEW]]
    rest = len(valued) - len(told)
    if rest:
        told.append("1 more change" if rest == 1 else f"{rest} more changes")
    for kind in ("added", "removed"):
        names = [change.what for change in changes if change.kind == kind]
        if names:
            what = _cut(names[0], _BRIEF) if len(names) == 1 else f"{len(names)} nodes"
            told.append(f"{what} {kind}")
    wires = sum(change.kind in ("connected", "disconnected") for change in changes)
    if wires:
        told.append("1 connection changed" if wires == 1 else f"{wires} connections changed")
    if not changes and difference.moves:
        told.append(_moves(difference.moves).removesuffix("."))
    return "; ".join(told)


def _line(change: Change) -> str:
    if change.kind in ("connected", "disconnected"):
        return change.what
    facts = change.before or change.after
    if change.kind in ("added", "removed"):
        return f"{change.what} ({facts})" if facts else change.what
    return _cut(" ".join(str(change).split()))


def _moves(moves: tuple[Change, ...]) -> str:
    return "1 node was moved." if len(moves) == 1 else f"{len(moves)} nodes were moved."


def difference_html(difference: DocumentDifference) -> str:
    """The difference as two pictures side by side and a table."""
    head = f"<p><b>{escape(_capital(summary(difference)))}</b></p>"
    pictures = _pictures(difference)
    moves = ""
    if difference.moves and difference.changes:
        names = ", ".join(move.what for move in difference.moves)
        moves = (
            f"<details><summary>{escape(_moves(difference.moves))}</summary>"
            f"<p>{escape(_cut(names))}</p></details>"
        )
    return f'<div class="jp-StratCraft-compared">{head}{pictures}{_table(difference)}{moves}</div>'


def _table(difference: DocumentDifference) -> str:
    if not difference.changes:
        return ""
    heads = "".join(
        f'<th scope="col" style="text-align:left">{escape(title)}</th>'
        for title in ("Change", *difference.titles)
    )
    return (
        f'<table style="width:100%"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(_rows(difference.changes))}</tbody></table>"
    )


def _rows(changes: Iterable[Change]) -> Iterable[str]:
    changes = tuple(changes)
    for title, kinds in _GROUPS:
        chosen = [change for change in changes if change.kind in kinds]
        if chosen:
            yield (
                f'<tr class="jp-StratCraft-group"><th scope="rowgroup" colspan="3" '
                f'style="text-align:left">{escape(title)}</th></tr>'
            )
        for change in chosen:
            yield _row(change)


def _row(change: Change) -> str:
    # never by colour alone: a word says what happened
    word = _WORDS.get(change.kind)
    is_edge = change.kind in ("connected", "disconnected")
    what = word if is_edge and word else f"{word}: {change.what}" if word else change.what
    cells = "".join(
        f'<td style="text-align:left">{escape(_cut(text)) if text else "none"}</td>'
        for text in (change.before or _there(change, "removed"), change.after or _there(change))
    )
    return (
        f'<tr data-change="{change.kind}"><td style="text-align:left">{escape(what)}</td>'
        f"{cells}</tr>"
    )


def _there(change: Change, kind: ChangeKind = "added") -> str:
    """What stands for a node without parameters, on the side where it is."""
    return change.what if change.kind == kind else ""


def _pictures(difference: DocumentDifference) -> str:
    """Both documents with their marks: side by side where both can be read so, else stacked."""
    graphs = difference.before, difference.after
    widths = [widths_of(graph) for graph in graphs]
    least = max(small for small, _ in widths)
    figures = "".join(
        f'<figure style="flex:1 1 {least}px;margin:0;min-width:min(100%,{least}px);'
        f'max-width:{max(least, most)}px"><figcaption>{escape(title)}</figcaption>'
        f"{marked_picture(graph, marks)}</figure>"
        for title, graph, marks, (_, most) in zip(
            difference.titles, graphs, marks_of(difference), widths, strict=True
        )
    )
    return f'<div style="display:flex;flex-wrap:wrap;gap:12px">{figures}</div>'


def marks_of(difference: DocumentDifference) -> tuple[dict[str, Mark], dict[str, Mark]]:
    """What happened to the nodes of the first document and of the second, by their ids."""
    old: dict[str, Mark] = {}
    new: dict[str, Mark] = {}
    for change in (*difference.moves, *difference.changes):
        node_id = change.node_id
        match change.kind:
            case "removed":
                old[node_id] = "removed"
            case "added" | "moved":
                new[node_id] = change.kind
            case "disconnected" if node_id in difference.matched:
                new[difference.matched[node_id]] = "changed"
            case "parameter" | "text" | "connected" if new.get(node_id) != "added":
                new[node_id] = "changed"
    back = {there: here for here, there in difference.matched.items()}
    return old | {back[name]: mark for name, mark in new.items() if name in back}, new


def picture_address(graph: StrategyGraph) -> str:
    """The picture of a strategy as a data address: an image there runs no scripts."""
    content = base64.b64encode(picture_of(graph).encode()).decode()
    return f"data:image/svg+xml;base64,{content}"


def _cut(text: str, letters: int = _LONGEST) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
