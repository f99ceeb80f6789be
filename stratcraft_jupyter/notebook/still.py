"""The strategy as a still picture and as JSON in a cell's output, for readers without a kernel."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from IPython.display import display

from stratcraft_jupyter.errors import NotebookError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.graph.picture import picture_of
from stratcraft_jupyter.notebook.cells import CellBridge

logger = logging.getLogger(__name__)

STRATEGY_MIME = "application/vnd.stratcraft.strategy+json"
"""What the labextension shows as a picture, unless the builder itself is shown."""
DELAY = 0.6
"""Seconds from an edit to the new picture; quick edits share one."""


def still_of(graph: StrategyGraph, builder_id: str, text: str) -> dict[str, Any]:
    """The MIME bundle of an output that shows the strategy.

    Args:
        graph: The strategy.
        builder_id: The builder whose strategy it is.
        text: The strategy in words.
    """
    document = graph.model_dump(mode="json")
    return {
        STRATEGY_MIME: {"builder_id": builder_id, "name": graph.name, "document": document},
        "image/svg+xml": picture_of(graph, text.splitlines()),
        "text/plain": text,
    }


def publish(bundle: dict[str, Any], **options: Any) -> None:  # noqa: ANN401 - IPython's
    """Shows a MIME bundle as an output of the cell that is running."""
    show: Any = display  # IPython has no types here
    show(bundle, raw=True, **options)


async def show_still(cells: CellBridge, cell_id: str, bundle: dict[str, Any]) -> None:
    """Asks the page to put a new picture into the output of a cell."""
    try:
        await cells.ask("show_still", cell_id=cell_id, data=bundle)
    except NotebookError as error:
        # the cell was deleted, or the page closed: nobody looks at the picture
        logger.info("The picture of the strategy was not renewed: %s", error)


class Still:
    """An output of a builder's cell that follows the strategy.

    A page with the labextension is asked to change the output: it also can after a reload, when
    the kernel's own way of changing what a finished cell displays ends in nothing.

    Args:
        builder_id: The builder.
        bundle: Gives the present picture.
        ask_page: Asks the page for the change; False if there is no page to ask.
    """

    def __init__(
        self,
        builder_id: str,
        bundle: Callable[[], dict[str, Any]],
        ask_page: Callable[[dict[str, Any]], bool],
    ) -> None:
        self._display_id = f"stratcraft-{builder_id}"
        self._bundle = bundle
        self._ask_page = ask_page
        self._is_shown = False
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def show(self) -> None:
        """Adds the output to the cell that is running."""
        self._is_shown = True
        publish(self._bundle(), display_id=self._display_id)

    def refresh(self) -> None:
        """Brings the output up to date soon, if there is one."""
        with self._lock:
            if self._is_shown and self._timer is None:
                self._timer = threading.Timer(DELAY, self._send)
                self._timer.daemon = True
                self._timer.start()

    def close(self) -> None:
        """Leaves the output as it is."""
        self._is_shown = False

    def _send(self) -> None:
        with self._lock:
            self._timer = None
        if self._is_shown:
            bundle = self._bundle()
            if not self._ask_page(bundle):
                publish(bundle, display_id=self._display_id, update=True)
