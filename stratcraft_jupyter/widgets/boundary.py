"""The one place where errors of widget callbacks end: on the panel, never in silence."""

import functools
from collections.abc import Callable
from typing import ParamSpec

from stratcraft_jupyter.widgets.state import BuilderState

P = ParamSpec("P")


def shows_errors(state: BuilderState) -> Callable[[Callable[P, object]], Callable[P, None]]:
    """A decorator for callbacks: what they raise is shown in the panel.

    Jupyter hides exceptions of widget callbacks; the user would see a button do nothing.
    """

    def decorate(callback: Callable[P, object]) -> Callable[P, None]:
        @functools.wraps(callback)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                with state.lock:  # no view is half shown while a callback looks at it
                    callback(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 - the boundary: report shows and logs it
                state.report(error)

        return guarded

    return decorate
