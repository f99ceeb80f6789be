"""What a verification says, as plain frozen values that print and go to JSON and back."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.verify.difference import Difference

Status = Literal["passed", "failed", "warning", "skipped"]
_FIRST: tuple[Status, ...] = ("failed", "warning", "passed", "skipped")
_MARKS = {"passed": "ok", "failed": "FAILED", "warning": "note", "skipped": "skipped"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        code: Stable code, such as ``"SC610"``.
        name: What was looked at, in a few words.
        status: What came of it; only ``"failed"`` makes the code not verified.
        message: What was found, a sentence or two.
        hint: What to do next, if anything.
        evidence: Facts behind it, one line each.
    """

    code: str
    name: str
    status: Status
    message: str
    hint: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the bars tried of the strategy.

    Attributes:
        series: How many series were run.
        orders: How many orders were compared on them.
        nodes: How many nodes of the graph lead to an order.
        exercised: How many of them had an effect on these bars.
        mutants: How many changes of the graph mean something else.
        told_apart: How many of them gave other orders on these bars.
        survivors: What the others do instead: they gave the same orders on all series tried.
        equivalent: How many mutants were shown to give the same orders on any bars.
    """

    series: int
    orders: int
    nodes: int = 0
    exercised: int = 0
    mutants: int = 0
    told_apart: int = 0
    survivors: tuple[str, ...] = ()
    equivalent: int = 0


def mutants_told(told_apart: int, equivalent: int, mutants: int) -> str:
    """How many mutants are accounted for, in words."""
    shown = f", {equivalent} shown to be equivalent" if equivalent else ""
    return f"{told_apart} of {mutants} mutants told apart{shown}"


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """Whether code does what a graph says.

    Attributes:
        strategy: Name of the strategy.
        graph_hash: Hash of its document.
        source_hash: SHA-256 of the code.
        checks: Everything that was looked at.
        first_difference: Where code and graph first go different ways; None if they do not.
        coverage: What the bars tried.
        seconds: Where the time went, by step.
        isolation: What kept the code away from the rest of the system.
    """

    strategy: str
    graph_hash: str
    source_hash: str
    checks: tuple[Check, ...]
    first_difference: Difference | None
    coverage: Coverage
    seconds: tuple[tuple[str, float], ...] = ()
    isolation: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the code is verified: no check failed."""
        return not any(check.status == "failed" for check in self.checks)

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.status == "failed")

    @property
    def is_without_given(self) -> bool:
        """Whether the given bars could not be compared: the graph does not run on them."""
        return any(check.code == "SC615" for check in self.checks)

    @property
    def checks_by_weight(self) -> tuple[Check, ...]:
        """All checks: those that failed first, those that were left out last."""
        return tuple(sorted(self.checks, key=lambda check: _FIRST.index(check.status)))

    @property
    def summary(self) -> str:
        """The result in a line."""
        tried = self.coverage
        if self.ok:
            without = " Not on the given bars." if self.is_without_given else ""
            return (
                f"Verified: same orders as the graph on {tried.series} series, "
                f"{tried.orders:,} orders.{without}"
            )
        return f"Not verified: {self.failures[0].message}"

    def to_json(self) -> str:
        """The report as JSON text; ``from_json`` gives back an equal report."""
        return _adapter().dump_json(self, indent=2).decode() + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "VerificationReport":
        """The report in JSON ``text``.

        Raises:
            StratCraftError: It is none.
        """
        try:
            return _adapter().validate_json(text)
        except ValidationError as error:
            raise StratCraftError(
                "This is no verification report.",
                hint="Write one with VerificationReport.to_json().",
            ) from error

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON-ready data, with ``ok`` and ``summary``."""
        data: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return {"ok": self.ok, "summary": self.summary, **data}

    def __str__(self) -> str:
        """What matters first: the difference, then what failed and what to know, then the rest."""
        tried = self.coverage
        lines = [f"{self.strategy}: {self.summary}"]
        if self.first_difference:
            lines.append(str(self.first_difference))
        for check in self.checks_by_weight:
            lines.append(f"  {_MARKS[check.status]:7} {check.code} {check.name}: {check.message}")
            if check.status == "failed" and check.hint:
                lines.append(f"{'':10}{check.hint}")
        if tried.mutants:
            lines.append(
                f"  {tried.exercised} of {tried.nodes} nodes exercised, "
                f"{mutants_told(tried.told_apart, tried.equivalent, tried.mutants)}."
            )
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from stratcraft_jupyter.verify.report_html import report_html  # in notebooks only

        return report_html(self)


@cache
def _adapter() -> TypeAdapter[VerificationReport]:
    return TypeAdapter(VerificationReport)
