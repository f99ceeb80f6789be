"""Saving: at once or not at all, with nothing left behind."""

import errno
import os
import stat
from pathlib import Path

import pytest

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import Node, StrategyGraph, load_template, set_name
from stratcraft_jupyter.graph.reading import MAX_BYTES

OLD = load_template("sma_cross")
NEW = set_name(OLD, "Neu: Größe")


@pytest.fixture
def path(tmp_path) -> Path:
    """A saved document, alone in its folder."""
    found = tmp_path / "mine.strategy.json"
    OLD.save(found)
    return found


def test_the_file_holds_the_text(path):
    assert path.read_bytes() == OLD.to_json().encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_path_can_be_text(path):
    NEW.save(str(path))
    assert StrategyGraph.load(str(path)) == NEW


def test_the_mode_of_the_file_is_kept(path):
    path.chmod(0o640)
    NEW.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_of_any_new_file(path):
    plain = path.with_name("plain")
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode


def test_a_link_stays_a_link(path):
    link = path.with_name("link.strategy.json")
    link.symlink_to(path)
    NEW.save(link)
    assert link.is_symlink()
    assert StrategyGraph.load(path) == NEW


def _disk_full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("place", "name"),
    [(os, "fsync"), (Path, "chmod"), (Path, "replace")],
    ids=["fsync", "chmod", "replace"],
)
def test_a_write_that_fails_leaves_the_old_file(monkeypatch, path, place, name):
    monkeypatch.setattr(place, name, _disk_full)
    with pytest.raises(GraphFileError) as caught:
        NEW.save(path)
    assert caught.value.message == f"'{path}' cannot be written: No space left on device."
    assert caught.value.hint == "Choose a folder that exists and that you may write to."
    assert path.read_bytes() == OLD.to_json().encode()
    assert list(path.parent.iterdir()) == [path]


def test_an_interrupted_write_leaves_the_old_file(monkeypatch, path):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        NEW.save(path)
    assert StrategyGraph.load(path) == OLD
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("nowhere/x.strategy.json", "No such file or directory"),
        ("mine.strategy.json/x.strategy.json", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_said(path, target, problem):
    with pytest.raises(GraphFileError) as caught:
        NEW.save(path.parent / target)
    assert caught.value.message == f"'{path.parent / target}' cannot be written: {problem}."
    assert list(path.parent.iterdir()) == [path]


def test_a_document_too_large_to_be_opened_again_is_not_written(path):
    notes = [Node(id=f"n{number}", kind="data.bars", note="中" * 2_000) for number in range(1_000)]
    with pytest.raises(GraphFileError) as caught:
        StrategyGraph(nodes=tuple(notes)).save(path)
    assert caught.value.message.startswith("mine.strategy.json was not written: the document has ")
    assert caught.value.message.endswith(f" bytes; at most {MAX_BYTES:,} can be opened again.")
    assert caught.value.hint == "Shorten notes or remove nodes, and save again."
    assert StrategyGraph.load(path) == OLD
    assert list(path.parent.iterdir()) == [path]
