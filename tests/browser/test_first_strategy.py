"""The story of the first tutorial, with mouse and keyboard, as a new user lives it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.notebook_page import NotebookPage

FRONT_ENDS = [("lab", "dark"), ("notebook", "light")]
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
    place = "print(builder.graph.layout['fast'].y)"
    before = float(page.in_kernel(place))
    x, y = centre(page.node("fast").locator(".jp-StratCraft-Node-title"))
    drag(page, (x, y), (x, y - 40))
    page.wait_in_kernel(place, lambda now: float(now) < before)

    # change a period in the inspector
    page.node("fast").click(position={"x": 30, "y": 10})
    period = page.builder.locator(".jp-StratCraft-inspector").get_by_label("Period")
    expect(period).to_be_visible(timeout=_SOON)
    period.fill("20")
    period.press("Enter")
    period_in_kernel = "print(builder.graph.node('fast').params['period'])"
    page.wait_in_kernel(period_in_kernel, lambda now: now == "20")

    # add an indicator from the palette and connect it by dragging from port to port
    search = page.builder.get_by_placeholder(re.compile("search", re.IGNORECASE))
    search.fill("rsi")
    search.press("Enter")
    expect(page.node("rsi")).to_be_visible(timeout=_SOON)
    drag(page, centre(grip(page, "bars", "close")), centre(grip(page, "rsi", "source")))
    edges = "print([str(edge) for edge in builder.graph.edges_into('rsi')])"
    page.wait_in_kernel(edges, lambda now: now == "['bars.close->rsi.source']")
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


def test_a_kind_dragged_from_the_palette_lands_where_it_is_dropped(open_notebook):
    page: NotebookPage = open_notebook("lab")
    page.show_builder()
    for shelf in ("Indicators", "Oscillators"):
        page.builder.get_by_role("button", name=shelf, exact=True).click()
    entry = page.builder.get_by_role("button", name="MACD", exact=True)
    expect(entry).to_be_visible(timeout=_SOON)
    entry.scroll_into_view_if_needed()
    surface = page.builder.locator(".jp-StratCraft-Surface").bounding_box()
    assert surface
    place = surface["x"] + surface["width"] / 2, surface["y"] + surface["height"] - 60
    drag(page, centre(entry), place)
    expect(page.node("macd")).to_be_visible(timeout=_SOON)
    box = page.node("macd").bounding_box()
    assert box
    assert box["x"] < place[0] < box["x"] + box["width"]
    assert box["y"] < place[1] < box["y"] + box["height"]
    kinds = "print([node.kind for node in builder.graph.nodes].count('indicator.macd'))"
    page.wait_in_kernel(kinds, lambda now: now == "1")


def test_folded_ports_open_where_they_are_needed(open_notebook):
    page: NotebookPage = open_notebook("lab")
    page.show_builder()
    entry = page.node("enter_long")
    port = entry.locator(".jp-StratCraft-Port[data-port='filter']")
    fold = entry.locator("[data-fold='input']")
    expect(fold).to_have_text("+6")
    expect(port).to_have_count(0)

    # the pointer, or the keyboard, on the box
    entry.hover(position={"x": 60, "y": 10})
    expect(port).to_be_visible(timeout=_SOON)
    surface = page.builder.locator(".jp-StratCraft-Surface")
    surface.click(position={"x": 5, "y": 5})
    expect(port).to_have_count(0)
    for _ in range(len(page.builder.locator(".jp-StratCraft-Node").all())):
        page.page.keyboard.press("Tab")
        if "enter_long" in (page.page.evaluate("document.activeElement.dataset.node") or ""):
            break
    expect(port).to_be_visible(timeout=_SOON)
    surface.click(position={"x": 5, "y": 5})

    # an edge on its way: the ports that fit, and no others
    start = centre(grip(page, "cross_up", "signal"))
    mouse = page.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + 15, start[1] + 40, steps=4)
    expect(port).to_be_visible(timeout=_SOON)
    expect(entry.locator(".jp-StratCraft-Port[data-port='size']")).to_have_count(0)
    mouse.move(*centre(grip(page, "enter_long", "filter")), steps=4)
    mouse.up()
    edges = "print('cross_up.signal->enter_long.filter' in map(str, builder.graph.edges))"
    page.wait_in_kernel(edges, lambda now: now == "True")
    expect(fold).to_have_text("+5")
    expect(port).to_be_visible()


@pytest.mark.parametrize("template", ["sma_cross", "donchian_turtle"])
def test_palette_graph_and_inspector_stand_side_by_side(open_notebook, template):
    page: NotebookPage = open_notebook("lab")  # 1,500 px wide, with the file browser open
    page.show_builder()
    page.in_kernel(f"builder.graph = sc.load_template({template!r})")
    names = ("palette", "stage", "inspector")
    boxes = [page.builder.locator(f".jp-StratCraft-{name}").bounding_box() for name in names]
    assert all(boxes)
    assert len({round(box["y"]) for box in boxes if box}) == 1
    lefts = [box["x"] for box in boxes if box]
    assert lefts == sorted(lefts)
    # the first look shows every node whole
    count = int(page.in_kernel("print(len(builder.graph.nodes))"))
    expect(page.builder.locator(".jp-StratCraft-Node")).to_have_count(count)
    inside = """nodes => nodes.every(node => {
        const box = node.getBoundingClientRect();
        const view = node.closest('.jp-StratCraft-Surface').getBoundingClientRect();
        return box.left >= view.left && box.right <= view.right
            && box.top >= view.top && box.bottom <= view.bottom;
    })"""
    nodes = page.builder.locator(".jp-StratCraft-Node")
    for _ in range(50):  # the view glides there
        if nodes.evaluate_all(inside):
            break
        page.page.wait_for_timeout(100)
    assert nodes.evaluate_all(inside)
