"""Where the command line writes: text on stdout, files, JSON."""

import argparse
import itertools
import json
import os
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
    _require_code_name(path)
    try:
        before = path.read_bytes() if path.is_file() else b""
    except OSError as error:  # what cannot be kept is not replaced
        raise _unwritable(path, error.strerror or str(error)) from None
    kept = _free_name(path) if before and before != source.encode() else None
    if kept:
        write_bytes(kept, before)
    write_text(target, source)
    return kept


def require_targets(code: str | None, json: str | None) -> None:
    """Refuses files that cannot be written, before anything is done that costs money.

    Args:
        code: Where code is to go; None for stdout.
        json: Where JSON is to go; None for nowhere, ``-`` for stdout.

    Raises:
        StratCraftError: One cannot be written.
    """
    if code:
        _require_code_name(Path(code))
        _require_writable(Path(code))
    if json and json != "-":
        _require_writable(Path(json))


def _require_code_name(path: Path) -> None:
    if path.suffix == ".json":
        raise StratCraftError(
            f"{str(path)!r} is no name for code: .json files are strategy documents here.",
            hint="Name a .py file.",
        )


def _require_writable(path: Path) -> None:
    if path.is_dir():
        reason = "it is a folder"
    elif not path.parent.is_dir():
        reason = "its folder does not exist"
    elif not os.access(path if path.exists() else path.parent, os.W_OK):
        reason = "you may not write there"
    else:
        return
    raise _unwritable(path, reason)


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
        raise _unwritable(target, error.strerror or str(error)) from None


def _unwritable(target: Path, reason: str) -> StratCraftError:
    return StratCraftError(
        f"{str(target)!r} cannot be written: {reason}.",
        hint="Choose a folder that exists and that you may write to.",
    )
