"""Where the command line writes: text on stdout, files, JSON."""

import argparse
import json
from pathlib import Path

from stratcraft_jupyter.errors import StratCraftError


def say(text: str, options: argparse.Namespace) -> None:
    """Prints a line for people, unless stdout carries the JSON."""
    if options.json != "-":
        print(text)


def write_json(target: str, data: object) -> None:
    """Writes JSON to a file, or to stdout for ``-``.

    Raises:
        StratCraftError: The file cannot be written.
    """
    text = json.dumps(data, indent=2, allow_nan=False)
    if target == "-":
        print(text)
    else:
        write_text(target, text + "\n")


def write_text(target: str, text: str) -> None:
    """Writes UTF-8 text to a file.

    Raises:
        StratCraftError: The file cannot be written.
    """
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise StratCraftError(
            f"{target!r} cannot be written: {error.strerror or error}.",
            hint="Choose a folder that exists and that you may write to.",
        ) from None
