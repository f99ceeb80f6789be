"""Names in emitted code: free of keywords, builtins and Backtrader's own attributes."""

import builtins
import keyword
import re
import unicodedata

from stratcraft_jupyter.codegen.compiler.classes import indicator_classes
from stratcraft_jupyter.codegen.compiler.reserved import STRATEGY_ATTRIBUTES

_LOCALS = {
    *("can_enter_long", "can_enter_short"),
    *("distance", "exit_long", "exit_short", "is_long", "is_short", "price"),
    *("blocked", "blocked_long", "blocked_short", "closes", "equity", "free_long", "free_short"),
    *("held", "long_votes", "math", "now", "score", "short_votes", "sold"),
}
"""Local variables of ours in ``next``."""

_OWN_ATTRIBUTES = {
    *("stop_order", "stop_distance", "leave", "move_stop"),
    *("position_size", "long_size", "short_size", "probe_counts"),
    *("cancel_exits", "closed_bar", "entries", "entry_bar", "entry_expires", "entry_order"),
    *("entry_time", "extreme", "hours_held", "largest", "long_entry", "notify_trade"),
    *("place_exits", "resting", "results", "short_entry", "side", "target_distance"),
    *("target_order", "watch_position"),
}
"""Attributes and methods that emitted classes define themselves."""

RESERVED = frozenset(
    {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "bt", "self"}
    | _LOCALS
    | _OWN_ATTRIBUTES
    | STRATEGY_ATTRIBUTES
)


class Names:
    """Hands out each name once; a name that is taken or reserved gets an underscore or number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """A free name as near to the wanted one as possible."""
        name, number = wanted, 1
        if name in RESERVED:
            name = wanted = f"{wanted}_"
        while name in self._taken or name in RESERVED:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return name


def class_name(title: str) -> str:
    """A class name made of the words of a title, such as ``"SmaCross"``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    name = "".join(word[0].upper() + word[1:].lower() for word in words)[:60]
    if not name:
        return "Strategy"
    if name[0].isdigit():
        name = f"Strategy{name}"
    return f"{name}Strategy" if name.lower() in _CLASS_CLASHES else name


# Without regard to case: SuperTrend and Supertrend in one module are hard to tell apart.
_CLASS_CLASHES = {
    name.lower()
    for name in (
        *("None", "True", "False", *(name for name in dir(builtins) if name[0].isupper())),
        *indicator_classes(),
        *("I", "O"),  # linters take them for 1 and 0
    )
}
