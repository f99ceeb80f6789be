"""The charts of one result as one widget: buttons, figure and navigator moved as one."""

import threading

import ipywidgets
import numpy as np

from stratcraft_jupyter.widgets.charts import window as windows
from stratcraft_jupyter.widgets.charts.data import ChartData
from stratcraft_jupyter.widgets.charts.figure import MainFigure
from stratcraft_jupyter.widgets.charts.frame import build_frame
from stratcraft_jupyter.widgets.charts.hover import hover_html
from stratcraft_jupyter.widgets.charts.navigator import Navigator
from stratcraft_jupyter.widgets.charts.pace import Pace, Quiet
from stratcraft_jupyter.widgets.charts.toolbar import Toolbar
from stratcraft_jupyter.widgets.charts.window import Window
from stratcraft_jupyter.widgets.error_line import Guard
from stratcraft_jupyter.widgets.look import Look

_INTERVAL = 1 / 15
_SETTLE = 0.4


class ChartsView(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets is untyped
    """Price with entries and exits, volume, equity and drawdown of one result.

    Args:
        data: What to draw; everything is in view at first.
        look: Makes the widgets.
        guard: Wraps every callback, so that its errors are shown somewhere.
    """

    def __init__(self, data: ChartData, look: Look, guard: Guard) -> None:
        self._lock = threading.RLock()
        self._data = data
        self._window = windows.full_window(len(data))
        self._is_dragging = False
        self._frame = build_frame(data, self._window)
        self._figure = MainFigure(
            self._frame, _title(data), guard(self._hover), guard(self._dragged)
        )
        self._navigator = Navigator(data, guard(self.show), guard(self._settle))
        self._toolbar = Toolbar(
            look,
            data.bars.timeframe,
            guard(self._show_period),
            guard(self._step),
            guard(self._set_drag),
        )
        self._toolbar.tell(self._frame.range_text, self._frame.note)
        self._pace = Pace(guard(self._draw), _INTERVAL)
        self._quiet = Quiet(guard(self._settle), _SETTLE)
        super().__init__(
            [
                self._toolbar.widget,
                self._toolbar.legend,
                self._figure.widget,
                self._navigator.widget,
            ]
        )

    @property
    def window(self) -> Window:
        """The part of the bar axis in view."""
        return self._window

    def update(self, data: ChartData) -> None:
        """Draw other data in the same figures; the window stays if the times are the same."""
        with self._lock:
            if not np.array_equal(data.bars.time, self._data.bars.time):
                self._window = windows.full_window(len(data))
            self._data = data
            self._toolbar.offer(data.bars.timeframe)
            self._navigator.show(data)
            self._figure.widget.title = _title(data)
            self._draw()

    def show(self, window: Window) -> None:
        """Bring ``window`` into view, or what comes nearest to it."""
        with self._lock:
            self._window = windows.fit(window, len(self._data))
        self._pace.ask()

    def show_bars(self, first: int, last: int) -> None:
        """Bring the bars ``first`` to ``last`` into view, with some before and after."""
        self.show(windows.around(first, last, len(self._data)))

    def _draw(self) -> None:
        with self._lock:
            is_moving = self._is_dragging or self._navigator.is_held
            before = self._frame if is_moving else None
            self._frame = build_frame(self._data, self._window, before)
            self._figure.move(self._window)
            self._figure.show(self._frame)
            self._toolbar.tell(self._frame.range_text, self._frame.note)
            # What the mouse holds is not pulled out of its hand.
            if not self._is_dragging:
                self._figure.release(self._window)
            if not self._navigator.is_held:
                self._navigator.move(self._window)

    def _settle(self) -> None:
        """Put everything exactly where the window is, now that the mouse has let go."""
        with self._lock:
            self._is_dragging = False
            self._draw()

    def _dragged(self, window: Window) -> None:
        with self._lock:
            self._is_dragging = True
            self.show(window)
        self._quiet.ask()

    def _show_period(self, period: np.timedelta64) -> None:
        self.show(windows.ending_at(self._window, period, self._data.bars.time))

    def _step(self, step: str) -> None:
        count = len(self._data)
        self.show(
            {
                "left": lambda: windows.pan(self._window, -0.5, count),
                "right": lambda: windows.pan(self._window, 0.5, count),
                "in": lambda: windows.zoom(self._window, 0.5, count),
                "out": lambda: windows.zoom(self._window, 2.0, count),
                "all": lambda: windows.full_window(count),
            }[step]()
        )

    def _set_drag(self, on: bool) -> None:
        self._figure.set_drag(on, self._window)

    def _hover(self, position: float) -> None:
        self._figure.tell(hover_html(self._data, self._frame.candles, position))


def _title(data: ChartData) -> str:
    bars = data.bars
    return f"{bars.symbol}, {bars.timeframe}: price, volume, equity and drawdown"
