"""A list of push buttons in one widget: what is pressed is reported, also when pressed again."""

import uuid
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, NamedTuple

import ipywidgets

from stratcraft_jupyter.widgets.look import Look, css

_REMEMBERED = 8
"""Fills of a list that a press may still mean: more are never on their way at once."""


class Choice(NamedTuple):
    """One button: what it stands for, its text, the text on hover, an icon's name."""

    key: str
    text: str
    tooltip: str = ""
    icon: str = ""


class _Fill(NamedTuple):
    """What a list showed at a time, and what it was about."""

    choices: tuple[Choice, ...]
    about: str = ""


class ChoiceList:
    """Buttons that share one widget, so that long lists cost one message.

    ipywidgets tells the place that was pressed and nothing of what stood there, and it sends that
    later than what is pressed next. Where the labextension runs, the page says of which fill which
    entry was pressed; a press on what is no longer offered does nothing.

    Args:
        look: Makes the widget.
        on_press: Called with the key of the pressed button.
        choices: The buttons.
        title: Heading.
        classes: Extra CSS classes.
    """

    def __init__(
        self,
        look: Look,
        on_press: Callable[[str], None],
        choices: Sequence[Choice] = (),
        *,
        title: str = "",
        classes: str = "",
    ) -> None:
        self._on_press = on_press
        self._numbers = count(1)
        self._number = 0
        self._fills = {0: _Fill(tuple(choices))}
        self._pressed_fill = 0
        self._was_told = False
        self._is_marking = False
        model_id = uuid.uuid4().hex
        self.widget: Any = look.make(
            ipywidgets.ToggleButtons,
            "choices",
            f"chooses-{model_id}",  # by this class the page finds whom to tell
            _fill_class(0),
            *classes.split(),
            model_id=model_id,
            description=title,
            index=None,
            **_traits(self._choices),
        )
        self.widget.observe(self._chosen, "index")
        self.widget.on_msg(self._clicked)

    def fill(self, choices: Sequence[Choice], about: str = "") -> None:
        """Shows these buttons.

        Args:
            choices: The buttons.
            about: What they are offered for. A press on an earlier fill counts only if it offered
                the same button for the same.
        """
        before, now = self._fills[self._number], _Fill(tuple(choices), about)
        if now == before:
            return
        old, self._number = self._number, next(self._numbers)
        self._fills[self._number] = now
        self._fills.pop(self._number - _REMEMBERED, None)
        classes = [name for name in self.widget._dom_classes if name != css(_fill_class(old))[0]]
        with self.widget.hold_sync():
            self.widget._dom_classes = (*classes, *css(_fill_class(self._number)))
            if now.choices != before.choices:
                self.widget.index = None  # else ipywidgets would choose the first of the new ones
                for name, value in _traits(now.choices).items():
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

    @property
    def _choices(self) -> tuple[Choice, ...]:
        return self._fills[self._number].choices

    def _chosen(self, change: Any) -> None:
        """Another button than last time: the index changes, then the click follows."""
        if change["new"] is None or self._is_marking:
            return
        self._was_told = True
        self._on_press(self._choices[change["new"]].key)

    def _clicked(self, _widget: object, content: Any, _buffers: object) -> None:
        if content.get("event") == "press":
            self._pressed(content)
        elif content.get("event") == "click":
            self._clicked_again()

    def _clicked_again(self) -> None:
        """The same button as last time, where the labextension does not run."""
        if self._was_told:
            self._was_told = False
        elif self.widget.index is not None and self.widget.index < len(self._choices):
            self._on_press(self._choices[self.widget.index].key)

    def _pressed(self, content: Any) -> None:
        """A button as the page showed it."""
        number, at = content.get("fill"), content.get("index")
        shown, now = self._fills.get(number), self._fills[self._number]
        if shown is None or not isinstance(at, int) or not 0 <= at < len(shown.choices):
            return
        # what the first click of a double-click brought up is not meant by the second
        if content.get("clicks", 1) > 1 and number != self._pressed_fill:
            return
        self._pressed_fill = number
        if shown.about == now.about and shown.choices[at] in now.choices:
            self._on_press(shown.choices[at].key)


def _fill_class(number: int) -> str:
    return f"fill-{number}"


def _traits(choices: Sequence[Choice]) -> dict[str, Any]:
    return {
        "options": [(item.text, item.key) for item in choices],
        "tooltips": [item.tooltip for item in choices],
        "icons": [item.icon for item in choices],
    }
