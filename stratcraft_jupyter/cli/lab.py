"""The ``lab`` command: JupyterLab, opened on the tutorial."""

import argparse
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from stratcraft_jupyter.errors import StratCraftError

TUTORIAL = "01-first-strategy.ipynb"


def lab(options: argparse.Namespace) -> int:
    """Opens JupyterLab on the tutorial in this folder; copies it here if there is none."""
    notebook = _tutorial(Path.cwd())
    _trust_if_ours(notebook)
    command = [sys.executable, "-m", "jupyterlab", str(notebook), *options.options]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in command:
        command.append("--allow-root")
    try:
        return subprocess.call(command)  # noqa: S603 - our own words and the user's
    except OSError as error:
        raise StratCraftError(
            f"JupyterLab did not start: {error.strerror or error}.",
            hint="Install it with: pip install jupyterlab.",
        ) from None


def _trust_if_ours(notebook: Path) -> None:
    """Signs the tutorial as it was shipped, so that a reload shows the builder again.

    JupyterLab shows no widgets in a notebook with outputs that nobody here has run or trusted.
    A tutorial that was changed is the user's own to trust.
    """
    if notebook.read_bytes() == _packaged().read_bytes():
        command = [sys.executable, "-m", "jupyter", "trust", str(notebook)]
        # without a signature the tutorial still opens and runs: no reason to stop or to speak
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own words


def _tutorial(folder: Path) -> Path:
    """The tutorial below a folder; a copy of the packaged one if it is not there yet."""
    for place in (folder / "notebooks" / TUTORIAL, folder / TUTORIAL):
        if place.exists():
            return place
    target = folder / TUTORIAL
    try:
        shutil.copyfile(_packaged(), target)
    except OSError as error:
        raise StratCraftError(
            f"The tutorial cannot be copied to {str(folder)!r}: {error.strerror or error}.",
            hint="Change to a folder that you may write to, and try again.",
        ) from None
    return target


def _packaged() -> Path:
    """The tutorial that came with this package, or lies beside it in a checkout."""
    package = Path(str(files("stratcraft_jupyter")))
    packaged = package / "tutorials" / TUTORIAL
    return packaged if packaged.exists() else package.parent / "notebooks" / TUTORIAL
