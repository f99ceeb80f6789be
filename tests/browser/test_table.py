"""The table and the plain-English view in a browser: a strategy built without the canvas."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.notebook_page import NODE

SOON = 30_000
BLANK = (
    "import stratcraft_jupyter as sc\n\n"
    "builder = sc.StrategyBuilder(sc.StrategyGraph(name='Dip'))\nbuilder"
)
FRONT_ENDS = ["lab", "notebook"]


@pytest.fixture(params=FRONT_ENDS)
def front_end(request):
    return request.param


def open_table(page):
    page.run_cell(1)
    page.builder.get_by_role("button", name="Table", exact=True).click()
    table = page.builder.locator(".jp-StratCraft-table")
    expect(table).to_be_visible(timeout=SOON)
    return table


def offer(table, text):
    """A button of the list of what fits."""
    whole = re.compile(rf"^\s*{re.escape(text)}\s*$", re.IGNORECASE)
    return table.locator(".jp-StratCraft-offers button").filter(has_text=whole)


def add(table, row, column, *texts):
    """Presses the last button of a cell, then what fits, by mouse."""
    columns = ["Regime", "Filter", "Entry", "Exit", "Sizing", "Risk"]
    cell = (
        table.locator(".jp-StratCraft-table-body > .jp-StratCraft-table-row")
        .nth(row)
        .locator(".jp-StratCraft-cell")
        .nth(columns.index(column))
    )
    cell.get_by_role("button").last.click()
    asked = {"Sizing": "Size of"}.get(column, f"{column} of")
    expect(table.locator(".jp-StratCraft-adder-head")).to_contain_text(asked, timeout=SOON)
    # the list has come and is where it stays once the cursor is in the search
    expect(table.get_by_placeholder("Search what fits")).to_be_focused(timeout=SOON)
    for text in texts:
        press_offer(table, text)


def press_offer(table, text):
    """Presses what is offered, and waits for the next question or the end of them."""
    head, more = table.locator(".jp-StratCraft-adder-head"), table.get_by_text("more: type what")
    asked = head.inner_text()
    expect(offer(table, text).or_(more).first).to_be_visible(timeout=SOON)
    if offer(table, text).count() == 0:  # a long list: the rest is found by typing
        table.get_by_placeholder("Search what fits").fill(text)
    offer(table, text).first.click()
    expect(head.filter(has_text=asked)).to_have_count(0, timeout=SOON)


def wait_for(page, expression, wanted):
    code = f"import json; graph = builder.graph; print(json.dumps({expression}))"
    page.wait_in_kernel(code, lambda said: json.loads(said) == wanted)


CELLS = (
    "[[c, [chip.node_id for chip in chips]] "
    "for row in sc.graph.as_table(graph).rows for c, chips in row.cells.items() if chips]"
)
ROWS = ".jp-StratCraft-table-body > .jp-StratCraft-table-row"
ERRORS = "[item.code for item in sc.graph.validate(graph) if item.severity == 'error']"


def test_a_strategy_is_built_by_mouse(own_notebook, front_end):
    page = own_notebook.open(front_end, BLANK)
    table = open_table(page)
    table.get_by_role("button", name="Long entry").click()
    expect(table.locator(".jp-StratCraft-adder-head")).to_contain_text("Enter long", timeout=SOON)
    for text in ("Compare", "Simple moving average", "Bars: Close"):
        press_offer(table, text)
    expect(page.builder.locator(".jp-StratCraft-head")).to_contain_text("SMA(14) of close.")
    add(table, 0, "Regime", "Trending up")
    add(table, 0, "Filter", "Weekday")
    add(table, 0, "Exit", "Exit long", "Not", "Compare")
    add(table, 0, "Sizing", "Fixed cash")
    add(table, 0, "Risk", "Stop loss")
    wait_for(
        page,
        CELLS,
        [
            ["regime", ["trending_up"]],
            ["filter", ["weekday"]],
            ["entry", ["enter_long", "compare"]],
            ["exit", ["exit_long"]],
            ["sizing", ["fixed_cash"]],
            ["risk", ["stop_loss"]],
        ],
    )
    wait_for(page, ERRORS, [])
    page.screenshot(f"table_{front_end}")
    change_rows(page, table)
    compare_views(page)
    page.set_theme("JupyterLab Dark")
    page.builder.get_by_role("button", name="Table", exact=True).click()
    table.get_by_role("button", name="Stop loss").first.click()
    page.screenshot(f"table_dark_{front_end}")
    show_many_rows(page, table)


def change_rows(page, table):
    """Copies, moves, switches and deletes a row; rows of one name tell themselves apart."""
    rows = table.locator(ROWS)
    rows.first.get_by_role("button", name="Duplicate Enter long").click()
    expect(rows).to_have_count(2, timeout=SOON)
    rows.nth(1).get_by_role("button", name="Move Enter long [enter_long_2] up").click()
    order = "[row.entry_id for row in sc.graph.as_table(graph).rows]"
    wait_for(page, order, ["enter_long_2", "enter_long"])
    copy = "Enter long [enter_long_2]"
    rows.first.get_by_role("button", name=f"Disable {copy}").click()
    off = rows.first.get_by_role("button", name=f"Off: {copy}")
    expect(off).to_be_visible(timeout=SOON)
    page.screenshot(f"table_rows_{page.front_end}")
    assert covering(page) == []
    page.builder.get_by_role("button", name="Table", exact=True).click()
    rows.first.get_by_role("button", name=f"Delete {copy}").click()
    expect(rows).to_have_count(1, timeout=SOON)
    wait_for(page, order, ["enter_long"])


def covering(page):
    """The pairs of boxes that cover each other on the canvas, with all drawers of ports closed."""
    page.in_kernel("builder._state.select([])")
    page.builder.get_by_role("button", name="Canvas", exact=True).click()
    expect(page.node("enter_long_2")).to_be_visible()
    expect(page.builder.locator(f"{NODE}.jp-mod-open")).to_have_count(0)
    return page.builder.evaluate(
        """(builder, node) => {
            const boxes = [...builder.querySelectorAll(node)];
            const covers = (a, b) =>
                a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            return boxes.flatMap((one, at) => boxes.slice(at + 1)
                .filter(other => covers(one.getBoundingClientRect(), other.getBoundingClientRect()))
                .map(other => [one.dataset.node, other.dataset.node]));
        }""",
        NODE,
    )


LARGE = """
graph = sc.StrategyGraph(name="Large")
graph = sc.graph.add_node(graph, "data.bars", node_id="bars")
free = [sc.graph.Node(id=f"free_{number}", kind="logic.and") for number in range(60)]
nodes, edges = [*graph.nodes, *free], []
for number in range(333):
    nodes += [
        sc.graph.Node(id=f"sma_{number}", kind="indicator.sma", params={"period": number + 2}),
        sc.graph.Node(id=f"above_{number}", kind="condition.crosses_above"),
        sc.graph.Node(id=f"enter_{number}", kind="action.enter_long"),
    ]
    edges += [
        sc.graph.Edge(source="bars.close", target=f"sma_{number}.source"),
        sc.graph.Edge(source="bars.close", target=f"above_{number}.left"),
        sc.graph.Edge(source=f"sma_{number}.value", target=f"above_{number}.right"),
        sc.graph.Edge(source=f"above_{number}.signal", target=f"enter_{number}.when"),
    ]
