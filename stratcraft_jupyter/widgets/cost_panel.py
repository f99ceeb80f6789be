"""What models cost: spend by model and strategy, and the budgets that stop it."""

import asyncio
from decimal import Decimal
from html import escape
from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.providers.budget import day_start, month_start
from stratcraft_jupyter.providers.ledger import Ledger, LedgerError, SpentOn
from stratcraft_jupyter.widgets import preferring
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.live_panel import tokens_in_words
from stratcraft_jupyter.widgets.look import Look, is_shown, paragraphs, show_only_if
from stratcraft_jupyter.widgets.model_values import Costs
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.work import Work

_PERIODS = {"request": "A request, USD", "day": "A day, USD", "month": "A month, USD"}
_NO_LIMIT = "no limit"


class CostPanel:
    """Opens below the toolbar; reads the ledger when it is opened and after each job.

    Attributes:
        button: Opens and closes it.
        widget: The panel.
    """

    def __init__(self, state: BuilderState, look: Look, work: Work) -> None:
        self._state = state
        self._look = look
        self._work = work
        self._fields: dict[str, Any] = {}
        self._is_showing = False
        self.button: Any = look.button(
            "Cost", icon="usd", tooltip="What models cost so far, and budgets"
        )
        self.button.on_click(shows_errors(state)(lambda _: self._fold()))
        self.widget: Any = look.box(css="costs hidden")

    def _fold(self) -> None:
        if not self.widget.children:
            self._make()
        show_only_if(self.widget, not is_shown(self.widget))
        if is_shown(self.widget):
            self._work.in_background(self._read)

    def _make(self) -> None:
        look, boundary = self._look, shows_errors(self._state)
        self._spent = look.text("spent")
        for period, title in _PERIODS.items():
            field = look.make(
                ipywidgets.Text,
                "input",
                description=title,
                placeholder=_NO_LIMIT,
                continuous_update=False,
            )
            field.observe(boundary(self._setter(period)), "value")
            self._fields[period] = field
        self._unknown: Any = look.make(
            ipywidgets.Checkbox,
            "check",
            description="Allow models of unknown price although a budget is set",
            indent=False,
        )
        self._unknown.observe(boundary(self._allow), "value")
        self._said = look.text("field-error")
        title = look.text(value="<h4>Budgets</h4>")
        limits = look.box(*self._fields.values(), css="settings")
        budgets = look.box(title, limits, self._unknown, self._said, css="form")
        self.widget.children = (self._spent, budgets)
        self._state.subscribe(self._show)

    def _setter(self, period: str) -> Any:
        def typed(change: Any) -> None:
            if self._is_showing:
                return
            try:
                preferring.set_budget(self._state, period, change["new"])
                self._say("")
            except StratCraftError as error:
                self._say(str(error))

        return typed

    def _allow(self, change: Any) -> None:
        if not self._is_showing:
            preferring.allow_unknown_price(self._state, change["new"])

    def _say(self, said: str) -> None:
        self._said.value = f'<div role="alert">{paragraphs(said)}</div>' if said else ""

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "preferences"):
            self._show_budgets(new)
        if changed(new, old, "costs") and new.costs is not None:
            self._spent.value = costs_html(new.costs)
        has_ended = new.job is None and old.job is not None
        if has_ended and is_shown(self.widget):
            self._work.in_background(self._read)

    def _show_budgets(self, snapshot: Snapshot) -> None:
        budgets = snapshot.preferences.budgets
        self._is_showing = True
        try:
            for period, field in self._fields.items():
                limit: Decimal | None = getattr(budgets, period)
                field.value = "" if limit is None else f"{limit:f}"
            self._unknown.value = budgets.allow_unknown_price
        finally:
            self._is_showing = False

    async def _read(self) -> None:
        preferring.refresh(self._state)
        self._state.update(costs=await asyncio.to_thread(read_costs))


def read_costs(ledger: Ledger | None = None) -> Costs:
    """What the ledger says now."""
    ledger = ledger or Ledger()
    try:
        return Costs(
            today=ledger.spent(day_start()),
            month=ledger.spent(month_start()),
            all=ledger.spent(),
            models=ledger.by_model(month_start()),
            strategies=ledger.by_strategy(month_start()),
        )
    except LedgerError as error:
        return Costs(problem=str(error))


def costs_html(costs: Costs) -> str:
    """The sums, then by model and by strategy."""
    if costs.problem:
        return f'<div role="alert">{paragraphs(costs.problem)}</div>'
    rows = {"Today": costs.today, "This month": costs.month, "In all": costs.all}
    body = "".join(
        f'<tr><th scope="row">{title}</th><td>{escape(spent.with_held())}</td>'
        f"<td>{_requests(spent.count)}</td></tr>"
        for title, spent in rows.items()
    )
    return (
        f"<h4>Spent on models</h4><table><tbody>{body}</tbody></table>"
        f"{_by('This month by model', costs.models)}"
        f"{_by('This month by strategy', costs.strategies)}"
    )


def _by(title: str, items: tuple[SpentOn, ...]) -> str:
    if not items:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(item.name)}</th><td>{escape(item.spent.with_held())}</td>'
        f"<td>{_requests(item.spent.count)}</td><td>{escape(tokens_in_words(item.usage))}</td></tr>"
        for item in items[:20]
    )
    return f"{paragraphs(title)}<table><tbody>{rows}</tbody></table>"


def _requests(count: int) -> str:
    return "1 request" if count == 1 else f"{count:,} requests"
