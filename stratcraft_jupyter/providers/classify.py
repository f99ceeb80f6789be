"""From a complaint of a server to the class of fault, in one order of rules for all vendors."""

import re

from stratcraft_jupyter.providers.base import FaultCode
from stratcraft_jupyter.providers.complaints import Complaint

_NO_CREDIT = re.compile(
    r"insufficient_quota|billing|credit balance|payment.required"
    r"|insufficient (?:funds|credit|balance)|exceeded your current quota",
    re.IGNORECASE,
)
_WRONG_KEY = re.compile(
    r"invalid_api_key|authentication_error|incorrect api key|invalid (?:x-)?api[ -]?key"
    r"|api key not valid|invalid bearer|no api key|api key (?:is )?(?:missing|required)",
    re.IGNORECASE,
)
_NO_PERMISSION = re.compile(
    r"permission_error|insufficient permissions|missing scopes|must be verified"
    r"|unsupported_country",
    re.IGNORECASE,
)
_UNKNOWN_MODEL = re.compile(
    r"model_not_found|unknown model|invalid model|no such model|model_not_available"
    r"|models?\b.{0,120}\b(?:not found|does not exist|not exist|not available|is not valid)"
    r"|^model: \S+$|no models? (?:is |are )?loaded",
    re.IGNORECASE | re.DOTALL,
)
_NO_ENDPOINT = re.compile(
    r"unexpected endpoint|invalid url|unknown request url|no route|unknown endpoint",
    re.IGNORECASE,
)
_TOO_LONG = re.compile(
    r"context_length_exceeded|request_too_large|context.?(?:length|window|limit|size)"
    r"|(?:prompt|input|request) is too (?:long|large)|too many (?:input )?tokens"
    r"|maximum prompt length|longer than the maximum",
    re.IGNORECASE,
)
_FILTERED = re.compile(
    r"content_filter|content_policy|invalid_prompt|content management policy"
    r"|flagged as potentially violating",
    re.IGNORECASE,
)
_OVERLOADED = re.compile(
    r"overloaded|slow_down|at capacity|server is busy|server busy|engine is currently"
    r"|loading model|model is loading",
    re.IGNORECASE,
)
_RATE_LIMIT = re.compile(r"rate.?limit|too many requests|resource_exhausted", re.IGNORECASE)
_REFUSING = re.compile(
    r"unsupported|unrecogni[sz]ed|unknown|unexpected|not support|not permitted|not allowed"
    r"|extra_forbidden|extra fields|invalid|must be|too (?:large|big|high)|exceed|maximum|only",
    re.IGNORECASE,
)

_BY_STATUS: dict[int, FaultCode] = {
    401: "wrong_key",
    402: "no_credit",
    403: "no_permission",
    404: "wrong_base_url",
    405: "wrong_base_url",
    407: "proxy",
    408: "timeout",
    410: "unknown_model",
    413: "context_too_long",
    429: "rate_limit",
    502: "server_error",
    503: "overloaded",
    504: "timeout",
    529: "overloaded",
}


def is_filtered(complaint: Complaint) -> bool:
    """Whether a content filter stopped the request."""
    said = f"{complaint.kind} {complaint.message}"
    return complaint.status < 500 and _FILTERED.search(said) is not None


def fault_code(complaint: Complaint) -> FaultCode:
    """The class of a complaint."""
    if complaint.is_page:
        return _code_of_page(complaint.status)
    by_words = _code_by_words(complaint)
    if by_words is not None:
        return by_words
    if 300 <= complaint.status < 400:
        return "wrong_base_url"
    if complaint.status in _BY_STATUS:
        return _BY_STATUS[complaint.status]
    if complaint.status >= 500 or complaint.status < 300:
        return "server_error"
    return "bad_request"


def refused_parameter(complaint: Complaint, sent: tuple[str, ...]) -> str | None:
    """Which of the parameters that were sent a complaint is about.

    Args:
        complaint: The complaint.
        sent: Names of the parameters that can be left out, renamed or lowered.
    """
    if complaint.status not in (400, 422) and complaint.status < 500:
        return None
    named = complaint.parameter.partition(".")[0]
    if named in sent:
        return named
    if _REFUSING.search(f"{complaint.kind} {complaint.message}") is None:
        return None
    # the longest first: max_completion_tokens before a name that is part of it
    for name in sorted(sent, key=len, reverse=True):
        if name in complaint.parameter.split(".") or _names(complaint.message, name):
            return name
    return None


def allowed_maximum(complaint: Complaint, wanted: int) -> int | None:
    """The largest output limit a complaint allows, if it says so."""
    found = re.search(r"> (\d+), which is the maximum|at most (\d+)", complaint.message)
    value = int(next(filter(None, found.groups()))) if found else 0
    return value if 0 < value < wanted else None


def _names(message: str, name: str) -> bool:
    # "Use 'max_completion_tokens' instead" names the parameter to send, not the refused one
    refused = re.split(r"\bUse\b", message)[0]
    return re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", refused) is not None


def _code_of_page(status: int) -> FaultCode:
    if status == 404 or status == 405 or 300 <= status < 400:
        return "wrong_base_url"
    if status in (407, 408, 413, 429) or status >= 500:
        return _BY_STATUS.get(status, "server_error")
    return "not_a_stream"


def _code_by_words(complaint: Complaint) -> FaultCode | None:
    """The class, if type, code or sentence tell it; the first rule that fits."""
    said = f"{complaint.kind}\n{complaint.message}"
    if complaint.status >= 500:
        return "overloaded" if _OVERLOADED.search(said) else None
    rules: tuple[tuple[re.Pattern[str], str, FaultCode], ...] = (
        (_NO_CREDIT, said, "no_credit"),
        (_NO_PERMISSION, said, "no_permission"),
        (_WRONG_KEY, said, "wrong_key"),
        (_TOO_LONG, said, "context_too_long"),
        (_UNKNOWN_MODEL, complaint.kind, "unknown_model"),
        (_UNKNOWN_MODEL, complaint.message, "unknown_model"),
        (_NO_ENDPOINT, said, "wrong_base_url"),
        (_OVERLOADED, said, "overloaded"),
        (_RATE_LIMIT, said, "rate_limit"),
    )
    return next((code for pattern, text, code in rules if pattern.search(text)), None)
