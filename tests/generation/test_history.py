"""The versions of code that a notebook keeps: bounded, and read with care."""

import json
from datetime import UTC, datetime

import pytest

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation import GeneratedStrategy, Version, VersionHistory, source_hash
from stratcraft_jupyter.generation.history import MAX_CHARACTERS, MAX_VERSIONS

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def made(source: str, **more) -> GeneratedStrategy:
    return GeneratedStrategy(source, "model", "replay:x", "graph", "prompt", **more)


def history(*sources: str) -> VersionHistory:
    found = VersionHistory()
    for source in sources:
        found = found.add_generated(made(source), at=NOON)
    return found


def sources(found: VersionHistory) -> list[str]:
    return [version.source for version in found.versions]


def test_versions_are_kept_in_order():
    found = history("a = 1\n", "a = 2\n").add_edited("a = 3\n", graph_hash="graph", at=NOON)
    assert sources(found) == ["a = 1\n", "a = 2\n", "a = 3\n"]
    assert [version.origin for version in found.versions] == ["model", "model", "edited"]
    assert found.newest.source == "a = 3\n"
    assert found.last_generated.source == "a = 2\n"
    assert found.newest.created == "2026-11-22T12:00:00+00:00"


def test_the_same_code_again_is_no_version_more():
    found = history("a\n", "b\n", "a\n")
    assert sources(found) == ["b\n", "a\n"]
    assert found.add_edited("b") is found


def test_line_ends_do_not_make_an_edit():
    assert source_hash("a\r\nb\r") == source_hash("a\nb\n") == source_hash("a\nb")
    assert source_hash("a\n b") != source_hash("a\nb")
    source_hash("\ud800")


def test_a_draft_is_no_base_for_a_merge():
    found = history("whole\n").add_generated(made("part\n", is_draft=True), at=NOON)
    assert found.last_generated.source == "whole\n"
    assert found.find(source_hash("part")).is_draft
    assert VersionHistory().last_generated is None


def test_many_edits_do_not_push_out_what_was_generated():
    found = history("old\n", "base\n")
    for number in range(50):
        found = found.add_edited(f"edit {number}\n", at=NOON)
    assert len(found.versions) == MAX_VERSIONS
    assert found.last_generated.source == "base\n"
    assert sources(found)[0] == "base\n"
    assert found.newest.source == "edit 49\n"


def test_long_versions_are_fewer():
    third = "x" * (MAX_CHARACTERS // 3)
    found = history(*(f"{number}{third}" for number in range(9)))
    assert [source[0] for source in sources(found)] == ["7", "8"]


@pytest.mark.parametrize("is_draft", [True, False])
def test_a_version_that_no_notebook_can_carry_is_not_kept(is_draft):
    found = history("a\n", "b\n")
    huge = "y" * (MAX_CHARACTERS + 1)
    assert sources(found.add_edited(huge, at=NOON)) == ["a\n", "b\n"]
    assert sources(found.add_generated(made(huge, is_draft=is_draft))) == ["a\n", "b\n"]


def test_it_goes_through_json():
    found = history("a\n", "b\n").add_edited("ü\n", at=NOON)
    assert VersionHistory.from_data(json.loads(json.dumps(found.to_data()))) == found


VERSION = {"source": "a", "origin": "model", "created": "2026"}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"schema_version": 1},
        {"schema_version": 1, "versions": "a"},
        {"schema_version": 1, "versions": ["a"]},
        {"schema_version": 1, "versions": [{"source": "a"}]},
        {"schema_version": 1, "versions": [VERSION | {"source": 1}]},
        {"schema_version": 1, "versions": [VERSION | {"is_draft": "no"}]},
        {"schema_version": 1, "versions": [VERSION | {"more": "a"}]},
        {"schema_version": 2, "versions": []},
    ],
)
def test_data_that_is_no_history_is_refused(data):
    with pytest.raises(StratCraftError):
        VersionHistory.from_data(data)


def test_data_is_bounded_when_it_is_read():
    many = {"schema_version": 1, "versions": [VERSION | {"source": str(n)} for n in range(99)]}
    assert len(VersionHistory.from_data(many).versions) == MAX_VERSIONS
    assert VersionHistory.from_data(many).newest == Version("98", "model", "2026")
