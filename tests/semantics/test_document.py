"""docs/semantics.md keeps up with the catalog."""

import re
from pathlib import Path

import pytest

from stratcraft_jupyter.graph import KINDS

TEXT = (Path(__file__).parents[2] / "docs" / "semantics.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_its_paragraph(kind):
    (paragraph,) = re.findall(
        rf"^\*\*{re.escape(kind.title)}\*\* \(`{kind.name}`\)\. .+", TEXT, re.M
    )
    assert len(paragraph) > 40


def test_no_paragraph_is_about_a_kind_that_does_not_exist():
    assert set(re.findall(r"^\*\*.+\*\* \(`([a-z_.]+)`\)", TEXT, re.M)) == set(KINDS)


def test_links_lead_to_headings():
    headings = {title.lower().replace(" ", "-") for title in re.findall(r"^#+ (.+)$", TEXT, re.M)}
    assert set(re.findall(r"\(#([^)]+)\)", TEXT)) <= headings
