"""What is known on one close, and what makes a comparison too close to call."""

import math
from dataclasses import dataclass
from typing import Protocol


class TooCloseError(Exception):
    """The last digit decides; two correct implementations may differ."""


class Moment(Protocol):
    """Every series and signal on one close."""

    def series(self, endpoint: str) -> float: ...

    def signal(self, endpoint: str) -> bool: ...


@dataclass
class Position:
    """The open position as conditions see it; a size of 0 is none."""

    size: float = 0.0
    price: float = 0.0
    entry_bar: int | None = None


def whole(value: float) -> int:
    """Rounded down to whole shares."""
    nearest = round(value)
    if value != nearest and abs(value - nearest) < 1e-9 * max(1.0, abs(value)):
        raise TooCloseError(f"{value} shares")
    return math.floor(value)
