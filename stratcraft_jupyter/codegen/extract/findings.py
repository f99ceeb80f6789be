"""What can be wrong with an answer as a whole: SC501 to SC506."""

import re
from typing import Literal

from stratcraft_jupyter.codegen.compiler.text import plain
from stratcraft_jupyter.diagnostics import Diagnostic

_REFUSAL = re.compile(
    r"\b(i\s+can(no|')t|i\s+can\s+not|i\s+am\s+(not\s+able|unable)|i'm\s+(not\s+able|unable)"
    r"|i\s+won't|i\s+must\s+decline|i'm\s+sorry|i\s+am\s+sorry|unable\s+to\s+(help|assist))\b",
    re.IGNORECASE,
)
_CUT_HINT = "Raise the output limit, lower the reasoning effort, or choose another model."
_STOP_HINT = "Reword the notes of the strategy, or choose another model."
Stop = Literal["cut", "refusal", "filter"]
"""Why an answer ended before its end."""
_STOPS: dict[Stop, tuple[str, str, str]] = {
    "cut": ("The answer was cut off", "the answer was cut off", _CUT_HINT),
    "refusal": ("The model declined to go on", "it declined to go on", _STOP_HINT),
    "filter": (
        "The provider's content filter stopped the answer",
        "the provider's content filter stopped it",
        _STOP_HINT,
    ),
}
_SHOWN = 160


def empty_answer(stop: Stop | None) -> Diagnostic:
    """SC501: nothing but white space."""
    if stop == "cut":
        return Diagnostic("SC501", "error", "The answer ended before any text.", _CUT_HINT)
    if stop is not None:
        said, _, hint = _STOPS[stop]
        return Diagnostic("SC501", "error", f"{said} before any text.", hint)
    return Diagnostic(
        "SC501", "error", "The answer is empty.", "Generate again, or choose another model."
    )


def reasoning_alone(stop: Stop | None) -> Diagnostic:
    """SC502: the model thought, and wrote nothing."""
    when = f" when {_STOPS[stop][1]}" if stop else ""
    hint = _STOPS[stop or "cut"][2]
    return Diagnostic(
        "SC502", "error", f"The model was still reasoning{when} and wrote no code.", hint
    )


def no_code(text: str, stop: Stop | None) -> Diagnostic:
    """SC503: words without code, among them refusals."""
    said = quoted(text)
    if stop is not None:
        what, _, hint = _STOPS[stop]
        return Diagnostic("SC503", "error", f"{what} before its code. It begins: {said}", hint)
    if _REFUSAL.search(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")[:600]):
        return Diagnostic(
            "SC503",
            "error",
            f"The model declined to write the strategy: {said}",
            "Read what it says, change your notes to the model, or choose another model.",
        )
    return Diagnostic(
        "SC503",
        "error",
        f"The answer has no code in it. It begins: {said}",
        "Generate again, or choose another model.",
    )


def code_was_cut(stop: Stop, *, is_whole: bool) -> Diagnostic:
    """SC504: the answer ended in the middle."""
    said, _, hint = _STOPS[stop]
    if is_whole:
        return Diagnostic(
            "SC504",
            "warning",
            f"{said} after its code.",
            "The code is whole; only what the model wrote behind it is missing.",
        )
    return Diagnostic("SC504", "error", f"{said} in the middle of the code.", hint)


def code_breaks_off() -> Diagnostic:
    """SC504: the answer is whole, and its code is not."""
    return Diagnostic(
        "SC504",
        "error",
        "The code breaks off in the middle, although the answer came to its end.",
        "Generate again, or choose another model.",
    )


def several_versions(count: int) -> Diagnostic:
    """SC505: more than one strategy in one answer."""
    return Diagnostic(
        "SC505",
        "warning",
        f"The answer has {count} versions of the strategy; the last whole one was taken.",
        "Compare it with what you meant.",
    )


def too_long(length: int, most: int) -> Diagnostic:
    """SC506: far more text than a strategy has."""
    return Diagnostic(
        "SC506",
        "error",
        f"The answer has {length:,} characters; at most {most:,} are looked at.",
        "Lower the output limit and generate again.",
    )


def quoted(text: str) -> str:
    """The beginning of a text on one line, in quotes."""
    line = plain(text[: 4 * _SHOWN])
    return f'"{line[:_SHOWN].rstrip()}{"..." if len(line) > _SHOWN else ""}"'
