"""Every listed indicator is found in the palette by the name it is listed under."""

import pytest

from indicators.listed import LISTED
from stratcraft_jupyter.graph import search_kinds

AMONG_FIRST = 3


@pytest.mark.parametrize("title", LISTED)
def test_a_listed_indicator_is_found_by_its_name(title: str):
    found = [kind.name for kind in search_kinds(title)]
    assert LISTED[title] in found[:AMONG_FIRST]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Triple Exponential Average", "indicator.trix"),
        ("zero lag indicator", "indicator.zero_lag"),
        ("Rate of Change (9)", "indicator.roc"),
        ("Rate of Change (x100)", "indicator.roc_percent"),
        ("opening range", "indicator.session_range"),
    ],
)
def test_the_whole_name_comes_first(text: str, name: str):
    assert search_kinds(text)[0].name == name


def test_what_nobody_means_finds_nothing():
    assert search_kinds("(only brackets) nonsense") == ()
    assert search_kinds("(nonsense)") == ()
