"""How many correct rewrites are accepted, and how many planted defects are found and explained.

Run it from the root of the repository:

    .venv/bin/python -m benchmarks.verification.run
    .venv/bin/python -m benchmarks.verification.run --templates sma_cross --most 25
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.verification.defects import Defect, plant
from stratcraft_jupyter import (
    StrategyGraph,
    VerificationReport,
    compile_strategy,
    list_templates,
    load_template,
)
from stratcraft_jupyter.backtest import warm_up
from stratcraft_jupyter.verify import verify
from stratcraft_jupyter.verify.stress_cache import stress_plan
from stratcraft_jupyter.verify.verification import config_of

_HERE = Path(__file__).parent
_BY_HAND = _HERE.parents[1] / "tests" / "handwritten"
_NEEDS_FEEDS = {"pairs_spread", "weekly_trend_filter", "opening_range_breakout"}


def rewrites(templates: list[str]) -> list[tuple[str, str, str]]:
    """Template, name and code of every correct rewrite."""
    found = []
    for path in sorted((_HERE / "rewrites").glob("*.py")):
        found.append((path.stem.partition("__")[0], path.stem, path.read_text("utf-8")))
    for name in sorted(t.name for t in list_templates()):
        path = _BY_HAND / f"{name}.py"
        if path.exists() and name not in _NEEDS_FEEDS:
            found.append((name, f"{name}__by_hand", path.read_text("utf-8")))
    return [item for item in found if item[0] in templates]


def causes_of(report: VerificationReport) -> list[str]:
    """The cause of the first difference and the codes of failed checks."""
    told = [report.first_difference.cause] if report.first_difference else []
    return told + [check.code for check in report.failures if check.code != "SC610"]


def main() -> None:
    """Run both halves and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--templates", nargs="*", default=[t.name for t in list_templates()])
    parser.add_argument("--most", type=int, default=30, help="defects of a template at most")
    parser.add_argument("--only", choices=("rewrites", "defects"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    warm_up(wait=60)
    graphs = {name: load_template(name) for name in options.templates}
    data = {}
    if options.only != "defects":
        data["rewrites"] = _try_rewrites(graphs, options.jobs)
    if options.only != "rewrites":
        data["defects"] = _try_defects(graphs, options.most, options.jobs)
    if options.json:
        options.json.write_text(json.dumps(data, indent=2), "utf-8")


def _try_rewrites(graphs: dict[str, StrategyGraph], jobs: int) -> dict[str, object]:
    items = rewrites(list(graphs))
    spent: dict[str, list[float]] = defaultdict(list)

    def work(item: tuple[str, str, str]) -> VerificationReport:
        return verify(item[2], graphs[item[0]])

    with ThreadPoolExecutor(jobs) as threads:
        reports = list(threads.map(work, items))
    accepted = 0
    for (_, name, _), report in zip(items, reports, strict=True):
        accepted += report.ok
        if not report.ok:
            print(f"REFUSED {name}\n{report}\n")
        notes = [c for c in report.checks if c.status == "warning" and c.code != "SC630"]
        for check in notes:
            print(f"note on {name}: {check.code} {check.message} {'; '.join(check.evidence[:3])}")
        for step, seconds in report.seconds:
            spent[step].append(seconds)
    print(f"correct rewrites accepted: {accepted} of {len(items)}")
    for step, times in spent.items():
        print(
            f"  {step:10} median {sorted(times)[len(times) // 2]:6.2f} s, most {max(times):6.2f} s"
        )
    return {"accepted": accepted, "of": len(items)}


def _try_defects(graphs: dict[str, StrategyGraph], most: int, jobs: int) -> dict[str, object]:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    found = explained = total = 0
    began = time.perf_counter()

    def work(item: tuple[str, Defect]) -> VerificationReport:
        return verify(item[1].source, graphs[item[0]])

    items = [(name, defect) for name, graph in graphs.items() for defect in _chosen(graph, most)]
    with ThreadPoolExecutor(jobs) as threads:
        for (name, defect), report in zip(items, threads.map(work, items), strict=True):
            total += 1
            causes = causes_of(report)
            is_right = bool(defect.causes & set(causes))
            found += not report.ok
            explained += is_right
            table[defect.kind][causes[0] if causes else "NOT FOUND"] += 1
            if report.ok or not is_right:
                mark = "NOT FOUND" if report.ok else "explained as"
                print(f"{mark} {name}: {defect.kind}: {defect.what[:90]}: {causes}", flush=True)
    print(f"defects found: {found} of {total}; rightly explained: {explained} of {total}")
    per = Counter(name for name, _ in items)
    print(f"defects of a template: {min(per.values())} to {max(per.values())}")
    print(f"seconds a defect: {(time.perf_counter() - began) / max(total, 1):.1f}")
    for kind, counts in sorted(table.items()):
        told = ", ".join(f"{cause} {count}" for cause, count in counts.most_common())
        print(f"  {kind:26} {told}")
    return {"found": found, "explained": explained, "of": total, "per_template": dict(per)}


def _chosen(graph: StrategyGraph, most: int) -> list[Defect]:
    """Defects of every kind in turn, until there are enough."""
    by_kind: dict[str, list[Defect]] = defaultdict(list)
    left_out = _same_in_effect(graph)
    for defect in plant(compile_strategy(graph)):
        if defect.kind not in left_out:
            by_kind[defect.kind].append(defect)
    chosen: list[Defect] = []
    while by_kind and len(chosen) < most:
        for kind in list(by_kind):
            chosen.append(by_kind[kind].pop(0))
            if not by_kind[kind]:
                del by_kind[kind]
    return chosen[:most]


def _same_in_effect(graph: StrategyGraph) -> set[str]:
    """Kinds of changes that are no defect of this strategy.

    Who entered on a cross upwards can leave on the cross downwards, or while it is below: the
    orders are the same, and so they were in the search for bars.
    """
    plan = stress_plan(graph, graph.backtest.timeframe, config_of(graph))
    is_same = any("were true while" in words for words in plan.survivors)
    return {"cross as state"} if is_same else set()


if __name__ == "__main__":
    main()
