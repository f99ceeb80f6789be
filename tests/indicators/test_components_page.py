"""docs/components.md and what is beside it are those that the catalog makes now."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from indicators.listed import LISTED
from indicators.talib_values import DIFFERS, FUNCTIONS, TALIB
from stratcraft_jupyter.graph import KINDS

ROOT = Path(__file__).parents[2]
LIMIT = 1e-9
MEASURED = json.loads((ROOT / "tests" / "indicators" / "measured.json").read_text("utf-8"))


def made_pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("page", ROOT / "tools" / "components_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


PAGES = made_pages()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_current(path: str):
    kept = (ROOT / "docs" / path).read_text("utf-8")
    assert kept == PAGES[path], "run tools/components_page.py"


def test_no_page_is_left_over():
    kept = {f"components/{path.name}" for path in (ROOT / "docs" / "components").iterdir()}
    assert kept == set(PAGES) - {"components.md"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_has_its_section_with_all_it_takes(kind):
    page = PAGES[f"components/{kind.family}.md"]
    section = page.partition(f"\n`{kind.name}`: ")[2].partition("\n## ")[0]
    assert kind.semantics in section
    assert all(f"`{item.name}`" in section for item in (*kind.inputs, *kind.outputs, *kind.params))


def test_all_listed_indicators_are_in_the_table():
    rows = re.findall(r"^\| (.+?) \| \[", PAGES["components.md"], flags=re.MULTILINE)
    listed = [row for row in rows if row in LISTED]
    assert listed == list(LISTED)
    assert len(listed) == 147
    assert "## 147 of 147 indicators" in PAGES["components.md"]


@pytest.mark.parametrize("name", sorted(set(LISTED.values())))
def test_the_measured_difference_is_small(name: str):
    assert 0 <= MEASURED[name]["difference"] <= LIMIT
    assert MEASURED[name]["series"] >= max(1, len(KINDS[name].outputs))


def test_every_function_of_talib_has_its_name():
    assert set(FUNCTIONS) == set(TALIB)
    assert not set(FUNCTIONS) & set(DIFFERS)


def test_links_lead_somewhere():
    for path, text in PAGES.items():
        for target, place in re.findall(r"\]\(([\w./-]*)#([\w-]+)\)", text):
            page = PAGES[target] if target else PAGES[path]
            assert f'<a id="{place}"></a>' in page
