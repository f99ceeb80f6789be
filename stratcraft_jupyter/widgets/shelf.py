"""A heading that opens and closes what is below it; that is made when it is first opened."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from stratcraft_jupyter.widgets.look import Look, show_only_if


class Shelf:
    """Something to open.

    Args:
        look: Makes the widgets.
        title: The heading.
        make: Makes what the shelf holds.
        boundary: Shows the errors of a callback.
        css: Extra CSS classes of the heading.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        make: Callable[[], Sequence[Any]],
        boundary: Callable[[Callable[..., None]], Callable[..., None]],
        *,
        css: str = "",
    ) -> None:
        self._look = look
        self._make = make
        self._body: Any = None
        self.heading: Any = look.make(
            ipywidgets.ToggleButton,
            "shelf-heading",
            *css.split(),
            description=title,
            tooltip=f"Open or close {title}",
        )
        self.heading.observe(boundary(self._toggled), "value")
        self.widget: Any = look.box(self.heading, css="shelf")

    def _toggled(self, change: Any) -> None:
        if self._body is None:
            self._body = self._look.box(*self._make(), css="shelf-body")
            self.widget.children = (self.heading, self._body)
        show_only_if(self._body, change["new"])
