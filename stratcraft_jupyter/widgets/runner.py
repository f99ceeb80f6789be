"""Run and Cancel, how far the run is, and which code it runs."""

from datetime import datetime
from typing import Any

import ipywidgets

from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.changes import changes_in_words
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Job, Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_DRAFT = "The generated cell is a draft: delete its line that begins with raise to run it as it is."
_STALE = "This runs the code as generated before your last change. Generate first to include it."


class RunPanel:
    """Runs the generated code in a backtest.

    Attributes:
        button: Starts it.
        progress: Bar, stage, seconds and Cancel; in sight only while something goes on.
        target: Which code Run runs, in words.
    """

    def __init__(self, state: BuilderState, look: Look, jobs: Jobs) -> None:
        boundary = shows_errors(state)
        self.button: Any = look.button(
            "Run", "primary", icon="play", tooltip="Backtest the generated code"
        )
        self.button.on_click(boundary(lambda _: jobs.run()))
        cancel = look.button("Cancel", icon="stop", tooltip="Stop it now")
        cancel.on_click(boundary(lambda _: jobs.cancel()))
        self._bar: Any = look.make(ipywidgets.FloatProgress, "bar", min=0.0, max=1.0)
        self._stage = look.text("stage-name")
        self.progress: Any = look.box(self._bar, self._stage, cancel, css="progress hidden")
        self.target: Any = look.text("target")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "job"):
            self._show_job(new.job)
        if changed(new, old, "generated", "is_code_lost", "history", "model"):
            self.target.value = paragraphs(target_in_words(new))

    def _show_job(self, job: Job | None) -> None:
        self.button.disabled = job is not None
        show_only_if(self.progress, job is not None)
        if job is not None:
            self._bar.value = job.fraction or 0.0
            self._stage.value = paragraphs(f"{job.stage} · {job.elapsed:.1f} s")


def target_in_words(snapshot: Snapshot) -> str:
    """Which code Run runs, and what the user should know about it."""
    generated = snapshot.generated
    if generated is None:
        lost = "The generated cell was deleted. " if snapshot.is_code_lost else ""
        if snapshot.model != BUILTIN:
            return f"{lost}Press Generate first: Run asks no model by itself."
        return f"{lost}Run writes the code first, then backtests it."
    if generated.is_draft:
        return _DRAFT
    where = "the code shown below," if generated.cell_id is None else "the cell"
    edited = ", edited by hand" if generated.is_edited else ""
    told = f"Run uses {where} generated {moment_in_words(generated.stamp.created)}{edited}."
    if not generated.is_stale(snapshot.graph):
        return told
    words = changes_in_words(generated.graph, snapshot.graph) if generated.graph else ""
    return f"{told}{f' Changed since: {words}.' if words else ''} {_STALE}"


def moment_in_words(created: str, now: datetime | None = None) -> str:
    """A moment of a cell's stamp in local time; the day too if it was not today."""
    try:
        moment = datetime.fromisoformat(created).astimezone()
    except (ValueError, OverflowError):
        return "earlier"  # metadata can hold anything
    today = (now or datetime.now().astimezone()).date()
    day = "" if moment.date() == today else f"on {moment.date()} "
    return f"{day}at {moment:%H:%M}"
