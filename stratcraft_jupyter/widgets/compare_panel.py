"""What several models made of the strategy: a table, their curves, their code side by side."""

from typing import TYPE_CHECKING, Any

import ipywidgets

from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.code_jobs import CodeJobs
from stratcraft_jupyter.widgets.compare_table import name_of, table_html
from stratcraft_jupyter.widgets.diff_html import side_by_side
from stratcraft_jupyter.widgets.look import Look, close_tree, show_only_if
from stratcraft_jupyter.widgets.model_values import Comparison
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.compare import Candidate


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


def _source(candidate: "Candidate") -> str:
    return candidate.generated.source if candidate.generated else ""
