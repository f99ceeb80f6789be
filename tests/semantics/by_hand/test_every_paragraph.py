"""Each paragraph of docs/semantics.md is held by a test on hand-made bars, and each test by one."""

from collections import Counter

from semantics.by_hand.elsewhere import COVERED_ELSEWHERE, SAYS_NO_RULE
from semantics.by_hand.paragraphs import HERE, covered_here, names_of_tests, paragraphs

HOW = (
    "Write a test in tests/semantics/by_hand/ with @covers(...), or name one in elsewhere.py, for: "
)


def test_every_paragraph_is_named_by_a_test():
    named = {*covered_here(), *COVERED_ELSEWHERE, *SAYS_NO_RULE}
    missing = [name for name in paragraphs() if name not in named]
    assert not missing, HOW + "; ".join(missing)


def test_no_test_names_a_paragraph_that_is_not_there():
    named = {*covered_here(), *COVERED_ELSEWHERE, *SAYS_NO_RULE}
    assert named - set(paragraphs()) == set()
    assert [name for name, count in Counter(paragraphs()).items() if count > 1] == []


def test_every_test_outside_this_folder_exists():
    lost = [
        place
        for place in COVERED_ELSEWHERE.values()
        for file, _, name in [place.partition("::")]
        if name not in names_of_tests(file)
    ]
    assert lost == []


def test_every_test_of_this_folder_names_a_paragraph():
    here = {f"{path.name}::{name}" for path in HERE.glob("test_*.py") for name in _names(path.name)}
    assert here - {place for places in covered_here().values() for place in places} == set()


def _names(file: str) -> set[str]:
    if file == "test_every_paragraph.py":
        return set()
    return names_of_tests(f"semantics/by_hand/{file}")
