"""A time by which work has to be over, on a clock that may be another than the system's."""

import time
from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]


class OverdueError(Exception):
    """The time was over before a piece of work was; nothing of it is to be used."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on a clock.

    Attributes:
        moment: The moment.
        clock: Says the present moment, in seconds.
    """

    moment: float
    clock: Clock = time.monotonic

    @classmethod
    def after(cls, seconds: float, clock: Clock = time.monotonic) -> "Deadline":
        """The moment that is so many seconds away."""
        return cls(clock() + seconds, clock)

    @property
    def is_over(self) -> bool:
        """Whether the moment has passed."""
        return self.clock() > self.moment

    @property
    def seconds_left(self) -> float:
        """Seconds until then; 0 when it has passed."""
        return max(0.0, self.moment - self.clock())
