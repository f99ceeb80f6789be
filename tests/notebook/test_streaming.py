import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from stratcraft_jupyter.notebook import (
    Cell,
    CellBridge,
    CellStamp,
    CellStream,
    StreamEnd,
    source_hash,
)
from stratcraft_jupyter.notebook.drafts import as_draft

FIXTURES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "messages.json").read_text(encoding="utf-8")
)
CODE = "import backtrader as bt\n"


def stamp_for(source):
    return CellStamp.now(
        builder_id="b1", graph_hash="00ff", source=source, origin="model", model="replay:sma"
    )


@pytest.fixture
def bridge(front_end):
    front_end.add_cell("builder")
    front_end.add_cell("notes")
    bridge = CellBridge("b1", timeout=5)
    front_end.hello()
    return bridge


@pytest.fixture
def stream(bridge):
    return CellStream(bridge, "builder", stamp_for(""), pause=0.001, look_again=0.01)


async def until(condition):
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.002)


def cell_of(front_end, stream):
    return next(cell for cell in front_end.cells if cell["cell_id"] == stream.cell_id)


async def shown(front_end, stream, text=None):
    """Waits until the cell ends with a text, or with all there is."""
    await until(lambda: stream.cell_id is not None)
    await until(lambda: cell_of(front_end, stream)["source"].endswith(text or stream.text))


async def test_the_first_text_makes_a_draft_below_the_builder(front_end, stream):
    stream.append("import")
    await shown(front_end, stream)
    assert [cell["cell_id"] for cell in front_end.cells] == ["builder", stream.cell_id, "notes"]
    cell = front_end.cells[1]
    assert cell["source"] == as_draft("import")
    assert Cell("", cell["source"], CellStamp.from_metadata(cell["metadata"])).is_draft
    assert cell["metadata"]["stratcraft"]["is_draft"] is True


async def test_what_comes_meanwhile_goes_in_one_message(front_end, bridge):
    stream = CellStream(bridge, "builder", stamp_for(""), pause=0.2)
    for number in range(1_000):
        stream.append(f"{number}\n")
        if number == 500:
            await until(lambda: stream.cell_id is not None)
    end = await stream.abandon()
    assert cell_of(front_end, stream)["source"] == as_draft(stream.text)
    assert stream.text.endswith("998\n999\n")
    assert end == StreamEnd("written", stream.cell_id)
    assert [sent["type"] for sent in front_end.sent_to("BridgeModel")] == [
        "begin_stream",
        "append_stream",
        "abandon_stream",
    ]


async def test_messages_are_no_more_than_the_page_can_take(front_end, bridge):
    loop = asyncio.get_running_loop()
    stream, began = CellStream(bridge, "builder", stamp_for(""), pause=0.05), loop.time()
    for _ in range(200):
        stream.append("x")
        await asyncio.sleep(0.001)
    count = len(front_end.sent_to("BridgeModel"))
    assert 2 <= count <= 2 + (loop.time() - began) / 0.05
    await stream.abandon()
    assert cell_of(front_end, stream)["source"] == as_draft("x" * 200)


async def test_a_draft_that_takes_the_place_of_the_text_says_so(front_end, stream):
    stream.append(CODE)
    await shown(front_end, stream)
    draft = as_draft(CODE)
    end = await stream.finish(draft, replace(stamp_for(draft), is_draft=True))
    cell = next(cell for cell in front_end.cells if cell["cell_id"] == end.cell_id)
    assert cell["metadata"]["stratcraft"]["is_draft"] is True


async def test_finished_code_takes_the_place_of_the_draft(front_end, stream):
    stream.append("Here is the code:\n")
    stream.append(CODE)
    end = await stream.finish(CODE, stamp_for(CODE))
    assert end == StreamEnd("written", stream.cell_id)
    cell = cell_of(front_end, stream)
    assert cell["source"] == CODE
    found = Cell("", cell["source"], CellStamp.from_metadata(cell["metadata"]))
    assert not found.is_draft
    assert not found.is_edited


