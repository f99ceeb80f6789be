"""How the builder looks: its style sheet, and widgets that share their layout and style objects."""

import html
from functools import cache
from importlib.resources import files
from typing import Any

import ipywidgets

_PREFIX = "jp-StratCraft-"


@cache
def style_sheet() -> str:
    """The CSS of the builder; colours come from the theme's variables only."""
    sheets = (
        files(__package__).joinpath(name)
        for name in ("builder.css", "start.css", "models.css", "verified.css", "table.css")
    )
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


class Look:
    """Makes widgets for one builder.

    Each ipywidget brings a layout and a style model of its own, two more messages a widget. Here
    size and place come from CSS classes, so all widgets share one layout and one style a type.
    """

    def __init__(self) -> None:
        self._layout: Any = ipywidgets.Layout()
        self._styles: dict[type, Any] = {}

    def make(self, kind: type, *classes: str, **traits: Any) -> Any:
        """A widget of a type, with CSS classes given without their prefix."""
        if kind.class_traits().get("style") is not None:  # type: ignore[attr-defined]  # HasTraits
            style = kind.class_traits()["style"].klass  # type: ignore[attr-defined]  # HasTraits
            if style not in self._styles:
                self._styles[style] = style()
            traits.setdefault("style", self._styles[style])
        traits.setdefault("layout", self._layout)
        return kind(_dom_classes=css(*classes), **traits)

    def box(self, *children: Any, css: str) -> Any:
        """A box whose arrangement is up to the style sheet."""
        return self.make(ipywidgets.Box, *css.split(), children=children)

    def button(self, text: str, *classes: str, icon: str = "", tooltip: str = "") -> Any:
        """A push button."""
        return self.make(
            ipywidgets.Button, "button", *classes, description=text, icon=icon, tooltip=tooltip
        )

    def text(self, *classes: str, value: str = "") -> Any:
        """A place for HTML made by :func:`paragraphs`."""
        return self.make(ipywidgets.HTML, "text", *classes, value=value)


def css(*classes: str) -> tuple[str, ...]:
    """Full names of our CSS classes."""
    return tuple(f"{_PREFIX}{name}" for name in classes)


def paragraphs(*texts: str, tag: str = "p") -> str:
    """Plain texts as HTML, one element each; nothing in them is taken for markup."""
    return "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts if text)


def is_shown(widget: Any) -> bool:
    """Whether a widget is in sight, as far as it is up to itself."""
    return css("hidden")[0] not in widget._dom_classes


def show_only_if(widget: Any, condition: bool) -> None:
    """Shows a widget or takes it out of sight, in one message and only when that changes."""
    if condition != is_shown(widget):
        (widget.remove_class if condition else widget.add_class)(css("hidden")[0])


def close_tree(widget: Any) -> None:
    """Closes a widget that is no longer shown, with all below it."""
    for child in getattr(widget, "children", ()):
        close_tree(child)
    widget.close()