builder.graph = graph.model_copy(update={"nodes": tuple(nodes), "edges": tuple(edges)})
"""


def show_many_rows(page, table):
    """Hundreds of rows come by pages; what is for the whole strategy is there all the same."""
    page.in_kernel(LARGE)
    label, rows = table.locator(".jp-StratCraft-page-label"), table.locator(ROWS)
    expect(label).to_have_text("Rows 1 to 20 of 333", timeout=SOON)
    expect(rows).to_have_count(20, timeout=SOON)
    expect(table.get_by_text("No entry yet")).to_be_hidden()
    expect(table.get_by_text("Whole strategy")).to_be_attached()
    expect(table.get_by_text(", without inputs")).to_have_count(40)
    table.get_by_role("button", name="20 more").click()
    expect(table.get_by_text(", without inputs")).to_have_count(60, timeout=SOON)
    table.get_by_role("button", name="Last rows").click()
    expect(label).to_have_text("Rows 321 to 333 of 333", timeout=SOON)
    expect(rows).to_have_count(13, timeout=SOON)
    page.in_kernel("builder._state.select(['sma_0'])")
    expect(label).to_have_text("Rows 1 to 20 of 333", timeout=SOON)
    expect(rows.first.locator(".jp-StratCraft-parts")).to_be_visible(timeout=SOON)
    rows.first.scroll_into_view_if_needed()
    page.screenshot(f"table_large_{page.front_end}")
    page.page.set_viewport_size({"width": 700, "height": 900})
    expect(label).to_be_visible()
    page.screenshot(f"table_large_narrow_{page.front_end}")


def compare_views(page):
    """The three views say the same, and a sentence leads to its node."""
    page.builder.get_by_role("button", name="Plain English", exact=True).click()
    sentences = page.builder.locator(".jp-StratCraft-sentences button")
    expect(sentences.first).to_contain_text("1. Enter long when")
    sentences.filter(has_text="Exit").click()
    page.screenshot(f"reading_{page.front_end}")
    expect(page.builder.locator(".jp-StratCraft-head")).to_contain_text("Exit long")
    page.builder.get_by_role("button", name="Canvas", exact=True).click()
    expect(page.node("exit_long")).to_be_visible()
    expect(page.builder.locator(".jp-StratCraft-Node.jp-mod-selected")).to_have_count(1)


def test_a_strategy_is_built_by_keys(own_notebook, front_end):
    page = own_notebook.open(front_end, BLANK)
    table = open_table(page)
    before = page.cells()
    keys = page.page.keyboard
    search = table.get_by_placeholder("Search what fits")
    page.builder.get_by_role("button", name="Plain English", exact=True).focus()
    keys.press("Tab")
    expect(table.get_by_role("button", name="Long entry")).to_be_focused()
    keys.press("Enter")
    steps = (
        ("compare", "When of"),
        ("rsi", "Left of"),
        ("close", "Source of"),
    )
    for typed, asked in steps:
        expect(table.locator(".jp-StratCraft-adder-head")).to_contain_text(asked, timeout=SOON)
        expect(search).to_be_focused()
        keys.type(typed)  # and no wait for the list: Enter takes what was typed
        keys.press("Enter")
    # the newest node's numbers are what is to be set
    period = page.builder.locator(".jp-StratCraft-node-form").get_by_label("Period")
    expect(period).to_be_focused(timeout=SOON)
    wait_for(page, "[node.id for node in graph.nodes]", ["bars", "compare", "enter_long", "rsi"])
    add(table, 0, "Exit")
    keys.press("Escape")
    expect(search).to_be_hidden()
    expect(table.get_by_role("button", name="Long entry")).to_be_focused()
    assert page.cells() == before
