"""Every trick is seen by its check, and honest code by none of them."""

from functools import cache

import pytest

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, run_batch
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.verify.fairness import check_fairness
from stratcraft_jupyter.verify.findings import plain_cause
from stratcraft_jupyter.verify.integrity import Tried, check_integrity
from stratcraft_jupyter.verify.report import Check
from stratcraft_jupyter.verify.stress_bars import Recipe, make_series
from verify.codes import changed, rsi

CONFIG = BacktestConfig()
NEXT = "    def next(self):\n"
INIT = "    def __init__(self):\n"


@cache
def expected_on() -> tuple[dict, tuple]:
    """Two series, and what the graph does on them."""
    series = {name: make_series(Recipe(name, 0, 260, "1d", 50.0)) for name in ("swings", "trends")}
    reference = compile_strategy(rsi())
    return series, run_batch([Run(reference, item) for item in series.values()]).runs


def all_checks(source: str) -> list[Check]:
    """Every check of code, on two series."""
    series, expected = expected_on()
    found = run_batch([Run(source, item) for item in series.values()]).runs
    tried = [
        Tried(name, item, outcome)
        for (name, item), outcome in zip(series.items(), found, strict=True)
    ]
    checks = check_integrity(source, compile_strategy(rsi()), tried, CONFIG)
    return checks + check_fairness(source, tried, expected, CONFIG)


def statuses(source: str) -> dict[str, str]:
    """Code and status of every check."""
    return {check.code: check.status for check in all_checks(source)}


def test_honest_code_passes_all_checks():
    assert set(statuses(compile_strategy(rsi())).values()) == {"passed"}


TRICKS = {
    "tomorrow in next": (
        NEXT,
        NEXT
        + "        if len(self) < self.data.buflen() and self.data.close[1] > self.data.close[0]:\n"
        + "            self.buy(size=1)\n",
        {"SC620", "SC622"},
    ),
    "tomorrow in __init__": ("self.data.close, period", "self.data.close(1), period", {"SC620"}),
    "random numbers": (
        NEXT,
        "    import random\n\n"
        + NEXT
        + "        if self.random.random() < 0.3:\n            return\n",
        {"SC623"},
    ),
    "cash added": (INIT, INIT + "        self.broker.add_cash(50_000)\n", {"SC624"}),
    "costs left out": (
        INIT,
        INIT + "        self.broker.setcommission(commission=0.0)\n",
        {"SC624", "SC625"},
    ),
    "slippage changed": (
        INIT,
        INIT + "        self.broker.set_slippage_perc(0.02, slip_out=True)\n",
        {"SC625"},
    ),
    "bars changed": (NEXT, NEXT + "        self.data.close[0] = 50.0\n", {"SC626"}),
    "size that is no number": ("self.position_size())", 'float("nan"))', {"SC628", "SC629"}),
    "no trade": (NEXT, NEXT + "        return\n", {"SC629"}),
    "all of the cash": ('"equity_percent": 95.0', '"equity_percent": 100.0', {"SC628"}),
}


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_is_seen(name):
    before, after, codes = TRICKS[name]
    found = statuses(changed(before, after))
    assert {code for code in codes if found[code] == "failed"} == codes, found


FROM_BEFORE = """
class Begun(bt.Indicator):
    lines = ("seen",)

    def next(self):
        self.lines.seen[0] = 1.0
        if len(self) == 1:  # there is no bar before this one
            self.early = self.lines.seen[-1] == 1.0
        if self.early:
            self.lines.seen[0] = 2.0


class RsiMeanReversion"""


def test_a_value_from_before_the_first_bar_is_no_certain_look_ahead():
    source = changed(NEXT, NEXT + "        if self.begun.seen[0] > 1:\n            return\n")
    source = source.replace(INIT, INIT + "        self.begun = Begun(self.data)\n")
    source = source.replace("\nclass RsiMeanReversion", FROM_BEFORE)
    checks = {check.code: check for check in all_checks(source)}
    assert [code for code, check in checks.items() if check.status == "failed"] == ["SC621"]
    assert "or values from before the first bar of a line" in checks["SC621"].message
    assert "addminperiod" in checks["SC621"].hint
    cause, words = plain_cause(list(checks.values()))
    assert cause == "bar by bar"
    assert "one by one" in words


def test_a_look_at_tomorrow_is_called_so():
    before, after, _ = TRICKS["tomorrow in next"]
    checks = all_checks(changed(before, after))
    assert plain_cause(checks)[0] == "look-ahead"
    assert "before the first bar" not in "".join(check.message for check in checks)


def test_an_indicator_that_is_never_read_is_told():
    source = changed(INIT, INIT + "        self.atr = bt.ind.ATR(self.data)\n")
    assert statuses(source)["SC627"] == "warning"
