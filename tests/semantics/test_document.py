"""docs/semantics.md keeps up with the catalog."""

import re
from pathlib import Path

import pytest

from stratcraft_jupyter.graph import KINDS

TEXT = (Path(__file__).parents[2] / "docs" / "semantics.md").read_text(encoding="utf-8")


NAMED = re.findall(r"\*\*(.+?)\*\* \(`([a-z_.0-9]+)`\)", TEXT)
"""Title and name of each kind that begins a paragraph; indicators are in docs/components.md."""
TOLD = [kind for kind in KINDS.values() if kind.family != "indicator"]


@pytest.mark.parametrize("kind", TOLD, ids=[kind.name for kind in TOLD])
def test_every_kind_has_its_paragraph(kind):
    assert kind.name in {name for _, name in NAMED} or f"`{kind.name}`" in TEXT


def test_no_paragraph_is_about_a_kind_that_does_not_exist():
    assert {name for _, name in NAMED} <= set(KINDS)
    assert [title for title, name in NAMED if title != KINDS[name].title] == []


def test_links_lead_to_headings():
    headings = {title.lower().replace(" ", "-") for title in re.findall(r"^#+ (.+)$", TEXT, re.M)}
    assert set(re.findall(r"\(#([^)]+)\)", TEXT)) <= headings
