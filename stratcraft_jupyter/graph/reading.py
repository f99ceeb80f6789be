"""Strategy documents as bytes: guarded parsing, readable errors, writes that cannot half-finish."""

import json
import os
import stat
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stratcraft_jupyter.errors import GraphFileError, did_you_mean

MAX_BYTES = 5_000_000
"""A strategy of 2,000 nodes takes about 500 kB; anything larger than this is something else."""

MAX_VALUE_TEXT = 1_000
"""So many characters has a text among the parameters of a node at most."""

_SHOWN_PROBLEMS = 3
_MAX_DIGITS = 30
_VALUES = "use a text, true, false or a number (a whole one up to 10^15)"
_EXAMPLES = defaultdict(
    lambda: '"fast_sma"',
    {"kind": '"indicator.sma"', "source": '"bars.close"', "target": '"fast.source"'},
)


def read_bytes(path: Path) -> bytes:
    """The content of a strategy file.

    Raises:
        GraphFileError: The file is missing, unreadable or too large to be a strategy.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # reading a pipe or a device may never end
            raise GraphFileError(
                f"{str(path)!r} is no file.", hint="Choose a *.strategy.json file."
            )
        if about.st_size > MAX_BYTES:
            _refuse(
                f"it has {about.st_size:,} bytes; strategy documents have at most {MAX_BYTES:,}",
                path,
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise GraphFileError(
            f"There is no file {str(path)!r}.", hint="Check the path and the spelling."
        ) from None
    except OSError as error:
        raise GraphFileError(
            f"{str(path)!r} cannot be read: {error.strerror or error}.",
            hint="Check that it is a file and that you may read it.",
        ) from None


def parse_json(content: str | bytes) -> dict[str, Any]:
    """The JSON object in ``content``.

    Raises:
        GraphFileError: Not UTF-8, no JSON object, duplicate keys, NaN, too large or too deep.
    """
    if len(content) > MAX_BYTES:
        _refuse(f"it has {len(content):,} bytes; strategy documents have at most {MAX_BYTES:,}")
    text = _decoded(content)
    if not text.strip():
        _refuse("it is empty")
    try:
        data = json.loads(
            text,
            object_pairs_hook=_unique_keys,
            parse_constant=_no_constant,
            parse_int=_whole_number,
        )
    except json.JSONDecodeError as error:
        _refuse(f"it is no complete JSON: {error.msg} (line {error.lineno}, column {error.colno})")
    except RecursionError:
        _refuse("its JSON is nested too deeply")
    except ValueError as error:
        _refuse(str(error))
    if not isinstance(data, dict):
        _refuse(f"it holds a JSON {_json_type(data)}, not an object")
    return data


def _decoded(content: str | bytes) -> str:
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(f"byte {error.start} is no UTF-8")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key[:60]!r} is there twice")
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"the number {name} is not allowed")


def _whole_number(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"the number {digits[:20]}... has {len(digits):,} digits")
    return int(digits)


def _json_type(value: object) -> str:
    return {list: "list", str: "string", bool: "boolean"}.get(type(value), "number or null")


def _refuse(problem: str, path: Path | None = None) -> NoReturn:
    what = repr(str(path)) if path else "The document"
    raise GraphFileError(
        f"{what} is no strategy document: {problem}.",
        hint="Nothing was opened or changed. Restore it from a backup, or correct it by hand.",
    ) from None


def readable_error(error: ValidationError, allowed: Mapping[str, Sequence[str]]) -> GraphFileError:
    """The findings of a failed validation as one short error: at most three, with places.

    Args:
        error: What Pydantic found.
        allowed: The keys that each part of a document has, for spelling hints.
    """
    found = [problem_text(item, allowed) for item in error.errors()]
    unique = list(dict.fromkeys(found))
    lines = "; ".join(unique[:_SHOWN_PROBLEMS])
    more = len(unique) - _SHOWN_PROBLEMS
    return GraphFileError(
        f"The strategy document is not valid: {lines}{f'; and {more} more' if more > 0 else ''}.",
        hint="Nothing was opened or changed. Correct these places and open it again.",
    )


def problem_text(item: ErrorDetails, allowed: Mapping[str, Sequence[str]]) -> str:
    """One finding of Pydantic in plain words: where, and what is expected there.

    Args:
        item: The finding.
        allowed: The keys that each part of a document has, for spelling hints.
    """
    loc, kind = item["loc"], item["type"]
    is_value = "params" in loc and len(loc) > loc.index("params") + 2 and loc[-1] != "[key]"
    place = _place(loc[: loc.index("params") + 2] if is_value else loc)
    if kind == "extra_forbidden":
        names = allowed.get(_part_of(loc), ())
        hint = did_you_mean(str(loc[-1]), names).rstrip(".?")
        return f"{place}: this key is not known here ({hint})"
    if kind == "missing":
        return f"{place}: this key is missing"
    if kind == "string_pattern_mismatch":
        like = _EXAMPLES[str(loc[-1])]
        return f"{place}: use lower-case letters, digits and underscores, as in {like}"
    if is_value:
        given = item["input"]
        if isinstance(given, str) and len(given) > MAX_VALUE_TEXT:
            return f"{place}: the text has {len(given):,} characters; {MAX_VALUE_TEXT:,} fit"
        return f"{place}: {_VALUES}"
    if kind == "json_invalid":
        return _unfit_json(item["msg"])
    text = item["msg"].removeprefix("Value error, ")
    return f"{place}: {text}" if place else text


def _part_of(loc: tuple[int | str, ...]) -> str:
    """The part of a document that a key stands in; frames and comments are parts of the layout."""
    is_listed = len(loc) > 2 and isinstance(loc[2], int)
    return f"{loc[0]}.{loc[1]}" if is_listed else str(loc[0]) if len(loc) > 1 else ""


def _unfit_json(message: str) -> str:
    """What Pydantic's JSON reader refuses and Python's takes."""
    if "recursion" in message:
        return "its JSON is nested too deeply"
    return "a text holds half a character (one of \\ud800 to \\udfff alone); remove it"


def _place(loc: tuple[int | str, ...]) -> str:
    """A place such as ``nodes[0].kind``, without characters that act on a terminal."""
    parts = [
        f"[{part}]" if isinstance(part, int) else f".{part if part.isprintable() else ascii(part)}"
        for part in loc
        if part != "[key]"
    ]
    return "".join(part[:60] for part in parts).lstrip(".")


def write_atomically(path: Path, text: str) -> None:
    """Writes UTF-8 text so that a crash leaves the old file or the new one, never a mixture.

    Raises:
        GraphFileError: The folder cannot be written to, or the text is too large to be read again.
    """
    content = text.encode()
    if len(content) > MAX_BYTES:
        raise GraphFileError(
            f"{path.name} was not written: the document has {len(content):,} bytes; "
            f"at most {MAX_BYTES:,} can be opened again.",
            hint="Shorten notes or remove nodes, and save again.",
        )
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise GraphFileError(
            f"{str(path)!r} cannot be written: {error.strerror or error}.",
            hint="Choose a folder that exists and that you may write to.",
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
