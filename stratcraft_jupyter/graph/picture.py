"""A strategy document as an SVG picture: boxes with their ports, and the edges between them."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from stratcraft_jupyter.graph.boxes import BOX_WIDTH, Box
from stratcraft_jupyter.graph.catalog import KINDS, Param, Port
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.layering import drawn_boxes

_MARGIN = 24
_TITLE_LETTERS = 20
_PORT_LETTERS = 11
_LINE_HEIGHT = 18
_LETTER_WIDTH = 6.2  # of the font's size, on average
_SHORTEST_LINE = 60  # letters

# Each is readable on white as on black.
_FAMILY_COLORS: Mapping[str, str] = {
    "data": "#7a869a",
    "indicator": "#2f81d6",
    "math": "#3b8f9e",
    "condition": "#3d9a50",
    "logic": "#3d9a50",
    "regime": "#7d8f2e",
    "action": "#c2622d",
    "sizing": "#9a6bd0",
    "risk": "#d1495b",
}
_PORT_COLORS: Mapping[str, str] = {
    "bars": "#7a869a",
    "series": "#2f81d6",
    "signal": "#3d9a50",
    "size": "#9a6bd0",
    "order": "#c2622d",
}
_GREY = "#808891"


def picture_of(graph: StrategyGraph, words: Sequence[str] = ()) -> str:
    """An SVG picture of the document, on a transparent ground, without scripts or links.

    Args:
        graph: The document.
        words: Lines to set below the graph.
    """
    boxes = drawn_boxes(graph)
    left, top, width, tall = extent_of(boxes)
    floor = top + tall
    letters = max(_SHORTEST_LINE, int((width - 2 * _MARGIN) / _LETTER_WIDTH))
    text = [line for paragraph in words for line in textwrap.wrap(paragraph, letters)]
    if text:
        longest = max(len(line) for line in text)
        width = max(width, longest * _LETTER_WIDTH + 2 * _MARGIN)
    height = floor + _LINE_HEIGHT * len(text) + (_MARGIN if text else 0) - top
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="{_n(left)} {_n(top)} {_n(width)} {_n(height)}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12">',
        f"<title>{escape(graph.name)}</title>",
        f"<desc>{escape(graph.description)}</desc>",
        *edges_of(graph, boxes),
        *(line for box in boxes.values() for line in _box(box)),
        *(
            _text(left + _MARGIN, floor + _LINE_HEIGHT * number, line, "400")
            for number, line in enumerate(text, 1)
        ),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def extent_of(boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    """What boxes cover with a margin round them: left and upper edge, width, height."""
    left = min((box.left for box in boxes.values()), default=0.0) - _MARGIN
    top = min((box.top for box in boxes.values()), default=0.0) - _MARGIN
    right = max((box.right for box in boxes.values()), default=0.0) + _MARGIN
    bottom = max((box.bottom for box in boxes.values()), default=0.0) + _MARGIN
    return left, top, right - left, bottom - top


def edges_of(graph: StrategyGraph, boxes: Mapping[str, Box]) -> Iterator[str]:
    """The edges between boxes as SVG, in the colours of their ports."""
    for edge in graph.edges:
        source, target = boxes.get(edge.source_node), boxes.get(edge.target_node)
        if source is None or target is None:
            continue
        port = next((p for p in source.outputs if p.name == edge.source_port), None)
        color = _PORT_COLORS[port.type] if port else _GREY
        x1, y1 = source.right, source.row(source.outputs, edge.source_port)
        x2, y2 = target.left, target.row(target.inputs, edge.target_port)
        bend = max(24.0, abs(x2 - x1) / 2)
        yield (
            f'<path d="M{_n(x1)} {_n(y1)}C{_n(x1 + bend)} {_n(y1)} {_n(x2 - bend)} {_n(y2)} '
            f'{_n(x2)} {_n(y2)}" fill="none" stroke="{color}" stroke-width="1.8"/>'
        )


def frame_of(box: Box) -> str:
    """The empty box as SVG, in the colour of its family."""
    color = _FAMILY_COLORS.get(KINDS[box.node.kind].family, _GREY)
    return (
        f'<rect x="{_n(box.left)}" y="{_n(box.top)}" width="{BOX_WIDTH}" height="{box.height}" '
        f'rx="8" fill="{color}" fill-opacity="0.14" stroke="{color}" stroke-width="1.5"/>'
    )


def dot_of(port: Port, x: float, y: float) -> str:
    """A port as SVG, in the colour of its type."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4" fill="{_PORT_COLORS[port.type]}"/>'


def _box(box: Box) -> Iterator[str]:
    kind = KINDS[box.node.kind]
    yield frame_of(box)
    title = node_title(box.node)
    yield f"<g><title>{escape(title)}: {escape(kind.help)}</title>"
    yield _text(box.left + 12, box.top + 19, _cut(title, _TITLE_LETTERS), "600")
    detail = kind.title if title != kind.title else _values(box.node)
    yield _text(box.left + 12, box.top + 35, _cut(detail, _TITLE_LETTERS + 4), "400", small=True)
    yield "</g>"
    for port in box.inputs:
        yield from _port(box, port, box.left, box.row(box.inputs, port.name), "start")
    for port in box.outputs:
        yield from _port(box, port, box.right, box.row(box.outputs, port.name), "end")


def _port(box: Box, port: Port, x: float, y: float, anchor: str) -> Iterator[str]:
    yield dot_of(port, x, y)
    beside = x + 10 if anchor == "start" else x - 10
    yield _text(beside, y + 4, _cut(port.title, _PORT_LETTERS), "400", anchor=anchor, small=True)


def _text(
    x: float, y: float, text: str, weight: str, *, anchor: str = "start", small: bool = False
) -> str:
    size = ' font-size="10.5"' if small else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-weight="{weight}" text-anchor={quoteattr(anchor)} '
        f'fill="{_GREY}"{size}>{escape(text)}</text>'
    )


def _values(node: Node) -> str:
    """Values of the parameters that make an unnamed box what it is, as short text."""
    kind = KINDS[node.kind]
    if kind.family == "action":
        return ""
    shown = (param for param in kind.params if not (param.unless_connected or param.when_connected))
    return ", ".join(f"{p.title} {_value(node, p)}" for p in list(shown)[:2])


def _value(node: Node, param: Param) -> str:
    value = node.params.get(param.name, param.default)
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _n(number: float) -> str:
    return f"{number:g}" if abs(number) < 1e5 else f"{number:.0f}"
