"""Logic, computed a second time: each kind is told every bar's signals, in order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Signals = Mapping[str, Sequence[bool]]
"""The signals on one close, by input port."""


@dataclass
class Logic:
    """One node of logic with all it was told."""

    params: Mapping[str, float | str | bool]
    told: list[Signals] = field(default_factory=list)

    def past(self, port: str, last: int = 0) -> list[bool]:
        """The signal at an input on every close so far, or on the last ones."""
        return [signals[port][0] for signals in self.told[-last:]]


def _vote(node: Logic) -> bool:
    votes, count = sum(node.told[-1]["signals"]), node.params["count"]
    return votes == count if node.params["how"] == "exactly" else votes >= float(count)


def _sequence(node: Logic) -> bool:
    recent = node.past("first", int(node.params["bars"]) + 1)[:-1]
    return node.past("second", 1)[-1] and any(recent)


def _lasts(node: Logic) -> bool:
    bars = int(node.params["bars"])
    recent = node.past("signal", bars)
    return len(recent) == bars and all(recent)


def _becomes_true(node: Logic) -> bool:
    return [False, *node.past("signal", 2)][-2:] == [False, True]


def _latch(node: Logic) -> bool:
    is_on = False
    for sets, resets in zip(node.past("set"), node.past("reset"), strict=True):
        is_on = (is_on or sets) and not resets
    return is_on


LOGIC: Mapping[str, Callable[[Logic], bool]] = {
    "logic.and": lambda node: all(node.told[-1]["signals"]),
    "logic.or": lambda node: any(node.told[-1]["signals"]),
    "logic.not": lambda node: not node.past("signal", 1)[-1],
    "logic.vote": _vote,
    "logic.sequence": _sequence,
    "logic.lasts": _lasts,
    "logic.becomes_true": _becomes_true,
    "logic.latch": _latch,
    "regime.custom": lambda node: node.past("signal", 1)[-1],
}
