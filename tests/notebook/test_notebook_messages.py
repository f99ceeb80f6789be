import json
from pathlib import Path

import pytest

from stratcraft_jupyter.errors import NotebookError
from stratcraft_jupyter.notebook import messages

FIXTURES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "messages.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", FIXTURES["bridge_to_python"])
def test_every_bridge_message_of_the_fixtures_is_read_whole(name):
    content = FIXTURES["bridge_to_python"][name]
    parsed = messages.parse_bridge_message(content)
    assert json.loads(parsed.model_dump_json(exclude_unset=True)) == content


@pytest.mark.parametrize("name", FIXTURES["canvas_to_python"])
def test_every_canvas_message_of_the_fixtures_is_read_whole(name):
    content = FIXTURES["canvas_to_python"][name]
    parsed = messages.parse_canvas_message(content)
    assert json.loads(parsed.model_dump_json(exclude_unset=True)) == content


@pytest.mark.parametrize(
    "content",
    [
        None,
        "hello",
        {},
        {"type": "goodbye", "client_id": "c-1"},
        {"type": "hello", "client_id": 7, "version": "0.1.0", "front_end": "lab"},
        {"type": "hello", "client_id": "c-1", "version": "0.1.0", "front_end": "lab", "more": 1},
    ],
)
def test_a_strange_bridge_message_is_refused_with_what_to_do(content):
    with pytest.raises(NotebookError, match="Reload the page"):
        messages.parse_bridge_message(content)


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "explode"},
        {"op": "connect", "source": "a.x"},
        {"op": "move", "positions": {"a": {"x": "left", "y": 0}}},
    ],
)
def test_a_strange_edit_is_refused(edit):
    with pytest.raises(NotebookError, match="does not understand"):
        messages.parse_canvas_message({"type": "edit", "client_id": "c-1", "edit": edit})
