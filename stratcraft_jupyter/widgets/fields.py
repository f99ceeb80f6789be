"""One labelled input with a reset button and a line that says why a value was refused."""

from collections.abc import Callable, Sequence
from typing import Any

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.state import BuilderState


class Field:
    """Shows one value of the strategy and passes changes on.

    A refused value stays in the input, so that it can be corrected; the strategy keeps the old one.

    Args:
        state: Takes errors that are not about the value.
        look: Makes the widgets.
        control: The input; its ``value`` is watched.
        on_change: Applies a new value; raises `StratCraftError` to refuse it.
        default: Value that the reset button sets; None for no button.
    """

    def __init__(
        self,
        state: BuilderState,
        look: Look,
        control: Any,  # noqa: ANN401 - ipywidgets ships no types
        *,
        on_change: Callable[[Any], None],
        default: object = None,
    ) -> None:
        self.control = control
        self._on_change = on_change
        self._default = default
        self._known: object = control.value
        self._is_showing = False
        self._look = look
        self._error: Any = None
        self._reset: Any = None
        control.observe(shows_errors(state)(self._changed), "value")
        if default is not None:
            self._reset = look.button("", "reset", icon="undo", tooltip=f"Back to {default}")
            self._reset.on_click(shows_errors(state)(self._pressed_reset))
        parts = [control] if self._reset is None else [control, self._reset]
        self.widget: Any = look.box(*parts, css="field")

    def offer(self, options: Sequence[tuple[str, object]], value: object) -> None:
        """Shows a drop-down's value among new options."""
        if tuple(self.control.options) != tuple(options):
            self._is_showing = True  # new options select the first one for a moment
            try:
                with self.control.hold_sync():
                    self.control.options = tuple(options)
                    self.control.value = value
            finally:
                self._is_showing = False
        self.show(value)

    def show(self, value: object, *, enabled: bool = True) -> None:
        """Shows the strategy's value; what was refused before is forgotten."""
        self._known = value
        if self.control.value != value:
            self.control.value = value
        self.control.disabled = not enabled
        if self._reset is not None:
            show_only_if(self._reset, value != self._default)
        self._complain("")

    def _changed(self, change: Any) -> None:  # noqa: ANN401 - a traitlets change
        if self._is_showing:
            return
        if change["new"] == self._known:
            self._complain("")
            return
        try:
            self._on_change(change["new"])
        except StratCraftError as error:
            self._complain(str(error))

    def _pressed_reset(self, _button: object) -> None:
        self.control.value = self._default

    def _complain(self, text: str) -> None:
        if self._error is None:
            if not text:
                return
            self._error = self._look.text("field-error", "hidden")
            self.widget.children = (*self.widget.children, self._error)
        self._error.value = paragraphs(text)
        show_only_if(self._error, bool(text))
