"""What a server complains of, whoever made it: the parts of an error that tell its class."""

import email.utils
import json
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stratcraft_jupyter.providers.clean_text import is_page

_LONGEST_WAIT = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error that a server sent, in one form for all vendors.

    Attributes:
        status: HTTP status; 200 if it came inside a stream.
        kind: The vendor's words for the class: its type and its code.
        message: Its sentence, as sent; not fit to show.
        parameter: The parameter it names, if any.
        is_page: Whether it sent a web page instead.
        retry_after: Seconds it asks to wait.
        location: Where it redirects to.
    """

    status: int
    kind: str = ""
    message: str = ""
    parameter: str = ""
    is_page: bool = False
    retry_after: float | None = None
    location: str = ""


def read_complaint(status: int, body: object, headers: Mapping[str, str]) -> Complaint:
    """Reads an error of any vendor.

    Args:
        status: HTTP status.
        body: The body: text, or what its JSON holds.
        headers: Headers of the response.
    """
    if isinstance(body, bytes):
        body = body.decode("utf-8", "replace")
    if isinstance(body, str):
        body = _parsed(body)
    retry_after = _retry_after(headers)
    location = headers.get("location", "")
    if isinstance(body, str):
        return Complaint(status, "", body, "", is_page(body), retry_after, location)
    kind, message, parameter = _read_object(body)
    return Complaint(status, kind, message, parameter, False, retry_after, location)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _read_object(body: object) -> tuple[str, str, str]:
    """Class, sentence and parameter of an error in JSON."""
    if isinstance(body, list) and body:  # Google's servers wrap it in a list
        body = body[0]
    if not isinstance(body, dict):
        return "", "", ""
    inner = body.get("error", body)
    if isinstance(inner, str):
        inner = {"message": inner}
    if not isinstance(inner, dict):
        return "", "", ""
    if isinstance(inner.get("detail"), list):  # FastAPI: one entry a mistake
        return _read_details(inner["detail"])
    kind = " ".join(str(inner[name]) for name in ("type", "code", "status") if inner.get(name))
    message = inner.get("message") or inner.get("detail") or ""
    return kind, str(message), str(inner.get("param") or "")


def _read_details(details: list[Any]) -> tuple[str, str, str]:
    first = details[0] if details and isinstance(details[0], dict) else {}
    place = first.get("loc")
    names = [str(part) for part in place if part != "body"] if isinstance(place, list) else []
    return str(first.get("type", "")), str(first.get("msg", "")), ".".join(names)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from whichever header says so."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return min(milliseconds / 1000, _LONGEST_WAIT)
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is None and text:
        try:
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
        except (TypeError, ValueError, OverflowError):
            return None
    return None if seconds is None else min(max(0.0, seconds), _LONGEST_WAIT)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
