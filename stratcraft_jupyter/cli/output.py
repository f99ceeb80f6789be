"""Where the command line writes: text on stdout, files, JSON."""

import argparse
import itertools
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


def write_code(target: str, source: str) -> Path | None:
    """Writes code to a file; what was there before is kept beside it.

    Returns:
        Where the earlier file is kept; None if nothing was lost.

    Raises:
        StratCraftError: The file is a strategy document, or cannot be written.
    """
    path = Path(target)
    if path.suffix == ".json":
        raise StratCraftError(
            f"{target!r} is no name for code: .json files are strategy documents here.",
            hint="Name a .py file.",
        )
    before = path.read_bytes() if path.is_file() else b""
    kept = _free_name(path) if before and before != source.encode() else None
    if kept:
        write_bytes(kept, before)
    write_text(target, source)
    return kept


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.bak{number or ''}") for number in itertools.count())
    return next(name for name in names if not name.exists())


def write_text(target: str, text: str) -> None:
    """Writes UTF-8 text to a file.

    Raises:
        StratCraftError: The file cannot be written.
    """
    write_bytes(Path(target), text.encode())


def write_bytes(target: Path, content: bytes) -> None:
    """Writes a file.

    Raises:
        StratCraftError: The file cannot be written.
    """
    try:
        target.write_bytes(content)
    except OSError as error:
        raise StratCraftError(
            f"{str(target)!r} cannot be written: {error.strerror or error}.",
            hint="Choose a folder that exists and that you may write to.",
        ) from None
