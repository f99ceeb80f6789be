"""``@copilotkit/aimock`` as a process on this machine: a second opinion on how vendors speak."""

import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_PROGRAM = _ROOT / "labextension/node_modules/@copilotkit/aimock/dist/cli.js"
_FIXTURES = Path(__file__).with_name("aimock.json")


@contextmanager
def aimock():
    """Runs the server; gives its address."""
    node = shutil.which("node", path=None) or str(_ROOT / ".venv/bin/node")
    if not _PROGRAM.exists():
        raise FileNotFoundError(f"{_PROGRAM.name} of aimock is missing: run `make develop`")
    command = [node, str(_PROGRAM), "-p", "0", "-f", str(_FIXTURES), "--log-level", "info"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()
            process.communicate()


def _address(process):
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"listening on (http://\S+)", line):
            return found[1]
    raise RuntimeError("aimock did not start:\n" + "".join(said))
