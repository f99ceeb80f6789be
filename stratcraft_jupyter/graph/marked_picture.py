"""A document as an SVG picture to stand in a page: large titles, marks on nodes, theme colours."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Literal
from xml.sax.saxutils import escape

from stratcraft_jupyter.graph.boxes import BOX_WIDTH, Box
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import StrategyGraph
from stratcraft_jupyter.graph.layering import drawn_boxes
from stratcraft_jupyter.graph.picture import dot_of, edges_of, extent_of, frame_of

Mark = Literal["added", "removed", "changed", "moved"]

_SMALLEST = 0.55  # times its full size: a picture drawn smaller cannot be read
_LARGEST = 0.85
_NARROWEST = 420
_TEXT = "var(--jp-content-font-color1, #808891)"
_GROUND = "var(--jp-layout-color0, #fff)"
_FONT = 18
_LINE_HEIGHT = 20
_LETTERS = 13
_LETTER = 11.5  # of a mark, where fonts are wide
_AROUND = 5  # from a box to the line round it
# a word and a dash of its own: never by colour alone
_MARKS: Mapping[Mark, tuple[str, str, str]] = {
    "added": ("+ Added", "var(--jp-success-color1, #388e3c)", ""),
    "removed": ("− Removed", "var(--jp-error-color1, #d32f2f)", "10 5"),  # noqa: RUF001 - a minus, as wide as the plus
    "changed": ("~ Changed", "var(--jp-warn-color1, #f57c00)", ""),
    "moved": ("→ Moved", "var(--jp-info-color1, #0288d1)", "2 5"),
}


def marked_picture(graph: StrategyGraph, marks: Mapping[str, Mark]) -> str:
    """An SVG element as wide as there is room, for a page of HTML; no text in it is markup.

    Args:
        graph: The document.
        marks: What to say of nodes, by their ids.
    """
    boxes = drawn_boxes(graph)
    left, top, width, height = extent_of(boxes)
    marked = (name for name in boxes if name in marks)
    told = ", ".join(f"{marks[name]}: {node_title(boxes[name].node)}" for name in marked)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}" '
        f'role="img" style="display:block;width:100%;height:auto" '
        'font-family="system-ui, sans-serif">',
        f"<title>{escape(graph.name)}</title><desc>{escape(told)}</desc>",
        *edges_of(graph, boxes),
        *(line for box in boxes.values() for line in _box(box)),
        *(line for name, box in boxes.items() if name in marks for line in _mark(box, marks[name])),
        "</svg>",
    ]
    return "".join(lines)


def widths_of(graph: StrategyGraph) -> tuple[int, int]:
    """How wide the picture is if it can just be read, and if that is easy."""
    width = extent_of(drawn_boxes(graph))[2]
    return max(_NARROWEST, round(width * _SMALLEST)), max(_NARROWEST, round(width * _LARGEST))


def _box(box: Box) -> Iterator[str]:
    title = node_title(box.node)
    yield f"<g><title>{escape(title)}: {escape(KINDS[box.node.kind].help)}</title>"
    yield frame_of(box)
    lines = textwrap.wrap(
        title, _LETTERS, max_lines=min(3, box.height // _LINE_HEIGHT), placeholder="…"
    )
    middle = box.top + box.height / 2
    first = middle - (len(lines) - 1) * _LINE_HEIGHT / 2 + _FONT * 0.36
    for number, line in enumerate(lines):
        yield _text(box.left + BOX_WIDTH / 2, first + number * _LINE_HEIGHT, line, "middle")
    yield "</g>"
    for port in box.inputs:
        yield dot_of(port, box.left, box.row(box.inputs, port.name))
    for port in box.outputs:
        yield dot_of(port, box.right, box.row(box.outputs, port.name))


def _mark(box: Box, mark: Mark) -> Iterator[str]:
    """A line round a box, and on its upper edge the word for it."""
    word, color, dash = _MARKS[mark]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    yield (
        f'<g data-mark="{mark}"><rect x="{box.left - _AROUND:g}" y="{box.top - _AROUND:g}" '
        f'width="{BOX_WIDTH + 2 * _AROUND}" height="{box.height + 2 * _AROUND}" rx="11" '
        f'fill="none" style="stroke:{color}" stroke-width="4"{dashes}/>'
    )
    yield (
        f'<rect x="{box.left + 6:g}" y="{box.top - 17:g}" width="{_LETTER * len(word) + 12:g}" '
        f'height="22" rx="5" style="fill:{_GROUND};stroke:{color}" stroke-width="2"/>'
    )
    yield _text(box.left + 12, box.top, word, "start", size=16)
    yield "</g>"


def _text(x: float, y: float, text: str, anchor: str, *, size: int = _FONT) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="600" text-anchor="{anchor}" '
        f'style="fill:{_TEXT}">{escape(text)}</text>'
    )
