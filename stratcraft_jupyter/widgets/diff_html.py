"""Two texts side by side as HTML. No widgets."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from stratcraft_jupyter.codegen.merge import Row, diff_rows

CONTEXT = 3
_COLUMN = '<col class="jp-StratCraft-line"><col>'
_COLUMNS = f"<colgroup>{_COLUMN * 2}</colgroup>"
_SIGNS = {"same": "", "changed": "changed", "removed": "removed", "added": "added"}


def side_by_side(
    left: str, right: str, left_title: str, right_title: str, *, starts: tuple[int, int] = (0, 0)
) -> str:
    """Both texts with what differs marked; long stretches without a difference are left out.

    Args:
        left: One text.
        right: The other one.
        left_title: What the left one is.
        right_title: What the right one is.
        starts: How many lines come before each of them.
    """
    rows = [_moved(row, *starts) for row in diff_rows(left, right)]
    if all(row.kind == "same" for row in rows):
        return "<p>Both are the same.</p>"
    heads = "".join(
        f'<th scope="col" colspan="2">{escape(t)}</th>' for t in (left_title, right_title)
    )
    body = "".join(_shortened(rows))
    return (
        f'<table class="jp-StratCraft-diff">{_COLUMNS}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _shortened(rows: Sequence[Row]) -> list[str]:
    """Rows as HTML, with only a few around each difference."""
    near = {
        number + step
        for number, row in enumerate(rows)
        if row.kind != "same"
        for step in range(-CONTEXT, CONTEXT + 1)
    }
    shown: list[str] = []
    is_gap = False
    for number, row in enumerate(rows):
        if number in near:
            shown.append(_row_html(row))
            is_gap = False
        elif not is_gap:
            shown.append('<tr class="jp-StratCraft-gap"><td colspan="4">⋯</td></tr>')
            is_gap = True
    return shown


def _moved(row: Row, left: int, right: int) -> Row:
    """A row with its lines counted from the beginning of the whole texts."""
    return replace(
        row,
        left_number=None if row.left_number is None else row.left_number + left,
        right_number=None if row.right_number is None else row.right_number + right,
    )


def _row_html(row: Row) -> str:
    sign = _SIGNS[row.kind]
    # not by colour alone: screen readers and the colour-blind get a word
    title = f' title="{sign}" data-kind="{sign}"' if sign else ""
    left = _cells(row.left_number, row.left, is_marked=row.kind in ("changed", "removed"))
    right = _cells(row.right_number, row.right, is_marked=row.kind in ("changed", "added"))
    return f"<tr{title}>{left}{right}</tr>"


def _cells(number: int | None, text: str, *, is_marked: bool) -> str:
    mark = ' class="jp-StratCraft-marked"' if is_marked and number is not None else ""
    shown = "" if number is None else str(number)
    return f'<td class="jp-StratCraft-line">{shown}</td><td{mark}><code>{escape(text)}</code></td>'
