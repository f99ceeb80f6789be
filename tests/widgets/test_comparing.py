"""Several models at once: progress of each, the table, the curves, the code, the choice."""

import re
from decimal import Decimal

import pytest
from model_answers import BROKEN, CODE, GOOD, LATE, USAGE, fenced, slow

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.compare import Candidate
from stratcraft_jupyter.generation.result import GeneratedStrategy
from stratcraft_jupyter.generation.trial import not_verified
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.notebook import CellBridge
from stratcraft_jupyter.providers.preferences import change_preferences
from stratcraft_jupyter.providers.recordings import RecordedAnswer, pieces
from stratcraft_jupyter.providers.replay import ReplayProvider
from stratcraft_jupyter.widgets import preferring
from stratcraft_jupyter.widgets.charts.overlay import legend_html
from stratcraft_jupyter.widgets.compare_table import table_html
from stratcraft_jupyter.widgets.compare_table import verified_in_words as words_of
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.live_panel import live_html
from stratcraft_jupyter.widgets.models_area import ModelsArea

OTHER = CODE.replace('"fast_period": 10', '"fast_period": 20')  # not what the strategy says
MARKED = CODE.replace("import backtrader as bt\n", "# Mine.\nimport backtrader as bt\n")


@pytest.fixture
def jobs(front_end, state):
    front_end.add_cell("builder")
    bars = load_bars("sample:AAPL").head(600)
    jobs = Jobs(state, CellBridge("b1", timeout=20), cell_id="builder", bars=bars)
    front_end.hello()
    yield jobs
    jobs.close()


@pytest.fixture
def area(state, look, jobs):
    return ModelsArea(state, look, jobs)


def part(area, name):
    return next(w for w in area.widgets if f"jp-StratCraft-{name}" in w._dom_classes)


@pytest.fixture
def start(state, area, wait_for, find):
    """Ticks models, presses Compare and sends."""

    def start(*models):
        for model in models:
            preferring.set_ticked(state, model, True)
        button = area.controls[-1]
        button.click()
        wait_for(lambda: state.snapshot.question is not None, "the question")
        with state.lock:
            pass
        find(part(area, "question"), description="Send").click()

    return start


@pytest.fixture
def compare(state, start, wait_for):
    def compare(*models):
        start(*models)
        wait_for(lambda: state.snapshot.job is None, "the end of the comparison")
        with state.lock:
            return state.snapshot

    return compare


def texts(widget):
    own = [value for value in (getattr(widget, "value", ""),) if isinstance(value, str)]
    return " ".join([*own, *(texts(child) for child in getattr(widget, "children", ()))])


def test_the_button_is_there_while_models_are_ticked(state, area, is_shown):
    button = area.controls[-1]
    assert not is_shown(button)
    preferring.set_ticked(state, "replay:one", True)
    preferring.set_ticked(state, "replay:two", True)
    assert is_shown(button)
    assert button.description == "Compare 2 models"


def test_the_question_has_a_price_for_each_model(state, area, record, wait_for):
    for model in (record("one", GOOD), "compatible:llama"):
        preferring.set_ticked(state, model, True)
    area.asking.ask("compare")
    wait_for(lambda: state.snapshot.question is not None, "the question")
    with state.lock:
        said = texts(part(area, "question"))
    assert "replay:one" in said
    assert "compatible:llama" in said
    assert "price unknown" in said


def test_all_are_run_on_the_same_bars_beside_the_compiler(front_end, record, compare, area):
    one = record("one", RecordedAnswer(pieces(GOOD), usage=USAGE))
    two = record("two", fenced(OTHER))
    bad = record("bad", RecordedAnswer((), fault="wrong_key"))
    snapshot = compare(one, two, bad)
    assert snapshot.failure is None
    by_model = {c.model: c for c in snapshot.comparison.candidates}
    assert list(by_model) == ["builtin", one, two, bad]
    assert by_model["builtin"].result.metrics == by_model[one].result.metrics
    assert by_model["builtin"].result.metrics != by_model[two].result.metrics
    table = table_html(snapshot.comparison.candidates)
    assert table.count("<tr>") == 5
    assert "passed" in table
    assert "refused the API key" in table
    assert "on 600 bars of AAPL" in table
    assert "Compared 3 models with the built-in compiler. Cost: 0 USD." in snapshot.notice
    figures = front_end.models("FigureModel")
    assert len(figures) == 1
    assert len(figures[0].state["marks"]) == 3
    assert "replay:two" in texts(part(area, "compare"))


def test_the_table_says_of_each_whether_it_is_verified(jobs, record, compare):
    jobs.verifies = True
    late, bad = record("late", LATE, LATE), record("bad", RecordedAnswer((), fault="wrong_key"))
    candidates = compare(late, bad).comparison.candidates
    said = {candidate.model: words_of(candidate) for candidate in candidates}
    assert re.fullmatch(r"yes: same [\d,]+ orders on \d+ series", said["builtin"])
    assert re.match(r"no: leaves the graph at bar \d+ \(.+\) of AAPL.*one bar late", said[late])
    assert said[bad] == "–"
    table = table_html(candidates)
    tones = re.findall(r"StratCraft-verified-(\w+)", table)
    assert tones == ["good", "bad", "open"]
    assert table.count("<td>passed</td>") == 2


