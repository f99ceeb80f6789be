"""What is about to be sent, in full, with its price: the last look before it costs anything."""

from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.cost import shown_cost, shown_range
from stratcraft_jupyter.widgets.asking import Asking, Senders
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.model_values import Purpose, Question
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.quoting import Quote

_LIMITS = {"request": "a request", "day": "a day", "month": "a month"}


class QuestionPanel:
    """Shows prompt, tokens, price, budgets and what is vague; sends only when told to."""

    def __init__(self, state: BuilderState, look: Look, asking: Asking, senders: Senders) -> None:
        self._state = state
        self._look = look
        self._asking = asking
        self._senders = senders
        self._is_made = False
        self.widget: Any = look.box(css="question hidden")
        state.subscribe(self._show)

    def _make(self) -> None:
        """The widgets, once there is something to ask."""
        look, boundary = self._look, shows_errors(self._state)
        self._head = look.text("question-head")
        self._findings = look.text("question-findings")
        self._notes: Any = look.make(
            ipywidgets.Textarea,
            "input",
            description="Notes for the model",
            placeholder="What it should know beside the strategy; part of the prompt below.",
            continuous_update=False,
        )
        self._notes.observe(boundary(lambda change: self._note(change["new"])), "value")
        self._said = look.text("field-error")
        self._send: Any = look.button("Send", "primary", icon="paper-plane")
        self._send.on_click(boundary(lambda _: self._press()))
        cancel = look.button("Do not send", icon="times")
        cancel.on_click(boundary(lambda _: self._asking.drop()))
        self._prompt = look.text("prompt")
        buttons = look.box(self._send, cancel, css="row")
        self.widget.children = (
            self._head,
            self._findings,
            self._notes,
            self._said,
            buttons,
            self._prompt,
        )
        self._is_made = True

    def _note(self, notes: str) -> None:
        if notes == self._state.snapshot.notes:
            return
        try:
            self._asking.set_notes(notes)
            self._say("")
        except StratCraftError as error:
            self._say(str(error))

    def _say(self, said: str) -> None:
        self._said.value = f'<div role="alert">{paragraphs(said)}</div>' if said else ""

    def _press(self) -> None:
        question = self._state.snapshot.question
        if self._notes.value != self._state.snapshot.notes:
            return  # what was typed was refused; the prompt that is shown lacks it
        if question is not None:
            self._senders[question.purpose]()

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        question = new.question
        if not changed(new, old, "question", "job"):
            return
        show_only_if(self.widget, question is not None)
        if question is None:
            return
        if not self._is_made:
            self._make()
        self._send.disabled = new.job is not None or any(q.budget_fault for q in question.quotes)
        if changed(new, old, "question"):
            self._fill(question, new)

    def _fill(self, question: Question, snapshot: Snapshot) -> None:
        quotes = question.quotes
        self._head.value = head_html(
            question.purpose, quotes, snapshot.preferences.budgets, snapshot.ticked
        )
        self._findings.value = findings_html(quotes[0])
        self._prompt.value = prompt_html(quotes[0])
        if self._notes.value != snapshot.notes:
            self._notes.value = snapshot.notes
        self._say("")


def head_html(
    purpose: Purpose,
    quotes: "tuple[Quote, ...]",
    budgets: Budgets,
    ticked: tuple[str, ...] = (),
) -> str:
    """Who is asked and who is not, what it can cost, and the budgets."""
    title = "Before it is sent" if purpose == "generate" else "Before it is sent to all of them"
    rows = "".join(_row(quote) for quote in quotes)
    heads = (
        "Model",
        "Tokens in",
        "Longest answer",
        "Price of one request",
        "At most, with repairs",
        "Reasoning effort",
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    said = [budgets_in_words(budgets)]
    if purpose == "generate" and any(model != quotes[0].model for model in ticked):
        said.insert(0, "Only this model is asked. To ask all that are ticked, press Compare.")
    if any(quote.cost_range is None for quote in quotes):
        said.append("A price that is unknown is not counted as 0: it is not in any sum.")
    said.append("If checks find errors, up to 2 more requests are made to repair them.")
    if len(quotes) > 1:
        said.append(f"All {len(quotes)} models together, with repairs: {_together(quotes)}.")
    faults = [quote.budget_fault for quote in quotes if quote.budget_fault]
    told = paragraphs(faults[0].message, faults[0].hint) if faults else ""
    alerts = f'<div role="alert" class="jp-StratCraft-over">{told}</div>' if told else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<h4>{title}</h4>{table}{paragraphs(*said)}{alerts}"


def _row(quote: "Quote") -> str:
    about = "about " if quote.is_estimate else ""
    cells = (
        quote.model,
        f"{about}{quote.input_tokens:,}",
        f"{quote.output_limit:,} tokens",
        shown_range(quote.cost_range),
        shown_cost(quote.worst_cost()),
        quote.request.reasoning_effort or "the model's own",
    )
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _together(quotes: "tuple[Quote, ...]") -> str:
    """The most that all of them cost; a price that is unknown is said."""
    worst = [quote.worst_cost() for quote in quotes]
    known = [cost for cost in worst if cost is not None]
    unknown = len(worst) - len(known)
    if not known:
        return "price unknown"
    more = f", and {unknown} of unknown price" if unknown else ""
    return f"{shown_cost(sum(known, Decimal(0)))} at most{more}"


def budgets_in_words(budgets: Budgets) -> str:
    """The limits that are set."""
    limits = [
        f"{shown_cost(limit)} {words}"
        for name, words in _LIMITS.items()
        if (limit := getattr(budgets, name)) is not None
    ]
    return f"Budgets: {', '.join(limits)}." if limits else "No budget is set."


def findings_html(quote: "Quote") -> str:
    """What is vague or missing: a model would fill it by guessing."""
    if not quote.findings:
        return ""
    items = "".join(
        f"<li><b>{escape(item.code)}</b> {escape(item.message)} {escape(item.hint)}</li>"
        for item in quote.findings
    )
    return f"{paragraphs('What the model would have to guess:')}<ul>{items}</ul>"


def prompt_html(quote: "Quote") -> str:
    """The whole prompt, byte for byte, in the two parts in which it is sent."""
    size = len(quote.prompt.system.encode()) + len(quote.prompt.user.encode())
    parts = "".join(
        f"{paragraphs(title)}<pre>{escape(text)}</pre>"
        for title, text in (
            ("System: the same for every strategy", quote.prompt.system),
            ("User: this strategy", quote.prompt.user),
        )
    )
    return f"<details open><summary>The prompt in full, {size:,} bytes</summary>{parts}</details>"
