"""Files that are no strategy document: refused with the place and what to do, and left alone."""

import os
import re
from pathlib import Path

import pytest

from graph.bad_files import BAD, BROKEN, GOOD, GRAPH, nested
from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.graph.reading import MAX_BYTES


@pytest.fixture(params=BAD, ids=list(BAD))
def bad(request, tmp_path) -> tuple[Path, bytes, str, str]:
    content, (message, hint) = BAD[request.param]
    path = tmp_path / "bad.strategy.json"
    path.write_bytes(content)
    return path, content, message, hint


def test_a_bad_file_is_refused_with_the_place_and_what_to_do(bad):
    path, content, message, hint = bad
    with pytest.raises(GraphFileError) as caught:
        StrategyGraph.from_json(content)
    assert (caught.value.message, caught.value.hint) == (message, hint)
    if len(content) <= MAX_BYTES:
        with pytest.raises(GraphFileError) as caught:
            StrategyGraph.load(path)
        assert str(caught.value) == f"bad.strategy.json: {message} {hint}"


def test_a_bad_file_is_never_overwritten(bad):
    path, content, _, _ = bad
    with pytest.raises(GraphFileError) as caught:
        GRAPH.save(path)
    assert "bad.strategy.json was not overwritten" in caught.value.message
    assert caught.value.hint == "Save under another name, or move that file away first."
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("length", range(0, len(GOOD.encode()) - 2, 13))
def test_a_truncated_file_is_refused(length):
    with pytest.raises(GraphFileError, match=r"it is (empty|no complete JSON)|is no UTF-8"):
        StrategyGraph.from_json(GOOD.encode()[:length])


def test_every_depth_of_nesting_is_refused_in_words():
    messages = set()
    for depth in (*range(1, 1_200, 7), *range(900, 1_010)):
        with pytest.raises(GraphFileError) as caught:
            StrategyGraph.from_json(nested(depth))
        messages.add(caught.value.message.partition(": ")[2])
    assert messages == {
        "name: Input should be a valid string.",
        "its JSON is nested too deeply.",
    }


def test_a_file_of_50_mb_is_not_read(tmp_path):
    path = tmp_path / "film.strategy.json"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    message = (
        f"'{path}' is no strategy document: it has 50,000,000 bytes; "
        f"strategy documents have at most {MAX_BYTES:,}. {BROKEN}"
    )
    with pytest.raises(GraphFileError, match=re.escape(message)):
        StrategyGraph.load(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    path = tmp_path / "missing.strategy.json"
    with pytest.raises(
        GraphFileError,
        match=re.escape(f"There is no file '{path}'. Check the path and the spelling."),
    ):
        StrategyGraph.load(path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(GraphFileError, match=re.escape(f"'{tmp_path}' is no file. Choose a")):
        StrategyGraph.load(tmp_path)
    with pytest.raises(GraphFileError, match="was not overwritten"):
        GRAPH.save(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(GraphFileError, match="is no file"):
        StrategyGraph.load(tmp_path / "pipe")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_a_file_that_cannot_be_read_says_so():
    with pytest.raises(
        GraphFileError,
        match=r"'/proc/self/mem' cannot be read: Input/output error\. Check that it is a file",
    ):
        StrategyGraph.load("/proc/self/mem")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_a_file_that_may_not_be_read_says_so(tmp_path):
    path = tmp_path / "secret.strategy.json"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(GraphFileError, match="cannot be read: Permission denied"):
        StrategyGraph.load(path)
    with pytest.raises(GraphFileError, match="was not overwritten"):
        GRAPH.save(path)
