import re

import pytest
from made_results import cross_fills, fill, make_bars, make_result

from stratcraft_jupyter.widgets.trades_table import PAGE_SIZE, TradesTable, trades_html

BARS = make_bars(3000)
TRADES = make_result(BARS, cross_fills(BARS, short=True)).trades


@pytest.fixture
def chosen():
    return []


@pytest.fixture
def table(front_end, look, chosen):
    table = TradesTable(look, chosen.append, lambda callback: callback)
    table.show(TRADES)
    return table


def click(page, tooltip):
    found = [i for i in page.models("ButtonModel") if i.state["tooltip"] == tooltip]
    page.send(found[0], {"event": "click"})


def sort(page, name):
    box = page.models("DropdownModel")[0]
    page.set(box, index=list(box.state["_options_labels"]).index(name))


def markup(page):
    return next(
        item.state["value"]
        for item in page.models("HTMLModel")
        if "<table" in item.state["value"] or "No trades" in item.state["value"]
    )


def told(page):
    return [item.state["value"] for item in page.models("HTMLModel")]


def test_the_newest_trades_come_first(table):
    assert table.page_trades == list(reversed(TRADES))[:PAGE_SIZE]


def test_paging_through_meets_every_trade_once(table, front_end):
    pages = -(-len(TRADES) // PAGE_SIZE)
    met = list(table.page_trades)
    for _ in range(pages - 1):
        click(front_end, "Next page")
        met += table.page_trades
    assert met == list(reversed(TRADES))
    assert f"Page {pages} of {pages}" in told(front_end)


def test_first_and_last_page_end_the_paging(table, front_end):
    def disabled():
        return {i.state["tooltip"] for i in front_end.models("ButtonModel") if i.state["disabled"]}

    assert disabled() == {"First page", "Previous page"}
    click(front_end, "Last page")
    assert disabled() == {"Next page", "Last page"}
    assert table.page_trades[-1] == TRADES[0]
    click(front_end, "Previous page")
    assert disabled() == set()
    click(front_end, "First page")
    assert table.page_trades[0] == TRADES[-1]


def test_trades_can_be_sorted(table, front_end):
    sort(front_end, "Oldest first")
    assert table.page_trades == list(TRADES[:PAGE_SIZE])
    sort(front_end, "Worst return first")
    assert table.page_trades[0].return_ == min(trade.return_ for trade in TRADES)
    sort(front_end, "Longest first")
    assert table.page_trades[0].bars == max(trade.bars for trade in TRADES)


def test_a_trade_keeps_its_number_however_it_is_sorted(table, front_end):
    sort(front_end, "Best return first")
    first = re.search(r"<tbody><tr><td[^>]*>(\d+)</td>", markup(front_end))[1]
    assert TRADES[int(first) - 1] == table.page_trades[0]


def test_a_click_on_a_row_tells_which_trade_it_was(table, front_end, chosen):
    sort(front_end, "Best return first")
    click(front_end, "Next page")
    wanted = table.page_trades[4]
    click(front_end, f"Show trade {TRADES.index(wanted) + 1} in the charts")
    assert chosen == [wanted]


def test_the_last_page_has_only_as_many_rows_to_click_as_trades(table, front_end):
    click(front_end, "Last page")
    rows = next(
        item
        for item in front_end.models("BoxModel")
        if "jp-StratCraft-trade-rows" in item.state["_dom_classes"]
    )
    assert len(rows.state["children"]) == len(TRADES) % PAGE_SIZE
    assert markup(front_end).count("<tr") == len(TRADES) % PAGE_SIZE + 1


def test_an_open_trade_says_so_and_is_marked_to_the_last_close():
    result = make_result(BARS, (fill(BARS, 2990, 10),))
    row = re.findall(r"<td[^>]*>([^<]*)</td>", trades_html(result.trades, [0], None))
    profit = 10 * (BARS.close[-1] - BARS.open[2990]) - 10 * BARS.open[2990] * 0.001
    assert row[4:6] == ["open", "\N{EN DASH}"]
    assert row[6] == f"{profit:,.2f}"


def test_gain_and_loss_are_told_by_more_than_colour():
    shown = trades_html(TRADES, [0, 1, 2, 3, 4, 5], None)
    for tone, sign in re.findall(r'data-tone="(\w+)">(.)[\d.]+ %', shown):
        assert sign == ("+" if tone == "gain" else "-")
    assert 'data-tone="gain"' in shown
    assert 'data-tone="loss"' in shown


def test_no_trades_says_what_to_do(table, front_end):
    table.show(())
    assert "Loosen the entry conditions" in markup(front_end)
    assert table.page_trades == []
