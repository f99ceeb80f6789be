"""Migrations: one step a version, in order, on a copy."""

import pytest

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph.migrate import CURRENT_VERSION, STEPS, migrate


def named_title(data):
    """Version 2 calls the name `title`."""
    return {**{key: data[key] for key in data if key != "name"}, "title": data["name"]}


def with_tags(data):
    """Version 3 has tags."""
    return {**data, "tags": [data["title"].lower()]}


TO_3 = {1: named_title, 2: with_tags}


def test_every_step_is_applied_in_order():
    assert migrate({"schema_version": 1, "name": "Cross"}, steps=TO_3, current=3) == {
        "schema_version": 3,
        "title": "Cross",
        "tags": ["cross"],
    }


def test_only_the_steps_that_are_left_are_applied():
    document = {"schema_version": 2, "title": "Cross"}
    assert migrate(document, steps=TO_3, current=3)["tags"] == ["cross"]


def test_the_document_given_is_not_changed():
    document = {"schema_version": 1, "name": "Cross"}
    migrate(document, steps=TO_3, current=3)
    assert document == {"schema_version": 1, "name": "Cross"}


def test_a_document_of_the_present_version_stays_as_it_is():
    document = {"schema_version": 3, "anything": object()}
    assert migrate(document, steps=TO_3, current=3) == document


def test_a_newer_document_is_refused():
    with pytest.raises(GraphFileError, match=r"schema version 4; this program reads up to 3\."):
        migrate({"schema_version": 4}, steps=TO_3, current=3)


def test_there_is_a_step_from_every_older_version():
    assert sorted(STEPS) == list(range(1, CURRENT_VERSION))
