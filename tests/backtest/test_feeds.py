"""Several feeds: what a source declares, what it gets, and what it may do with it."""

import numpy as np
import pytest

from backtest.some_bars import make_bars
from stratcraft_jupyter.backtest import BacktestConfig, needed_symbols, run_backtest
from stratcraft_jupyter.backtest.feeds import line_up_feeds, read_feeds
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.market import Bars

BODY = """
import backtrader as bt
class Two(bt.Strategy):
    def __init__(self):
        self.calls = {len(self): 0}
        self.probe_counts = {"calls": 0, "bars": 0, "out of step": 0}
    def prenext(self):
        self.next()
    def next(self):
        counts = self.probe_counts
        counts["calls"] += 1
        counts["bars"] = len(self.data)
        counts["out of step"] += len(self.data) != counts["calls"]
        for data in self.datas[1:]:
            now = data.datetime.datetime(0) if len(data) else None
            counts["out of step"] += now is not None and now > self.data.datetime.datetime(0)
            counts[data._name] = len(data)
        if len(self.data) % 7 == 0:
            self.close() if self.position else self.buy(size=3)
"""


def declaring(feeds: str) -> str:
    return f"FEEDS = {feeds}\n{BODY}"


def other(bars: Bars, symbol: str = "MSFT", **changes) -> Bars:
    arrays = {name: getattr(bars, name) for name in ("open", "high", "low", "close", "volume")}
    return Bars(
        **{"symbol": symbol, "timeframe": bars.timeframe, "time": bars.time} | arrays | changes
    )


@pytest.mark.parametrize("timeframe", ["1d", "5m"])
def test_next_is_called_once_for_every_bar(timeframe):
    bars = make_bars(600, timeframe=timeframe)
    coarse = '"weekly": {"timeframe": "1w"}, "month": {"symbol": "MSFT", "timeframe": "1M"}'
    source = declaring(f'{{{coarse}, "msft": {{"symbol": "MSFT"}}}}')
    result = run_backtest(source, bars, others={"MSFT": other(bars)})
    assert result.probe["calls"] == result.probe["bars"] == 600
    assert result.probe["out of step"] == 0
    assert result.probe["msft"] == 600
    starts = {str(time)[:7] for time in bars.time.astype("M8[D]")}
    assert result.probe["month"] == len(starts) - 1


def test_further_bars_that_are_not_traded_change_no_fill(daily):
    alone = run_backtest(BODY, daily)
    beside = run_backtest(declaring('{"weekly": {"timeframe": "1w"}}'), daily)
    assert alone.fills == beside.fills
    assert len(alone.fills) > 50
    assert np.array_equal(alone.equity_curve.value, beside.equity_curve.value)


def test_dates_choose_of_the_bars_and_further_bars_follow(daily):
    config = BacktestConfig(start=daily.time[100].astype("M8[D]").item())
    source = declaring('{"msft": {"symbol": "MSFT"}}')
    result = run_backtest(source, daily, config, others={"MSFT": other(daily)})
    assert result.probe["bars"] == result.probe["msft"] == result.bar_count == 500
    assert result.warnings == ()


def test_bars_that_are_skipped_are_in_no_coarse_bar(daily):
    late = other(daily.between(daily.time[100]))
    source = declaring('{"weekly": {"timeframe": "1w"}, "msft": {"symbol": "MSFT"}}')
    lineup = line_up_feeds(source, daily, {"MSFT": late})
    assert lineup.skipped == 100
    (_, weeks), _ = lineup.feeds
    assert weeks.columns["open"][0] == daily.open[100]


def test_the_first_refused_order_is_named_on_the_bars_as_given(daily):
    late = other(daily.between(daily.time[100]))
    source = declaring('{"msft": {"symbol": "MSFT"}}').replace("size=3", "size=1e6")
    result = run_backtest(source, daily, others={"MSFT": late})
    day = str(daily.time[106])[:10]  # the seventh bar of the run
    assert any(f"the first made on {day}" in warning for warning in result.warnings)


