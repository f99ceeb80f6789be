"""One labelled input with a reset button and a line that says why a value was refused."""

from collections.abc import Callable, Sequence
from typing import Any

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.refusal import Refusal
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.typed import AS_IS, Typing


class Field:
    """Shows one value of the strategy and passes changes on.

    A refused value stays in the input until it is corrected; the strategy keeps the old one, and
    the state knows, so that nothing is generated or run meanwhile.

    Args:
        state: Takes refusals, and errors that are not about the value.
        look: Makes the widgets.
        control: The input; its ``value`` is watched.
        place: What of the strategy it shows, see `graph_value`.
        on_change: Applies a new value; raises `StratCraftError` to refuse it.
        default: Value that the reset button sets; None for a button only while a value is refused.
        typing: How what is typed becomes a value.
    """

    def __init__(
        self,
        state: BuilderState,
        look: Look,
        control: Any,
        *,
        place: str,
        on_change: Callable[[Any], None],
        default: object = None,
        typing: Typing = AS_IS,
    ) -> None:
        self.control = control
        self.place = place
        self._state = state
        self._on_change = on_change
        self._default = default
        self._typing = typing
        self._known: object = None
        self._finding = ""
        self._is_showing = False
        self._look = look
        self._error: Any = None
        self._reset: Any = None
        control.observe(shows_errors(state)(self._changed), "value")
        self.widget: Any = look.box(control, css="field")
        if default is not None:
            self._add_reset()

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

    def show(self, value: object, *, enabled: bool = True, finding: str = "") -> None:
        """Shows the strategy's value, or what was typed in its place and refused.

        Args:
            value: The strategy's value.
            enabled: Whether it has an effect.
            finding: What is wrong with the value that the strategy has.
        """
        self._known = value
        self._finding = finding
        if not enabled:  # a value without effect need not be corrected
            self._state.accept(self.place)
        refusal = self._state.snapshot.refusal_at(self.place)
        self._put(refusal.typed if refusal else self._typing.write(value))
        self.control.disabled = not enabled
        self._complain(refusal)

    def lead_to(self, place: str) -> bool:
        """Puts the cursor here if this is the field of a place; whether it is."""
        if place == self.place:
            self.control.focus()
        return place == self.place

    def _put(self, text: object) -> None:
        if self.control.value != text:
            self._is_showing = True
            try:
                self.control.value = text
            finally:
                self._is_showing = False

    def _changed(self, change: Any) -> None:
        if not self._is_showing:
            self._take(change["new"])

    def _take(self, typed: object) -> None:
        try:
            value = self._typing.read(typed)
            if value != self._known:
                self._on_change(value)
        except StratCraftError as error:
            self._state.refuse(self.place, typed, str(error))
        else:
            self._state.accept(self.place)
        self.show(self._known, enabled=not self.control.disabled, finding=self._finding)

    def _pressed_reset(self, _button: object) -> None:
        refused = self._state.snapshot.refusal_at(self.place) is not None
        self._take(self._typing.write(self._known if refused else self._default))

    def _add_reset(self) -> None:
        self._reset = self._look.button("", "reset", icon="undo")
        self._reset.on_click(shows_errors(self._state)(self._pressed_reset))
        self.widget.children = (self.control, self._reset)

    def _complain(self, refusal: Refusal | None) -> None:
        """The message below the input, and the button that ends it."""
        said = refusal.message if refusal else self._finding
        if self._error is None and said:
            if self._reset is None:
                self._add_reset()
            self._error = self._look.text("field-error", "hidden")
            self.widget.children = (*self.widget.children, self._error)
        if self._error is not None:
            self._error.value = f'<div role="alert">{paragraphs(said)}</div>' if said else ""
            show_only_if(self._error, bool(said))
        if self._reset is not None:
            has_other = self._default is not None and self._known != self._default
            if refusal or has_other:
                back = self._known if refusal else self._default
                self._reset.tooltip = f"Back to {_in_words(self._typing.write(back))}"
            show_only_if(self._reset, refusal is not None or has_other)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "nothing" if value is None or value == "" else str(value)
