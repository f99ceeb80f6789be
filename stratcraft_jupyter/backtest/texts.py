"""Text that a strategy made up, fit to be shown: nothing in it steers a terminal or a line."""

_IN_PLACE = "\N{REPLACEMENT CHARACTER}"
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {ord("\n"), ord("\t")}
# These turn the order of the letters round, so that a text shows other than it is.
_TURNS = {0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_SHOWN = dict.fromkeys(_CONTROLS | _TURNS, _IN_PLACE)


def plain_text(text: str) -> str:
    """The text with control characters and those that turn the reading order made visible."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)
