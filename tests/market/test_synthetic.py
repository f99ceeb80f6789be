import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.synthetic import (
    Regime,
    bar_times,
    flat,
    from_closes,
    random_walk,
    regime_walk,
    session_walk,
    trend,
    without_rows,
)
from stratcraft_jupyter.market.timeframe import TIMEFRAMES


@given(
    count=st.integers(1, 400),
    seed=st.integers(0, 2**32),
    timeframe=st.sampled_from(list(TIMEFRAMES)),
    price=st.floats(0.01, 10_000),
    volatility=st.floats(0, 0.2),
)
def test_any_walk_is_made_of_good_bars(count, seed, timeframe, price, volatility):
    bars = random_walk(count, seed=seed, timeframe=timeframe, price=price, volatility=volatility)
    assert (len(bars), bars.timeframe, bars.symbol) == (count, timeframe, "SYNTH")


def test_the_seed_decides():
    assert random_walk(100, seed=1).digest == random_walk(100, seed=1).digest
    assert random_walk(100, seed=1).digest != random_walk(100, seed=2).digest


def test_drift_and_volatility_are_those_asked_for():
    bars = random_walk(20_000, seed=3, drift=0.0004, volatility=0.01, gap=0.0, price=1000)
    returns = np.diff(np.log(bars.close))
    assert returns.mean() == pytest.approx(0.0004, abs=4 * 0.01 / np.sqrt(20_000))
    assert returns.std() == pytest.approx(0.01, rel=0.03)


def test_regimes_follow_each_other():
    bars = regime_walk(
        [Regime(100, 0.01, 0.001), Regime(50, 0.0, 0.0), Regime(100, -0.01, 0.001)], seed=1
    )
    assert bars.close[99] > 2 * bars.close[0]
    assert len(set(bars.close[101:150])) == 1
    assert bars.close[249] < bars.close[150] / 2


def test_jumps_open_away_from_the_close_before():
    calm = [Regime(1000, 0.0, 0.001)]
    bars = regime_walk(calm, seed=1, jump_share=0.1, jump=0.05)
    jumps = np.abs(np.log(bars.open[1:] / bars.close[:-1])) > 0.04
    assert 60 < np.count_nonzero(jumps) < 140
    ups = bars.open[1:][jumps] > bars.close[:-1][jumps]
    assert 0 < np.count_nonzero(ups) < len(ups)


def test_sessions_run_from_half_past_nine_to_four_in_new_york():
    bars = session_walk(10, seed=1)
    assert (len(bars), bars.timeframe, bars.timezone) == (780, "5m", "America/New_York")
    clock = (bars.time - bars.time.astype("M8[D]")).astype("m8[m]").astype(int)
    assert (clock.min(), clock.max()) == (570, 955)
    assert np.is_busday(bars.time.astype("M8[D]")).all()
    volume = bars.volume.reshape(10, 78).mean(axis=0)
    assert volume[[0, -1]].min() > 1.5 * volume[39]
    assert bars.origin == "Synthetic: made up from a random seed, not a real market"


def test_bars_from_closes_can_be_computed_by_hand():
    bars = from_closes([10, 12, 11], spread=0.5, volume=7)
    assert bars.open.tolist() == [10, 10, 12]
    assert bars.high.tolist() == [10.5, 12.5, 12.5]
    assert bars.low.tolist() == [9.5, 9.5, 10.5]
    assert bars.close.tolist() == [10, 12, 11]
    assert bars.volume.tolist() == [7, 7, 7]


def test_trend_and_flat_have_no_noise():
    assert trend(3, growth=0.5, price=8).close.tolist() == [8, 12, 18]
    assert set(flat(5, price=3).high) == {3.0}


def test_holes_can_be_cut():
    bars = without_rows(from_closes([1, 2, 3, 4]), [1, 2])
    assert bars.close.tolist() == [1, 4]
    assert bars.time[1] - bars.time[0] == np.timedelta64(5, "D")


def test_times_start_at_the_first_day_that_fits():
    assert str(bar_times(1, "1d", "2020-01-04")[0])[:10] == "2020-01-06"
    assert str(bar_times(1, "1w", "2020-01-04")[0])[:10] == "2020-01-10"
    assert str(bar_times(2, "1M", "2020-01-04")[1])[:10] == "2020-02-01"


def test_no_bars_are_refused():
    with pytest.raises(BarsError, match=r"No synthetic bars were asked for\. Ask for at least"):
        random_walk(0, seed=1)