def test_the_traded_symbol_needs_no_second_set_of_bars(daily):
    source = declaring(
        '{"own": {"symbol": "TEST"}, "weekly": {"symbol": "TEST", "timeframe": "1w"}}'
    )
    assert run_backtest(source, daily).probe["own"] == len(daily)


def test_ordering_another_symbol_is_refused(daily):
    source = declaring('{"msft": {"symbol": "MSFT"}}').replace(
        "self.buy(size=3)", "self.buy(data=self.datas[1], size=3)"
    )
    with pytest.raises(BacktestError, match="ordered a symbol other than that of its bars") as info:
        run_backtest(source, daily, others={"MSFT": other(daily)})
    assert "self.data" in info.value.hint


# What is declared.


@pytest.mark.parametrize(
    "source",
    [
        "",
        "FEEDS",
        "class FEEDS: pass",
        "def f():\n    FEEDS = 1",
        "MY_FEEDS = 1",
        "FEEDS: dict",
        "FEEDS = {}",
        "FEEDS = {'a': ",  # no Python at all: the worker says so
        "FEEDS = " + "(" * 10_000,
        "FEEDS = 1\0",
        "FEEDS = " + "-" * 50_000 + "1",
        "FEEDS = a" + ".b" * 100_000,
    ],
)
def test_a_source_without_feeds_has_none(source):
    assert read_feeds(source) == ()


def test_feeds_are_read_with_a_type_or_without():
    text = '{"weekly": {"timeframe": "1w"}, "m": {"symbol": "MSFT", "timeframe": "1M"}}'
    for source in (f"FEEDS = {text}", f"FEEDS: dict[str, dict[str, str]] = {text}"):
        found = [(feed.name, feed.symbol, feed.timeframe) for feed in read_feeds(source)]
        assert found == [("weekly", None, "1w"), ("m", "MSFT", "1M")]
        assert needed_symbols(source) == ("MSFT",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("make_feeds()", "FEEDS is not a plain dictionary of texts."),
        ("{'a': open('x')}", "FEEDS is not a plain dictionary of texts."),
        ("{[]: {}}", "FEEDS is not a plain dictionary of texts."),
        ("{'a': {'symbol': 'A'}} | {}", "FEEDS is not a plain dictionary of texts."),
        ("['MSFT']", "FEEDS is a value of type list, not a dictionary."),
        ("{1: {'symbol': 'A'}}", "A name in FEEDS is 1 (int), not a text."),
        ("{'a': 'MSFT'}", "FEEDS says nothing of 'a' that can be read."),
        ("{'a': {}}", "FEEDS says nothing of 'a' that can be read."),
        ("{'a': {'symbols': 'A'}}", "FEEDS has the unknown key 'symbols' in 'a'."),
        ("{'a': {'symbol': 7}}", "The symbol of 'a' in FEEDS is 7 (int), not a text."),
        ("{'a': {'symbol': ''}}", "The symbol of 'a' in FEEDS is '' (str), not a text."),
        ("{}\nFEEDS = {}", "FEEDS is set more than once."),
        (str({f"f{i}": {"symbol": "A"} for i in range(51)}), "FEEDS has 51 entries"),
    ],
)
def test_what_is_no_plain_literal_is_refused_with_its_line(text, message):
    with pytest.raises(BacktestError) as info:
        read_feeds(f"import backtrader as bt\nFEEDS = {text}")
    assert info.value.message.startswith(message)
    assert info.value.line == (3 if "more than once" in message else 2)
    assert info.value.hint


