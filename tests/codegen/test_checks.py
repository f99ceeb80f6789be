"""Mistakes and cheats are found, each at its line with a reason and a fix."""

import ast

import backtrader as bt
import pytest

from codegen.corpus.mistakes import CHEATS, GOOD, HONEST
from stratcraft_jupyter.codegen.checks import check_code
from stratcraft_jupyter.codegen.checks.backtrader_names import (
    BROKER_READS,
    ENGINE,
    ENTRIES,
    HOOKS,
    INDICATORS,
    LINE_FUNCTIONS,
    TOP_LEVEL,
    TWO_SOURCES,
)

BAD = {**HONEST, **CHEATS}


def marked_line(source: str) -> int | None:
    lines = [number for number, line in enumerate(source.split("\n"), 1) if "# <-" in line]
    return lines[0] if lines else None


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_found_at_its_line(name):
    code, source = BAD[name]
    found = [item for item in check_code(source) if item.code == code]
    assert found, [str(item) for item in check_code(source)]
    assert marked_line(source) in [item.line for item in found]


@pytest.mark.parametrize("name", BAD)
def test_a_finding_has_a_reason_and_a_fix(name):
    for item in check_code(BAD[name][1]):
        assert item.hint
        assert len(str(item)) < 500
        assert item.severity in ("error", "warning")
        assert item.line is not None or item.code in ("SC510", "SC520")


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_is_an_error(name):
    code, source = CHEATS[name]
    assert "error" in {item.severity for item in check_code(source) if item.code == code}


@pytest.mark.parametrize("name", BAD)
def test_the_mistake_is_the_only_one(name):
    code, source = BAD[name]
    along = {
        "misspelt_parameter": {"SC533"},  # the right name is then never read
        "next_reads_no_indicator": {"SC546"},
        "broker_attribute": {"SC553"},
    }
    assert {item.code for item in check_code(source)} == {code, *along.get(name, ())}


def test_the_pattern_that_they_differ_from_is_good():
    assert check_code(GOOD) == ()


def test_errors_come_first_then_lines():
    source = CHEATS["sets_cash"][1].replace("self.close()", "self.data.close[1]")
    found = check_code(source.replace("size=10", ""))
    severities = [item.severity for item in found]
    assert severities == sorted(severities)
    errors = [item.line for item in found if item.severity == "error"]
    assert errors == sorted(errors)
    assert len(errors) == 2


def test_a_finding_is_told_once():
    source = GOOD + "        x = self.data.close[1]\n" * 3
    assert len([item for item in check_code(source) if item.code == "SC544"]) == 3
    assert len(set(check_code(source))) == len(check_code(source))


def test_indices_of_the_past_are_no_finding():
    past = [
        "x = self.data.close[-1]",
        "x = self.data.close[0]",
        "x = [self.data.close[-i] for i in range(5)]",
        "for n in range(-5, 1):\n            x = self.data.close[n]",
        "ago = -1\n        x = self.rsi[ago]",
        "x = self.data.close.get(ago=-1, size=3)",
        "x = self.data.datetime.date(0)",
        "closes = self.data.close.get(size=5)\n        x = closes[1]",
        "pair = [1, 2]\n        x = pair[1]",
        "n = len(self)\n        x = self.data.close[-n + 1] if n > 1 else 0",
    ]
    for line in past:
        assert check_code(f"{GOOD}        {line}\n") == (), line


def test_what_works_on_bars_is_no_finding():
    fine = [
        "ok = self.rsi[0] > 30 and self.rsi[0] < 70",
        "ok = 30 < self.rsi[0] < 70",
        "ok = self.rsi > 30 and not self.position",
        "top = max(self.data.close[0], self.data.open[0])",
        "cash = self.broker.getcash() + self.broker.get_value()",
        "held = self.broker.getposition(self.data).size",
        "self.env.runstop()",
        "self.highest = max(getattr(self, 'highest', 0), self.data.high[0])",
    ]
    for line in fine:
        assert check_code(f"{GOOD}        {line}\n") == (), line


