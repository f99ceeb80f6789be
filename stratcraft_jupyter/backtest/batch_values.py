"""What many runs in one process are made of: series, runs and contests, and what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stratcraft_jupyter.backtest.orders import WorkingOrder
from stratcraft_jupyter.backtest.records import Fill, Isolation, OrderCensus
from stratcraft_jupyter.errors import BacktestError

if TYPE_CHECKING:
    from stratcraft_jupyter.backtest.config import BacktestConfig
    from stratcraft_jupyter.market import Bars


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Bars to run on.

    Attributes:
        bars: The bars.
        others: Bars of further symbols, by symbol.
    """

    bars: "Bars"
    others: Mapping[str, "Bars"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run to do.

    Attributes:
        source: The strategy.
        series: What to run it on.
        bar_by_bar: Hand over the bars one by one, so that none that is to come is there.
        seed: Seed of the random numbers a strategy may draw.
        config: Money and costs of this run; None for those of all.
    """

    source: str
    series: Series
    bar_by_bar: bool = False
    seed: int = 0
    config: "BacktestConfig | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class RunOutcome:
    """What came of one run.

    Attributes:
        fills: Its fills.
        book: Its orders.
        census: How many orders there were, by outcome.
        final_value: What the strategy's own broker says it ended with.
        charged_otherwise: How many fills had another commission than the settings say.
        impossible: The first fill that the bars and the rules of orders do not allow, in a
            sentence; empty if all may be.
        is_feed_changed: Whether the bars were other bars after the run.
        values: What a probe noted of its nodes.
        probe: What a probe counted.
        error: Why it failed; the rest is empty then.
    """

    fills: tuple[Fill, ...] = ()
    book: tuple[WorkingOrder, ...] = ()
    census: OrderCensus = field(default_factory=OrderCensus)
    final_value: float = 0.0
    charged_otherwise: int = 0
    impossible: str = ""
    is_feed_changed: bool = False
    values: Mapping[str, Sequence[float]] = field(default_factory=dict)
    probe: Mapping[str, int] = field(default_factory=dict)
    error: BacktestError | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """A source whose orders are compared with those expected, series by series.

    Attributes:
        source: The strategy.
        rounds: Series and expected orders, in the order in which they are tried.
        spare: How many rounds may be lost before it is over.
    """

    source: str
    rounds: Sequence[tuple[Series, Sequence[WorkingOrder]]]
    spare: int = 0


@dataclass(frozen=True, slots=True)
class ContestOutcome:
    """Where a source first had other orders.

    Attributes:
        lost: Number of the round; None if its orders were those expected in all, or enough.
        failed: Whether it failed to run there.
    """

    lost: int | None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of a batch.

    Attributes:
        runs: One outcome for each run.
        contests: One for each contest; those not reached before the time was over are missing.
        isolation: How the process was locked in.
    """

    runs: tuple[RunOutcome, ...]
    contests: tuple[ContestOutcome, ...]
    isolation: Isolation
