"""A list of push buttons in one widget: what is pressed is reported, also when pressed again."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import ipywidgets

from stratcraft_jupyter.widgets.look import Look


class Choice(NamedTuple):
    """One button: what it stands for, its text, the text on hover, an icon's name."""

    key: str
    text: str
    tooltip: str = ""
    icon: str = ""


class ChoiceList:
    """Buttons that share one widget, so that long lists cost one message.

    Args:
        look: Makes the widget.
        on_press: Called with the key of the pressed button.
        choices: The buttons.
        title: Heading.
        css: Extra CSS classes.
    """

    def __init__(
        self,
        look: Look,
        on_press: Callable[[str], None],
        choices: Sequence[Choice] = (),
        *,
        title: str = "",
        css: str = "",
    ) -> None:
        self._on_press = on_press
        self._choices = tuple(choices)
        self._was_told = False
        self._is_marking = False
        self.widget: Any = look.make(
            ipywidgets.ToggleButtons,
            "choices",
            *css.split(),
            description=title,
            index=None,
            **_traits(self._choices),
        )
        self.widget.observe(self._chosen, "index")
        self.widget.on_msg(self._clicked)

    def fill(self, choices: Sequence[Choice]) -> None:
        """Shows these buttons."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        with self.widget.hold_sync():
            self.widget.index = None  # else ipywidgets would choose the first of the new ones
            for name, value in _traits(self._choices).items():
                setattr(self.widget, name, value)

    def mark(self, key: str | None) -> None:
        """Shows one button as chosen, without a press; None for none."""
        keys = [item.key for item in self._choices]
        index = keys.index(key) if key in keys else None
        if self.widget.index != index:
            self._is_marking = True
            try:
                self.widget.index = index
            finally:
                self._is_marking = False

    def _chosen(self, change: Any) -> None:
        """Another button than last time: the index changes, then the click follows."""
        if change["new"] is None or self._is_marking:
            return
        self._was_told = True
        self._on_press(self._choices[change["new"]].key)

    def _clicked(self, _widget: object, content: Any, _buffers: object) -> None:
        """The same button as last time: only the click tells."""
        if content.get("event") != "click":
            return
        if self._was_told:
            self._was_told = False
        elif self.widget.index is not None and self.widget.index < len(self._choices):
            self._on_press(self._choices[self.widget.index].key)


def _traits(choices: Sequence[Choice]) -> dict[str, Any]:
    return {
        "options": [(item.text, item.key) for item in choices],
        "tooltips": [item.tooltip for item in choices],
        "icons": [item.icon for item in choices],
    }
