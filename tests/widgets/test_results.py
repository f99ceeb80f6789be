import html
import re

import numpy as np
import pytest
from made_results import cross_fills, fill, make_bars, make_result

from stratcraft_jupyter.backtest import METRIC_DEFINITIONS, METRIC_TITLES, BacktestConfig
from stratcraft_jupyter.backtest.records import Isolation
from stratcraft_jupyter.widgets.metrics_table import metrics_html
from stratcraft_jupyter.widgets.results import ResultsView, foot_html, head_html
from stratcraft_jupyter.widgets.results_style import results_style

BARS = make_bars(800)
HOSTILE = "<img src=x onerror=alert(1)>&\"'"


def text_of(markup):
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "", markup, flags=re.DOTALL))


def test_warnings_come_first_and_one_by_one():
    head = text_of(head_html(make_result(BARS, warnings=["No trades.", "Cash ran out."])))
    assert head.index("No trades.") < head.index("Cash ran out.") < head.index("SmaCross")


def test_the_head_says_what_ran_when_and_by_which_rules():
    config = BacktestConfig(cash=50_000, commission=0.00125, slippage=0.0)
    head = text_of(head_html(make_result(BARS, config=config)))
    for told in (
        "TEST 1d",
        "2000-03-01 to 2003-03-25",
        "800 bars",
        "cash 50,000",
        "commission 0.125 %",
        "slippage 0 %",
        "Market orders fill at the next open.",
    ):
        assert told in head


def test_text_from_outside_is_never_markup():
    result = make_result(
        make_bars(40, symbol=HOSTILE),
        (),
        warnings=[HOSTILE],
        name=HOSTILE,
        output=HOSTILE,
        isolation=Isolation(missing=(HOSTILE,)),
    )
    for markup in (head_html(result), foot_html(result), metrics_html(result)):
        assert "<img" not in markup
    assert text_of(head_html(result)).count(HOSTILE) == 3


def test_the_foot_tells_what_was_printed_and_what_could_not_be_enforced():
    quiet = text_of(foot_html(make_result(BARS)))
    assert "Printed" not in quiet
    assert "Not enforced" not in quiet
    told = text_of(
        foot_html(make_result(BARS, output="hello", isolation=Isolation(missing=("network",))))
    )
    assert "Printed by the strategy:hello" in told
    assert "Not enforced on this system: network." in told


def test_every_metric_is_shown_in_percent_or_its_unit_with_its_definition():
    result = make_result(BARS)
    markup = metrics_html(result)
    for name, title in METRIC_TITLES.items():
        row = re.search(
            rf'<tr title="([^"]*)">(<th scope="row">{re.escape(title)}</th>.*?)</tr>', markup
        )
        assert row, title
        assert html.unescape(row[1]).startswith(METRIC_DEFINITIONS[name])
        assert f'data-metric="{name}"' in row[2]
    total = result.metrics.total_return
    assert f'data-metric="total_return">{total * 100:,.2f} %<' in markup
    assert "How these are computed" in markup
    assert "A year has 252 bars" in markup


def test_buy_and_hold_stands_beside_the_result():
    gain = BARS.close[-1] / BARS.close[0] - 1
    assert f'data-metric="benchmark">{gain * 100:,.2f} %<' in metrics_html(make_result(BARS))


def test_an_undefined_metric_is_a_dash_that_explains_itself():
    row = re.search(
        r'<tr title="([^"]*)">[^/]*/th><td data-metric="win_rate">(.*?)</td>',
        metrics_html(make_result(BARS, ())),
    )
    assert row[2] == "\N{EN DASH}"
    assert row[1].endswith("Undefined for this run.")


def test_the_style_sheet_is_whole_and_reaches_nothing_of_others():
    style = results_style()
    assert style.count("{") == style.count("}")
    sheet = re.sub(r"/\*.*?\*/|</?style>", "", style, flags=re.DOTALL)
    for rule in re.findall(r"([^{}]+)\{", sheet):
        assert all(part.strip().startswith(".jp-StratCraft-") for part in rule.split(",")), rule


@pytest.fixture
def result():
    return make_result(BARS, cross_fills(BARS, short=True))


def test_the_view_shows_charts_metrics_and_trades_with_few_models(front_end, result):
    ResultsView(result, BARS)
    shown = " ".join(item.state["value"] for item in front_end.models("HTMLModel"))
    for part in ("jp-StratCraft-Summary", "jp-StratCraft-Metrics", "jp-StratCraft-TradesTable"):
        assert part in shown
    assert len(front_end.models("FigureModel")) == 2
    # each model is a message to the page before anything is drawn
    assert len(front_end.comms) <= 100


def test_a_fresh_result_brings_its_own_bars(front_end, result):
    assert ResultsView(result).charts.window.bars(800) == (0, 800)


def click_row(page, number):
    page.send(
        next(
            item
            for item in page.models("ButtonModel")
            if item.state["tooltip"] == f"Show trade {number} in the charts"
        ),
        {"event": "click"},
    )


def test_a_click_on_a_trade_brings_it_into_view(front_end, result):
    view = ResultsView(result, BARS)
    number = len(result.trades) - 2
    trade = result.trades[number - 1]
    click_row(front_end, number)
    start, stop = view.charts.window.bars(800)
    assert start < trade.entry_bar
    assert trade.exit_bar < stop
    assert stop - start < 200
    table = next(i for i in front_end.models("HTMLModel") if "<thead>" in i.state["value"])
    chosen = re.search(r"<tr class=chosen>(.*?)</tr>", table.state["value"])[1]
    assert text_of(chosen).startswith(str(number))


def test_a_click_on_an_open_trade_shows_it_up_to_the_last_bar(front_end):
    view = ResultsView(make_result(BARS, (fill(BARS, 700, 5),)), BARS)
    click_row(front_end, 1)
    start, stop = view.charts.window.bars(800)
    assert start < 700
    assert stop == 800


def test_another_result_takes_the_place_of_the_first(front_end, result):
    view = ResultsView(result, BARS)
    models = len(front_end.comms)
    other = make_result(make_bars(500, symbol="OTHER"), name="Other")
    view.update(other)
    shown = " ".join(item.state["value"] for item in front_end.models("HTMLModel"))
    assert "<b>Other</b>" in shown
    assert "OTHER 1d" in shown
    assert f">{len(other.trades)} trades" in shown
    assert len(front_end.comms) == models


def test_an_error_in_a_callback_is_shown_until_one_succeeds(front_end, result):
    view = ResultsView(result, BARS)
    draw = view.charts.show_bars
    view.charts.show_bars = lambda first, last: np.zeros(2)[5]
    click_row(front_end, len(result.trades))

    def alerts():
        return [i for i in front_end.models("HTMLModel") if 'role="alert"' in i.state["value"]]

    assert "IndexError" in alerts()[0].state["value"]
    view.charts.show_bars = draw
    click_row(front_end, len(result.trades))
    assert alerts() == []
