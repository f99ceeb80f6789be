"""A notebook open in a real JupyterLab in Chromium, for benchmarks; and what its frames take."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psutil
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.notebook_page import NotebookPage
from tests.browser.server import start_server

_WATCH = """() => {
    const began = performance.now();
    const seen = window.seen = {key: 0, task: 0, frames: [], stop: false};
    const note = (name, isMeant, options) => new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            if (isMeant(entry) && entry.startTime > began && !seen.stop) {
                seen[name] = Math.max(seen[name], entry.duration);
            }
        }
    }).observe(options);
    note('task', () => true, {type: 'longtask'});
    note('key', entry => entry.name === 'keydown', {type: 'event', durationThreshold: 16});
    let last = began;
    const frame = now => {
        seen.frames.push(now - last);
        last = now;
        if (!seen.stop) requestAnimationFrame(frame);
    };
    requestAnimationFrame(now => { last = now; requestAnimationFrame(frame); });
}"""
_STOP = """() => {
    const {seen} = window;
    seen.stop = true;
    return [seen.frames, seen.task, seen.key];
}"""


class Frames(NamedTuple):
    """What a page did while it was watched; all in milliseconds.

    Attributes:
        times: The time from each frame to the next.
        task: The longest time its main thread was busy in one go.
        key: The longest time from a key to the next paint.
    """

    times: list[float]
    task: float
    key: float

    @property
    def longest(self) -> float:
        return max(self.times)

    @property
    def a_second(self) -> float:
        """Frames a second, over the whole time."""
        return 1_000 * len(self.times) / sum(self.times)

    @property
    def fewest_a_second(self) -> float:
        """Frames in the worst second."""
        fewest = len(self.times)
        first, total = 0, 0.0
        for last, time in enumerate(self.times):
            total += time
            while total - self.times[first] >= 1_000:
                total -= self.times[first]
                first += 1
            if total >= 1_000:
                fewest = min(fewest, 1_000 * (last - first + 1) / total)
        return fewest


def watch(page: Page) -> None:
    """Begins to watch the frames of a page."""
    page.evaluate(_WATCH)


def seen(page: Page) -> Frames:
    """Ends the watch; what was seen."""
    return Frames(*page.evaluate(_STOP))


def processor_seconds() -> float:
    """Seconds that processors have worked for the server, its kernels and the browser so far.

    Unlike the clock it hardly changes with what else the machine does.
    """
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it has just ended
            times = process.cpu_times()
            total += times.user + times.system
    return total


@contextmanager
def open_notebook(text: str) -> Iterator[NotebookPage]:
    """Opens the notebook with this text in JupyterLab, on a server of its own."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = start_server(Path(folder))
        browser = launch(playwright)
        try:
            (server.root / "benchmark.ipynb").write_text(text)
            opened = browser.new_page(viewport={"width": 1500, "height": 1100})
            notebook = NotebookPage(opened, "lab", Path(folder))
            notebook.open(server.address("lab", "benchmark.ipynb"))
            yield notebook
            notebook.shut_down()
        finally:
            browser.close()
            server.stop()
