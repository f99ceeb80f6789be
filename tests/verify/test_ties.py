"""Values that are equal but for rounding decide nothing; other differences are no such ties."""

from dataclasses import replace

from stratcraft_jupyter import BacktestConfig, compile_strategy, load_template
from stratcraft_jupyter.backtest.batch import Run, run_batch
from stratcraft_jupyter.verify.equivalence import Compared, compare
from stratcraft_jupyter.verify.fairness import check_fairness
from stratcraft_jupyter.verify.integrity import Tried
from stratcraft_jupyter.verify.stress_bars import Recipe, make_series
from stratcraft_jupyter.verify.ties import find_ties
from verify.codes import changed

CONFIG = BacktestConfig()
RUNNING_SUMS = """
import backtrader as bt


class RunningMean(bt.Indicator):
    lines = ("mean",)
    params = (("period", 10),)

    def __init__(self):
        self.addminperiod(self.p.period)

    def nextstart(self):
        self.total = sum(self.data.get(size=self.p.period))
        self.l.mean[0] = self.total / self.p.period

    def next(self):
        self.total += self.data[0] - self.data[-self.p.period]
        self.l.mean[0] = self.total / self.p.period


class Averages(bt.Strategy):
    def __init__(self):
        fast, slow = RunningMean(period=10), RunningMean(period=30)
        self.cross = bt.ind.CrossOver(fast, slow)

    def next(self):
        if not self.position and self.cross[0] > 0:
            self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif self.position and self.cross[0] < 0:
            self.close()
"""


def compared(source: str, family: str) -> Compared:
    series = make_series(Recipe(family, 0, 600, "1d", 50.0))
    reference = compile_strategy(load_template("sma_cross"))
    ours, theirs = run_batch([Run(reference, series), Run(source, series)]).runs
    return compare(family, series, ours, theirs, CONFIG.cash)


def test_sums_in_another_order_differ_only_where_averages_are_equal():
    moving, still = compared(RUNNING_SUMS, "swings"), compared(RUNNING_SUMS, "still")
    assert moving.is_equal
    assert not still.is_equal
    assert find_ties(load_template("sma_cross"), [moving, still], CONFIG) == [still]


def test_another_period_is_no_tie():
    source = changed('"fast_period": 10', '"fast_period": 9', name="sma_cross")
    item = compared(source, "swings")
    assert not item.is_equal
    assert find_ties(load_template("sma_cross"), [item], CONFIG) == []


def test_orders_refused_where_only_a_tie_differs_say_nothing_against_the_code():
    item = compared(RUNNING_SUMS, "still")
    census = replace(item.found.census, margin=item.expected.census.margin + 1)
    tried = [Tried(item.name, item.series, replace(item.found, census=census))]

    def accepted(ties: set[str]) -> str:
        checks = check_fairness(RUNNING_SUMS, tried, [item.expected], CONFIG, ties)
        (status,) = [check.status for check in checks if check.code == "SC628"]
        return status

    assert accepted(set()) == "failed"
    assert accepted({item.name}) == "passed"


def test_a_tie_on_the_bar_before_says_nothing_of_a_comparison():
    graph = load_template("two_regimes")
    reference = compile_strategy(graph)
    smoothing = "bt.ind.ATR(self.data, period=self.p.period"
    wrong = reference.replace(smoothing, f"{smoothing}, movav=bt.ind.SMA")
    assert wrong != reference
    series = make_series(Recipe("plateaus", 0, 400, "1d", 100.0))
    ours, theirs = run_batch([Run(reference, series), Run(wrong, series)]).runs
    item = compare("plateaus", series, ours, theirs, CONFIG.cash)
    assert not item.is_equal
    assert find_ties(graph, [item], CONFIG) == []
