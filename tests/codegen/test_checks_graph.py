"""Code is held against its document: parameters, defaults and further bars."""

import pytest

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.codegen.checks import check_code
from stratcraft_jupyter.errors import GraphInvalidError
from stratcraft_jupyter.graph import StrategyGraph, load_template, set_param

CROSS = load_template("sma_cross")
CODE = compile_strategy(CROSS)
WEEKLY = load_template("weekly_trend_filter")
WEEKLY_CODE = compile_strategy(WEEKLY)


def found(source, graph=CROSS):
    return [(item.code, item.severity) for item in check_code(source, graph)]


def test_a_missing_parameter_is_named_with_what_to_write():
    source = CODE.replace('        "slow_period": 30,  # Slow SMA: period, bars\n', "").replace(
        "self.p.slow_period", "30"
    )
    (item,) = check_code(source, CROSS)
    assert (item.code, item.severity) == ("SC532", "warning")
    assert "slow_period" in item.message
    assert '"slow_period": 30' in item.hint
    assert item.line == source[: source.index("params")].count("\n") + 1


def test_another_default_is_told():
    (item,) = check_code(CODE.replace('"slow_period": 30', '"slow_period": 40'), CROSS)
    assert item.code == "SC532"
    assert "is 40; the strategy says 30" in item.message


def test_a_number_may_be_written_in_another_way():
    assert found(CODE.replace('"equity_percent": 95.0', '"equity_percent": 95')) == []


def test_parameters_may_be_written_in_other_ways():
    begin, end = CODE.index("    params = {"), CODE.index("    def __init__")
    for params in (
        "params = dict(fast_period=10, slow_period=30, equity_percent=95.0)",
        'params = (("fast_period", 10), ("slow_period", 30), ("equity_percent", 95.0))',
        'params = [["fast_period", 10], ["slow_period", 30], ["equity_percent", 95.0]]',
    ):
        source = f"{CODE[:begin]}    {params}\n\n{CODE[end:]}"
        assert found(source) == []
        assert found(source.replace("30", "31")) == [("SC532", "error")]


def test_a_changed_graph_finds_its_old_code():
    changed = set_param(CROSS, "slow", "period", 50)
    assert found(CODE, changed) == [("SC532", "error")]


def test_parameters_that_cannot_be_read_are_told():
    begin, end = CODE.index("    params = {"), CODE.index("    def __init__")
    source = f"{CODE[:begin]}    params = make_params()\n\n{CODE[end:]}"
    assert ("SC530", "warning") in found(source)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('FEEDS = {"weekly": {"timeframe": "1w"}}', 'FEEDS = {"weekly": {"timeframe": "1M"}}'),
        ('FEEDS = {"weekly": {"timeframe": "1w"}}', 'FEEDS = {"weekly": {"symbol": "MSFT"}}'),
        ('FEEDS = {"weekly": {"timeframe": "1w"}}', "FEEDS = make_feeds()"),
        ('FEEDS = {"weekly": {"timeframe": "1w"}}', 'FEEDS = {"w": {"timeframe": "1w"}}'),
        ('FEEDS = {"weekly": {"timeframe": "1w"}}', "FEEDS: dict = {}"),
    ],
)
def test_other_further_bars_are_an_error(old, new):
    assert ("SC534", "error") in found(WEEKLY_CODE.replace(old, new), WEEKLY)


def test_further_bars_that_are_not_declared_are_an_error():
    source = WEEKLY_CODE.replace('FEEDS = {"weekly": {"timeframe": "1w"}}', "")
    items = [item for item in check_code(source, WEEKLY) if item.code == "SC534"]
    assert any('FEEDS = {"weekly": {"timeframe": "1w"}}' in item.hint for item in items)


def test_further_bars_of_a_strategy_that_has_none_are_an_error():
    source = CODE.replace("\n\nclass", '\nFEEDS = {"weekly": {"timeframe": "1w"}}\n\n\nclass', 1)
    assert found(source) == [("SC534", "error")]


def test_bars_asked_for_by_another_name_are_an_error():
    source = WEEKLY_CODE.replace('getdatabyname("weekly")', 'getdatabyname("wekly")')
    (item,) = check_code(source, WEEKLY)
    assert item.code == "SC534"
    assert "'weekly'" in item.hint


def test_a_document_with_errors_is_refused():
    with pytest.raises(GraphInvalidError):
        check_code(CODE, StrategyGraph())
