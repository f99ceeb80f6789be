"""Verifies the rewrites and the planted defects of one template."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.verification.defects import Change, Defect, plant
from stratcraft_jupyter import (
    StrategyGraph,
    VerificationReport,
    compile_strategy,
    load_template,
)
from stratcraft_jupyter.backtest import warm_up
from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import expansion, get_kind, set_param
from stratcraft_jupyter.verify import verify
from stratcraft_jupyter.verify.mutation import with_kind
from stratcraft_jupyter.verify.same_orders import why_same
from stratcraft_jupyter.verify.stress_cache import stress_plan
from stratcraft_jupyter.verify.verification import config_of

_HERE = Path(__file__).parent
_BY_HAND = _HERE.parents[1] / "tests" / "handwritten"
_NEEDS_FEEDS = ("pairs_spread", "weekly_trend_filter")
"""Templates whose version by hand takes its further bars from the test that runs it."""
_WHOLE_SEARCH = 24 * 3_600.0
"""Seconds: what is measured does not hang on how fast the machine is."""
_STATES = {"condition.crosses_above": ">", "condition.crosses_below": "<"}
_TURNS = {">": ">=", "<": "<=", ">=": ">", "<=": "<"}


@dataclass(frozen=True)
class Outcome:
    """What came of one verification."""

    kind: str
    what: str
    is_ok: bool
    is_right: bool
    causes: tuple[str, ...]
    notes: tuple[str, ...]
    seconds: tuple[tuple[str, float], ...]
    text: str


@dataclass(frozen=True)
class Tried:
    """What came of all verifications of a template."""

    template: str
    rewrites: tuple[Outcome, ...]
    defects: tuple[Outcome, ...]
    thrown_out: tuple[tuple[str, str], ...]
    survivors: tuple[str, ...]
    coverage: str
    searched: float
    seconds: float


def try_template(name: str, most: int, only: str = "") -> Tried:
    """Verify the rewrites of a template, and as many planted defects of each kind in turn."""
    began = perf_counter()
    warm_up(wait=60)
    graph = load_template(name)
    plan = stress_plan(graph, graph.backtest.timeframe, config_of(graph), _WHOLE_SEARCH)
    rewrites = [
        _outcome("", what, verify(source, graph), frozenset())
        for what, source in _rewrites(name)
        if only != "defects"
    ]
    chosen, thrown_out = _choose(graph, most if only != "rewrites" else 0)
    defects = [_outcome(d.kind, d.what[:110], verify(d.source, graph), d.causes) for d in chosen]
    told = plan.told_apart + len(plan.equivalent)
    return Tried(
        name,
        tuple(rewrites),
        tuple(defects),
        tuple(thrown_out),
        plan.survivors,
        f"{plan.exercised} of {plan.nodes} nodes, {told} of {plan.mutants} mutants "
        f"({len(plan.equivalent)} equivalent)",
        plan.seconds,
        perf_counter() - began,
    )


def _rewrites(name: str) -> list[tuple[str, str]]:
    """Name and code of every correct rewrite of a template."""
    paths = sorted((_HERE / "rewrites").glob(f"{name}__*.py"))
    found = [(path.stem, path.read_text("utf-8")) for path in paths]
    by_hand = _BY_HAND / f"{name}.py"
    if by_hand.exists() and name not in _NEEDS_FEEDS:
        found.append((f"{name}__by_hand", by_hand.read_text("utf-8")))
    return found


def _outcome(kind: str, what: str, report: VerificationReport, causes: frozenset[str]) -> Outcome:
    told = [report.first_difference.cause] if report.first_difference else []
    told += [check.code for check in report.failures if check.code != "SC610"]
    notes = [
        f"{check.code} {check.message} {'; '.join(check.evidence[:3])}"
        for check in report.checks
        if check.status == "warning" and check.code != "SC630"
    ]
    is_right = bool(causes & set(told))
    is_plain = report.ok if not kind else is_right
    text = "" if is_plain else str(report)
    return Outcome(kind, what, report.ok, is_right, tuple(told), tuple(notes), report.seconds, text)


def _choose(graph: StrategyGraph, most: int) -> tuple[list[Defect], list[tuple[str, str]]]:
    """Defects of every kind in turn, and those that change nothing, with the reason."""
    by_kind: dict[str, list[Defect]] = defaultdict(list)
    thrown_out = []
    for defect in plant(compile_strategy(graph)):
        reason = _why_nothing(graph, defect) if most else ""
        if reason:
            thrown_out.append((f"{defect.kind}: {defect.what[:90]}", reason))
        else:
            by_kind[defect.kind].append(defect)
    chosen: list[Defect] = []
    while by_kind and len(chosen) < most:
        for kind in list(by_kind):
            chosen.append(by_kind[kind].pop(0))
            if not by_kind[kind]:
                del by_kind[kind]
    return chosen[:most], thrown_out


def _why_nothing(graph: StrategyGraph, defect: Defect) -> str:
    """Why a planted change changes no order, shown on the graph with the same change."""
    if defect.changed is None:
        return ""
    expanded = expansion(graph).graph
    try:
        changed = _changed(expanded, defect.kind, defect.changed)
    except GraphEditError:
        return ""
    return why_same(expanded, changed) if changed is not None else ""


def _changed(graph: StrategyGraph, kind: str, change: Change) -> StrategyGraph | None:
    for node in graph.nodes:
        if change.value is not None:
            for param in get_kind(node.kind).params:
                if f"{node.id}_{param.name}" == change.name:
                    value = int(change.value) if param.type == "int" else change.value
                    return set_param(graph, node.id, param.name, value)
        elif node.id == change.name and kind == "touching" and node.kind == "condition.compare":
            operator = _TURNS[str(node.params.get("operator", ">"))]
            return set_param(graph, node.id, "operator", operator)
        elif node.id == change.name and node.kind in _STATES:
            return with_kind(graph, node, "condition.compare", operator=_STATES[node.kind])
    return None