@pytest.mark.parametrize(
    ("feeds", "others", "message", "hint"),
    [
        (
            '{"a": {"symbol": "MSFT"}}',
            None,
            "The strategy also needs bars of MSFT.",
            "Pass others={'MSFT': load_bars(...)}.",
        ),
        (
            '{"a": {"timeframe": "1d"}}',
            None,
            "The strategy asks for 1d bars, and the bars are 1d bars.",
            "Give finer bars, or choose a coarser timeframe in the strategy.",
        ),
        (
            '{"a": {"timeframe": "1h"}}',
            None,
            "The strategy asks for 1h bars, and the bars are 1d bars.",
            "Give finer bars, or choose a coarser timeframe in the strategy.",
        ),
        (
            '{"a": {"timeframe": "2w"}}',
            None,
            "There is no timeframe named '2w'.",
            "Known: '15m', '1M', '1d', '1h', '1m', '1w', '2h', '30m', '4h', '5m'.",
        ),
        (
            '{"a": {"symbol": "MSFT"}}',
            {"MSFT": make_bars(20, timeframe="5m")},
            "The bars of MSFT are 5m bars, and those of TEST are 1d.",
            "Give 1d bars of both.",
        ),
        (
            '{"a": {"symbol": "MSFT"}}',
            {"MSFT": "sample:MSFT"},
            "The bars are 'sample:MSFT' (str), not Bars.",
            "Load them first: load_bars('sample:MSFT').",
        ),
        (
            '{"a": {"symbol": "MSFT"}}',
            ["MSFT"],
            "The other bars are a value of type list, not a dictionary.",
            'Give others={"MSFT": load_bars(...)}.',
        ),
    ],
)
def test_bars_that_do_not_fit_are_refused(daily, feeds, others, message, hint):
    with pytest.raises(BacktestError) as info:
        run_backtest(declaring(feeds), daily, others=others)
    assert (info.value.message, info.value.hint) == (message, hint)


def test_another_symbol_must_begin_before_the_bars_end(daily):
    later = other(daily, time=daily.time + np.timedelta64(5_000, "D"), symbol="NEW")
    with pytest.raises(BacktestError, match="The bars of NEW begin after the last bar of TEST"):
        run_backtest(declaring('{"a": {"symbol": "NEW"}}'), daily, others={"NEW": later})


def test_a_coarse_bar_that_never_comes_leaves_the_strategy_waiting():
    result = run_backtest(declaring('{"month": {"timeframe": "1M"}}'), make_bars(20))
    assert result.probe["calls"] == 20
    assert result.probe["month"] == 0


SECOND = declaring('{"msft": {"symbol": "MSFT"}}')


def test_bars_of_another_symbol_that_end_long_before_are_told(daily):
    ends = other(daily)
    assert line_up_feeds(SECOND, daily, {"MSFT": ends.head(len(daily) - 5)}).notes == ()
    (note,) = line_up_feeds(SECOND, daily, {"MSFT": ends.head(400)}).notes
    day = str(daily.time[399])[:10]
    assert note.startswith(
        f"The bars of MSFT end on {day}: on {len(daily) - 400} of the {len(daily)} bars"
    )


def test_bars_of_another_symbol_that_never_overlap_are_told(daily):
    run = daily.between(daily.time[300])
    (note,) = line_up_feeds(SECOND, run, {"MSFT": other(daily).head(300)}).notes
    assert f"on all {len(run)} bars its last values stand still" in note


def test_the_traded_symbol_read_as_another_one_is_told(daily):
    source = declaring(f'{{"own": {{"symbol": "{daily.symbol}"}}}}')
    (note,) = run_backtest(source, daily).warnings[:1]
    assert f"reads {daily.symbol} as another symbol" in note


def test_coarser_bars_that_are_never_complete_are_told_of():
    source = declaring('{"month": {"timeframe": "1M"}, "week": {"timeframe": "1w"}}')
    few = make_bars(300).head(12)
    (note,) = [text for text in run_backtest(source, few).warnings if "complete" in text]
    assert note.startswith("The strategy reads 1M bars, and none is complete on these 12 bars")
    assert not any("complete" in text for text in run_backtest(source, make_bars(60)).warnings)
