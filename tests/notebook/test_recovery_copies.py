"""Recovery copies: whole or not there, found by the same cell, bounded in number and age."""

import json
import os
import time

import pytest

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.notebook import recovery
from stratcraft_jupyter.notebook.recovery import (
    RecoveryCopy,
    list_copies,
    now_as_text,
    own_copies,
    prune_copies,
    recovery_folder,
    write_copy,
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path / "home"))
    return tmp_path


def copy_of(template="sma_cross", **changes):
    graph = load_template(template)
    facts = {
        "builder_id": "b",
        "name": graph.name,
        "time": now_as_text(),
        "document": graph.model_dump(mode="json"),
    }
    return RecoveryCopy(**{**facts, **changes})


def test_a_copy_is_read_as_it_was_written():
    copy = copy_of(path="/x/y.strategy.json", notebook="/x/n.ipynb", saved_hash="abc")
    write_copy(copy)
    assert list_copies() == (copy,)
    assert copy.graph() == load_template("sma_cross")


def test_the_folder_is_where_the_user_says(monkeypatch, tmp_path):
    assert recovery_folder() == tmp_path / "home" / "recovery"
    monkeypatch.delenv("STRATCRAFT_HOME")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    assert recovery_folder() == tmp_path / "jupyter" / "stratcraft-jupyter" / "recovery"
    monkeypatch.delenv("JUPYTER_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert recovery_folder().is_relative_to(tmp_path / "xdg")


def test_what_is_no_copy_is_left_out_and_left_alone():
    write_copy(copy_of())
    folder = recovery_folder()
    strange = {
        "empty": "",
        "half": '{"format": 1, "builder_id"',
        "newer": json.dumps({**copy_of().model_dump(), "format": 2}),
        "other": json.dumps({**copy_of().model_dump(), "extra": 1}),
        "timeless": json.dumps(copy_of(time="2026-01-01T00:00:00").model_dump()),
    }
    for name, text in strange.items():
        (folder / f"{name}.recovery.json").write_text(text)
    assert len(list_copies()) == 1
    assert len(list(folder.glob("*.recovery.json"))) == 1 + len(strange)


def test_the_same_cell_finds_its_copies_newest_first(tmp_path):
    notebook = tmp_path / "n.ipynb"
    notebook.touch()
    old = copy_of(notebook=str(notebook), time="2026-01-01T00:00:00+00:00")
    new = copy_of("macd_cross", notebook=str(notebook), time="2026-01-02T00:00:00+00:00")
    for copy in (old, new, copy_of(builder_id="another")):
        write_copy(copy)
    assert own_copies("b", str(notebook)) == (new, old)


def test_a_copied_notebook_does_not_get_the_copies_of_its_original(tmp_path):
    original, duplicate = tmp_path / "n.ipynb", tmp_path / "n-Copy1.ipynb"
    original.touch()
    write_copy(copy_of(notebook=str(original)))
    assert own_copies("b", str(duplicate)) == ()
    original.rename(duplicate)  # the same notebook with another name does
    assert len(own_copies("b", str(duplicate))) == 1


def test_there_are_not_too_many_and_none_is_too_old(monkeypatch):
    monkeypatch.setattr(recovery, "MOST_COPIES", 3)
    now = time.time()
    copies = [copy_of() for _ in range(5)]
    for age, copy in enumerate(copies):
        write_copy(copy)
        path = recovery_folder() / f"{copy.key}.recovery.json"
        os.utime(path, (now - age * 60, now - age * 60))
    ancient = recovery_folder() / f"{copies[2].key}.recovery.json"
    os.utime(ancient, (now - 31 * 86_400,) * 2)
    half = recovery_folder() / ".x.recovery.json.abc.tmp"
    half.write_text("{")
    os.utime(half, (now - 7_200,) * 2)
    fresh = recovery_folder() / ".y.recovery.json.abc.tmp"
    fresh.write_text("{")
    prune_copies()
    assert {copy.key for copy in list_copies()} == {copies[i].key for i in (0, 1, 3)}
    assert not half.exists()
    assert fresh.exists()


def test_a_folder_that_cannot_be_made_is_said(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path / "file"))
    with pytest.raises(GraphFileError, match="cannot be made"):
        write_copy(copy_of())
