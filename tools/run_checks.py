"""Run the named make targets, the quick ones side by side, and close with a summary of all."""

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

REPORTS = Path("artifacts/reports")
QUICK = frozenset({"lint", "types", "contracts", "js"})
"""They use one processor each and print little, which is shown once they are over."""


class Outcome(NamedTuple):
    """How one check ended: its own verdict and the tests it counted."""

    name: str
    ok: bool
    seconds: float
    passed: int
    failed: int
    skipped: int


def count_tests(report: Path) -> tuple[int, int, int]:
    """Return how many tests of a JUnit report passed, failed and were skipped."""
    if not report.exists():
        return 0, 0, 0
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - our own tests wrote it
    failed = sum(any(case.find(tag) is not None for tag in ("failure", "error")) for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    return len(cases) - failed - skipped, failed, skipped


def run(name: str) -> Outcome:
    """Run one make target with its output on the terminal; that of a quick one comes at the end."""
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    start = time.monotonic()
    if name in QUICK:
        done = subprocess.run(["make", name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = done.stdout.decode(errors="replace")
        print(f"\n=== {name} ===\n{text}", end="", flush=True)
    else:
        print(f"\n=== {name} ===", flush=True)
        done = subprocess.run(["make", name])
    ok = done.returncode == 0
    passed, failed, skipped = count_tests(report)
    if not passed + failed:  # a check without tests counts as one
        passed, failed = int(ok), int(not ok)
    elif not ok and not failed:  # all tests passed and yet the check did not
        failed = 1
    return Outcome(name, ok, time.monotonic() - start, passed, failed, skipped)


def run_all(names: list[str]) -> list[Outcome]:
    """Run the quick checks two at a time, then the others one after the other."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        quick = {
            outcome.name: outcome for outcome in pool.map(run, filter(QUICK.__contains__, names))
        }
    return [quick[name] if name in QUICK else run(name) for name in names]


def main() -> int:
    """Run all checks, even after one failed, and print how each ended."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    outcomes = run_all(sys.argv[1:])
    print("\n=== summary ===")
    for outcome in outcomes:
        verdict = "ok" if outcome.ok else "FAILED"
        counts = f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"
        print(f"{outcome.name:<12} {verdict:<8} {outcome.seconds:6.1f} s   {counts}")
    passed, failed = (sum(getattr(o, field) for o in outcomes) for field in ("passed", "failed"))
    print(f"{passed} passed, {failed} failed in {time.monotonic() - start:.0f} s")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
