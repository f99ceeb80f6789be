"""How far each model is: stages, seconds, tokens, cost; and what each attempt came to."""

from html import escape
from typing import Any

from stratcraft_jupyter.generation.attempt_words import OUTCOME_WORDS
from stratcraft_jupyter.generation.result import BUILTIN, Attempt
from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.model_values import Live
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.watching import STAGE_WORDS, stage_in_words

_ENDS = {
    "done": "Done",
    "findings": "Done, with errors left",
    "failed": "Failed",
    "cancelled": "Cancelled",
}


class LivePanel:
    """One line a model while it works, and its attempts."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._numbers = look.text("progress-lines")
        self._attempts = look.text("attempts")
        self.widget: Any = look.box(self._numbers, self._attempts, css="live-panel hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "live"):
            return
        show_only_if(self.widget, bool(new.live))
        self._numbers.value = "".join(live_html(live) for live in new.live)
        before = {live.model: live.attempts for live in old.live}
        is_new = any(before.get(live.model) != live.attempts for live in new.live)
        if new is old or is_new or len(new.live) != len(old.live):
            self._attempts.value = "".join(attempts_html(live) for live in new.live)


def live_html(live: Live) -> str:
    """The stages with the present one marked, the numbers, and what one should know."""
    facts = [f"{live.elapsed:.1f} s", tokens_in_words(live.usage)]
    if live.tokens_per_second is not None and live.outcome is None:
        facts.append(f"{live.tokens_per_second:,.0f} tokens/s")
    so_far = " so far" if live.outcome is None else ""
    facts.append(f"cost{so_far}: {shown_cost(live.cost, is_partial=live.is_partial)}")
    numbers = escape(" · ".join(facts))
    notices = paragraphs(*live.notices, live.message)
    tail = f"<pre>{escape(live.tail)}</pre>" if live.tail else ""
    title = f"<b>{escape(title_of(live.model))}</b>"
    return (
        f'<div class="jp-StratCraft-live-model">{title} {stages_html(live)}'
        f'<span class="jp-StratCraft-live-numbers">{numbers}</span>{notices}{tail}</div>'
    )


def title_of(model: str) -> str:
    """The name of a model on screen."""
    return "Built-in compiler" if model == BUILTIN else model


def stages_html(live: Live) -> str:
    """All stages in a row; the present one is marked for eyes and for screen readers."""
    end = _ENDS[live.outcome] if live.outcome else ""
    words = {
        name: stage_in_words(name, live.attempt, live.of)
        if name == "repairing" and live.attempt > 1
        else word
        for name, word in STAGE_WORDS.items()
    }
    steps = [
        f"<li{_mark(not end and name == live.stage)}>{escape(word)}</li>"
        for name, word in words.items()
        if name != "repairing" or live.attempt > 1
    ]
    last = f"<li{_mark(bool(end))}>{escape(end or 'Done')}</li>"
    return f'<ol class="jp-StratCraft-stages">{"".join(steps)}{last}</ol>'


def _mark(is_present: bool) -> str:
    return ' aria-current="step"' if is_present else ""


def tokens_in_words(usage: Usage) -> str:
    """Tokens in and out, with what of them is cached or reasoning."""
    about = "about " if usage.is_estimate else ""
    cached = f" ({usage.cached_input_tokens:,} cached)" if usage.cached_input_tokens else ""
    thought = f" ({usage.reasoning_tokens:,} reasoning)" if usage.reasoning_tokens else ""
    return f"{about}{usage.input_tokens:,} tokens in{cached}, {usage.output_tokens:,} out{thought}"


def attempts_html(live: Live) -> str:
    """Every attempt that is over: why it was made, what came of it, what it cost."""
    if not live.attempts:
        return ""
    items = "".join(_attempt_html(attempt) for attempt in live.attempts)
    count = len(live.attempts)
    title = "1 attempt" if count == 1 else f"{count} attempts"
    return f"<details><summary>{title} of {escape(live.model)}</summary>{items}</details>"


def _attempt_html(attempt: Attempt) -> str:
    outcome = OUTCOME_WORDS[attempt.outcome]
    cost = shown_cost(attempt.cost, is_partial=attempt.is_partial)
    head = (
        f"Attempt {attempt.number}: {outcome}. {attempt.seconds:.1f} s, "
        f"{tokens_in_words(attempt.usage)}, {cost}."
    )
    why = f"Why it was made: {attempt.reason}" if attempt.reason else ""
    found = [f"{_line(item.line)}{item.message} {item.hint}" for item in attempt.errors]
    failed = f"{attempt.fault.message} {attempt.fault.hint}" if attempt.fault else ""
    diff = _folded("What changed", attempt.diff)
    answer = _folded("The answer as it arrived", attempt.text)
    return f"<section>{paragraphs(head, why, failed, *found)}{diff}{answer}</section>"


def _line(line: int | None) -> str:
    return f"Line {line}: " if line else ""


def _folded(title: str, text: str) -> str:
    if not text:
        return ""
    return f"<details><summary>{title}</summary><pre>{escape(text)}</pre></details>"
