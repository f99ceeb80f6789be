"""Earlier versions of the code, one click away."""

from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.history import EDITED, Version
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.code_jobs import CodeJobs
from stratcraft_jupyter.widgets.diff_html import side_by_side
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.runner import moment_in_words
from stratcraft_jupyter.widgets.snapshot import Generated, Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.versions import history_of

_NONE = ("Earlier versions", -1)


class VersionsPanel:
    """A drop-down of the versions before the present one; each is shown beside it."""

    def __init__(self, state: BuilderState, look: Look, jobs: CodeJobs) -> None:
        self._state = state
        self._look = look
        self._jobs = jobs
        self._versions: tuple[Version, ...] = ()
        self.widget: Any = look.box(css="versions hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "generated"):
            return
        earlier, problem = earlier_versions(new.generated)
        show_only_if(self.widget, bool(earlier or problem))
        if not earlier and not problem:
            return
        if not self.widget.children:
            self._make()
        self._versions = earlier
        titles = [(version_in_words(version), n) for n, version in enumerate(earlier)]
        with self._choice.hold_sync():
            self._choice.options = (_NONE, *titles)
            self._choice.value = _NONE[1]
        self._diff.value = paragraphs(problem)

    def _make(self) -> None:
        boundary = shows_errors(self._state)
        self._choice: Any = self._look.make(
            ipywidgets.Dropdown,
            "version-choice",
            "quiet",
            description="Earlier versions",
            options=(_NONE,),
        )
        self._choice.observe(boundary(lambda change: self._compare(change["new"])), "value")
        self._back: Any = self._look.button(
            "Put this version into a cell", "hidden", icon="history"
        )
        self._back.on_click(boundary(lambda _: self._bring_back()))
        self._diff = self._look.text("version-diff")
        row = self._look.box(self._choice, self._back, css="row")
        self.widget.children = (row, self._diff)

    def _compare(self, number: int) -> None:
        code = self._state.snapshot.generated
        is_chosen = 0 <= number < len(self._versions)
        show_only_if(self._back, is_chosen)
        shown = ""
        if code is not None and is_chosen:
            version = self._versions[number]
            title = version_in_words(version)
            shown = side_by_side(version.source, code.source, title, "The present code")
        self._diff.value = shown

    def _bring_back(self) -> None:
        if 0 <= self._choice.value < len(self._versions):
            self._jobs.bring_back(self._versions[self._choice.value])


def earlier_versions(code: Generated | None) -> tuple[tuple[Version, ...], str]:
    """All versions but the present one, newest first; and why there are none, if that is news."""
    if code is None:
        return (), ""
    try:
        versions = history_of(code).versions
    except StratCraftError as error:
        return (), str(error)
    return tuple(v for v in reversed(versions) if v.source != code.source), ""


def version_in_words(version: Version) -> str:
    """When it was made, by whom, and how long it is."""
    made = "edited by hand" if version.origin == EDITED else version.model or version.origin
    draft = ", draft" if version.is_draft else ""
    lines = len(version.source.splitlines())
    when = moment_in_words(version.created).removeprefix("at ").removeprefix("on ")
    return f"{when}, {made}, {lines} lines{draft}"
