import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from stratcraft_jupyter.errors import NotebookError
from stratcraft_jupyter.notebook import Cell, CellBridge, CellStamp, source_hash
from stratcraft_jupyter.notebook.drafts import as_draft

FIXTURES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "messages.json").read_text(encoding="utf-8")
)


def stamp_for(source, **changes):
    stamp = CellStamp.now(
        builder_id="b1", graph_hash="00ff", source=source, origin="builtin", model="builtin"
    )
    return replace(stamp, **changes)


@pytest.fixture
def bridge(front_end):
    front_end.add_cell("builder")
    front_end.add_cell("notes")
    bridge = CellBridge("b1", timeout=5)
    front_end.hello()
    return bridge


async def test_a_new_cell_goes_directly_below_with_its_stamp(front_end, bridge):
    stamp = stamp_for("x = 1\n")
    cell_id = await bridge.insert_cell("builder", "x = 1\n", stamp)
    assert [cell["cell_id"] for cell in front_end.cells] == ["builder", cell_id, "notes"]
    assert front_end.cells[1]["source"] == "x = 1\n"
    assert set(front_end.cells[1]["metadata"]["stratcraft"]) == set(
        FIXTURES["python_to_bridge"]["insert_cell"]["metadata"]["stratcraft"]
    )
    assert CellStamp.from_metadata(front_end.cells[1]["metadata"]) == stamp


@pytest.mark.parametrize("name", ["insert_cell", "replace_cell", "find_cells"])
async def test_requests_have_the_fields_of_the_fixtures(front_end, bridge, name):
    front_end.add_cell("c", "x = 1\n")
    if name == "insert_cell":
        await bridge.insert_cell("builder", "x = 1\n", stamp_for("x = 1\n"))
    elif name == "replace_cell":
        await bridge.replace_cell("c", "x = 1\n", "x = 2\n", stamp_for("x = 2\n"))
    else:
        await bridge.find_cells()
    assert set(front_end.sent_to("BridgeModel")[-1]) == set(FIXTURES["python_to_bridge"][name])
    assert front_end.sent_to("BridgeModel")[-1]["type"] == name


async def test_a_cell_edited_by_hand_is_known_by_its_text(front_end, bridge):
    cell_id = await bridge.insert_cell("builder", "x = 1\n", stamp_for("x = 1\n"))
    (found,) = await bridge.find_cells()
    assert found.cell_id == cell_id
    assert not found.is_edited
    front_end.cells[1]["source"] = "x = 2\n"
    (found,) = await bridge.find_cells()
    assert found.source == "x = 2\n"
    assert found.is_edited


async def test_a_replaced_cell_gives_its_place_to_a_new_one(front_end, bridge):
    old = await bridge.insert_cell("builder", "x = 1\n", stamp_for("x = 1\n"))
    new = await bridge.replace_cell(old, "x = 1\n", "x = 2\n", stamp_for("x = 2\n"))
    assert [cell["cell_id"] for cell in front_end.cells] == ["builder", new, "notes"]
    (found,) = await bridge.find_cells()
    assert not found.is_edited


async def test_a_cell_with_another_text_is_not_replaced(front_end, bridge):
    old = await bridge.insert_cell("builder", "x = 1\n", stamp_for("x = 1\n"))
    front_end.cells[1]["source"] = "mine"
    with pytest.raises(NotebookError, match="has just changed"):
        await bridge.replace_cell(old, "x = 1\n", "x = 2\n", stamp_for("x = 2\n"))
    assert front_end.cells[1]["source"] == "mine"


async def test_found_cells_are_ours_and_newest_first(front_end, bridge):
    for number, created in enumerate(["2026-01-02", "2026-01-03", "2026-01-01"]):
        metadata = stamp_for("", created=created).to_metadata()
        front_end.add_cell(f"c{number}", metadata=metadata)
    front_end.add_cell("other", metadata=stamp_for("", builder_id="b2").to_metadata())
    front_end.add_cell("strange", metadata={"stratcraft": {"builder_id": "b1"}})
    assert [cell.cell_id for cell in await bridge.find_cells()] == ["c1", "c0", "c2"]


async def test_of_copied_cells_the_upper_one_comes_first(front_end, bridge):
    metadata = stamp_for("").to_metadata()
    front_end.add_cell("upper", metadata=metadata)
    front_end.add_cell("lower", metadata=metadata)
    assert [cell.cell_id for cell in await bridge.find_cells()] == ["upper", "lower"]


async def test_no_page_is_said_at_once(front_end):
    with pytest.raises(NotebookError, match="No page with the StratCraft extension"):
        await CellBridge("b1").find_cells()


