"""The table of what several models made of the strategy. No widgets."""

from html import escape
from typing import TYPE_CHECKING

from stratcraft_jupyter.backtest import METRIC_TITLES, format_metric
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.generation.result import errors_of
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.verify.report import VerificationReport
from stratcraft_jupyter.widgets.live_panel import title_of
from stratcraft_jupyter.widgets.look import paragraphs
from stratcraft_jupyter.widgets.metrics_table import UNDEFINED
from stratcraft_jupyter.widgets.results import FILL_RULES
from stratcraft_jupyter.widgets.results_style import results_style

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.compare import Candidate

_METRICS = ("total_return", "sharpe_ratio", "max_drawdown", "trade_count")
_HEADS = ("Written by", "Checks", "Verified", "Attempts", "Cost", "Seconds", "Lines")
_NOT_VERIFIED = "SC605"


def name_of(candidate: "Candidate") -> str:
    """Who wrote it."""
    return title_of(candidate.model)


def table_html(candidates: "tuple[Candidate, ...]") -> str:
    """One row each: checks, verification, attempts, cost, length, and how it did on the bars."""
    titles = [METRIC_TITLES[name] for name in _METRICS]
    heads = "".join(f'<th scope="col">{escape(title)}</th>' for title in (*_HEADS, *titles))
    rows = "".join(_row(candidate) for candidate in candidates)
    bars = next((c.result for c in candidates if c.result is not None), None)
    on = f"All on {bars.bar_count:,} bars of {bars.symbol}. {FILL_RULES}" if bars else ""
    return (
        f"{results_style()}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"{paragraphs(on)}"
    )


def _row(candidate: "Candidate") -> str:
    made, result = candidate.generated, candidate.result
    cells = [f"<td>{escape(checks_in_words(candidate))}</td>", _verified_cell(candidate)]
    plain = [str(candidate.attempt_count or UNDEFINED)]
    if made is None:
        plain += [shown_cost(candidate.cost), UNDEFINED, UNDEFINED]
    else:
        plain += [shown_cost(made.cost), f"{made.seconds:.1f}", str(made.line_count)]
    for name in _METRICS:
        plain.append(format_metric(name, getattr(result.metrics, name)) if result else UNDEFINED)
    cells += [f"<td>{escape(cell)}</td>" for cell in plain]
    return f'<tr><th scope="row">{escape(name_of(candidate))}</th>{"".join(cells)}</tr>'


def checks_in_words(candidate: "Candidate") -> str:
    """Whether the code passed all checks but the verification; if not, why."""
    made = candidate.generated
    if made is None:
        return candidate.error
    errors = errors_of(made.checks)
    if errors:
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        return f"{count}: {errors[0].message}"
    return f"passed, but did not run: {candidate.run_error}" if candidate.run_error else "passed"


def verified_in_words(candidate: "Candidate") -> str:
    """Whether the code makes the orders of the strategy; if not, or if unknown, why."""
    made = candidate.generated
    if made is None:
        return UNDEFINED
    if made.verification is not None:
        return _report_in_words(made.verification)
    if errors_of(made.checks):
        return "not looked at: errors come first"
    return _why_unknown(made.checks) or "not looked at"


def _report_in_words(report: VerificationReport) -> str:
    tried, difference = report.coverage, report.first_difference
    if report.ok:
        return f"yes: same {tried.orders:,} orders on {tried.series} series"
    if difference is None:
        return f"no: {report.failures[0].message}"
    where = f"bar {difference.bar} ({difference.time}) of {difference.series}"
    return f"no: leaves the graph at {where}. Likely, {difference.explanation}"


def _why_unknown(checks: tuple[Diagnostic, ...]) -> str:
    said = next((item.message for item in checks if item.code == _NOT_VERIFIED), "")
    return said.replace("The code was not verified: ", "not known: ", 1)


def _verified_cell(candidate: "Candidate") -> str:
    report = candidate.generated.verification if candidate.generated else None
    tone = "open" if report is None else "good" if report.ok else "bad"
    words = escape(verified_in_words(candidate))
    return f'<td class="jp-StratCraft-verified-{tone}">{words}</td>'
