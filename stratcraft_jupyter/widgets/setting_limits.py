"""The number settings of a backtest: what the form calls them, and which values they take."""

from collections.abc import Callable
from dataclasses import dataclass

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.widgets.typed import Typing, number_text, read_number

_PERCENT = 100.0

Rule = tuple[Callable[[float], bool], str]


@dataclass(frozen=True)
class NumberSetting:
    """One number of the backtest settings.

    Attributes:
        name: Its name in the document.
        title: What messages call it.
        label: What the form calls it, with its unit.
        rules: What a number must be, as it is typed: a test, and the same in words.
        is_share: Whether it is typed in percent and kept as a fraction.
    """

    name: str
    title: str
    label: str
    rules: tuple[Rule, ...]
    is_share: bool = False

    @property
    def typing(self) -> Typing:
        """How it is read and shown."""
        return Typing(self._read, self._write)

    def _read(self, typed: str) -> float:
        value = read_number(typed, self.title)
        for holds, words in self.rules:
            if not holds(value):
                raise GraphEditError(f"{self.title} must be {words}.")
        return round(value / _PERCENT, 12) if self.is_share else value

    def _write(self, value: float) -> str:
        return number_text(round(value * _PERCENT, 10) if self.is_share else value)


_MOST_CASH = 1e15
_COST: tuple[Rule, ...] = (
    (lambda value: value >= 0, "0 % or more"),
    (lambda value: value < _PERCENT, "less than 100 %"),
)

NUMBER_SETTINGS = (
    NumberSetting(
        "cash",
        "Cash",
        "Cash at the start",
        (
            (lambda value: value > 0, "more than 0"),
            (lambda value: value <= _MOST_CASH, f"at most {_MOST_CASH:,.0f}"),
        ),
    ),
    NumberSetting("commission", "Commission", "Commission (% of value)", _COST, is_share=True),
    NumberSetting("slippage", "Slippage", "Slippage (% of price)", _COST, is_share=True),
    NumberSetting(
        "sizing_percent",
        "Default size",
        "Default size (% of equity)",
        (
            (lambda value: value > 0, "more than 0 % of equity"),
            (lambda value: value <= _PERCENT, "at most 100 % of equity"),
        ),
    ),
)
"""In the order of the form."""
