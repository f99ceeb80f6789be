"""The story of the first tutorial, with mouse and keyboard, as a new user lives it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.notebook_page import NotebookPage

FRONT_ENDS = [("lab", "light"), ("lab", "dark"), ("notebook", "light")]
_SOON = 20_000


def centre(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: NotebookPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    mouse = page.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=5)
    mouse.move(*end, steps=5)
    mouse.up()


def grip(page: NotebookPage, node_id: str, port: str) -> Locator:
    return page.node(node_id).locator(f"[data-port='{port}'] .jp-StratCraft-Port-grip")


def generate(page: NotebookPage) -> dict:
    """Presses Generate; gives the new cell."""
    before = {cell["id"] for cell in page.cells()}
    page.builder.get_by_role("button", name="Generate").click()
    page.wait_for_cells(more_than=len(before))
    return next(cell for cell in page.cells() if cell["id"] not in before)


def run(page: NotebookPage) -> Locator:
    """Presses Run; gives the results once the charts are drawn."""
    page.builder.get_by_role("button", name=re.compile(r"Run$")).click()
    results = page.builder.locator(".jp-StratCraft-Results")
    expect(results.locator(".jp-StratCraft-Chart .stick").first).to_be_attached(timeout=_SOON)
    return results


def metric(results: Locator, key: str) -> str:
    return results.locator(f"[data-metric='{key}']").first.inner_text()


@pytest.mark.parametrize(("front_end", "theme"), FRONT_ENDS)
def test_the_first_tutorial_works_as_told(open_notebook, front_end, theme):
    page: NotebookPage = open_notebook(front_end, theme=theme)
    page.show_builder()
    expect(page.builder.locator(".jp-StratCraft-Node")).to_have_count(7)
    page.screenshot(f"{front_end}-{theme}-1-builder")

    # drag a node: it stays where it was dropped, in the document too
    before = page.in_kernel("print(builder.graph.layout['fast'].y)")
    x, y = centre(page.node("fast").locator(".jp-StratCraft-Node-title"))
    drag(page, (x, y), (x, y - 40))
    page.page.wait_for_timeout(300)
    assert float(page.in_kernel("print(builder.graph.layout['fast'].y)")) < float(before)

    # change a period in the inspector
    page.node("fast").click(position={"x": 30, "y": 10})
    period = page.builder.locator(".jp-StratCraft-inspector").get_by_label("Period")
    expect(period).to_be_visible(timeout=_SOON)
    period.fill("20")
    period.press("Enter")
    page.page.wait_for_timeout(300)
    assert page.in_kernel("print(builder.graph.node('fast').params['period'])") == "20"

    # add an indicator from the palette and connect it by dragging from port to port
    search = page.builder.get_by_placeholder(re.compile("search", re.IGNORECASE))
    search.fill("rsi")
    search.press("Enter")
    expect(page.node("rsi")).to_be_visible(timeout=_SOON)
    drag(page, centre(grip(page, "bars", "close")), centre(grip(page, "rsi", "source")))
    page.page.wait_for_timeout(300)
    edges = "print([str(edge) for edge in builder.graph.edges_into('rsi')])"
    assert page.in_kernel(edges) == "['bars.close->rsi.source']"
    page.screenshot(f"{front_end}-{theme}-2-edited")

    # generate: a new code cell directly below the builder's
    cell = generate(page)
    cells = page.cells()
    assert [item["id"] for item in cells].index(cell["id"]) == 2
    assert cell["type"] == "code"
    assert "class SmaCross(bt.Strategy)" in cell["source"]
    assert '"fast_period": 20' in cell["source"]
    assert cell["metadata"]["stratcraft"]["origin"] == "builtin"

    # run: charts, metrics and trades in the builder's output
    results = run(page)
    page.screenshot(f"{front_end}-{theme}-3-ran")
    results.scroll_into_view_if_needed()
    assert "58" not in metric(results, "trade_count")
    shown = metric(results, "total_return")
    assert re.search(r"\d\s?%", shown)
    results.locator(".jp-StratCraft-Metrics").scroll_into_view_if_needed()
    page.screenshot(f"{front_end}-{theme}-4-metrics")

    # an edit of the cell by hand is what runs
    editor = page.page.locator(".jp-Notebook .jp-Cell").nth(2).locator(".cm-content")
    editor.click()
    page.page.keyboard.press("Control+a")
    page.page.keyboard.insert_text(cell["source"].replace('"slow_period": 30', '"slow_period": 60'))
    results = run(page)
    expect(results.locator("[data-metric='total_return']")).not_to_have_text(shown, timeout=_SOON)
    page.screenshot(f"{front_end}-{theme}-5-edited-by-hand")


@pytest.mark.parametrize("front_end", ["lab", "notebook"])
def test_one_undo_removes_the_generated_cell_and_one_redo_brings_it_back(open_notebook, front_end):
    page: NotebookPage = open_notebook(front_end)
    page.show_builder()
    before = [cell["id"] for cell in page.cells()]
    cell = generate(page)
    page.page.locator(".jp-Notebook .jp-Cell").nth(0).click()
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("z")
    assert [item["id"] for item in page.cells()] == before
    page.page.keyboard.press("Shift+z")
    assert cell["source"] in [item["source"] for item in page.cells()]


def test_markers_and_metrics_are_those_of_the_result(open_notebook):
    page: NotebookPage = open_notebook("lab")
    page.show_builder()
    generate(page)
    results = run(page)
    code = (
        "import stratcraft_jupyter as sc\n"
        "r = sc.run_backtest(sc.compile_strategy(sc.load_template('sma_cross')),"
        " sc.load_bars('sample:AAPL'))\n"
        "print(f'{r.metrics.trade_count}|{len(r.fills)}')"
    )
    trades, fills = page.in_kernel(code).split("|")
    assert trades in metric(results, "trade_count")
    expect(results).to_contain_text(f"{fills} entries and exits")


def test_no_key_pressed_on_the_canvas_reaches_the_notebook(open_notebook):
    page: NotebookPage = open_notebook("lab")
    page.show_builder()
    before = page.cells()
    page.builder.locator(".jp-StratCraft-Surface").first.click(position={"x": 5, "y": 5})
    for key in "abcdxyzmrnp0123456789":
        page.page.keyboard.press(key)
    assert page.cells() == before