@pytest.mark.parametrize("name", ["begin_stream", "append_stream", "finish_stream"])
async def test_requests_have_the_fields_of_the_fixtures(front_end, stream, name):
    for text in ("import", " backtrader"):
        stream.append(text)
        await shown(front_end, stream)
    await stream.finish(CODE, stamp_for(CODE))
    (sent,) = [item for item in front_end.sent_to("BridgeModel") if item["type"] == name]
    assert {key: type(value) for key, value in sent.items()} == {
        key: type(value) for key, value in FIXTURES["python_to_bridge"][name].items()
    }
    stamps = [item["metadata"]["stratcraft"] for item in (sent,) if "metadata" in item]
    wanted = FIXTURES["python_to_bridge"]["begin_stream"]["metadata"]["stratcraft"]
    assert all(set(stamp) == set(wanted) for stamp in stamps)


async def test_an_abandoned_stream_says_all_that_the_fixture_says(front_end, stream):
    stream.append("import")
    await stream.abandon()
    sent = front_end.sent_to("BridgeModel")[-1]
    assert set(sent) == set(FIXTURES["python_to_bridge"]["abandon_stream"])
    stamp = CellStamp.from_metadata(sent["metadata"])
    assert stamp.is_draft
    assert stamp.source_hash == source_hash(as_draft("import"))


async def test_text_typed_into_the_cell_stays(front_end, stream):
    stream.append("a = 1\n")
    await shown(front_end, stream)
    cell_of(front_end, stream)["source"] += "# mine\n"
    stream.append("b = 2\n")
    await shown(front_end, stream, "b = 2\n")
    await until(lambda: stream.is_edited)
    end = await stream.finish(CODE, stamp_for(CODE))
    draft, finished = front_end.cells[1:3]
    assert draft["source"] == as_draft("a = 1\n# mine\nb = 2\n")
    assert (finished["source"], finished["cell_id"]) == (CODE, end.cell_id)
    assert end.state == "edited"


async def test_a_deleted_cell_ends_nothing_but_the_showing(front_end, stream):
    stream.append("a = 1\n")
    await shown(front_end, stream)
    front_end.cells.pop(1)
    stream.append("b = 2\n")
    await until(lambda: stream.problem)
    assert stream.problem == "The cell was deleted."
    stream.append("c = 3\n")
    end = await stream.finish(CODE, stamp_for(CODE))
    assert end == StreamEnd("gone", None, "The cell was deleted.")
    assert stream.text == "a = 1\nb = 2\nc = 3\n"
    assert [cell["cell_id"] for cell in front_end.cells] == ["builder", "notes"]


async def test_a_deletion_undone_gets_what_came_meanwhile(front_end, stream):
    stream.append("a = 1\n")
    await shown(front_end, stream)
    cell = front_end.cells.pop(1)
    stream.append("b = 2\n")
    await until(lambda: stream.problem)
    stream.append("c = 3\n")
    front_end.cells.append(cell)
    await shown(front_end, stream)
    assert cell["source"] == as_draft("a = 1\nb = 2\nc = 3\n")
    assert stream.problem == ""


async def test_a_piece_whose_answer_is_lost_is_written_once(front_end, bridge, stream):
    stream.append("a = 1\n")
    await shown(front_end, stream)
    bridge.timeout = 0.05
    deliver, lost = front_end.send, []
    front_end.send = lambda receiver, content: lost.append(content)
    stream.append("b = 2\n")
    await until(lambda: stream.problem)
    assert "did not answer" in stream.problem
    bridge.timeout = 5
    front_end.send = deliver
    await until(lambda: not stream.problem)
    assert lost
    assert cell_of(front_end, stream)["source"] == as_draft("a = 1\nb = 2\n")


async def test_a_page_that_refuses_the_cell_costs_no_text(front_end, bridge):
    stream = CellStream(bridge, "nowhere", stamp_for(""))
    stream.append("a = 1\n")
    await until(lambda: stream.problem)
    stream.append("b = 2\n")
    end = await stream.abandon()
    assert end == StreamEnd("gone", None, "The builder's cell was deleted.")
    assert stream.text == "a = 1\nb = 2\n"


