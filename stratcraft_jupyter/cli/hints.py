"""Hints written for Python, in the words of the command line."""

import re

_OPTIONS = {
    "max_cost": "--max-cost",
    "time_limit": "--time-limit",
}
"""Arguments of the Python functions that are options here."""

_ARGUMENT = re.compile(r"\b(timezone|timeframe|columns|multi_level_index)\b ?=|\btimeframe out\b")
"""Arguments of ``load_bars`` for which there is no option."""

_COMMANDS = {
    "base URL": "settings PROVIDER --base-url URL",
    "Set its price": "settings PROVIDER:MODEL --price IN,OUT",
    "allow models of unknown price": "settings --allow-unknown-price yes",
    "raise the budget": "ledger --budget-request USD (or --budget-day, --budget-month)",
}
"""Commands that do what a hint asks for, by its words."""

_OTHERS = re.compile(r"(?:Pass|Give) others=\{(['\"])(?P<symbol>.+?)\1: load_bars\(\.\.\.\)\}")


_KEY_FIELD = re.compile(r"Type (?:it|the key) into the key field, (?:or )?(\w)")
"""What a builder has, and a terminal has not."""


def for_command_line(hint: str) -> str:
    """The hint with the options that the commands have, or where they have none, how to do it."""
    hint = _KEY_FIELD.sub(lambda match: match[1].upper(), hint)
    hint = hint.replace(" before Jupyter starts", "")
    hint = in_options(hint)
    hint = _OTHERS.sub(r"Give them with --other \g<symbol>=FILE", hint)
    commands = [command for words, command in _COMMANDS.items() if words in hint]
    if commands:
        return f"{hint} Here: {'; '.join(f'stratcraft-jupyter {c}' for c in commands)}."
    if _ARGUMENT.search(hint):
        return f"{hint} This is for load_bars in Python; the command line has no such option."
    return hint


def in_options(text: str) -> str:
    """The text with options in place of the arguments of Python functions."""
    for name, option in _OPTIONS.items():
        text = re.sub(rf"\b{name}\b=?", option, text)
    return text