async def test_a_silent_page_is_waited_for_only_so_long(front_end, bridge):
    front_end.answers = False
    bridge.timeout = 0.05
    with pytest.raises(NotebookError, match=r"did not answer within 0\.05 seconds"):
        await bridge.find_cells()


async def test_a_late_answer_does_no_harm(front_end, bridge):
    front_end.answers = False
    bridge.timeout = 0.05
    with pytest.raises(NotebookError):
        await bridge.find_cells()
    errors = []
    bridge.on_error = errors.append
    front_end.answers = True
    front_end._answer(front_end.models("BridgeModel")[0], front_end.sent_to("BridgeModel")[-1])
    assert errors == []


async def test_answers_find_their_requests(front_end, bridge):
    sources = [f"x = {number}\n" for number in range(20)]
    for number, source in enumerate(sources):
        front_end.add_cell(f"c{number}", source)
    made = await asyncio.gather(
        *(
            bridge.replace_cell(f"c{number}", source, f"# {source}", stamp_for(source))
            for number, source in enumerate(sources)
        )
    )
    texts = {cell["cell_id"]: cell["source"] for cell in front_end.cells}
    assert [texts[cell_id] for cell_id in made] == [f"# {source}" for source in sources]


async def test_a_request_goes_to_the_page_that_was_used_last(front_end, bridge):
    await bridge.find_cells()
    front_end.hello("c-2")
    await bridge.find_cells()
    front_end.click("c-1")
    await bridge.find_cells()
    assert [sent["client_id"] for sent in front_end.sent_to("BridgeModel")] == ["c-1", "c-2", "c-1"]


def test_a_strange_message_is_reported(front_end, bridge):
    errors = []
    bridge.on_error = errors.append
    front_end.send(front_end.models("BridgeModel")[0], {"type": "what"})
    assert [type(error) for error in errors] == [NotebookError]


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"stratcraft": None},
        {"stratcraft": {}},
        {"stratcraft": {**stamp_for("").to_metadata()["stratcraft"], "schema_version": 2}},
        {"stratcraft": {**stamp_for("").to_metadata()["stratcraft"], "created": 5}},
    ],
)
def test_metadata_of_others_is_no_stamp(metadata):
    assert CellStamp.from_metadata(metadata) is None


def test_a_stamp_survives_the_notebook_file():
    stamp = stamp_for("x", usage={"input": 3}, prompt_hash="aa")
    assert CellStamp.from_metadata(json.loads(json.dumps(stamp.to_metadata()))) == stamp


def test_a_stamp_of_an_earlier_version_is_no_draft():
    metadata = stamp_for("x").to_metadata()
    del metadata["stratcraft"]["is_draft"]
    assert CellStamp.from_metadata(metadata).is_draft is False


class TestDrafts:
    def test_a_marked_text_that_is_as_it_was_left_is_a_draft(self):
        assert Cell("c", "x = 1", stamp_for("x = 1", is_draft=True)).is_draft
        assert not Cell("c", "x = 1", stamp_for("x = 1")).is_draft

    def test_the_line_that_stops_it_makes_a_draft_whatever_the_mark_says(self):
        # a kernel that restarts while text arrives leaves a mark with the hash of the beginning
        source = as_draft("x = 1\n# mine")
        assert Cell("c", source, stamp_for("x", is_draft=True)).is_draft
        assert Cell("c", f"\n  {source}", None).is_draft

    def test_who_deletes_the_line_has_made_it_finished_code(self):
        draft = as_draft("x = 1\n")
        edited = draft.split("\n", 1)[1]
        assert not Cell("c", edited, stamp_for(draft, is_draft=True)).is_draft

    def test_running_a_draft_stops_with_what_to_do(self):
        with pytest.raises(RuntimeError, match="Delete this line"):
            exec(as_draft("print('never')"))


def test_a_cell_without_a_stamp_is_not_called_edited():
    assert not Cell("c", "x = 1", None).is_edited


def test_the_hash_of_a_text_is_its_sha256():
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert source_hash("") == empty


@pytest.mark.parametrize("turns", range(6))
async def test_a_cancellation_that_meets_the_answer_is_not_lost(front_end, bridge, turns):
    front_end.answers = False
    task = asyncio.create_task(bridge.find_cells())
    for _ in range(10):
        await asyncio.sleep(0)
    front_end.answers = True
    front_end._answer(front_end.models("BridgeModel")[0], front_end.sent_to("BridgeModel")[-1])
    for _ in range(turns):
        await asyncio.sleep(0)
    if task.cancel():  # else the answer was there first
        with pytest.raises(asyncio.CancelledError):
            await task
