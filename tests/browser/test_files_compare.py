"""Two documents side by side, changes by meaning."""

from playwright.sync_api import expect

from stratcraft_jupyter.graph import load_template
from tests.browser.notebook_page import NODE
from tests.browser.own_notebook import SOON, set_period, type_at_once
from tests.browser.test_files_keep import ON_FILE, button, in_file_menu


def expect_stacked(page, pictures):
    """Below each other, each as wide as there is room."""
    page.page.wait_for_function(
        """() => {
            const [one, other] = [...document.querySelectorAll('figure svg')]
                .map(picture => picture.getBoundingClientRect());
            return other.top >= one.bottom && one.width >= 420 && one.width === other.width;
        }"""
    )
    assert pictures.count() == 2


def test_the_strategy_is_compared_with_its_file_and_with_another(own_notebook):
    load_template("sma_cross").save(own_notebook.folder / "mine.strategy.json")
    load_template("triple_sma").save(own_notebook.folder / "triple.strategy.json")
    page = own_notebook.open("lab", ON_FILE.format("builder"))
    page.run_cell(1)
    expect(page.page.locator(NODE)).to_have_count(7, timeout=SOON)
    in_file_menu(page, "Compare with saved file")
    panel = page.builder.locator(".jp-StratCraft-difference-panel")
    expect(panel).to_contain_text("The same strategy.", timeout=SOON)
    set_period(page, 17)
    row = panel.locator("tr[data-change=parameter]")
    expect(row).to_have_count(1)  # in step with the edit
    expect(row).to_contain_text("Fast SMA: period")
    assert row.locator("td").all_inner_texts()[1:] == ["10 bars", "17 bars"]
    pictures = panel.locator("figure svg")
    expect(panel.locator("figure [data-mark=changed]")).to_have_count(2)
    one, other = (pictures.nth(number).bounding_box() for number in (0, 1))
    assert one["y"] == other["y"]  # there is room for both
    assert min(one["width"], other["width"]) >= 420
    title = pictures.first.get_by_text("Fast SMA", exact=True)
    assert title.bounding_box()["height"] > 10
    page.screenshot_in_both_themes("compare-saved")
    page.builder.evaluate("builder => { builder.style.width = '640px'; }")
    expect_stacked(page, pictures)
    page.screenshot("lab-compare-narrow")
    page.builder.evaluate("builder => { builder.style.width = ''; }")
    in_file_menu(page, "Compare with other file")
    path = page.builder.get_by_label("Path of the other strategy file")
    type_at_once(page, path, "triple.strategy.json")
    page.page.keyboard.press("Enter")
    expect(panel.locator("tr[data-change=removed]").first).to_be_visible(timeout=SOON)
    expect(panel.locator("details summary")).to_contain_text("moved")
    page.screenshot_in_both_themes("compare-other")
    button(page, "Close comparison").click()
    expect(panel).to_be_hidden()
