"""A line that shows what went wrong in a callback, which Jupyter itself would keep silent."""

import functools
import logging
from collections.abc import Callable
from html import escape
from typing import Any, ParamSpec

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.widgets.look import Look

P = ParamSpec("P")

Guard = Callable[[Callable[..., Any]], Callable[..., None]]
"""Wraps a callback so that its errors are shown somewhere instead of getting lost."""

_log = logging.getLogger(__name__)


class ErrorLine:
    """Shows the last error of the callbacks it guards, until one of them succeeds.

    Attributes:
        widget: The line to display; empty while all is well.
    """

    def __init__(self, look: Look) -> None:
        self.widget = look.text()

    def guard(self, callback: Callable[P, Any]) -> Callable[P, None]:
        """``callback``, with its errors shown here and logged."""

        @functools.wraps(callback)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                callback(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - the boundary: shown and logged
                _log.exception("A results callback failed")
                self.widget.value = _error_html(error)
            else:
                if self.widget.value:
                    self.widget.value = ""

        return guarded


def _error_html(error: Exception) -> str:
    told = str(error) if isinstance(error, StratCraftError) else f"{type(error).__name__}: {error}"
    hint = "" if isinstance(error, StratCraftError) else " Run the backtest again to redraw."
    return f'<div class="jp-StratCraft-Warning" role="alert">{escape(told + hint)}</div>'
