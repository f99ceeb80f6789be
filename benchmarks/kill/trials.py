"""One trial: a session of edits, a kill at a random moment, and what the next kernel offers."""

import json
import os
import random
import signal
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jupyter_client import BlockingKernelClient, KernelManager

from benchmarks.kill.editing import FILE, Editing
from stratcraft_jupyter.graph import StrategyGraph, load_template
from tests.browser.server import start_server

MOST_AGE = 2.0
"""Seconds after which an edit may not be lost any more."""
_SHORTEST, _LONGEST = 0.3, 5.0


@dataclass(frozen=True)
class Trial:
    """What became of one session.

    Attributes:
        kind: What was killed.
        edits: How many edits the page was shown.
        oldest_lost: Age of the oldest edit that is gone, in seconds; 0 if none is.
        broken: Files that were half written.
    """

    kind: str
    edits: int
    oldest_lost: float
    broken: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost that may not be."""
        return self.oldest_lost <= MOST_AGE and not self.broken


def kill_kernel(folder: Path, chance: random.Random) -> Trial:
    """The kernel's process gets SIGKILL."""
    work = _prepare(folder)
    with _kernel(folder) as manager:
        editing = _edit(manager.client(), chance)
        moment = time.monotonic()
        os.kill(manager.provisioner.pid, signal.SIGKILL)
    return _look(folder, work, "kernel", editing.shown, moment)


def stop_server(folder: Path, chance: random.Random) -> Trial:
    """The server that runs the kernel is stopped, or killed without a word."""
    server = start_server(folder / "server")
    work = _prepare(folder, server.root)
    address = f"{server.url}/api/sessions"
    body = {"path": "own.ipynb", "name": "", "type": "notebook", "kernel": {"name": "python3"}}
    request = urllib.request.Request(
        address,
        json.dumps(body).encode(),
        {"Authorization": f"token {server.token}", "Content-Type": "application/json"},
    )
    # the kernel inherits the server's environment
    with urllib.request.urlopen(request) as answer:
        kernel = json.load(answer)["kernel"]["id"]
    client = BlockingKernelClient(
        connection_file=str(
            Path(server.environment["JUPYTER_RUNTIME_DIR"]) / f"kernel-{kernel}.json"
        )
    )
    client.load_connection_file()
    editing = _edit(client, chance)
    pid = int(editing.value("__import__('os').getpid()"))
    editing.edit_until(time.monotonic() + chance.uniform(0, 1), chance)
    moment = time.monotonic()
    server.process.send_signal(chance.choice([signal.SIGTERM, signal.SIGKILL]))
    server.process.wait(60)
    _end(pid)
    return _look(folder, work, "server", editing.shown, moment)


def _prepare(folder: Path, work: Path | None = None) -> Path:
    """A folder with the strategy's file."""
    work = work or folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    load_template("sma_cross").save(work / FILE)
    return work


def _edit(client: BlockingKernelClient, chance: random.Random) -> Editing:
    client.start_channels()
    _wait_until_ready(client)
    editing = Editing(client)
    editing.begin()
    editing.edit_until(time.monotonic() + chance.uniform(_SHORTEST, _LONGEST), chance)
    return editing


def _wait_until_ready(client: BlockingKernelClient) -> None:
    """Waits for a kernel; one that is still being started by a server has no heartbeat yet."""
    for _ in range(60):
        try:
            client.wait_for_ready(timeout=120)
            return
        except RuntimeError as error:
            if "died" not in str(error):
                raise
            time.sleep(1)
    raise RuntimeError("the kernel did not start")


@contextmanager
def _kernel(folder: Path, work: Path | None = None):
    home = _home(folder)
    manager = KernelManager(kernel_name="python3")
    environment = {**os.environ, **home, "JPY_SESSION_NAME": str(folder / "own.ipynb")}
    manager.start_kernel(cwd=str(work or folder / "work"), env=environment)
    try:
        yield manager
    finally:
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def _home(folder: Path) -> dict[str, str]:
    """Where recovery copies are: a server that is tested has a folder of its own."""
    server = folder / "server"
    return {"STRATCRAFT_HOME": str((server if server.exists() else folder) / "home")}


def _look(folder: Path, work: Path, kind: str, shown: dict[int, float], moment: float) -> Trial:
    """Starts anew, as the user would, and takes what is offered."""
    broken = _broken(folder, work)
    with _kernel(folder, work) as manager:
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=120)
        editing = Editing(client)
        editing.open()
        editing.recover()
        last = float(editing.value("builder.graph.layout['fast'].x"))
        y = float(editing.value("builder.graph.layout['fast'].y"))
    kept = int(last) if y == 0 else 0
    lost = [moment - when for number, when in shown.items() if number > kept]
    return Trial(kind, len(shown), max(lost, default=0.0), broken)


def _broken(folder: Path, work: Path) -> tuple[str, ...]:
    """Names of files that are not whole: the strategy's, and all copies."""
    broken = []
    copies = [path for path in folder.rglob("*.recovery.json") if path.name[0] != "."]
    for path in (work / FILE, *copies):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            StrategyGraph.from_json(json.dumps(data.get("document", data)))
        except (OSError, ValueError):
            broken.append(path.name)
    return tuple(broken)


def _end(pid: int) -> None:
    """Waits for a kernel whose server is gone; it ends by itself, at the latest now."""
    for _ in range(30):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
