"""Whether the code does what the strategy says: in a line, with details, or with the difference."""

from typing import Any

from stratcraft_jupyter.verify.difference import Difference
from stratcraft_jupyter.verify.report_html import details_html, difference_html
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.generating import Generating
from stratcraft_jupyter.widgets.look import Look, close_tree, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.verified import (
    Verified,
    headline,
    is_earlier,
    is_outdated,
    is_repaired,
    who_repairs,
)
from stratcraft_jupyter.widgets.verifying import Verifying

_SIGNS = {"good": "✓", "bad": "✗", "open": "○", "busy": "…"}
_DRAFT_KEPT = "It is in the notebook as a draft that stops when it is run."


class VerificationPanel:
    """Shows the verification of the present code, and what can be done about a difference."""

    def __init__(
        self, state: BuilderState, look: Look, verifying: Verifying, generating: Generating
    ) -> None:
        boundary = shows_errors(state)
        self._look = look
        self._line = look.text("verified-line")
        self._verify = look.button(
            "Verify", icon="check", tooltip="Hold the code to the strategy, order by order"
        )
        self._verify.on_click(boundary(lambda _: verifying.press()))
        self._cancel = look.button(
            "Stop verifying", icon="stop", tooltip="The code stays as it is, not verified"
        )
        self._cancel.on_click(boundary(lambda _: verifying.cancel()))
        self._fix = look.button("Ask the model to fix it", "primary", icon="wrench")
        self._fix.on_click(boundary(lambda _: generating.fix()))
        self._insert = look.button(
            "Insert anyway as a draft",
            icon="file-o",
            tooltip="Into a cell whose first line keeps it from being run by mistake",
        )
        self._insert.on_click(boundary(lambda _: generating.insert_draft()))
        self._note = look.text("hint", "hidden")
        self._difference = look.box(css="difference hidden")
        self._details = look.text("verified-details", "hidden")
        self._shown: Difference | None = None
        buttons = (self._fix, self._insert, self._verify, self._cancel)
        head = look.box(self._line, *buttons, css="verified-head")
        self.widget: Any = look.box(
            head, self._note, self._difference, self._details, css="verified hidden"
        )
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "verified", "generated", "history", "job", "model") and (
            is_earlier(new) == is_earlier(old)
        ):
            return
        said = headline(new)
        show_only_if(self.widget, bool(said))
        if not said:
            return
        verified = _shown(new)
        self._say(new, said, verified)
        self._show_buttons(new, verified)
        report = verified.report if verified is not None else None
        self._show_difference(report.first_difference if report is not None else None)
        details = "" if report is None else details_html(report)
        self._set(
            self._details, details and f"<details><summary>Details</summary>{details}</details>"
        )

    def _say(self, snapshot: Snapshot, said: str, verified: Verified | None) -> None:
        kind = _kind(snapshot, verified)
        line = (
            f'<div role="status" class="jp-StratCraft-verified-{kind}">'
            f'<span aria-hidden="true">{_SIGNS[kind]}</span> {paragraphs(said, tag="span")}</div>'
        )
        if self._line.value != line:
            self._line.value = line

    def _show_buttons(self, snapshot: Snapshot, verified: Verified | None) -> None:
        is_going_on = snapshot.verified is not None and bool(snapshot.verified.step)
        is_undecided = verified is not None and verified.is_undecided
        code = snapshot.generated
        can_verify = code is not None and not code.is_draft and not is_undecided
        show_only_if(self._cancel, is_going_on)
        is_open = verified is None or verified.report is None
        show_only_if(self._verify, can_verify and not is_going_on and is_open)
        can_decide = verified is not None and not is_repaired(snapshot)
        model = who_repairs(snapshot) if can_decide else ""
        show_only_if(self._fix, bool(model))
        self._fix.tooltip = f"Send {model} the code and this difference" if model else ""
        show_only_if(self._insert, is_undecided and can_decide)
        for button in (self._fix, self._insert, self._verify):
            button.disabled = snapshot.job is not None
        kept = verified is not None and bool(verified.draft) and not is_undecided
        self._set(self._note, paragraphs(_DRAFT_KEPT) if kept else "")

    def _show_difference(self, difference: Difference | None) -> None:
        show_only_if(self._difference, difference is not None)
        if difference is None or difference is self._shown:
            return
        from stratcraft_jupyter.widgets.charts.difference import (  # brings bqplot
            difference_chart,
            legend_html,
        )

        self._shown = difference
        parts = [self._look.text("difference-words", value=difference_html(difference))]
        if difference.window:
            legend = self._look.text("difference-legend", value=legend_html(difference))
            parts[:0] = [legend, difference_chart(difference)]
        before, self._difference.children = self._difference.children, tuple(parts)
        for widget in before:
            close_tree(widget)

    def _set(self, text: Any, value: str) -> None:
        if text.value != value:
            text.value = value
        show_only_if(text, bool(value))


def _shown(snapshot: Snapshot) -> Verified | None:
    """The verification if it is over, and about the present code and strategy."""
    verified = snapshot.verified
    if verified is None or verified.step or is_outdated(snapshot):
        return None
    return verified if verified.is_undecided or verified.is_of(snapshot.generated) else None


def _kind(snapshot: Snapshot, verified: Verified | None) -> str:
    """Whether it is good, bad, not known, or going on: a sign and a colour for each."""
    if snapshot.verified is not None and snapshot.verified.step:
        return "busy"
    if verified is None or verified.report is None:
        return "open"
    if not verified.report.ok:
        return "bad"
    return "open" if is_earlier(snapshot) else "good"
