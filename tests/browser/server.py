"""A real Jupyter server on a copy of the notebooks, serving JupyterLab and Notebook 7."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@dataclass
class Server:
    """A running server: where it answers, its files, and what it printed."""

    url: str
    token: str
    root: Path
    log: Path
    process: subprocess.Popen
    environment: dict[str, str]

    def address(self, front_end: str, name: str) -> str:
        """The page of one notebook; JupyterLab gets a workspace of its own."""
        if front_end == "notebook":
            return f"{self.url}/notebooks/{name}?token={self.token}"
        workspace = secrets.token_hex(4)
        return f"{self.url}/lab/workspaces/{workspace}/tree/{name}?token={self.token}"

    def trust(self, name: str) -> None:
        """Signs a notebook, as `make lab` does with the shipped one."""
        notary = NotebookNotary(data_dir=self.environment["JUPYTER_DATA_DIR"])
        notary.sign(nbformat.read(self.root / name, as_version=4))
        notary.store.close()

    def end_kernels(self) -> None:
        """Ends every session with its kernel, as if its notebook were shut down."""
        address = f"{self.url}/api/sessions"
        head = {"Authorization": f"token {self.token}"}
        with urllib.request.urlopen(urllib.request.Request(address, headers=head)) as answer:
            sessions = json.load(answer)
        for session in sessions:
            request = urllib.request.Request(
                f"{address}/{session['id']}", headers=head, method="DELETE"
            )
            with urllib.request.urlopen(request):
                pass

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_server(folder: Path) -> Server:
    """A server below ``folder``, once it answers."""
    root = folder / "root"
    root.mkdir(parents=True)
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(notebook, root)
    token, port, log = secrets.token_hex(8), _free_port(), folder / "server.log"
    environment = {
        **os.environ,
        **{
            f"JUPYTER_{name}_DIR": str(folder / name.lower())
            for name in ("CONFIG", "DATA", "RUNTIME")
        },
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "STRATCRAFT_HOME": str(folder / "home"),
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *("--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"),
        *(f"--ServerApp.root_dir={root}", "--ServerApp.allow_root=True"),
    ]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=root
        )
    server = Server(f"http://127.0.0.1:{port}", token, root, log, process, environment)
    _wait_until_up(server)
    return server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(server: Server) -> None:
    for _ in range(1800):  # a busy machine takes its time
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended: {server.log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{server.url}/api?token={server.token}", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    server.stop()
    raise RuntimeError(f"the server did not answer: {server.log.read_text()[-2000:]}")