async def test_no_page_is_told_and_costs_no_text(front_end):
    stream = CellStream(CellBridge("b1"), "builder", stamp_for(""))
    stream.append("a = 1\n")
    end = await stream.finish(CODE, stamp_for(CODE))
    assert "No page with the StratCraft extension" in end.reason
    assert (end.state, stream.text) == ("gone", "a = 1\n")


async def test_without_text_there_is_no_cell(front_end, stream):
    assert await stream.abandon() == StreamEnd("gone", None, "No text arrived.")
    assert len(front_end.cells) == 2


async def test_another_attempt_takes_the_place_of_the_first(front_end, stream):
    stream.append("wrong")
    await shown(front_end, stream)
    stream.restart()
    assert stream.text == "wrong"  # until there is something better
    stream.append("right")
    await until(lambda: cell_of(front_end, stream)["source"] == as_draft("right"))
    stream.append(" so")
    await until(lambda: cell_of(front_end, stream)["source"] == as_draft("right so"))
    assert stream.text == "right so"
    await stream.finish(CODE, stamp_for(CODE))
    assert front_end.cells[1]["source"] == CODE
    assert len(front_end.cells) == 3


async def test_another_attempt_leaves_what_the_user_typed(front_end, stream):
    stream.append("wrong\n")
    await shown(front_end, stream)
    cell_of(front_end, stream)["source"] += "# mine\n"
    stream.restart()
    stream.append("right\n")
    await shown(front_end, stream)
    assert cell_of(front_end, stream)["source"] == as_draft(f"wrong\n# mine\n{as_draft('right')}\n")


async def test_the_page_that_got_the_cell_gets_the_text(front_end, stream):
    stream.append("a")
    await shown(front_end, stream)
    front_end.hello("c-2")
    stream.append("b")
    await stream.finish(CODE, stamp_for(CODE))
    assert {sent["client_id"] for sent in front_end.sent_to("BridgeModel")} == {"c-1"}


async def test_a_page_that_was_loaded_again_gets_the_end(front_end, bridge, stream):
    stream.append("a")
    await shown(front_end, stream)
    bridge.timeout, front_end.answers = 0.05, False
    front_end.hello("c-2")
    stream.append("b")
    await until(lambda: stream.problem)
    bridge.timeout, front_end.answers = 5, True
    await until(lambda: not stream.problem)
    await stream.finish(CODE, stamp_for(CODE))
    assert front_end.sent_to("BridgeModel")[-1]["client_id"] == "c-2"
    assert cell_of(front_end, stream)["source"] == CODE


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["a\r\nb\rc\n"], "a\nb\nc\n"),
        (["a\r", "\nb"], "a\nb"),
        (["a\r"], "a\n"),
        (["\ud83d", "\ude00"], "\N{GRINNING FACE}"),
        (["a\ud83d"], "a\N{REPLACEMENT CHARACTER}"),
    ],
)
async def test_text_cut_in_an_awkward_place_is_joined(front_end, stream, pieces, text):
    for piece in pieces:
        stream.append(piece)
        await asyncio.sleep(0.02)
    await stream.abandon()
    assert front_end.cells[1]["source"] == as_draft(text)


async def test_finished_code_has_plain_line_ends_and_its_own_hash(front_end, stream):
    stream.append("a")
    code = "a = 1\r\nb = 2\r"
    await stream.finish(code, stamp_for(code))
    cell = cell_of(front_end, stream)
    assert cell["source"] == "a = 1\nb = 2\n"
    assert cell["metadata"]["stratcraft"]["source_hash"] == source_hash(cell["source"])


async def test_each_change_is_told_once(front_end, bridge):
    told = []
    stream = CellStream(
        bridge,
        "builder",
        stamp_for(""),
        pause=0.001,
        look_again=0.01,
        on_change=lambda: told.append((stream.cell_id, stream.problem, stream.is_edited)),
    )
    for text in "abc":
        stream.append(text)
        await shown(front_end, stream)
    front_end.cells.pop(1)
    stream.append("d")
    await until(lambda: stream.problem)
    await asyncio.sleep(0.05)
    assert told == [
        (stream.cell_id, "", False),
        (stream.cell_id, "The cell was deleted.", False),
    ]
    await stream.abandon()
