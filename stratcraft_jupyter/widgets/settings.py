"""The backtest's settings: symbol, dates, cash and costs. Each change is a step of the history."""

from typing import Any

import ipywidgets

from stratcraft_jupyter.market import Bars, list_samples
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.fields import Field
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_PERCENT = 100.0
_CLOSED, _OPEN = "caret-right", "caret-down"


class SettingsForm:
    """What the strategy is tried on and what trading costs."""

    def __init__(self, state: BuilderState, look: Look, *, bars: Bars | None = None) -> None:
        self._state = state
        self._look = look
        self._symbol = None if bars is not None else self._symbol_field()
        self._start = self._field(ipywidgets.DatePicker, "First day", "start")
        self._end = self._field(ipywidgets.DatePicker, "Last day", "end")
        self._cash = self._field(ipywidgets.FloatText, "Cash at the start", "cash")
        self._commission = self._percent("Commission (% of value)", "commission")
        self._slippage = self._percent("Slippage (% of price)", "slippage")
        self._sizing = self._field(
            ipywidgets.FloatText, "Default size (% of equity)", "sizing_percent"
        )
        given = look.text("hint", value=paragraphs(_given(bars)) if bars is not None else "")
        fields = [
            self._start, self._end, self._cash, self._commission, self._slippage, self._sizing
        ]  # fmt: skip
        first = self._symbol.widget if self._symbol else given
        self._form = look.box(first, *(field.widget for field in fields), css="settings hidden")
        # ipywidgets' own accordion cannot be opened with the keyboard
        self._head = look.button("Backtest settings", "fold-head", icon=_CLOSED)
        self._head.on_click(shows_errors(state)(self._fold))
        self.widget: Any = look.box(self._head, self._form, css="fold")
        state.subscribe(self._show)

    def _fold(self, _button: object) -> None:
        is_open = self._head.icon == _OPEN
        self._head.icon = _CLOSED if is_open else _OPEN
        show_only_if(self._form, not is_open)

    def _symbol_field(self) -> Field:
        control = self._look.make(ipywidgets.Dropdown, "input", description="Symbol", options=())
        return Field(self._state, self._look, control, on_change=self._choose_symbol)

    def _choose_symbol(self, symbol: str) -> None:
        for sample in list_samples():
            if sample.name == symbol:
                actions.set_backtest(
                    self._state, source="sample", symbol=symbol, timeframe=sample.timeframe
                )
                return
        actions.set_backtest(self._state, symbol=symbol)

    def _field(self, kind: type, title: str, name: str, *, scale: float = 1.0) -> Field:
        value = getattr(self._state.graph.backtest, name)
        shown = value if scale == 1.0 else round(value * scale, 10)
        traits: dict[str, Any] = {"description": title, "value": shown}
        if kind is not ipywidgets.DatePicker:
            traits["continuous_update"] = False
        control = self._look.make(kind, "input", **traits)

        def change(value: Any) -> None:  # noqa: ANN401 - a number or a date
            stored = round(value / scale, 12) if scale != 1.0 else value
            actions.set_backtest(self._state, **{name: stored})

        return Field(self._state, self._look, control, on_change=change)

    def _percent(self, title: str, name: str) -> Field:
        return self._field(ipywidgets.FloatText, title, name, scale=_PERCENT)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "history") or (new is not old and _same(new, old)):
            return
        backtest = new.graph.backtest
        if self._symbol:
            self._symbol.offer(_symbols(backtest.symbol), backtest.symbol)
        self._start.show(backtest.start)
        self._end.show(backtest.end)
        self._cash.show(backtest.cash)
        self._commission.show(round(backtest.commission * _PERCENT, 10))
        self._slippage.show(round(backtest.slippage * _PERCENT, 10))
        self._sizing.show(backtest.sizing_percent)


def _symbols(present: str) -> list[tuple[str, object]]:
    """The samples, and the strategy's own symbol if it is none of them."""
    options = {sample.name: f"{sample.name}: {sample.title}" for sample in list_samples()}
    options.setdefault(present, present)
    return [(title, name) for name, title in options.items()]


def _same(new: Snapshot, old: Snapshot) -> bool:
    return new.graph.backtest == old.graph.backtest


def _given(bars: Bars) -> str:
    return f"Bars given in Python: {bars.symbol}, {bars.timeframe}, {len(bars):,} bars."
