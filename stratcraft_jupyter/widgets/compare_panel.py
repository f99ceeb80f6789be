"""What several models made of the strategy: a table, their curves, their code side by side."""

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets

from stratcraft_jupyter.backtest import METRIC_TITLES, format_metric
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.code_jobs import CodeJobs
from stratcraft_jupyter.widgets.diff_html import side_by_side
from stratcraft_jupyter.widgets.live_panel import title_of
from stratcraft_jupyter.widgets.look import Look, close_tree, paragraphs, show_only_if
from stratcraft_jupyter.widgets.metrics_table import UNDEFINED
from stratcraft_jupyter.widgets.model_values import Comparison
from stratcraft_jupyter.widgets.results import FILL_RULES
from stratcraft_jupyter.widgets.results_style import results_style
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.compare import Candidate

_METRICS = ("total_return", "sharpe_ratio", "max_drawdown", "trade_count")
_HEADS = ("Written by", "Checks", "Attempts", "Cost", "Seconds", "Lines")


class ComparePanel:
    """Shows the last comparison; one of the candidates can be put into a cell."""

    def __init__(self, state: BuilderState, look: Look, jobs: CodeJobs) -> None:
        self._state = state
        self._look = look
        self._jobs = jobs
        self.widget: Any = look.box(css="compare hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "comparison"):
            return
        comparison = new.comparison
        show_only_if(self.widget, comparison is not None)
        before = self.widget.children
        self.widget.children = () if comparison is None else self._parts(comparison)
        for widget in before:
            close_tree(widget)

    def _parts(self, comparison: Comparison) -> tuple[Any, ...]:
        look = self._look
        table = look.text("compare-table", value=table_html(comparison.candidates))
        parts = [table]
        ran = [(name_of(c), c.result) for c in comparison.candidates if c.result is not None]
        if ran:
            # bqplot takes most of a second to import
            from stratcraft_jupyter.widgets.charts.overlay import overlay

            parts.append(overlay(ran))
        return (*parts, *self._code(comparison))

    def _code(self, comparison: Comparison) -> tuple[Any, ...]:
        """Two drop-downs with the code of both side by side, and the choice of one."""
        written = [c for c in comparison.candidates if c.generated is not None]
        options = [(name_of(candidate), n) for n, candidate in enumerate(written)]
        boundary, look = shows_errors(self._state), self._look
        left, right = (
            look.make(ipywidgets.Dropdown, "input", description=title, options=options, value=at)
            for title, at in (("Left", 0), ("Right", min(1, len(options) - 1)))
        )
        diff = look.text("version-diff")

        def show(_change: object = None) -> None:
            one, other = written[left.value], written[right.value]
            diff.value = side_by_side(_source(one), _source(other), name_of(one), name_of(other))

        for control in (left, right):
            control.observe(boundary(show), "value")
        show()
        insert = look.button("Use the code on the right", "primary", icon="check")
        insert.on_click(boundary(lambda _: self._use(written[right.value], comparison)))
        done = look.button("Close the comparison", icon="times")
        done.on_click(boundary(lambda _: self._state.update(comparison=None)))
        return look.box(left, right, insert, done, css="row compare-row"), diff

    def _use(self, candidate: "Candidate", comparison: Comparison) -> None:
        if candidate.generated is not None:
            self._jobs.insert(candidate.generated, comparison.graph)


def name_of(candidate: "Candidate") -> str:
    """Who wrote it."""
    return title_of(candidate.model)


def table_html(candidates: "tuple[Candidate, ...]") -> str:
    """One row each: checks, attempts, cost, seconds, lines, and how it did on the bars."""
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
    cells = [checks_in_words(candidate)]
    attempts = str(candidate.attempt_count or UNDEFINED)
    if made is None:
        cells += [attempts, shown_cost(candidate.cost), UNDEFINED, UNDEFINED]
    else:
        cells += [attempts, shown_cost(made.cost), f"{made.seconds:.1f}", str(made.line_count)]
    for name in _METRICS:
        cells.append(format_metric(name, getattr(result.metrics, name)) if result else UNDEFINED)
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(name_of(candidate))}</th>{told}</tr>'


def checks_in_words(candidate: "Candidate") -> str:
    """Whether the code is right as far as that was checked; if not, why."""
    made = candidate.generated
    if made is None:
        return candidate.error
    errors = [item for item in made.findings if item.severity == "error"]
    if errors:
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        return f"{count}: {errors[0].message}"
    return f"passed, but did not run: {candidate.run_error}" if candidate.run_error else "passed"


def _source(candidate: "Candidate") -> str:
    return candidate.generated.source if candidate.generated else ""
