"""What is known of whether the code does what the strategy says: values and words, no widgets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.verify.report import VerificationReport

if TYPE_CHECKING:
    from stratcraft_jupyter.widgets.snapshot import Generated, Snapshot

_WAY_ON = "Correct it, or press Generate for code that follows the graph."
STEP_WORDS = {
    "compile": "Reading the strategy",
    "load": "Loading bars",
    "stress": "Making bars that try the strategy",
    "run": "Comparing the orders",
    "integrity": "Looking for look-ahead and tricks",
    "explain": "Explaining the difference",
    "account": "Trying other money and costs",
}


@dataclass(frozen=True)
class Verified:
    """A verification, going on or over.

    Attributes:
        source: The code.
        graph: The strategy that it is held to.
        model: Who wrote it: ``"builtin"``, or provider and model.
        step: What is being done, in words; empty when it is over.
        elapsed: Seconds since it began.
        report: What came of it; None if there is no report.
        problem: Why there is none.
        is_edited: Whether the code was edited by hand.
        is_undecided: Whether the code waits to be repaired, or to be inserted as a draft.
        draft: Its text as a draft, if it is in a cell or on the panel as one.
    """

    source: str
    graph: StrategyGraph
    model: str = BUILTIN
    step: str = ""
    elapsed: float = 0.0
    report: VerificationReport | None = None
    problem: str = ""
    is_edited: bool = False
    is_undecided: bool = False
    draft: str = ""

    def is_of(self, code: "Generated | None") -> bool:
        """Whether it is about this code."""
        return code is not None and code.source in (self.source, self.draft)


def headline(snapshot: "Snapshot") -> str:
    """The verification of the present code in a sentence; empty if there is no code."""
    verified, code = snapshot.verified, snapshot.generated
    if verified is not None and verified.step:
        return f"Verifying: {verified.step.lower()} · {verified.elapsed:.1f} s"
    if verified is None or not (verified.is_undecided or verified.is_of(code)):
        return _not_known(snapshot)
    if is_outdated(snapshot):
        return "The strategy has changed since the code was verified."
    if verified.report is None:
        return f"Not verified: {verified.problem}"
    said = report_in_words(verified.report, is_edited=verified.is_edited)
    if is_repaired(snapshot):
        return f"{said} {_repair_in_words(snapshot)}".rstrip()
    return f"The code you had before. {said}" if is_earlier(snapshot) else said


def is_repaired(snapshot: "Snapshot") -> bool:
    """Whether a model is repairing the code that was verified."""
    verified = snapshot.verified
    return verified is not None and verified.is_undecided and snapshot.job is not None


def _repair_in_words(snapshot: "Snapshot") -> str:
    """How far the repair is; empty before it begins."""
    live = next((live for live in snapshot.live if live.outcome is None), None)
    if live is None or live.stage != "verifying":
        return "It is being repaired."
    is_over = bool(live.attempts) and live.attempts[-1].number >= live.attempt
    return "" if live.attempt == 1 or is_over else "Its repair is being verified."


def is_earlier(snapshot: "Snapshot") -> bool:
    """Whether the code that was verified is older than a request that brought none, or runs."""
    verified, code = snapshot.verified, snapshot.generated
    if verified is None or verified.is_undecided or (code is not None and code.is_draft):
        return False
    return bool(snapshot.live) and not any(live.is_answered for live in snapshot.live)


def is_outdated(snapshot: "Snapshot") -> bool:
    """Whether the strategy trades otherwise now than when the code was held to it."""
    from stratcraft_jupyter.widgets.snapshot import trades_alike  # it holds values of this module

    verified = snapshot.verified
    return verified is not None and not trades_alike(verified.graph, snapshot.graph)


def _not_known(snapshot: "Snapshot") -> str:
    code = snapshot.generated
    if code is None or code.is_draft:
        return ""
    if code.is_edited:
        return "The code was edited: Verify says whether it still makes the same orders."
    return "The code was not verified yet."


def report_in_words(report: VerificationReport, *, is_edited: bool) -> str:
    """What a report says, for code as generated or as edited by hand."""
    tried, difference = report.coverage, report.first_difference
    if report.ok and is_edited:
        return (
            "The code was edited; it still makes the same orders as the graph on "
            f"{tried.series} series, {tried.orders:,} orders."
            + (" Not on the given bars." if report.is_without_given else "")
        )
    if report.ok or difference is None:
        if is_edited and not report.ok:
            return f"The code was edited. {report.summary} {_WAY_ON}"
        return report.summary
    where = f"bar {difference.bar} ({difference.time}) of {difference.series}"
    if is_edited:
        return f"The code was edited; it leaves the graph at {where}. {_WAY_ON}"
    return f"Not verified: the code leaves the graph at {where}."


def who_repairs(snapshot: "Snapshot") -> str:
    """The model that would be asked to repair the code; empty if there is none."""
    verified = snapshot.verified
    if verified is None or verified.report is None or verified.report.ok:
        return ""
    models = (snapshot.model, verified.model)  # the one that is chosen now, else the writer
    return next((model for model in models if model != BUILTIN), "")
