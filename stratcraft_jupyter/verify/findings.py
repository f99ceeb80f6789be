"""The findings of a verification: as checks of its report, and for a model to repair its code."""

from collections.abc import Iterator, Sequence

from stratcraft_jupyter.backtest.batch import RunOutcome
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.verify.difference import Difference
from stratcraft_jupyter.verify.equivalence import TOLERANCES, Compared
from stratcraft_jupyter.verify.fairness import IMPOSSIBLE
from stratcraft_jupyter.verify.integrity import READS_EARLY
from stratcraft_jupyter.verify.report import Check, VerificationReport, mutants_told
from stratcraft_jupyter.verify.stress_paths import STILL
from stratcraft_jupyter.verify.stress_plan import StressPlan

_MOST_NODES = 6
_PLAIN: tuple[tuple[str, str, str], ...] = (
    ("SC623", "random", "the code gives other orders in every run"),
    ("SC626", "bars changed", "the code writes into the bars it is given"),
    ("SC624", "broker changed", "the code changes cash or costs of the broker"),
    ("SC625", "broker changed", "the code changes costs or fills of the broker"),
    ("SC620", "look-ahead", "the code reads bars that are still to come"),
    ("SC621", "look-ahead", "the code reads bars that are still to come"),
    ("SC622", "look-ahead", "the code reads bars that are still to come"),
    ("SC629", "no trades", "the code never trades"),
)
"""Checks whose failure explains other orders: code, cause and sentence."""


def about_failures(compared: Sequence[Compared]) -> Iterator[Check]:
    """SC613: the code runs wherever the graph does."""
    name = "runs on every series"
    failed = [item for item in compared if item.found.error is not None]
    if not failed:
        yield Check("SC613", name, "passed", f"The code ran on all {len(compared)} series.")
        return
    if failed[0] is not compared[0] and all(_is_still_division(item) for item in failed):
        yield Check(
            "SC613",
            name,
            "warning",
            f"The code divides by zero on {len(failed)} of the series made to try it, whose "
            "prices stand still for whole windows; on the others it ran.",
            "Guard the division, or use safediv=True.",
            tuple(item.name for item in failed[:5]),
        )
        return
    error = failed[0].found.error
    if error is not None and (error.kind == "syntax" or len(failed) == len(compared)):
        yield Check("SC613", name, "failed", error.message, error.hint)
        return
    where = f" in line {error.line}" if error is not None and error.line else ""
    said = error.message if error is not None else ""
    if error is not None and f"line {error.line}" in said:
        where = ""
    yield Check(
        "SC613",
        name,
        "failed",
        f"The code failed on {len(failed)} of {len(compared)} series{where}: {said}",
        error.hint if error is not None else "",
        tuple(item.name for item in failed[:5]),
    )


def about_given(name: str, expected: RunOutcome) -> Iterator[Check]:
    """SC615: bars that were given, and on which the graph itself cannot run."""
    if expected.error is not None:
        yield Check(
            "SC615",
            "the given bars",
            "warning",
            f"On {name} the graph itself does not run: {expected.error.message} Only bars made to "
            "try it were compared.",
            expected.error.hint or "Give more bars.",
        )


def _is_still_division(item: Compared) -> bool:
    """Whether only prices that stand still make it divide by zero, as Backtrader's own ADX does."""
    error = item.found.error
    is_division = error is not None and "ZeroDivisionError" in f"{error.message} {error.kind}"
    return is_division and item.name.startswith(STILL)


def about_orders(compared: Sequence[Compared], difference: Difference | None) -> Iterator[Check]:
    """SC610 and SC611: the orders of the graph, and the fills and account that they give."""
    done = [item for item in compared if item.found.error is None]
    apart = [item for item in done if item.mismatch is not None and not item.is_equal]
    same = [item for item in done if not item.is_tie]
    count = sum(len(item.expected.book) for item in same)
    name = "same orders as the graph"
    if difference is not None:
        yield Check(
            "SC610",
            name,
            "failed",
            f"The orders differ on {len(apart)} of {len(done)} series: {difference.explanation}",
            "Correct the code so that it follows the strategy there.",
            tuple(str(difference).splitlines()),
        )
    elif done:
        words = f"{count:,} orders on {len(same)} series are the same."
        each = "; ".join(f"{item.name}: {len(item.expected.book):,}" for item in same)
        yield Check("SC610", name, "passed", words, evidence=(TOLERANCES, f"Orders: {each}."))
    name = "same fills, position and final value"
    trouble = next((item for item in done if item.trouble), None)
    if trouble is not None:
        yield Check("SC611", name, "failed", f"On {trouble.name}: {trouble.trouble}")
    elif not apart and done:
        words = "Fills, position and final value agree on every series."
        yield Check("SC611", name, "passed", words)


