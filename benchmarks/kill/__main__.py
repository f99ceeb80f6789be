"""Run it with ``python -m benchmarks.kill``: fifty kills, a table, exit 1 if anything was lost.

Thirty kernels are killed, ten servers stopped or killed, ten pages of JupyterLab loaded again,
each at a random moment of an edit session. An edit counts from when the page was shown it. None
may be lost that is older than two seconds, and no file may be half written.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.kill.pages import pages, reload_page
from benchmarks.kill.trials import MOST_AGE, Trial, kill_kernel, stop_server

_SINGLE = {"kernel": kill_kernel, "server": stop_server}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kernels", type=int, default=30, help="kernels to kill")
    parser.add_argument("--servers", type=int, default=10, help="servers to stop")
    parser.add_argument("--pages", type=int, default=10, help="pages to load again")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    trials = []
    for trial in _run(options):
        trials.append(trial)
        said = "good" if trial.is_good else "LOST"
        print(
            f"{len(trials):3} {trial.kind:7} {trial.edits:4} edits  "
            f"oldest lost {trial.oldest_lost:5.2f} s  {said} {' '.join(trial.broken)}",
            flush=True,
        )
    _print_table(trials)
    return 0 if all(trial.is_good for trial in trials) else 1


def _run(options: argparse.Namespace) -> Iterator[Trial]:
    counts = {"kernel": options.kernels, "server": options.servers}
    for kind, count in counts.items():
        for number in range(count):
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                chance = random.Random(f"{options.seed}/{kind}/{number}")
                yield _SINGLE[kind](Path(folder), chance)
    if options.pages:
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
            pages(Path(folder)) as (page, root),
        ):
            for number in range(options.pages):
                yield reload_page(page, root, random.Random(f"{options.seed}/page/{number}"))


def _print_table(trials: list[Trial]) -> None:
    print(f"\n{'killed':8} {'times':>5} {'edits':>6} {'oldest lost':>12} {'half files':>11}")
    for kind in dict.fromkeys(trial.kind for trial in trials):
        chosen = [trial for trial in trials if trial.kind == kind]
        print(
            f"{kind:8} {len(chosen):5} {sum(trial.edits for trial in chosen):6} "
            f"{max(trial.oldest_lost for trial in chosen):10.2f} s "
            f"{sum(len(trial.broken) for trial in chosen):11}"
        )
    bad = sum(not trial.is_good for trial in trials)
    print(f"{bad} of {len(trials)} lost an edit older than {MOST_AGE:g} s or broke a file.")


sys.exit(main())
