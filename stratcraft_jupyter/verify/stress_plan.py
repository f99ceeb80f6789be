"""What a search for bars found: the bars, what they try of a strategy, and where it stopped."""

from dataclasses import dataclass

from stratcraft_jupyter.backtest.batch import Series
from stratcraft_jupyter.verify.stress_bars import Recipe, make_series


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a search stopped that ran out of time, so that it can go on.

    Attributes:
        step: The step it was at.
        left: Numbers of the mutants not told apart.
        true: Signals that were true on some bar.
        false: Signals that were false on some bar.
        touched: Nodes of which a mutant was told apart.
        has_traded: Whether any series had a fill.
        spent: How many bars were run.
        orders: How many orders there were on the series kept from the rounds.
    """

    step: int
    left: tuple[int, ...]
    true: tuple[str, ...]
    false: tuple[str, ...]
    touched: tuple[str, ...]
    has_traded: bool
    spent: int
    orders: int = 0


@dataclass(frozen=True, slots=True)
class StressPlan:
    """Bars that try a strategy, and what they try of it.

    Attributes:
        recipes: What the series are made from.
        symbols: Further symbols the strategy reads.
        nodes: How many nodes lead to an order.
        exercised: How many of them had an effect, and for signals were true and false.
        idle: Which had not: their titles.
        mutants: How many mutants there are, but for those whose code is that of the strategy.
        told_apart: How many of them gave other orders on at least one series.
        equivalent: What the mutants do that were shown to give the same orders on any bars.
        survivors: What the mutants that gave the same orders everywhere do instead.
        tried: How many series were tried.
        reached: Where the search stopped if its time was over before; None if it went through.
        seconds: How long the search took.
    """

    recipes: tuple[Recipe, ...]
    symbols: tuple[str, ...]
    nodes: int
    exercised: int
    idle: tuple[str, ...]
    mutants: int
    told_apart: int
    equivalent: tuple[str, ...]
    survivors: tuple[str, ...]
    tried: int
    reached: Reached | None
    seconds: float

    @property
    def is_cut_short(self) -> bool:
        """Whether the time was over before the search was."""
        return self.reached is not None

    def series(self) -> list[tuple[str, Series]]:
        """The series by name."""
        return [(recipe.name, make_series(recipe, self.symbols)) for recipe in self.recipes]
