"""The engine gives the same fills as plain ``cerebro.run()``, bit for bit."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backtest.corpus import SOURCES, STOCK_ONLY
from backtest.plain import fills_of, run_plain
from backtest.some_bars import make_bars
from stratcraft_jupyter.backtest import BacktestConfig, run_backtest
from stratcraft_jupyter.backtest.job import pack_job
from stratcraft_jupyter.backtest.protocol import unpack


class LeanServer:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("lean_server.py")), "--arrays"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )

    def run(self, source, bars, config, *, lean=True):
        for piece in pack_job(source, bars, config, "nonce", lean=lean):
            view = memoryview(piece)
            while view:
                view = view[self.process.stdin.write(view) :]
        header, arrays = unpack(self.process.stdout.readinto, max_header=10**8, max_blob=10**9)
        if header["type"] == "error":
            raise RuntimeError(header["message"])
        columns = [
            np.frombuffer(arrays[name], dtype="i8" if name == "bar" else "f8").tolist()
            for name in ("bar", "size", "price", "commission")
        ]
        return header, sorted(zip(*columns, strict=True))

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def server():
    server = LeanServer()
    yield server
    server.close()


def assert_same(server, source, bars, config, *, lean=True, plain=None):
    plain = plain or run_plain(source, bars, config)
    header, fills = server.run(source, bars, config, lean=lean)
    assert fills == plain.fills
    assert header["final_value"] == plain.value
    return header, plain


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_daily_fills_are_those_of_plain_backtrader(server, daily, name):
    config = BacktestConfig(commission=0.001)
    header, plain = assert_same(server, SOURCES[name], daily, config)
    assert header["lean"] == (name not in STOCK_ONLY)
    assert plain.fills, "a strategy without fills proves nothing"
    assert sum(status == 4 for status in plain.statuses) == header["orders"]["completed"]
    assert sum(status == 7 for status in plain.statuses) == header["orders"]["margin"]
    assert sum(status == 5 for status in plain.statuses) <= header["orders"]["cancelled"]
    assert sum(status == 6 for status in plain.statuses) == header["orders"]["expired"]
    assert_same(server, SOURCES[name], daily, config, lean=False, plain=plain)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_intraday_fills_with_slippage_are_those_of_plain_backtrader(server, intraday, name):
    config = BacktestConfig(cash=20_000, commission=0.0005, slippage=0.002, sizing_percent=50)
    assert_same(server, SOURCES[name], intraday, config)


@pytest.mark.parametrize("name", ["sma_cross", "brackets", "timers", "signal_strategy"])
def test_a_real_worker_gives_the_same_fills(daily, name):
    config = BacktestConfig(slippage=0.001)
    plain = run_plain(SOURCES[name], daily, config)
    assert fills_of(run_backtest(SOURCES[name], daily, config)) == plain.fills


PERIODS = st.integers(2, 12)
INDICATORS = st.one_of(
    st.builds("bt.ind.SMA(period={})".format, PERIODS),
    st.builds("bt.ind.EMA(self.data.high, period={})".format, PERIODS),
    st.builds("bt.ind.WMA(period={})".format, PERIODS),
    st.builds("bt.ind.Highest(self.data.low, period={})".format, PERIODS),
    st.builds("bt.ind.Lowest(self.data.close(-1), period={})".format, PERIODS),
    st.builds("self.data.close - bt.ind.ATR(period={})".format, PERIODS),
    st.builds("bt.ind.BollingerBands(period={}).bot".format, PERIODS),
    st.builds("bt.Max(self.data.open, bt.ind.SMMA(period={}))".format, PERIODS),
    st.builds("self.data.close + bt.ind.MACD().macd * {}".format, PERIODS),
)
TESTS = st.sampled_from(
    [
        "self.a[0] > self.b[0]",
        "self.cross > 0",
        "self.cross[0] < 0",
        "self.data.close[0] < self.a[-1]",
        "not self.position",
        "self.position.size > 3",
        "len(self) % 5 == 0",
        "self.both[0]",
        "self.broker.getvalue() > 100000",
        "self.last_status == bt.Order.Completed",
    ]
)
KINDS = st.sampled_from(
    [
        "",
        ", exectype=bt.Order.Limit, price=self.data.close[0] * {near}",
        ", exectype=bt.Order.Stop, price=self.data.close[0] * {near}",
        ", exectype=bt.Order.StopLimit, price=self.data.close[0] * {near}, plimit=self.a[0]",
        ", exectype=bt.Order.StopTrail, trailpercent=0.01",
        ", exectype=bt.Order.Limit, price=self.a[0], valid=datetime.timedelta(days=2)",
        ", exectype=bt.Order.Stop, price=self.b[0], oco=self.last",
        ", exectype=bt.Order.Close",
    ]
)


@st.composite
def order_calls(draw):
    side = draw(st.sampled_from(["buy", "sell"]))
    size = draw(st.sampled_from(["size=1", "size=2.5", "size=40", "size=900", "size=None"]))
    kind = draw(KINDS).format(near=draw(st.sampled_from([0.97, 0.995, 1.0, 1.004, 1.03])))
    other = [
        "self.close()",
        "self.cancel(self.last) if self.last else None",
        "self.order_target_percent(target=0.5)",
        "self.buy_bracket(size=2, stopprice=self.data.low[0] * 0.99, "
        "limitprice=self.data.high[0] * 1.01, exectype=bt.Order.Market)",
    ]
    return draw(
        st.one_of(
            st.just(f"self.last = self.{side}({size}{kind})"),
            st.sampled_from(other),
        )
    )


@st.composite
def random_strategies(draw):
    rules = draw(st.lists(st.tuples(TESTS, TESTS, order_calls()), min_size=2, max_size=6))
    lines = "\n".join(f"        if {one} and {two}:\n            {do}" for one, two, do in rules)
    return f"""
import datetime
import backtrader as bt


class Random(bt.Strategy):
    def __init__(self):
        self.a = {draw(INDICATORS)}
        self.b = {draw(INDICATORS)}
        self.cross = bt.ind.CrossOver(self.a, self.b)
        self.both = bt.And(self.a > self.b, self.data.close > self.data.open)
        self.last = None
        self.last_status = None

    def notify_order(self, order):
        self.last_status = order.status

    def next(self):
        if len(self) % 3 == 0:
            self.last = None
{lines}
"""


@settings(max_examples=60)
@given(
    source=random_strategies(),
    seed=st.integers(0, 10_000),
    count=st.integers(60, 220),
    timeframe=st.sampled_from(["1d", "15m"]),
    slippage=st.sampled_from([0.0, 0.001, 0.02]),
)
def test_random_strategies_trade_the_same(server, source, seed, count, timeframe, slippage):
    bars = make_bars(count, seed=seed, timeframe=timeframe, volatility=0.01)
    config = BacktestConfig(cash=50_000, slippage=slippage)
    header, _ = assert_same(server, source, bars, config)
    assert header["lean"]
