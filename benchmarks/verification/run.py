"""How many correct rewrites are accepted, and how many planted defects are found and explained.

Run it from the root of the repository; two processes share the templates:

    .venv/bin/python -m benchmarks.verification.run
    .venv/bin/python -m benchmarks.verification.run --template sma_cross --most 25
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from benchmarks.verification.trial import Outcome, Tried, try_template
from stratcraft_jupyter import list_templates


def main() -> None:
    """Run both halves and print what came of them."""
    names = [template.name for template in list_templates()]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--template", nargs="*", choices=names, default=names)
    parser.add_argument("--most", type=int, default=30, help="defects of a template at most")
    parser.add_argument("--only", choices=("rewrites", "defects"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    began = perf_counter()
    tried: list[Tried] = []
    # a process that is forked would share the worker that waits in the one it comes from
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        runs = [
            pool.submit(try_template, name, options.most, options.only or "")
            for name in options.template
        ]
        for run in as_completed(runs):
            tried.append(run.result())
            _tell(tried[-1])
    _sum_up(tried, perf_counter() - began)
    if options.json:
        options.json.write_text(json.dumps([asdict(item) for item in tried], indent=2), "utf-8")


def _tell(tried: Tried) -> None:
    """What went wrong with a template, and how its bars try it."""
    good = sum(item.is_right for item in tried.defects)
    print(
        f"{tried.template:24} rewrites {sum(item.is_ok for item in tried.rewrites)}"
        f"/{len(tried.rewrites)}, defects {sum(not item.is_ok for item in tried.defects)}"
        f"/{len(tried.defects)}, explained {good}; {tried.coverage}; bars {tried.searched:.1f} s, "
        f"all {tried.seconds:.0f} s",
        flush=True,
    )
    for words in tried.survivors:
        print(f"    not told apart: {words}")
    for what, reason in tried.thrown_out:
        print(f"    no defect: {what}: {reason}")
    for item in tried.rewrites:
        if not item.is_ok:
            print(f"    REFUSED {item.what}\n{item.text}")
        for note in item.notes:
            print(f"    note on {item.what}: {note}")
    for item in tried.defects:
        if item.is_ok:
            print(f"    NOT FOUND {item.kind}: {item.what}")
        elif not item.is_right:
            print(f"    EXPLAINED AS {item.causes} {item.kind}: {item.what}\n{item.text}")


def _sum_up(tried: Sequence[Tried], seconds: float) -> None:
    rewrites = [item for one in tried for item in one.rewrites]
    defects = [item for one in tried for item in one.defects]
    accepted = sum(item.is_ok for item in rewrites)
    found = sum(not item.is_ok for item in defects)
    right = sum(item.is_right for item in defects)
    print(f"\ncorrect rewrites accepted: {accepted} of {len(rewrites)}")
    print(
        f"planted defects found: {found} of {len(defects)}; rightly explained: {right} of "
        f"{len(defects)}; {min((len(one.defects) for one in tried), default=0)} of a template at "
        "least"
    )
    _print_kinds(defects)
    print("\nwhere the time of a correct rewrite goes, in seconds:")
    spent: dict[str, list[float]] = defaultdict(list)
    for item in rewrites:
        for step, time in item.seconds:
            spent[step].append(time)
        spent["all"].append(sum(time for _, time in item.seconds))
    for step, times in spent.items():
        print(f"  {step:10} median {sorted(times)[len(times) // 2]:6.2f}, most {max(times):6.2f}")
    print(f"\nit took {seconds / 60:.1f} minutes")


def _print_kinds(defects: Sequence[Outcome]) -> None:
    """The confusion table: how each kind of defect was explained."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for item in defects:
        mark = "" if item.is_right else " (!)"
        table[item.kind][(item.causes[0] if item.causes else "not found") + mark] += 1
    for kind, counts in sorted(table.items()):
        told = ", ".join(f"{cause} {count}" for cause, count in counts.most_common())
        print(f"  {kind:26} {told}")


if __name__ == "__main__":
    main()
