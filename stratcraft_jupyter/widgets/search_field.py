"""A search whose Enter carries its text, so that it never acts on half of what was typed."""

import uuid
from collections.abc import Callable
from typing import Any

import ipywidgets

from stratcraft_jupyter.widgets.look import Look


class SearchField:
    """A field that tells what is typed into it, and what it held when Enter was pressed.

    The page sends letters one after another, each when the one before was answered; an Enter goes
    at once and overtakes them. Where the labextension runs, the Enter says what the field held.

    Args:
        look: Makes the widget.
        on_type: Called when the text has changed.
        on_enter: Called with the text when Enter was pressed.
        description: What a screen reader calls the field.
        placeholder: What the empty field says.

    Attributes:
        widget: The field.
    """

    def __init__(
        self,
        look: Look,
        on_type: Callable[[], None],
        on_enter: Callable[[str], None],
        *,
        description: str,
        placeholder: str,
    ) -> None:
        self._on_type = on_type
        self._on_enter = on_enter
        self._entered = ""
        self._late = ""
        model_id = uuid.uuid4().hex
        self.widget: Any = look.make(
            ipywidgets.Text,
            "search",
            "quiet",
            f"enters-{model_id}",  # by this class the page finds whom to tell of the Enter
            model_id=model_id,
            description=description,
            placeholder=placeholder,
            continuous_update=True,
        )
        self.widget.observe(self._changed, "value")
        self.widget.on_msg(self._pressed)

    @property
    def text(self) -> str:
        """What is searched for."""
        return str(self.widget.value).strip()

    def clear(self) -> None:
        """Empties the field, also of letters of the entered text that are still to come."""
        self._late, self._entered = self._entered, ""
        self.widget.value = ""

    def focus(self) -> None:
        """Puts the cursor into the field."""
        self.widget.focus()

    def _pressed(self, _widget: object, content: Any, _buffers: object) -> None:
        if content.get("event") != "submit":
            return
        known = str(self.widget.value)
        text = str(content.get("text", known))
        self._late = ""
        self._entered = text if text != known else ""
        if text.strip():
            self._on_enter(text.strip())

    def _changed(self, change: Any) -> None:
        text = change["new"]
        if text and text == self._late:
            self._late = ""
            self.widget.value = ""
            return
        if text:
            self._late = ""
        if text == self._entered:
            self._entered = ""
        self._on_type()
