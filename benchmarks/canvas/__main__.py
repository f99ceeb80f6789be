"""How long until a graph is drawn, and how smoothly a node is dragged, against plain ipycytoscape?

Run it from the checkout with ``python -m benchmarks.canvas``; it needs the tools of
``make dev-tools``. In turns it shows the same graph, two edges a node, as our canvas and as plain
ipycytoscape does, in one notebook in a real JupyterLab in Chromium:

- draw: from running the cell until all nodes and edges are on the screen;
- frames a second while the mouse drags a node, with the whole graph in view and with a part of it
  at its full size: over the whole time, in the worst second, and the longest frame.

These are times by the clock, without a graphics card: give it a machine of its own, or read the
turns against each other.
"""

import argparse
import math
import statistics
import sys
from pathlib import Path

from benchmarks.canvas.elements import WAYS, strategy
from benchmarks.canvas.measuring import PATIENCE, Drag, drag, draw
from benchmarks.opened import Frames, open_notebook
from tests.browser.own_notebook import notebook as notebook_with

TARGET_SIZE, TARGET_RATIO, TARGET_FRAMES = 200, 5.0, 30.0
_WARM_UP = 50
_IMPORT = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from benchmarks.canvas.elements import WAYS
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200, 1_000], help="nodes")
    parser.add_argument("--turns", type=int, default=3, help="turns of each size")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of a drag")
    options = parser.parse_args()
    draws: dict[tuple[int, str], list[float]] = {}
    drags: dict[tuple[int, str], list[Drag]] = {}
    with open_notebook(notebook_with("")) as notebook:
        notebook.in_kernel(_IMPORT)
        for way in WAYS:
            draw(notebook, way, _WARM_UP, len(strategy(_WARM_UP).edges))
        for size in options.sizes:
            edges = len(strategy(size).edges)
            for _ in range(options.turns):
                for way in WAYS:
                    draws.setdefault((size, way), []).append(draw(notebook, way, size, edges))
                    if draws[size, way][-1] == math.inf:
                        show(size, draws, drags)
                        return judge(draws, drags)
                    dragged = drag(notebook, way, options.seconds)
                    drags.setdefault((size, way), []).append(dragged)
            show(size, draws, drags)
    return judge(draws, drags)


def show(
    size: int, draws: dict[tuple[int, str], list[float]], drags: dict[tuple[int, str], list[Drag]]
) -> None:
    print(f"\n{size:,} nodes, {len(strategy(size).edges):,} edges; medians of the turns")
    for way in WAYS:
        drawn = statistics.median_low(draws[size, way])
        if drawn == math.inf:
            print(f"  {way:<13} not drawn within {PATIENCE / 1_000:g} s")
            continue
        print(f"  {way:<13} drawn after {drawn:>9,.0f} ms")
        for name in Drag._fields:
            frames = [getattr(turn, name) for turn in drags[size, way]]
            print(f"  {'':<13} dragging, {name:<6} {said(frames)}", flush=True)
    times = ratio(size, draws)
    if times < math.inf:
        print(f"  ours draws {times:.1f} times faster")


def said(turns: list[Frames]) -> str:
    overall = statistics.median(turn.a_second for turn in turns)
    worst = min(turn.fewest_a_second for turn in turns)
    usual = statistics.median(turn.longest for turn in turns)
    return (
        f"{overall:>5.1f} frames a second, {worst:>5.1f} in the worst second of all turns, "
        f"longest frame {usual:>5.0f} ms"
    )


def ratio(size: int, draws: dict[tuple[int, str], list[float]]) -> float:
    theirs, ours = (statistics.median_low(draws[size, way]) for way in ("ipycytoscape", "ours"))
    return theirs / ours


def judge(
    draws: dict[tuple[int, str], list[float]], drags: dict[tuple[int, str], list[Drag]]
) -> int:
    if (TARGET_SIZE, "ours") not in draws:
        return 0
    times = ratio(TARGET_SIZE, draws)
    fewest = min(frames.fewest_a_second for turn in drags[TARGET_SIZE, "ours"] for frames in turn)
    is_met = times >= TARGET_RATIO and fewest >= TARGET_FRAMES
    print(
        f"\nWanted at {TARGET_SIZE} nodes: drawn {TARGET_RATIO:g} times faster, never below "
        f"{TARGET_FRAMES:g} frames a second: {times:.1f} times, {fewest:.1f} frames; "
        f"{'met' if is_met else 'missed'}."
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
