"""The backtest's settings: symbol, dates, cash and costs. Each change is a step of the history."""

import datetime
from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.market import Bars, list_samples
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.fields import Field
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.setting_limits import NUMBER_SETTINGS, NumberSetting
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_CLOSED, _OPEN = "caret-right", "caret-down"
_SIZE_HINT = "Part of the code: press Generate after changing it."


class SettingsForm:
    """What the strategy is tried on and what trading costs."""

    def __init__(self, state: BuilderState, look: Look, *, bars: Bars | None = None) -> None:
        self._state = state
        self._look = look
        self._fields = {
            "start": self._date("First day", "start"),
            "end": self._date("Last day", "end"),
            **{setting.name: self._number(setting) for setting in NUMBER_SETTINGS},
        }
        self._fields["sizing_percent"].control.tooltip = _SIZE_HINT
        self._symbol = None if bars is not None else self._symbol_field()
        given = look.text("hint", value=paragraphs(_given(bars)) if bars is not None else "")
        first = self._symbol.widget if self._symbol else given
        fields = [field.widget for field in self._fields.values()]
        self._form = look.box(first, *fields, css="settings hidden")
        # ipywidgets' own accordion cannot be opened with the keyboard
        self._head = look.button("Backtest settings", "fold-head", icon=_CLOSED)
        self._head.on_click(shows_errors(state)(lambda _: self._fold(self._head.icon == _CLOSED)))
        self.widget: Any = look.box(self._head, self._form, css="fold")
        state.subscribe(self._show)

    def _fold(self, is_open: bool) -> None:
        self._head.icon = _OPEN if is_open else _CLOSED
        show_only_if(self._form, is_open)

    def _symbol_field(self) -> Field:
        control = self._look.make(ipywidgets.Dropdown, "input", description="Symbol", options=())
        return Field(
            self._state,
            self._look,
            control,
            place="backtest.symbol",
            on_change=self._choose_symbol,
        )

    def _choose_symbol(self, symbol: str) -> None:
        for sample in list_samples():
            if sample.name == symbol:
                actions.set_backtest(
                    self._state, source="sample", symbol=symbol, timeframe=sample.timeframe
                )
                return
        actions.set_backtest(self._state, symbol=symbol)

    def _number(self, setting: NumberSetting) -> Field:
        control = self._look.make(
            ipywidgets.Text, "input", description=setting.label, continuous_update=False
        )
        return Field(
            self._state,
            self._look,
            control,
            place=f"backtest.{setting.name}",
            on_change=lambda value: actions.set_backtest(self._state, **{setting.name: value}),
            typing=setting.typing,
        )

    def _date(self, title: str, name: str) -> Field:
        control = self._look.make(ipywidgets.DatePicker, "input", description=title)
        return Field(
            self._state,
            self._look,
            control,
            place=f"backtest.{name}",
            on_change=lambda value: self._set_date(name, value),
        )

    def _set_date(self, name: str, value: datetime.date | None) -> None:
        """Sets one day; if the other one was refused, it may fit now."""
        other = "end" if name == "start" else "start"
        waiting = self._state.snapshot.refusal_at(f"backtest.{other}")
        days: dict[str, Any] = {other: getattr(self._state.graph.backtest, other), name: value}
        if waiting is not None and _in_order(days | {other: waiting.typed}):
            days[other] = waiting.typed
        if not _in_order(days):
            raise GraphEditError(
                f"The first day must not be after the last day, {days['end']}."
                if name == "start"
                else f"The last day must not be before the first day, {days['start']}."
            )
        actions.set_backtest(self._state, **days)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        is_first = new is old
        if is_first or new.graph.backtest != old.graph.backtest:
            backtest = new.graph.backtest
            if self._symbol:
                self._symbol.offer(_symbols(backtest.symbol), backtest.symbol)
            for name, field in self._fields.items():
                field.show(getattr(backtest, name))
        if not is_first and changed(new, old, "pointed_at") and new.pointed_at is not None:
            self._lead_to(new.pointed_at.place)

    def _lead_to(self, place: str) -> None:
        if any(field.place == place for field in self._fields.values()):
            self._fold(is_open=True)  # the cursor cannot go where nothing is in sight
        for field in self._fields.values():
            field.lead_to(place)


def _in_order(days: dict[str, Any]) -> bool:
    start, end = days["start"], days["end"]
    return not (start and end and start > end)


def _symbols(present: str) -> list[tuple[str, object]]:
    """The samples, and the strategy's own symbol if it is none of them."""
    options = {sample.name: f"{sample.name}: {sample.title}" for sample in list_samples()}
    options.setdefault(present, present)
    return [(title, name) for name, title in options.items()]


def _given(bars: Bars) -> str:
    return f"Bars given in Python: {bars.symbol}, {bars.timeframe}, {len(bars):,} bars."
