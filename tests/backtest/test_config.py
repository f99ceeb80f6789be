import datetime

import pytest

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.errors import BacktestError


def test_defaults_are_the_documented_ones():
    config = BacktestConfig()
    assert (config.cash, config.commission, config.slippage) == (100_000.0, 0.001, 0.0)
    assert (config.start, config.end, config.time_limit) == (None, None, 60.0)
    assert config.sizing_percent == 95.0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cash": 0}, "cash is 0; it must be above 0"),
        ({"cash": float("nan")}, "cash is nan, which is not a number"),
        ({"cash": "much"}, "cash is 'much', which is not a number"),
        ({"cash": True}, "cash is True, which is not a number"),
        ({"commission": 1.0}, "commission is 1"),
        ({"commission": -0.1}, "commission is -0.1"),
        ({"slippage": 2}, "slippage is 2"),
        ({"time_limit": 0}, "time_limit is 0"),
        ({"sizing_percent": 101}, "sizing_percent is 101"),
        ({"start": "someday"}, "start is not a date"),
        ({"start": "2010-01-02", "end": "2010-01-01"}, "starts on 2010-01-02, after its end"),
    ],
)
def test_wrong_settings_are_refused_with_a_way_out(changes, said):
    with pytest.raises(BacktestError) as caught:
        BacktestConfig(**changes)
    assert said in caught.value.message
    assert caught.value.hint
    assert caught.value.kind == "config"


def test_dates_may_be_text_or_datetimes():
    config = BacktestConfig(start="2010-01-31", end=datetime.datetime(2011, 2, 3, 4, 5))
    assert config.start == datetime.date(2010, 1, 31)
    assert config.end == datetime.date(2011, 2, 3)


def test_json_round_trip():
    config = BacktestConfig(cash=1e5 / 3, start="2010-01-31", slippage=0.1)
    assert BacktestConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize("text", ["", "[1]", '{"csh": 1}', "{" * 100_000])
def test_bad_json_is_refused(text):
    with pytest.raises(BacktestError) as caught:
        BacktestConfig.from_json(text)
    assert caught.value.hint


def test_unknown_setting_suggests_the_known_one():
    with pytest.raises(BacktestError, match=r"named 'comission'.*'commission'"):
        BacktestConfig.from_dict({"comission": 0.1})
