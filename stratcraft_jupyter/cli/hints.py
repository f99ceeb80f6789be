"""Hints written for Python, in the words of the command line."""

import re

_OPTIONS = {
    "time_limit": "--time-limit",
}
"""Arguments of the Python functions that are options here."""

_ARGUMENT = re.compile(r"\b(timezone|timeframe|columns|multi_level_index)\b ?=|\btimeframe out\b")
"""Arguments of ``load_bars`` for which there is no option."""

_OTHERS = re.compile(r"(?:Pass|Give) others=\{(['\"])(?P<symbol>.+?)\1: load_bars\(\.\.\.\)\}")


def for_command_line(hint: str) -> str:
    """The hint with the options that the commands have, or where they have none, how to do it."""
    hint = _OTHERS.sub(r"Give them with --other \g<symbol>=FILE", hint)
    for name, option in _OPTIONS.items():
        hint = re.sub(rf"\b{name}\b=?", option, hint)
    if _ARGUMENT.search(hint):
        return f"{hint} This is for load_bars in Python; the command line has no such option."
    return hint
