"""What a fill does to the position, and the mark that stands for it in every chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from stratcraft_jupyter.backtest import colors
from stratcraft_jupyter.backtest.accounting import is_flat, signed
from stratcraft_jupyter.backtest.records import Fill

Action = Literal["enter_long", "exit_long", "enter_short", "exit_short"]
Shape = Literal["triangle-up", "diamond", "triangle-down", "square"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How charts show one action.

    Attributes:
        title: Its name on screen.
        shape: Its outline; no two actions share one, so that colour is not needed to tell them.
        symbol: The character that looks like it, for legends.
        color: Its colour.
        is_below: True for what buys, which stands below the candle; the others stand above.
    """

    title: str
    shape: Shape
    symbol: str
    color: str
    is_below: bool


MARKS: Mapping[Action, Mark] = MappingProxyType(
    {
        "enter_long": Mark("Enter long", "triangle-up", "▲", colors.LONG, is_below=True),
        "exit_long": Mark("Exit long", "diamond", "◆", colors.LONG, is_below=False),
        "enter_short": Mark("Enter short", "triangle-down", "▼", colors.SHORT, is_below=False),
        "exit_short": Mark("Exit short", "square", "■", colors.SHORT, is_below=True),
    }
)


def split_by_action(fills: Sequence[Fill]) -> dict[Action, list[tuple[Fill, float]]]:
    """The fills by what they did, with the shares that did it; a reversal counts as two."""
    found: dict[Action, list[tuple[Fill, float]]] = {action: [] for action in MARKS}
    position = 0.0
    for fill in fills:
        change = signed(fill)
        closing = min(fill.size, abs(position)) if position * change < 0 else 0.0
        if is_flat(fill.size - closing, fill.size):
            closing = fill.size
        opening = fill.size - closing
        if closing > 0:
            found["exit_short" if change > 0 else "exit_long"].append((fill, closing))
        if opening > 0:
            found["enter_long" if change > 0 else "enter_short"].append((fill, opening))
        position += change
        if is_flat(position, fill.size):
            position = 0.0
    return found