def test_lines_combined_in_init_are_no_finding():
    fine = [
        "self.ok = bt.And(self.rsi > 30, self.rsi < 70)",
        "self.ok = bt.If(self.rsi > 50, self.data.close, self.data.open)",
        "self.ok = abs(self.data.close - self.data.open) / self.data.close(-1)",
        "self.ok = bt.ind.CrossOver(self.rsi, 50.0)",
        "self.ok = bt.ind.Highest(self.data.high(-1), period=20)",
    ]
    for line in fine:
        source = GOOD.replace("\n\n    def next", f"\n        {line}\n\n    def next", 1)
        assert check_code(f"{source}        x = self.ok[0]\n") == (), line


def test_indicators_in_containers_are_known():
    source = GOOD.replace(
        "period=14)\n",
        "period=14)\n        self.all = {3: bt.ind.SMA(period=3), 5: bt.ind.EMA(period=5)}\n",
    )
    assert check_code(f"{source}        x = self.all[3][0]\n") == ()
    assert [item.code for item in check_code(f"{source}        x = self.all[3][1]\n")] == ["SC544"]


def test_a_script_behind_the_strategy_is_no_finding():
    script = (
        '\n\nif __name__ == "__main__":\n    import sys\n\n'
        "    cerebro = bt.Cerebro()\n    print(open(sys.argv[1]))\n"
    )
    assert check_code(GOOD + script) == ()


def test_a_shifted_line_may_be_read_once_it_is_past():
    _, source = CHEATS["chikou"]
    assert check_code(source.replace("chikou_span[0]", "chikou_span[-26]")) == ()
    assert check_code(source.replace("Ichimoku(self.data)", "Ichimoku(self.data, chikou=0)")) == ()
    assert check_code(source.replace("chikou_span[0]", "chikou_span[-25]")) != ()


def test_another_name_of_backtrader_changes_nothing():
    source = GOOD.replace("import backtrader as bt", "import backtrader").replace(
        "bt.", "backtrader."
    )
    assert check_code(source) == ()
    assert check_code(source + "        x = self.data.close[1]\n") != ()
    direct = GOOD.replace(
        "import backtrader as bt",
        "from backtrader import Strategy\nfrom backtrader.indicators import RSI",
    )
    direct = direct.replace("bt.Strategy", "Strategy").replace("bt.ind.RSI", "RSI")
    assert check_code(direct) == ()
    assert check_code(direct + "        x = RSI(period=3)\n") != ()


def test_names_of_backtrader_are_kept_true():
    real = {name for name in vars(bt.indicators) if isinstance(getattr(bt.indicators, name), type)}
    assert real >= INDICATORS
    # what is not listed is no indicator that anybody would use
    for name in real - INDICATORS:
        assert name.startswith(("Meta", "Line", "Auto")) or not issubclass(
            getattr(bt.indicators, name), bt.Indicator
        )
    assert all(hasattr(bt, name) for name in TOP_LEVEL | LINE_FUNCTIONS)
    assert LINE_FUNCTIONS <= TOP_LEVEL
    assert TWO_SOURCES <= INDICATORS
    assert all(getattr(bt.indicators, name)._mindatas == 2 for name in TWO_SOURCES)
    assert all(
        name in TWO_SOURCES or getattr(getattr(bt.indicators, name), "_mindatas", 1) < 2
        for name in INDICATORS
    )
    assert all(hasattr(bt.Strategy, name) for name in HOOKS | ENTRIES)
    assert all(hasattr(bt.brokers.BackBroker(), name) for name in BROKER_READS)
    methods = {name for name in dir(bt.Strategy) if callable(getattr(bt.Strategy, name))}
    kept = {name for name in methods if name.startswith("_") and not name.startswith("__")}
    assert len(kept & ENGINE) > 20


def test_every_snippet_that_should_be_python_is():
    for name, (code, source) in BAD.items():
        if code not in ("SC510", "SC513"):
            ast.parse(source), name
