"""Results to JSON and back, their warnings, and the report page."""

import dataclasses
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from backtest.corpus import SOURCES
from backtest.some_bars import make_bars
from stratcraft_jupyter.backtest import BacktestConfig, BacktestResult, colors, run_backtest
from stratcraft_jupyter.backtest.actions import MARKS
from stratcraft_jupyter.backtest.records import Fill
from stratcraft_jupyter.backtest.report import render_report
from stratcraft_jupyter.backtest.report_charts import draw_candles
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.market import load_bars

HEAD = "import backtrader as bt\nclass S(bt.Strategy):\n    def next(self):\n"
HOSTILE = "<script>alert(1)</script>&\"'"


@pytest.fixture(scope="module")
def result(daily):
    return run_backtest(SOURCES["short_and_reverse"], daily, BacktestConfig(cash=30_000))


@pytest.fixture(scope="module")
def intraday_result(intraday):
    return run_backtest(SOURCES["sma_cross"], intraday)


def test_json_round_trip_is_exact(result, intraday_result):
    for original in (result, intraday_result):
        again = BacktestResult.from_json(original.to_json())
        assert again == original
        assert again.to_json() == original.to_json()
        assert again.bars is None


def test_json_has_the_documented_keys(result):
    data = json.loads(result.to_json())
    wanted = {"metrics", "fills", "trades", "equity_curve", "config", "warnings"}
    assert wanted <= set(data)
    assert set(data["fills"][0]) == {"bar", "time", "side", "size", "price", "commission"}
    assert data["fills"][0]["side"] in ("buy", "sell")
    assert data["fills"][0]["time"] == str(result.fills[0].time)[:19]
    assert set(data["equity_curve"][0]) == {"time", "value"}
    assert "return" in data["trades"][0]
    assert data["trades"][-1]["is_open"] is True
    assert data["trades"][-1]["exit_time"] is None
    assert data["metrics"]["total_return"] == result.metrics.total_return


def test_different_results_are_not_equal(result):
    assert dataclasses.replace(result, elapsed=result.elapsed + 1) != result
    value = result.equity_curve.value.copy()
    value[3] += 1
    other = dataclasses.replace(result.equity_curve, value=value)
    assert dataclasses.replace(result, equity_curve=other) != result