def test_each_has_its_own_progress(state, record, start, wait_for, jobs):
    one, two = record("one", slow(GOOD, 0.02)), record("two", slow(GOOD, 0.02))
    start(one, two)

    def both_write():
        return all(
            live.stage == "writing" for live in state.snapshot.live if live.model != "builtin"
        )

    wait_for(both_write, "both at once")
    assert [live.model for live in state.snapshot.live] == ["builtin", one, two]
    wait_for(lambda: state.snapshot.job is None, "the end")
    for live in state.snapshot.live:
        assert '<li aria-current="step">Done</li>' in live_html(live)


def test_cancel_ends_all_and_keeps_what_arrived(state, record, start, wait_for, jobs):
    one, two = record("one", slow(GOOD)), record("two", slow(GOOD))
    start(one, two)
    wait_for(lambda: all(live.tail for live in state.snapshot.live[1:]), "text of both")
    jobs.cancel()
    wait_for(lambda: state.snapshot.job is None, "the end")
    assert "Cancelled." in state.snapshot.notice
    assert state.snapshot.comparison is None
    for live in state.snapshot.live[1:]:
        assert live.outcome == "cancelled"
        assert live.attempts[-1].text


def test_the_code_of_two_is_side_by_side_and_one_can_be_used(
    front_end, state, record, compare, area, find, wait_for
):
    compare(record("one", GOOD), record("two", fenced(MARKED)))
    panel = part(area, "compare")
    find(panel, description="Right").value = 2
    assert "# Mine." in texts(panel)
    find(panel, description="Use the code on the right").click()
    wait_for(lambda: state.snapshot.job is None, "the cell")
    assert front_end.cells[1]["source"] == MARKED
    assert state.snapshot.generated.stamp.model == "replay:two"


def test_code_with_errors_is_told_in_the_table(record, compare):
    snapshot = compare(record("one", BROKEN, BROKEN))
    assert "1 error: " in table_html(snapshot.comparison.candidates)
    assert words_of(snapshot.comparison.candidates[1]) == "not looked at: errors come first"


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        ((), "not looked at"),
        ((not_verified(StratCraftError("There are no bars.")),), "not known: There are no bars."),
    ],
)
def test_what_was_not_verified_is_not_called_verified(checks, said):
    made = GeneratedStrategy(CODE, "model", "replay:one", "a" * 64, checks=checks)
    candidate = Candidate("replay:one", made)
    assert words_of(candidate) == said
    assert "verified-open" in table_html((candidate,))


def test_code_with_errors_is_put_into_a_cell_as_a_draft(
    front_end, state, record, compare, area, find, wait_for
):
    compare(record("one", BROKEN, BROKEN))
    find(part(area, "compare"), description="Use the code on the right").click()
    wait_for(lambda: state.snapshot.job is None, "the cell")
    assert front_end.cells[1]["source"].splitlines()[0].startswith("# DRAFT")
    assert state.snapshot.generated.is_draft


def test_what_was_shown_is_sent_to_each(monkeypatch, state, record, compare):
    sent = []
    stream = ReplayProvider.stream

    def watched(self, request):
        sent.append(request)
        return stream(self, request)

    monkeypatch.setattr(ReplayProvider, "stream", watched)
    one, two = record("one", GOOD), record("two", GOOD)
    preferences = change_preferences(output_limits={one: 5000, two: 6000})
    state.update(preferences=preferences, notes="Be brief.")
    compare(one, two)
    limits = {request.model: request.max_output_tokens for request in sent}
    assert limits == {"one": 5000, "two": 6000}
    assert all("Be brief." in request.messages[0].text for request in sent)


class TestCosts:
    @pytest.fixture
    def panel(self, area, find):
        return part(area, "costs")

    def open(self, area):
        next(w for w in area.controls if w.description == "Cost").click()

    def test_spend_is_shown_by_model_and_strategy(
        self, state, record, compare, area, panel, wait_for
    ):
        model = record("one", RecordedAnswer(pieces(GOOD), usage=USAGE))
        state.update(preferences=change_preferences(prices={model: {"input": 1, "output": 10}}))
        compare(model)
        self.open(area)
        wait_for(lambda: state.snapshot.costs is not None, "the costs")
        with state.lock:
            said = texts(panel)
        assert "replay:one" in said
        assert "SMA cross" in said
        assert "0.0090 USD" in said
        assert "1 request" in said

    def test_budgets_can_be_set_and_taken_away(self, front_end, state, area, panel, find):
        self.open(area)
        day = find(panel, description="A day, USD")
        front_end.set(day.comm, value="0.50")
        assert state.snapshot.preferences.budgets.day == Decimal("0.50")
        front_end.set(day.comm, value="")
        assert state.snapshot.preferences.budgets.day is None

    def test_what_is_no_amount_is_refused(self, front_end, state, area, panel, find):
        self.open(area)
        front_end.set(find(panel, description="A month, USD").comm, value="lots")
        assert "is no amount of money" in texts(panel)
        assert state.snapshot.preferences.budgets.month is None

    def test_it_is_read_again_after_a_job(self, state, record, compare, area, wait_for):
        self.open(area)
        wait_for(lambda: state.snapshot.costs is not None, "the costs")
        compare(record("one", GOOD))
        wait_for(lambda: state.snapshot.costs.all.count == 1, "the new request")


def test_the_legend_escapes_names():
    assert "&lt;b&gt;" in legend_html(["Built-in compiler", "replay:<b>"])
