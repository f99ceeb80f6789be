"""Right code is verified; wrong code is caught, explained on the right bar, in the right words."""

from functools import cache

import pytest

import stratcraft_jupyter as sc
from stratcraft_jupyter.verify import VerificationReport, findings_for_repair, verify
from stratcraft_jupyter.verify.report import mutants_told
from verify.codes import RSI_BY_HAND, changed, rsi

pytestmark = pytest.mark.usefixtures("short_plan")


@cache
def report_on(before: str, after: str) -> VerificationReport:
    return verify(changed(before, after), rsi())


def failed(report: VerificationReport) -> set[str]:
    return {check.code for check in report.failures}


@pytest.fixture(scope="module")
def good(short_plan) -> VerificationReport:
    return sc.verify(RSI_BY_HAND, rsi())


def test_code_in_another_style_is_verified(good):
    assert good.ok, str(good)
    assert good.first_difference is None
    assert good.coverage.exercised == good.coverage.nodes == 7
    assert good.coverage.told_apart >= 28
    assert good.summary.startswith("Verified: same orders as the graph on ")


def test_a_report_survives_json(good):
    assert VerificationReport.from_json(good.to_json()) == good
    with pytest.raises(sc.GenerationError.__mro__[1]):
        VerificationReport.from_json("{}")


def test_the_text_says_what_was_tried(good):
    assert "7 of 7 nodes exercised" in str(good)
    assert findings_for_repair(good) == ()


@pytest.mark.parametrize(
    ("before", "after", "cause", "words"),
    [
        ('"oversold_value": 30.0', '"oversold_value": 25.0', "threshold", "25 instead of 30"),
        ("self.rsi[0] < self", "self.rsi[-1] < self", "one bar late", "one bar late"),
        ("self.buy(size=self.position_size())", "self.buy(size=1)", "size", "single share"),
        ("max(0, int(cash / self.data.close[0]))", "int(cash)", "size in cash", "not that many"),
        (
            "self.close(exectype=bt.Order.Stop, price=price)",
            "True",
            "stop missing",
            "Stop loss did not exist",
        ),
        ("            self.leave()", "            pass", "exit missing", "did not exist"),
        (
            "            self.cancel(self.stop_order)",
            "            pass",
            "order left behind",
            "left",
        ),
    ],
)
def test_a_defect_is_caught_and_explained(before, after, cause, words):
    report = report_on(before, after)
    difference = report.first_difference
    assert not report.ok
    assert "SC610" in failed(report)
    assert words in difference.explanation
    assert difference.cause.startswith(cause)
    assert difference.expected or difference.found
    finding = findings_for_repair(report)[0]
    assert len(finding.message) < 1_500
    assert finding.severity == "error"


def test_the_first_difference_shows_the_values_behind_it():
    report = report_on('"oversold_value": 30.0', '"oversold_value": 25.0')
    difference = report.first_difference
    rows = {node.node_id: dict(node.values) for node in difference.nodes}
    assert rows["oversold"] == {"signal": True}
    assert 25 <= rows["rsi"]["value"] < 30
    assert {node.says for node in difference.nodes if node.title == "Bars"} == {"close of the bars"}
    assert difference.window[0].bar <= difference.bar <= difference.window[-1].bar
    assert difference.expected[0].type == "market"


def test_sizes_rounded_otherwise_are_called_rounding():
    report = verify(
        changed("max(0, int(cash / self.data.close[0]))", "cash / self.data.close[0]"), rsi()
    )
    assert "SC612" in failed(report)


def test_code_that_fails_is_not_verified():
    source = changed("            self.leave()", "            self.leave(1)")
    report = verify(source, rsi())
    assert "SC613" in failed(report)
    assert findings_for_repair(report)[0].code == "SC613"


def test_code_that_divides_by_zero_where_the_graph_runs_is_not_verified():
    report = verify(RSI_BY_HAND.replace("bt.ind.RSI_Safe(", "bt.ind.RSI("), rsi())
    (failure,) = (check for check in report.failures if check.code == "SC613")
    assert "ZeroDivisionError" in failure.message


def test_the_package_can_be_called_before_and_after_it_is_imported():
    assert sc.verify is not None
    assert callable(sc.verify)


def test_given_bars_that_are_too_few_are_named():
    report = sc.verify(RSI_BY_HAND, rsi(), sc.load_bars("sample:AAPL").head(5))
    (note,) = [check for check in report.checks if check.code == "SC615"]
    assert report.ok
    assert note.status == "warning"
    assert "On AAPL (1d) the graph itself does not run: " in note.message


def test_bars_too_few_for_the_graph_are_named_in_the_verdict():
    report = verify(RSI_BY_HAND, rsi(), sc.load_bars("sample:AAPL").head(10))
    assert report.ok, str(report)
    assert report.summary.endswith("Not on the given bars.")


def test_mutants_shown_to_be_equivalent_are_counted_apart(good):
    tried = good.coverage
    assert f"{tried.told_apart} of {tried.mutants} mutants told apart" in str(good)
    assert mutants_told(31, 3, 34) == "31 of 34 mutants told apart, 3 shown to be equivalent"
