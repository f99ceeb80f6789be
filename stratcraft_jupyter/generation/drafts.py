"""Code that arrived in part: kept, marked, and made to refuse to run."""

import textwrap

_WIDTH = 88
# A draft has to be safe wherever the notebook is opened: in any front end, with or without this
# package, after a restart, under nbconvert. So what stops it is Python, in the first line: broken
# text is refused by the parser before anything runs, text that parses stops here with a message.
DRAFT_LINE = (
    'raise RuntimeError("This is a draft, not finished code. Delete this line to run it anyway.")'
)


def draft_source(text: str, reason: str, *, is_code: bool = True) -> str:
    """Part of an answer as a module that says so in its first line and refuses to run.

    Args:
        text: What arrived.
        reason: Why it is not whole, such as ``"the request was cancelled"``.
        is_code: Whether it is code; anything else stands there as comments.
    """
    body = text if is_code else as_comments(text)
    said = " ".join(_plain(reason).split()).rstrip(".")
    lines = textwrap.wrap(f"# DRAFT, not finished code: {said}.", _WIDTH, subsequent_indent="# ")
    return "\n".join([*lines, DRAFT_LINE, "", body.strip("\n"), ""])


def as_comments(text: str) -> str:
    """Any text as lines of comments, so that nothing of it can run."""
    lines = _plain(text).split("\n")
    return "\n".join(f"# {line}".rstrip() for line in lines)


def _plain(text: str) -> str:
    """Text in which only line feeds end a line for Python, and nothing ends the whole."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate({0: " ", ord("\f"): " "})