def test_a_result_cannot_be_changed(result):
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.symbol = "OTHER"
    with pytest.raises(ValueError, match="read-only"):
        result.equity_curve.value[0] = 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema_version": 99}', "[" * 100_000])
def test_what_is_no_result_is_refused(text):
    with pytest.raises(BacktestError) as caught:
        BacktestResult.from_json(text)
    assert caught.value.kind == "file"
    assert caught.value.hint


def warnings_of(body, bars, **config):
    source = HEAD + "\n".join(f"        {line}" for line in body.splitlines())
    return run_backtest(source, bars, BacktestConfig(**config)).warnings


@pytest.mark.parametrize(
    ("body", "said", "advice"),
    [
        ("pass", "made no order", "Check that its entry condition"),
        ("if len(self) % 50 == 0: self.buy(size=10**6)", "11 orders were refused", "smaller part"),
        (
            "if len(self) == 600: self.buy(size=1)",
            "1 order was made on the last bar",
            "would fill on the next",
        ),
        (
            "if len(self) == 9: self.buy(size=float('nan'))",
            "1 order had a size that is not a number",
            "Check how",
        ),
        (
            "if len(self) == 9: self.buy(size=1, exectype=bt.Order.Limit, price=0.01)",
            "1 order never filled",
            "limits and stops",
        ),
        (
            "if len(self) == 9: self.buy()\nif len(self) == 12: self.sell()",
            "There was only 1 trade.",
            "too few",
        ),
        ("if len(self) == 9: self.buy()", "No trade was closed", "Check that its exits"),
        (
            "if len(self) == 9: self.sell(size=900)\nif len(self) == 11: self.sell(size=20000)",
            "fell to 0 or below",
            "smaller sizes",
        ),
    ],
)
def test_warnings_say_what_and_what_to_do(body, said, advice):
    found = warnings_of(body, make_bars(600, seed=9))
    assert any(said in text and advice in text for text in found), found


def test_the_first_refused_order_is_dated():
    bars = make_bars(600, seed=9)
    body = "if len(self) in (9, 30): self.buy(size=10**6)"
    day = str(bars.time[8].astype("datetime64[D]"))
    assert (
        f"2 orders were refused for lack of cash, the first made on {day}: "
        "buy a smaller part of equity."
    ) in warnings_of(body, bars)


def test_one_refused_order_is_dated_to_the_minute_within_a_day():
    bars = load_bars("sample:SYNTH-5M").head(200)
    minute = str(bars.time[8].astype("datetime64[m]")).replace("T", " ")
    said = f"1 order was refused for lack of cash, made on {minute}: buy a smaller part of equity."
    assert said in warnings_of("if len(self) == 9: self.buy(size=10**7)", bars)


def test_an_order_of_the_last_bar_is_told_apart_from_one_that_rests():
    body = (
        "if len(self) == 9: self.buy(size=1, exectype=bt.Order.Limit, price=0.01)\n"
        "if len(self) == 600: self.buy(size=1)"
    )
    found = warnings_of(body, make_bars(600, seed=9))
    assert "1 order was made on the last bar and would fill on the next." in found
    assert any(text.startswith("1 order never filled") for text in found)


def test_an_exit_of_the_last_bar_is_told_beside_an_open_position():
    body = "if len(self) == 9: self.buy(size=1)\nif len(self) == 600: self.close()"
    found = warnings_of(body, make_bars(600, seed=9))
    assert "1 order was made on the last bar and would fill on the next." in found
    assert not any("never filled" in text for text in found)


def test_a_good_run_has_no_warnings(daily):
    assert run_backtest(SOURCES["short_and_reverse"], daily).warnings == ()


class Reader(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_report_is_one_file_that_needs_nothing_else(result, tmp_path):
    path = result.report(tmp_path / "report.html")
    page = path.read_text("utf-8")
    reader = read(page)
    tags = [tag for tag, _ in reader.tags]
    assert not {"script", "link", "img", "iframe", "object"} & set(tags)
    assert "http://" not in page
    assert "https://" not in page
    assert "url(" not in page
    assert not any(name.startswith("on") for _, attrs in reader.tags for name in attrs)
    assert "prefers-color-scheme: dark" in page
    assert tags.count("svg") == 3
    assert "not investment advice" in page
    assert "Review the code" in page


def test_report_shows_every_trade_and_metric(result):
    page = render_report(result, result.bars)
    assert page.count("<tr>") == 2 + len(result.metrics.to_dict()) + len(result.trades)
    assert f"{result.metrics.total_return * 100:,.2f} %" in page
    last = result.trades[-1]
    assert f"{last.profit:,.2f}" in page


def marks_drawn(page: str) -> list[tuple[str, ...]]:
    """Action, colour, x, y and outline of each mark."""
    number = r"(-?[\d.]+)"
    return re.findall(
        rf'<path class="mark (\w+)" fill="(#\w+)" d="M{number} {number}(m[^"]+)">', page
    )


def test_report_marks_what_fills_did_as_the_notebook_does(daily):
    trading = [(1, "buy", 10), (9, "sell", 15), (20, "buy", 5), (30, "buy", 2)]
    fills = [
        Fill(bar, daily.time[bar], side, float(size), float(daily.close[bar]), 0.0)
        for bar, side, size in trading
    ]
    drawn = marks_drawn(draw_candles(daily, fills))
    order = [action for action, *_ in sorted(drawn, key=lambda mark: (float(mark[2]), mark[0]))]
    assert order == ["enter_long", "enter_short", "exit_long", "exit_short", "enter_long"]
    assert all(color == MARKS[action].color for action, color, *_ in drawn)
    assert len({outline for *_, outline in drawn}) == 4
    # a reversal shows both marks, one above the other; y grows downward
    place = {action: float(y) for action, _, _, y, _ in drawn}
    assert place["exit_long"] <= place["enter_short"] - 10


def test_report_explains_the_marks_and_colours_it_has(result, daily):
    page = render_report(result, result.bars)
    shown = {action for action, *_ in marks_drawn(page)}
    assert shown == set(MARKS)
    for mark in MARKS.values():
        assert f'<i style="color: {mark.color}">{mark.symbol}</i>{mark.title}<' in page
    for color in (colors.UP, colors.DOWN, colors.EQUITY, colors.QUIET, colors.DRAWDOWN):
        assert color in page
    long_only = render_report(run_backtest(SOURCES["sma_cross"], daily), daily)
    assert "Enter long" in long_only
    assert "Enter short" not in long_only


def test_report_of_many_bars_stays_small():
    bars = make_bars(30_000, timeframe="1m", volatility=0.001)
    result = run_backtest(SOURCES["sma_cross"], bars)
    page = render_report(result, bars)
    charts = page[page.index("<svg") : page.rindex("</svg>")]
    assert len(charts) < 400_000
    assert "Each candle sums up 50 bars." in page
    assert page.count("<tr>") > len(result.trades)


def test_report_escapes_everything(daily):
    bars = dataclasses.replace(daily, symbol=HOSTILE, origin=HOSTILE)
    source = HEAD + f"        print({HOSTILE!r})\n        self.buy(size=1)\n"
    result = run_backtest(source, bars)
    result = dataclasses.replace(result, warnings=(HOSTILE,), strategy_name=HOSTILE)
    reader = read(render_report(result, bars))
    assert "script" not in [tag for tag, _ in reader.tags]
    assert sum(HOSTILE in text for text in reader.text) >= 4


def test_report_without_bars_says_so(result):
    again = BacktestResult.from_json(result.to_json())
    page = render_report(again, None)
    assert "This result came without them" in page.replace("this result", "This result")
    assert read(page).tags.count(("svg", {})) == 0
    assert page.count("<svg") == 2


def test_report_takes_the_bars_of_the_run_only(result, daily, tmp_path):
    again = BacktestResult.from_json(result.to_json())
    assert again.report(tmp_path / "a.html", bars=daily).read_text("utf-8").count("<svg") == 3
    with pytest.raises(BacktestError, match="not the ones that were run"):
        again.report(tmp_path / "b.html", bars=make_bars(600, seed=5))


def test_report_of_a_part_takes_the_whole_bars(daily, tmp_path):
    config = BacktestConfig(start="2001-03-01")
    result = run_backtest(SOURCES["sma_cross"], daily, config)
    assert result.report(tmp_path / "a.html", bars=daily).exists()


def test_report_to_nowhere_is_an_error(result, tmp_path):
    with pytest.raises(BacktestError, match="cannot be written"):
        result.report(tmp_path / "none" / "report.html")


def test_report_without_trades(daily):
    result = run_backtest(HEAD + "        pass\n", daily)
    assert "There were no trades." in render_report(result, daily)


def test_drawdown_of_the_curve(result):
    fall = result.equity_curve.drawdown
    assert fall.max() == 0.0
    assert fall.min() == result.metrics.max_drawdown
    assert np.all(fall <= 0)
