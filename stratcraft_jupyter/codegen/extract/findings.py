"""What can be wrong with an answer as a whole: SC501 to SC506."""

import re

from stratcraft_jupyter.codegen.compiler.text import plain
from stratcraft_jupyter.diagnostics import Diagnostic

_REFUSAL = re.compile(
    r"\b(i\s+can(no|')t|i\s+can\s+not|i\s+am\s+(not\s+able|unable)|i'm\s+(not\s+able|unable)"
    r"|i\s+won't|i\s+must\s+decline|i'm\s+sorry|i\s+am\s+sorry|unable\s+to\s+(help|assist))\b",
    re.IGNORECASE,
)
_CUT_HINT = "Raise the output limit, lower the reasoning effort, or choose another model."
_SHOWN = 160


def empty_answer(is_complete: bool) -> Diagnostic:
    """SC501: nothing but white space."""
    if not is_complete:
        return Diagnostic("SC501", "error", "The answer ended before any text.", _CUT_HINT)
    return Diagnostic(
        "SC501", "error", "The answer is empty.", "Generate again, or choose another model."
    )


def reasoning_alone(is_complete: bool) -> Diagnostic:
    """SC502: the model thought, and wrote nothing."""
    when = "" if is_complete else " when the answer was cut off"
    return Diagnostic(
        "SC502", "error", f"The model was still reasoning{when} and wrote no code.", _CUT_HINT
    )


def no_code(text: str, is_complete: bool) -> Diagnostic:
    """SC503: words without code, among them refusals."""
    said = quoted(text)
    if not is_complete:
        message = f"The answer was cut off before its code. It begins: {said}"
        return Diagnostic("SC503", "error", message, _CUT_HINT)
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


def code_was_cut(is_whole: bool) -> Diagnostic:
    """SC504: the answer ended in the middle."""
    if is_whole:
        return Diagnostic(
            "SC504",
            "warning",
            "The answer was cut off after its code.",
            "The code is whole; only what the model wrote behind it is missing.",
        )
    return Diagnostic(
        "SC504",
        "error",
        "The answer was cut off in the middle of the code.",
        f"What arrived is kept as a draft. {_CUT_HINT}",
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
