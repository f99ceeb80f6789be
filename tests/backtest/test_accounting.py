"""Cash, position, equity and trades, by hand and against Backtrader's own books."""

import backtrader as bt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backtest.plain import run_plain
from backtest.some_bars import make_bars
from stratcraft_jupyter.backtest.accounting import buy_and_hold, keep_account
from stratcraft_jupyter.backtest.records import Fill
from stratcraft_jupyter.backtest.trades import pair_trades

CLOSE = np.array([10.0, 11.0, 12.0, 11.0, 13.0, 14.0])
TIME = np.datetime64("2020-01-01", "ns") + np.arange(6) * np.timedelta64(1, "D")


def fill(bar, change, price, commission=0.0):
    side = "buy" if change > 0 else "sell"
    return Fill(bar, TIME[bar] if bar < 6 else TIME[0], side, abs(change), price, commission)


def test_no_fills_leave_the_cash_alone():
    account = keep_account([], CLOSE, 500.0)
    assert account.value.tolist() == [500.0] * 6


def test_long_position_is_valued_at_each_close():
    account = keep_account([fill(1, 10, 11.0, 1.0), fill(4, -10, 13.0, 2.0)], CLOSE, 500.0)
    assert account.cash.tolist() == [500.0, 389.0, 389.0, 389.0, 517.0, 517.0]
    assert account.position.tolist() == [0, 10, 10, 10, 0, 0]
    assert account.value.tolist() == [500.0, 499.0, 509.0, 499.0, 517.0, 517.0]


def test_short_sale_adds_cash_and_loses_when_prices_rise():
    account = keep_account([fill(1, -10, 11.0)], CLOSE, 500.0)
    assert account.cash.tolist() == [500.0] + [610.0] * 5
    assert account.value.tolist() == [500.0, 500.0, 490.0, 500.0, 480.0, 470.0]


def test_two_fills_on_one_bar_count_before_its_close():
    account = keep_account([fill(2, 5, 12.0), fill(2, -5, 12.5)], CLOSE, 100.0)
    assert account.value.tolist() == [100.0, 100.0, 102.5, 102.5, 102.5, 102.5]


def test_rounding_left_over_is_no_position():
    fills = [fill(0, 0.1, 10.0), fill(1, 0.2, 10.0), fill(2, -0.3, 10.0)]
    account = keep_account(fills, CLOSE, 100.0)
    assert account.position[-1] == 0.0
    assert [trade.is_open for trade in pair_trades(fills, TIME, CLOSE)] == [False]


def test_buy_and_hold_puts_all_cash_into_the_first_close():
    assert buy_and_hold(CLOSE, 500.0).tolist() == [500.0, 550.0, 600.0, 550.0, 650.0, 700.0]


def test_round_trip():
    (trade,) = pair_trades([fill(1, 10, 11.0, 1.0), fill(4, -10, 13.0, 2.0)], TIME, CLOSE)
    assert (trade.side, trade.size, trade.is_open) == ("long", 10, False)
    assert (trade.entry_bar, trade.entry_price, trade.entry_time) == (1, 11.0, TIME[1])
    assert (trade.exit_bar, trade.exit_price, trade.exit_time) == (4, 13.0, TIME[4])
    assert (trade.profit, trade.commission, trade.bars) == (17.0, 3.0, 3)
    assert trade.return_ == 17.0 / 110.0


def test_short_round_trip():
    (trade,) = pair_trades([fill(1, -10, 11.0, 1.0), fill(3, 10, 10.0, 1.0)], TIME, CLOSE)
    assert (trade.side, trade.profit, trade.return_) == ("short", 8.0, 8.0 / 110.0)


def test_adding_averages_the_entry_and_partial_exits_average_the_exit():
    fills = [fill(0, 10, 10.0), fill(1, 30, 12.0), fill(2, -20, 12.0), fill(4, -20, 14.0)]
    (trade,) = pair_trades(fills, TIME, CLOSE)
    assert (trade.size, trade.entry_price, trade.exit_price) == (40, 11.5, 13.0)
    assert (trade.entry_bar, trade.exit_bar, trade.profit) == (0, 4, 60.0)


def test_a_reversal_ends_one_trade_and_begins_the_next():
    first, second = pair_trades([fill(1, 10, 11.0, 1.1), fill(3, -25, 12.0, 3.0)], TIME, CLOSE)
    assert (first.side, first.profit) == ("long", pytest.approx(10.0 - 1.1 - 1.2))
    assert (second.side, second.size, second.entry_bar) == ("short", 15, 3)
    assert second.commission == pytest.approx(1.8)


def test_an_open_trade_is_marked_to_the_last_close():
    (trade,) = pair_trades([fill(1, 10, 11.0, 1.0), fill(3, -4, 12.0, 0.5)], TIME, CLOSE)
    assert trade.is_open
    assert (trade.exit_bar, trade.exit_time, trade.exit_price) == (None, None, None)
    assert trade.profit == 4 * 1.0 + 6 * 3.0 - 1.5
    assert trade.bars == 4


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.sampled_from([-7, -2, -1, 1, 2, 3, 0.1]), st.floats(1, 100)
        ),
        max_size=30,
    )
)
def test_profits_of_all_trades_are_the_gain_of_the_account(rows):
    fills = [fill(bar, change, price, abs(change) * 0.01) for bar, change, price in sorted(rows)]
    account = keep_account(fills, CLOSE, 1000.0)
    trades = pair_trades(fills, TIME, CLOSE)
    gain = sum(trade.profit for trade in trades)
    assert account.value[-1] - 1000.0 == pytest.approx(gain, abs=1e-7)
    assert sum(trade.is_open for trade in trades) == (account.position[-1] != 0)
    assert sum(trade.commission for trade in trades) == pytest.approx(
        sum(item.commission for item in fills)
    )


RECORDER = """
import backtrader as bt


class Recorder(bt.Strategy):
    def __init__(self):
        self.closed, self.values = [], []

    def notify_trade(self, trade):
        if trade.isclosed:
            self.closed.append((trade.pnlcomm, trade.baropen - 1, trade.barclose - 1))

    def next(self):
        self.values.append(self.broker.getvalue())
        step = len(self) % 20
        if step == 1:
            self.buy(size=30)
        elif step == 4:
            self.buy(size=20.5)
        elif step == 8:
            self.sell(size=15)
        elif step == 12:
            self.sell(size=60)
        elif step == 17:
            self.close()
"""


def test_books_agree_with_those_of_backtrader():
    bars = make_bars(300)
    plain = run_plain(RECORDER, bars)
    assert isinstance(plain.strategy, bt.Strategy)
    fills = [
        Fill(bar, bars.time[bar], "buy" if size > 0 else "sell", abs(size), price, paid)
        for bar, size, price, paid in plain.fills
    ]
    account = keep_account(fills, bars.close, 100_000.0)
    np.testing.assert_allclose(account.value, plain.strategy.values, rtol=1e-12)
    ours = [
        (trade.profit, trade.entry_bar, trade.exit_bar)
        for trade in pair_trades(fills, bars.time, bars.close)
        if not trade.is_open
    ]
    assert len(ours) == len(plain.strategy.closed) > 20
    for (profit, *mine), (theirs, *other) in zip(ours, plain.strategy.closed, strict=True):
        assert profit == pytest.approx(theirs, abs=1e-8)
        assert mine == other