def about_rounding(compared: Sequence[Compared]) -> Iterator[Check]:
    """SC612: sizes that differ by their rounding alone."""
    rounded = [item for item in compared if item.is_rounding]
    if not rounded:
        return
    count = sum(item.rounded for item in rounded)
    rare = all(item.is_rare_rounding for item in rounded)
    evidence = tuple(f"{item.name}: {item.rounded} orders" for item in rounded[:5])
    if rare:
        words = f"{count} sizes differ by a share or two, by rounding of the last digit."
        yield Check("SC612", "sizes rounded alike", "warning", words, evidence=evidence)
        return
    yield Check(
        "SC612",
        "sizes rounded alike",
        "failed",
        f"{count} sizes differ by their rounding alone.",
        "Round sizes down to whole shares: int(cash / close).",
        evidence,
    )


def about_ties(compared: Sequence[Compared]) -> Iterator[Check]:
    """SC614: what differs only where two values are equal but for rounding."""
    ties = [item for item in compared if item.is_tie]
    if ties:
        yield Check(
            "SC614",
            "decisions on equal values",
            "warning",
            f"On {len(ties)} of the series made to try it, the code decides otherwise where two "
            "values are equal to the last digit; elsewhere its orders are the same.",
            "",
            tuple(f"{item.name}, bar {item.mismatch.bar}" for item in ties if item.mismatch),
        )


def about_coverage(plan: StressPlan) -> Iterator[Check]:
    """SC630: how much the bars made for the graph try of it."""
    name = "bars that try the strategy"
    words = (
        f"{plan.exercised} of {plan.nodes} nodes exercised, "
        f"{mutants_told(plan.told_apart, len(plan.equivalent), plan.mutants)}."
    )
    count = len(plan.survivors)
    if count and plan.is_cut_short:
        words += f" {count} not told apart within the time; the next verification goes on."
    elif count:
        words += f" {count} gave the same orders on all {plan.tried} series tried."
    is_whole = plan.exercised == plan.nodes and bool(plan.recipes) and not plan.is_cut_short
    yield Check(
        "SC630",
        name,
        "passed" if is_whole else "warning",
        words,
        "" if is_whole else "Give bars on which every condition is true at some time.",
        (*(f"without effect: {title}" for title in plan.idle), *plan.survivors[:20]),
    )


def plain_cause(checks: Sequence[Check]) -> tuple[str, str] | None:
    """A cause of other orders that a failed check has shown already, and its sentence."""
    failed = {check.code: check for check in checks if check.status == "failed"}
    if "SC629" in failed and "SC628" in failed:
        said = failed["SC628"].message.removesuffix(".")
        return "orders refused", f"no order of the code is filled: {said}"
    if "SC625" in failed and IMPOSSIBLE in failed["SC625"].message:
        del failed["SC625"]
    if "SC621" in failed and READS_EARLY in failed["SC621"].message:
        early = (
            "bar by bar",
            f"the code orders otherwise when bars come one by one: {READS_EARLY}",
        )
        return plain_cause([item for item in checks if item.code != "SC621"]) or early
    return next(((cause, words) for code, cause, words in _PLAIN if code in failed), None)


def findings_for_repair(report: VerificationReport) -> tuple[Diagnostic, ...]:
    """What failed, small enough to send to a model: one finding a check, the worst first."""
    found = []
    for check in report.failures:
        difference = report.first_difference if check.code == "SC610" else None
        message = check.message if difference is None else _small(difference)
        node_id = difference.node_id if difference is not None else None
        found.append(Diagnostic(check.code, "error", message, check.hint, node_id))
    order = ("SC613", "SC620", "SC621", "SC622", "SC610")
    rank = {code: place for place, code in enumerate(order)}
    return tuple(sorted(found, key=lambda item: rank.get(item.code, len(order))))


def _small(difference: Difference) -> str:
    """The first difference in a few lines."""
    graph = " and ".join(map(str, difference.expected)) or "nothing"
    code = " and ".join(map(str, difference.found)) or "nothing"
    values = "; ".join(str(node) for node in difference.nodes[:_MOST_NODES])
    return (
        f"On the close of bar {difference.bar} ({difference.time}) the strategy as drawn has: "
        f"{graph}. The code has: {code}. Likely cause: {difference.explanation} "
        f"Values of the strategy on that bar: {values}."
    )
