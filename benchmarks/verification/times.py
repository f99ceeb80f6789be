"""Where the time of a verification goes, template by template.

Bars are found and kept first, a worker is warm, and the code of the compiler is verified, which is
right and so goes through every check. Seconds are those of the clock, so let the machine do nothing
else; under "processor" is what all processes worked, whatever else the machine did. Run it from the
root of the repository:

    .venv/bin/python -m benchmarks.verification.times
    .venv/bin/python -m benchmarks.verification.times --template sma_cross --repeat 5
"""

import argparse
import os
from collections.abc import Mapping
from statistics import median
from time import perf_counter

from stratcraft_jupyter import compile_strategy, list_templates, load_template
from stratcraft_jupyter.backtest import warm_up
from stratcraft_jupyter.verify import verify
from stratcraft_jupyter.verify.stress_cache import stress_plan
from stratcraft_jupyter.verify.verification import config_of

LIMIT = 5.0
"""Seconds that a verification may take on a machine with two cores."""
_WHOLE_SEARCH = 24 * 3_600.0
_STEPS = ("compile", "load", "stress", "run", "integrity", "account", "explain")
_COLUMNS = (*_STEPS, "all", "processor")


def main() -> None:
    """Measure, and print the table; the last column is the search for bars, done once."""
    names = [template.name for template in list_templates()]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--template", nargs="*", choices=names, default=names)
    parser.add_argument("--repeat", type=int, default=3, help="the median of so many is told")
    options = parser.parse_args()
    heads = [f"{step:>10}" for step in (*_COLUMNS, "search")]
    print("".join([f"{'seconds':24}", *heads]))
    slowest = 0.0
    for name in options.template:
        searched = _search(name)
        spent = _measure(name, options.repeat)
        slowest = max(slowest, spent["all"])
        row = [f"{spent[step]:10.2f}" for step in _COLUMNS]
        print("".join([f"{name:24}", *row, f"{searched:10.1f}"]), flush=True)
    verdict = "all are below" if slowest < LIMIT else "NOT all are below"
    print(f"\n{verdict} {LIMIT:.0f} s; the slowest took {slowest:.2f} s")


def _search(name: str) -> float:
    """Find the bars of a template; seconds that took, now or when they were found."""
    graph = load_template(name)
    return stress_plan(graph, graph.backtest.timeframe, config_of(graph), _WHOLE_SEARCH).seconds


def _measure(name: str, repeat: int) -> Mapping[str, float]:
    """The median seconds of each step, and of all together."""
    graph = load_template(name)
    source = compile_strategy(graph)
    rows: list[dict[str, float]] = []
    for _ in range(repeat):
        warm_up(wait=60)
        began, worked = perf_counter(), _worked()
        report = verify(source, graph)
        rows.append(dict.fromkeys(_STEPS, 0.0) | dict(report.seconds))
        rows[-1]["all"] = perf_counter() - began
        warm_up(wait=60)  # the worker of the next one counts too, and every other is over
        rows[-1]["processor"] = _worked() - worked
        if not report.ok:
            raise SystemExit(f"the code of the compiler is not verified:\n{report}")
    return {step: median(row[step] for row in rows) for step in rows[0]}


def _worked() -> float:
    """Processor seconds of this process and of those it started that are over."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
