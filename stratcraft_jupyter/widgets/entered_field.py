"""A text field whose text comes with the Enter or the button that confirms it."""

import uuid
from collections.abc import Callable
from typing import Any

from stratcraft_jupyter.widgets.look import Look

Guard = Callable[[Callable[..., object]], Callable[..., None]]


class EnteredField:
    """A field and the button that confirms it, so that neither acts on half of what was typed.

    The page sends letters one after another, each when the one before was answered; an Enter or a
    click goes at once and overtakes them. Where the labextension runs, both say what the field
    held.

    Args:
        look: Makes the widgets.
        guard: Shows the errors of callbacks.
        kind: The kind of text widget.
        classes: CSS classes of the field.
        on_enter: Called with the text, and whether the button was pressed.
        text: What the button says.
        icon: The button's icon.
        is_primary: Whether the button stands out.
        traits: Further traits of the field.

    Attributes:
        widget: The field.
        button: The button.
    """

    def __init__(
        self,
        look: Look,
        guard: Guard,
        kind: type,
        *classes: str,
        on_enter: Callable[[str, bool], None],
        text: str,
        icon: str,
        is_primary: bool = False,
        **traits: Any,
    ) -> None:
        self._on_enter = on_enter
        model_id = uuid.uuid4().hex
        self.widget: Any = look.make(
            kind,
            *classes,
            f"enters-{model_id}",  # by this class the page finds whom to tell
            model_id=model_id,
            continuous_update=True,
            **traits,
        )
        self.widget.on_msg(guard(self._received))
        looks = ("primary",) if is_primary else ()
        self.button: Any = look.button(text, *looks, f"confirms-{model_id}", icon=icon)
        self.button.on_click(guard(lambda _: on_enter(str(self.widget.value), True)))

    def _received(self, _widget: object, content: Any, _buffers: object) -> None:
        if content.get("event") == "submit":
            text = str(content.get("text", self.widget.value))
            self.widget.value = text  # letters that are still to come change nothing then
            self._on_enter(text, content.get("by") == "button")
