"""Edits by hand and new code side by side; every hunk can be taken or left."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any

import ipywidgets

from stratcraft_jupyter.codegen.merge import Choice, Hunk, Merge
from stratcraft_jupyter.widgets import merging
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.code_jobs import CodeJobs
from stratcraft_jupyter.widgets.diff_html import CONTEXT, side_by_side
from stratcraft_jupyter.widgets.look import Look, close_tree, paragraphs, show_only_if
from stratcraft_jupyter.widgets.model_values import Proposal
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_OFFER = "The cell that you edited is kept. Your edits can be merged into the new code."
_NO_BASE = "The code before your edits is not known, so every difference is shown; yours is chosen."
_WHAT = {
    "mine": "Only you changed this.",
    "theirs": "Only the new code changed this.",
    "conflict": "Both changed this in different ways: choose.",
}
_MINE: tuple[str, Choice] = ("Mine", "mine")
_THEIRS: tuple[str, Choice] = ("New code", "theirs")
_BOTH: tuple[str, Choice] = ("Mine, then new", "mine_theirs")


class MergePanel:
    """Offers a merge after a cell edited by hand was generated anew."""

    def __init__(self, state: BuilderState, look: Look, jobs: CodeJobs) -> None:
        self._state = state
        self._look = look
        self._jobs = jobs
        self._merge: object = None
        self._buttons: dict[int, Any] = {}
        self.widget: Any = look.box(css="merge hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        proposal = new.proposal
        if not changed(new, old, "proposal"):
            return
        show_only_if(self.widget, proposal is not None)
        if proposal is None:
            self._merge = None
            return
        is_other = proposal.merge is not self._merge
        was_open = old.proposal is not None and old.proposal.is_open
        if is_other or proposal.is_open != was_open:
            self._merge = proposal.merge
            self._fill(proposal)
        self._result.value = _result_html(proposal)

    def _fill(self, proposal: Proposal) -> None:
        look, boundary = self._look, shows_errors(self._state)
        told = (_OFFER,) if proposal.has_base else (_OFFER, _NO_BASE)
        look_at = look.button(
            "Hide the changes" if proposal.is_open else "Compare and merge", icon="columns"
        )
        look_at.on_click(boundary(lambda _: merging.set_open(self._state, not proposal.is_open)))
        leave = look.button("Keep both cells as they are", icon="times")
        leave.on_click(boundary(lambda _: self._state.update(proposal=None)))
        self._result: Any = look.text("merge-result")
        parts = [
            look.text("hint", value=paragraphs(*told)),
            look.box(look_at, leave, css="row"),
        ]
        if proposal.is_open:
            insert = look.button(
                "Put the merged code into the new cell", "primary", icon="code-fork"
            )
            insert.on_click(boundary(lambda _: self._jobs.insert_merged()))
            hunks = [self._hunk(proposal, n) for n in merging.changed_hunks(proposal.merge)]
            parts += [*hunks, self._result, insert]
        before, self.widget.children = self.widget.children, tuple(parts)
        for widget in before:
            close_tree(widget)

    def _hunk(self, proposal: Proposal, number: int) -> Any:
        """One difference, and what is taken of it."""
        hunk = proposal.merge.hunks[number]
        options = (_MINE, _THEIRS, _BOTH) if hunk.kind == "conflict" else (_MINE, _THEIRS)
        is_open = hunk.kind == "conflict" and number not in proposal.choices
        choice = self._look.make(
            ipywidgets.ToggleButtons,
            "hunk-choice",
            options=options,
            value=None if is_open else merging.taken(proposal, number),
            description=f"Change {merging.changed_hunks(proposal.merge).index(number) + 1}",
        )
        act = partial(self._taken, number)
        choice.observe(shows_errors(self._state)(act), "value")
        return self._look.box(
            self._look.text("hunk-text", value=hunk_html(proposal.merge, number)),
            choice,
            css="hunk",
        )

    def _taken(self, number: int, change: Any) -> None:
        if change["new"] is not None:
            merging.take(self._state, number, change["new"])


def hunk_html(merged: Merge, number: int) -> str:
    """One difference with what is around it: your cell on the left, the new code on the right."""
    hunk, before = merged.hunks[number], merged.hunks[:number]
    head = _edge(before[-1:], last=True)
    foot = _edge(merged.hunks[number + 1 : number + 2], last=False)
    starts = (
        sum(len(item.mine.splitlines()) for item in before) - len(head.splitlines()),
        sum(len(item.theirs.splitlines()) for item in before) - len(head.splitlines()),
    )
    left, right = (f"{head}{text}{foot}" for text in (hunk.mine, hunk.theirs))
    what = paragraphs(_WHAT.get(hunk.kind, ""))
    return what + side_by_side(left, right, "Your cell", "New code", starts=starts)


def _edge(beside: Sequence[Hunk], *, last: bool) -> str:
    """A few lines beside a difference, where both are the same."""
    lines = beside[0].mine.splitlines(keepends=True) if beside and _is_same(beside[0]) else []
    return "".join(lines[-CONTEXT:] if last else lines[:CONTEXT])


def _is_same(hunk: Hunk) -> bool:
    return hunk.mine == hunk.theirs


def _result_html(proposal: Proposal) -> str:
    waiting = len(proposal.merge.open_conflicts(proposal.choices))
    said = f"{waiting} to choose" if waiting else "nothing left to choose"
    return (
        f"<details><summary>The merged code ({said})</summary>"
        f"<pre>{escape(proposal.text)}</pre></details>"
    )
