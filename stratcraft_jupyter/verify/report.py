"""What a verification says, as plain frozen values that print and go to JSON and back."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from stratcraft_jupyter.errors import StratCraftError

Status = Literal["passed", "failed", "warning", "skipped"]
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
class OrderShown:
    """An order as reports show it.

    Attributes:
        bar: Bar after whose close it waited first, from 0.
        until: Last such bar.
        time: Time of the first.
        side: ``"buy"`` or ``"sell"``.
        type: ``"market"``, ``"close"``, ``"limit"``, ``"stop"`` or ``"stop_limit"``.
        size: Shares.
        price: Price of a limit or stop.
        limit: Limit of a stop-limit order.
    """

    bar: int
    until: int
    time: str
    side: str
    type: str
    size: float
    price: float | None = None
    limit: float | None = None

    def __str__(self) -> str:
        shares = f"{self.size:,.10g} share{'' if self.size == 1 else 's'}"
        if self.price is None:
            how = "at the market" if self.type == "market" else "at the close"
        else:
            how = f"as a {self.type.replace('_', '-')} at {self.price:,.8g}"
        bound = f", limit {self.limit:,.8g}" if self.limit is not None else ""
        return f"{self.side} {shares} {how}{bound}"


@dataclass(frozen=True, slots=True)
class NodeValue:
    """What a node of the graph had on a bar.

    Attributes:
        node_id: The node.
        title: What it is called.
        says: What it is, in words.
        values: Its outputs on that bar; None for one without a value.
        depth: How many edges it is away from the action.
    """

    node_id: str
    title: str
    says: str
    values: tuple[tuple[str, float | bool | None], ...]
    depth: int = 0

    @property
    def values_in_words(self) -> str:
        """Its outputs on that bar."""
        return ", ".join(
            f"{_value(value)}" if len(self.values) == 1 else f"{name} {_value(value)}"
            for name, value in self.values
        )

    def __str__(self) -> str:
        told = self.values_in_words
        return f"{self.title} ({self.says}): {told}" if told else f"{self.title}: {self.says}"


def _value(value: float | bool | None) -> str:
    if value is None:
        return "no value yet"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:,.8g}"


@dataclass(frozen=True, slots=True)
class BarShown:
    """A bar near the first difference, for a chart."""

    bar: int
    time: str
    open: float
    high: float
    low: float
    close: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Where code and graph first go different ways.

    Attributes:
        series: The bars on which they do.
        bar: The bar on whose close they differ, from 0.
        time: Its time.
        expected: Orders of the graph that the code has not, or not so.
        found: Orders of the code that the graph has not, or not so.
        cause: The likely cause, in one word or a few, such as ``"threshold"``.
        explanation: The likely cause in a sentence.
        node_id: The node of the graph it is about, if one is known.
        nodes: Values of the graph on that bar, from the action back to the bars.
        window: Bars around it.
        expected_orders: Orders of the graph among these bars.
        found_orders: Orders of the code among these bars.
    """

    series: str
    bar: int
    time: str
    expected: tuple[OrderShown, ...]
    found: tuple[OrderShown, ...]
    cause: str
    explanation: str
    node_id: str | None = None
    nodes: tuple[NodeValue, ...] = ()
    window: tuple[BarShown, ...] = ()
    expected_orders: tuple[OrderShown, ...] = ()
    found_orders: tuple[OrderShown, ...] = ()

    def __str__(self) -> str:
        graph = " and ".join(map(str, self.expected)) or "nothing else"
        code = " and ".join(map(str, self.found)) or "nothing else"
        lines = [
            f"First difference on {self.series}, bar {self.bar} ({self.time}):",
            f"  the graph says: {graph}",
            f"  the code has:   {code}",
            f"  likely cause:   {self.explanation}",
        ]
        lines += [f"    {'  ' * node.depth}{node}" for node in self.nodes]
        return "\n".join(lines)


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
    shown = f" ({equivalent} equivalent)" if equivalent else ""
    return f"{told_apart + equivalent} of {mutants} mutants told apart{shown}"


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
    def summary(self) -> str:
        """The result in a line."""
        tried = self.coverage
        if self.ok:
            return (
                f"Verified: same orders as the graph on {tried.series} series, "
                f"{tried.orders:,} orders."
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
        tried = self.coverage
        lines = [f"{self.strategy}: {self.summary}"]
        lines += [f"  {_MARKS[c.status]:7} {c.code} {c.name}: {c.message}" for c in self.checks]
        if tried.mutants:
            lines.append(
                f"  {tried.exercised} of {tried.nodes} nodes exercised, "
                f"{mutants_told(tried.told_apart, tried.equivalent, tried.mutants)}."
            )
        if self.first_difference:
            lines.append(str(self.first_difference))
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from stratcraft_jupyter.verify.report_html import report_html  # in notebooks only

        return report_html(self)


@cache
def _adapter() -> TypeAdapter[VerificationReport]:
    return TypeAdapter(VerificationReport)
