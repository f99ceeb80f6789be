"""Boxes of a document as they are drawn: nodes without a place stand in layers, left to right."""

from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median

from stratcraft_jupyter.graph.boxes import BOX_WIDTH, Box, boxes_of
from stratcraft_jupyter.graph.document import StrategyGraph
from stratcraft_jupyter.graph.placement import COLUMN, Rect

Corner = tuple[float, float]
Pair = tuple[str, str]

_LAYER = BOX_WIDTH + 56.0  # gaps as the canvas leaves them
_GAP = 28.0
_SWEEPS = 4


def drawn_boxes(graph: StrategyGraph) -> dict[str, Box]:
    """The boxes of all nodes of known kinds, by node id, each at the place where it is drawn.

    Who has a place in the layout stands there; the others stand beside what they are connected to,
    clear of all. The document stays as it is.
    """
    boxes = boxes_of(graph)
    loose = [node_id for node_id in boxes if node_id not in graph.layout]
    if not loose:
        return boxes
    ends = ((edge.source_node, edge.target_node) for edge in graph.edges)
    pairs = dict.fromkeys((a, b) for a, b in ends if a in boxes and b in boxes)
    corners = layered({node_id: box.height for node_id, box in boxes.items()}, pairs)
    placed = {node_id: box for node_id, box in boxes.items() if node_id in graph.layout}
    if placed:
        corners = _beside(placed, {name: boxes[name].height for name in loose}, corners, pairs)
    for node_id in loose:
        left, top = corners[node_id]
        boxes[node_id] = replace(boxes[node_id], left=left, top=top)
    return boxes


def layered(heights: Mapping[str, float], pairs: Collection[Pair]) -> dict[str, Corner]:
    """Upper left corners of boxes, in layers from left to right along their connections.

    Args:
        heights: The height of each box; those of one layer keep this order where they can.
        pairs: Connections between them, each once, source first.
    """
    before, after = _neighbours(pairs)
    layers = _layers(heights, before, after)
    middles: dict[str, float] = {}
    for layer in layers:
        middles |= _stacked(layer, dict.fromkeys(layer, 0.0), heights)
    for sweep in range(2 * _SWEEPS):
        # there along the connections and back, so that both sides have their say
        near, way = (after, layers[::-1]) if sweep % 2 else (before, layers)
        for layer in way:
            wanted = {name: _middle_of(name, near, middles) for name in layer}
            layer.sort(key=lambda name: (wanted[name], middles[name]))
            middles |= _stacked(layer, wanted, heights)
    return {
        name: (number * _LAYER, float(round(middles[name] - heights[name] / 2)))
        for number, layer in enumerate(layers)
        for name in layer
    }


def _neighbours(pairs: Iterable[Pair]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for source, target in pairs:
        before[target].append(source)
        after[source].append(target)
    return before, after


def _layers(
    names: Iterable[str], before: Mapping[str, list[str]], after: Mapping[str, list[str]]
) -> list[list[str]]:
    """The names by the longest way to them; what only begins a way stands next to its end."""
    depths = dict.fromkeys(names, 0)
    waits = {name: len(before.get(name, ())) for name in depths}
    ready = [name for name, count in waits.items() if not count]
    for name in ready:
        for reader in after.get(name, ()):
            depths[reader] = max(depths[reader], depths[name] + 1)
            waits[reader] -= 1
            if not waits[reader]:
                ready.append(reader)
    for name in depths:
        if name in after and name not in before:
            depths[name] = min(depths[reader] for reader in after[name]) - 1
    columns: dict[int, list[str]] = defaultdict(list)
    for name, depth in depths.items():
        columns[depth].append(name)
    return [columns[depth] for depth in sorted(columns)]


def _middle_of(name: str, near: Mapping[str, list[str]], middles: Mapping[str, float]) -> float:
    """The height at which a box would stand best: the median of those it is connected to."""
    others = near.get(name)
    return median(middles[other] for other in others) if others else middles[name]


def _stacked(
    layer: Sequence[str], wanted: Mapping[str, float], heights: Mapping[str, float]
) -> dict[str, float]:
    """Middles of boxes in this order from above, clear of each other, as near as can be to others.

    The squares of the distances are least: neighbours that get too near go on as one block.
    """
    offsets: list[float] = []
    blocks: list[tuple[float, int]] = []  # sum of what its boxes want, and their number
    for number, name in enumerate(layer):
        above = layer[number - 1]
        step = (heights[above] + heights[name]) / 2 + _GAP
        offsets.append(offsets[-1] + step if number else 0.0)
        total, count = wanted[name] - offsets[-1], 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            more, others = blocks.pop()
            total, count = total + more, count + others
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _ in range(count)]
    return dict(zip(layer, map(sum, zip(starts, offsets, strict=True)), strict=True))


def _beside(
    placed: Mapping[str, Box],
    heights: Mapping[str, float],
    corners: Mapping[str, Corner],
    pairs: Iterable[Pair],
) -> dict[str, Corner]:
    """The corners of boxes without a place, moved to those that have one and clear of them."""
    ends = [pair for pair in pairs if (pair[0] in placed) != (pair[1] in placed)]
    anchors = {name for pair in ends for name in pair if name in placed} or set(placed)
    dx = median(placed[name].left - corners[name][0] for name in anchors)
    dy = median(placed[name].top - corners[name][1] for name in anchors)
    taken: dict[int, list[Rect]] = defaultdict(list)
    for box in placed.values():
        rect = Rect(box.left, box.top, box.right, box.bottom)
        insort(taken[_column(rect)], rect, key=_top)
    found = {}
    for name in sorted(heights, key=lambda name: corners[name]):
        left, top = corners[name][0] + dx, corners[name][1] + dy
        rect = Rect(left, top, left + BOX_WIDTH, top + heights[name])
        number = _column(rect)
        near = [other for step in (-1, 0, 1) for other in taken.get(number + step, ())]
        for other in sorted(near, key=_top):
            if rect.is_near(other):
                rect = rect.shifted(0, other.bottom + _GAP - rect.top)
        insort(taken[number], rect, key=_top)
        found[name] = rect.left, rect.top
    return found


def _top(rect: Rect) -> float:
    return rect.top


def _column(rect: Rect) -> int:
    """Boxes that are near each other are in the same column or in neighbouring ones."""
    return int(rect.left // COLUMN)
