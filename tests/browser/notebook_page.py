"""A notebook open in a browser: what a user can do with it, and what the notebook holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

BUILDER = ".jp-StratCraft-Builder"
NODE = ".jp-StratCraft-Node"

_PANEL = """[...window.jupyterapp.shell.widgets('main')].find(
    widget => widget.sessionContext && widget.content && widget.content.widgets)"""
"""The notebook's panel; the shell's current widget is null now and then."""

_READY = f"""async () => {{
    await window.jupyterapp.restored;
    const panel = {_PANEL};
    const session = panel && panel.sessionContext && panel.sessionContext.session;
    const kernel = session && session.kernel;
    const isUp = kernel && panel.sessionContext.isReady && kernel.status === 'idle';
    if (!isUp || kernel.connectionStatus !== 'connected') return false;
    await kernel.info;
    return panel.content.model !== null && panel.content.widgets.length > 1;
}}"""

_CELLS = f"""() => {_PANEL}.model.sharedModel.cells.map(cell => ({{
    id: cell.id, type: cell.cell_type, source: cell.source, metadata: cell.toJSON().metadata,
}}))"""

_RUN = f"""async (code) => {{
    const kernel = {_PANEL}.sessionContext.session.kernel;
    const future = kernel.requestExecute({{code, store_history: false}});
    let text = '';
    future.onIOPub = message => {{
        if (message.header.msg_type === 'stream') text += message.content.text;
        if (message.header.msg_type === 'error') text += message.content.traceback.join('\\n');
    }};
    await future.done;
    return text;
}}"""

_TIMEOUT = 60_000
_PAUSE = 100


class NotebookPage:
    """One notebook in JupyterLab or Notebook 7."""

    def __init__(self, page: Page, front_end: str, artifacts: Path) -> None:
        self.page = page
        self.front_end = front_end
        self.errors: list[str] = []
        self._artifacts = artifacts
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        page.on("console", self._note_console)

    def _note_console(self, message: Any) -> None:
        if message.type == "error" and "stratcraft" in f"{message.text} {message.location}".lower():
            self.errors.append(f"console: {message.text}")

    def open(self, address: str, theme: str = "light") -> None:
        self.page.goto(address)
        self.page.wait_for_function("() => window.jupyterapp", timeout=_TIMEOUT)
        self.wait_for_kernel()
        # all tests share the server's settings, so each says what it wants
        self.set_theme("JupyterLab Dark" if theme == "dark" else "JupyterLab Light")

    def wait_for_kernel(self) -> None:
        # wait_for_function would take the promise itself for a yes
        for _ in range(_TIMEOUT // 200):
            if self.page.evaluate(_READY):
                break
            self.page.wait_for_timeout(200)
        # the idle indicator shows before the kernel answers: ask it something
        assert self.in_kernel("print('ready')") == "ready"

    def set_theme(self, name: str) -> None:
        """Changes the theme when the change before is over.

        JupyterLab removes its splash 200 ms after a change, and fails if it does so twice.
        """
        self._wait_for_splash()
        self.page.evaluate(
            "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})",
            name,
        )
        light = "false" if "Dark" in name else "true"
        self.page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
        self._wait_for_splash()

    def _wait_for_splash(self) -> None:
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def wait_for_cells(self, more_than: int) -> None:
        self.page.wait_for_function(
            f"count => {_PANEL}.model.sharedModel.cells.length > count", arg=more_than
        )

    def cells(self) -> list[dict[str, Any]]:
        """Id, type, source and metadata of every cell, in order."""
        return self.page.evaluate(_CELLS)

    def run_cell(self, index: int) -> None:
        """Clicks into a code cell and presses Shift+Enter."""
        editor = self.page.locator(".jp-Notebook .jp-Cell").nth(index).locator(".cm-content")
        editor.click()
        self.page.keyboard.press("Shift+Enter")

    def show_builder(self) -> Locator:
        """Runs the first code cell and waits for the canvas with its nodes."""
        self.run_cell(1)
        expect(self.page.locator(NODE).first).to_be_visible(timeout=_TIMEOUT)
        return self.builder

    @property
    def builder(self) -> Locator:
        return self.page.locator(BUILDER).first

    def node(self, node_id: str) -> Locator:
        """The box of a node on the canvas."""
        return self.builder.locator(f"{NODE}[data-node='{node_id}']")

    def in_kernel(self, code: str) -> str:
        """What code prints in the notebook's kernel."""
        return self.page.evaluate(_RUN, code).strip()

    def wait_in_kernel(self, code: str, is_right: Callable[[str], bool]) -> None:
        """Asks the kernel until what code prints is right: edits on the page arrive later."""
        for _ in range(_TIMEOUT // _PAUSE):
            said = self.in_kernel(code)
            if is_right(said):
                return
            self.page.wait_for_timeout(_PAUSE)
        raise AssertionError(f"{code} still prints {said!r}")

    def run_command(self, command: str) -> None:
        """Runs one of the front end's commands, as its menu would."""
        self.page.evaluate("name => window.jupyterapp.commands.execute(name)", command)

    def restart_kernel(self) -> None:
        self.page.evaluate(f"() => {_PANEL}.sessionContext.restartKernel()")

    def kill_kernel(self) -> None:
        """Ends the kernel's process from within, as a crash would."""
        self._begin_in_kernel("import os; os.kill(os.getpid(), 9)")

    @contextmanager
    def busy_builder(self, folder: Path) -> Iterator[None]:
        """The builder answers nothing until the block is left; widgets have their own thread."""
        done = folder / "done"
        self._begin_in_kernel(
            "import pathlib, time\n"
            "with builder._state.lock:\n"
            f"    while not pathlib.Path({str(done)!r}).exists(): time.sleep(0.02)"
        )
        try:
            yield
        finally:
            done.touch()

    def _begin_in_kernel(self, code: str) -> None:
        self.page.evaluate(
            f"code => {{ {_PANEL}.sessionContext.session.kernel.requestExecute({{code}}); }}", code
        )

    def reload(self) -> None:
        self.page.reload()
        self.page.wait_for_function("() => window.jupyterapp", timeout=_TIMEOUT)
        self.wait_for_kernel()

    def screenshot(self, name: str) -> Path:
        path = self._artifacts / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def screenshot_in_both_themes(self, name: str) -> None:
        """Ends in the light one."""
        for theme in ("Dark", "Light"):
            self.set_theme(f"JupyterLab {theme}")
            self.screenshot(f"{name}-{theme.lower()}")

    def shut_down(self) -> None:
        self.page.evaluate(f"() => {_PANEL}.sessionContext.shutdown()")
