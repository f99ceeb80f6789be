"""Strategy documents as bytes: guarded parsing, readable errors, writes that cannot half-finish."""

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from stratcraft_jupyter.errors import GraphFileError, did_you_mean

MAX_BYTES = 5_000_000
"""A strategy of 2,000 nodes takes about 500 kB; anything larger than this is something else."""

_SHOWN_PROBLEMS = 3
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
        size = path.stat().st_size
        if size > MAX_BYTES:
            _refuse(f"it has {size:,} bytes; strategy documents have at most {MAX_BYTES:,}", path)
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
        data = json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_no_constant)
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
        return content
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


def _json_type(value: object) -> str:
    return {list: "list", str: "string", bool: "boolean"}.get(type(value), "number or null")


def _refuse(problem: str, path: Path | None = None) -> NoReturn:
    what = repr(str(path)) if path else "The document"
    raise GraphFileError(
        f"{what} is no strategy document: {problem}.",
        hint="Nothing was opened or changed. Restore it from a backup, or correct it by hand.",
    ) from None


def readable_error(error: ValidationError, allowed: Iterable[str]) -> GraphFileError:
    """The findings of a failed validation as one short error: at most three, with places.

    Args:
        error: What Pydantic found.
        allowed: Names of fields that exist anywhere in a document, for spelling hints.
    """
    names = list(allowed)
    found = [_problem(item["loc"], item["type"], item["msg"], names) for item in error.errors()]
    unique = list(dict.fromkeys(found))
    lines = "; ".join(unique[:_SHOWN_PROBLEMS])
    more = len(unique) - _SHOWN_PROBLEMS
    return GraphFileError(
        f"The strategy document is not valid: {lines}{f'; and {more} more' if more > 0 else ''}.",
        hint="Nothing was opened or changed. Correct these places and open it again.",
    )


def _problem(loc: tuple[int | str, ...], kind: str, message: str, names: list[str]) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}"[:60] for part in loc)
    place = place.lstrip(".")
    if kind == "extra_forbidden":
        hint = did_you_mean(str(loc[-1]), names).rstrip(".?")
        return f"{place}: this key is not known here ({hint})"
    if kind == "missing":
        return f"{place}: this key is missing"
    if kind == "string_pattern_mismatch":
        like = _EXAMPLES[str(loc[-1])]
        return f"{place}: use lower-case letters, digits and underscores, as in {like}"
    if "params" in loc and len(loc) > loc.index("params") + 2:
        name = loc[loc.index("params") + 1]
        return f"nodes[{loc[1]}].params.{name}: use a number, a text, true or false"
    text = message.removeprefix("Value error, ")
    return f"{place}: {text}" if place else text


def write_atomically(path: Path, text: str) -> None:
    """Writes UTF-8 text so that a crash leaves the old file or the new one, never a mixture.

    Raises:
        GraphFileError: The folder cannot be written to.
    """
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
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
