"""``generate`` on the command line: price first, code or draft in its place, exit codes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from generation.answers import CRASHES, GOOD, GOOD_CODE, LATE

from stratcraft_jupyter.cli import generating, main
from stratcraft_jupyter.generation import DRAFT_LINE, GeneratedStrategy, quote
from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.recordings import (
    RecordedAnswer,
    Recording,
    pieces,
    save_recording,
)


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STRATCRAFT_REPLAY", str(tmp_path / "recordings"))
    record("good", RecordedAnswer((GOOD,)))


def record(name: str, *answers: RecordedAnswer) -> None:
    folder = Path("recordings")
    folder.mkdir(exist_ok=True)
    save_recording(folder / f"{name}.json", Recording(name, answers))


def generate(*words: str, verify: bool = False) -> int:
    return main(["generate", "sma_cross", *words, *([] if verify else ["--no-verify"])])


def test_code_is_verified_and_a_difference_told_and_repaired(capsys):
    record("late", RecordedAnswer((LATE,)), RecordedAnswer((GOOD,)))
    assert generate("--model", "replay:late", "--json", "made.json", verify=True) == 0
    out, err = capsys.readouterr()
    assert out == GOOD_CODE
    assert "Verified: same orders as the graph on" in err
    made = json.loads(Path("made.json").read_text("utf-8"))
    del made["name"]
    first, second = GeneratedStrategy.from_json(json.dumps(made)).attempts
    assert first.verification.first_difference.cause == "one bar late"
    assert second.verification.ok


def test_a_difference_that_stays_is_explained(capsys):
    record("stubborn", RecordedAnswer((LATE,)), RecordedAnswer((LATE,)))
    assert generate("--model", "replay:stubborn", "-o", "made.py", verify=True) == 1
    err = capsys.readouterr().err
    assert "First difference on AAPL (1d), decided on the close of bar 78 (2000-06-21)" in err
    assert "one bar late" in err
    assert "still has errors" in err


def test_code_goes_to_stdout_and_all_else_to_stderr(capsys):
    assert generate("--model", "replay:good") == 0
    out, err = capsys.readouterr()
    assert out == GOOD_CODE
    lines = err.splitlines()
    assert lines[0].startswith("replay:good: about ")
    assert lines[1] == "With all 3 attempts it costs 0 USD at most."
    assert lines[2].startswith("SC4")
    assert "Waiting for the model ..." in lines
    assert lines[-1].startswith("1 attempt, ")
    assert lines[-1].endswith(", 0 USD")


def test_the_prompt_can_be_read_before_anything_is_sent(capsys):
    assert generate("--model", "replay:good", "--notes", "Short names.", "--show-prompt") == 0
    out, err = capsys.readouterr()
    asked = quote(load_template("sma_cross"), "replay:good", notes="Short names.")
    assert out == f"{asked.prompt.text}\n"
    assert "Short names." in out
    assert "tokens in, up to 16,000 out" in err
    assert Ledger().entries() == ()


def test_code_and_json_go_into_files(capsys):
    assert generate("--model", "replay:good", "-o", "made.py", "--json", "made.json") == 0
    assert Path("made.py").read_text("utf-8") == GOOD_CODE
    data = json.loads(Path("made.json").read_text("utf-8"))
    assert data.pop("name") == "SMA cross"
    made = GeneratedStrategy.from_json(json.dumps(data))
    assert made.ok
    assert made.source == GOOD_CODE
    assert capsys.readouterr().out == ""


def test_json_on_stdout_stands_alone(capsys):
    assert generate("--model", "builtin", "--json", "-") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["origin"], data["source"]) == ("builtin", GOOD_CODE)


def test_errors_that_are_left_are_told(capsys):
    record("crashes", RecordedAnswer((CRASHES,)))
    assert generate("--model", "replay:crashes", "--attempts", "1", "-o", "made.py") == 1
    err = capsys.readouterr().err
    assert "SC601 error [line " in err
    assert "The code still has errors." in err
    assert Path("made.py").exists()


def test_repairs_are_told(capsys):
    record("learns", RecordedAnswer((CRASHES,)), RecordedAnswer((GOOD,)))
    assert generate("--model", "replay:learns") == 0
    out, err = capsys.readouterr()
    assert out == GOOD_CODE
    assert "Repairing, attempt 2 of 3 ..." in err.splitlines()
    assert err.splitlines()[-1].startswith("2 attempts, ")


def test_what_arrived_of_a_broken_answer_is_kept_beside_the_file(capsys):
    record("cut", RecordedAnswer((GOOD[:300],), fault="cut"))
    Path("made.py").write_text("kept = True\n")
    assert generate("--model", "replay:cut", "-o", "made.py") == 2
    assert Path("made.py").read_text() == "kept = True\n"
    draft = Path("made.draft.py").read_text("utf-8")
    assert draft.startswith("# DRAFT, not finished code: ")
    assert DRAFT_LINE in draft
    err = capsys.readouterr().err
    assert "kept in made.draft.py, as a draft that does not run." in err
    assert "error: The connection to Replay broke before the answer was whole" in err


def test_a_price_over_the_limit_is_not_paid(capsys):
    assert generate("--model", "compatible:x", "--max-cost", "0.01") == 2
    assert "error: The price of this model is unknown" in capsys.readouterr().err
    assert generate("--model", "replay:good", "--max-cost", "much") == 2


@pytest.mark.parametrize(
    "place",
    [
        ("-o", "nosuchdir/made.py"),
        ("-o", "made.json"),
        ("-o", "recordings"),
        ("--json", "nosuchdir/made.json"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_sent(capsys, place):
    assert generate("--model", "replay:good", *place) == 2
    out, err = capsys.readouterr()
    assert (out, Ledger().entries()) == ("", ())
    assert err.startswith(f"error: '{place[1]}' ")


@pytest.mark.parametrize("answer", [RecordedAnswer((GOOD,)), RecordedAnswer((GOOD,), fault="cut")])
def test_code_that_cannot_be_written_after_all_is_on_stdout(capsys, monkeypatch, answer):
    record("late", answer)

    def full(*_):
        Path("gone").rmdir()  # what a folder may do while a model writes
        return load_bars("sample:AAPL")

    Path("gone").mkdir()
    monkeypatch.setattr(generating, "load_bars", full)
    assert generate("--model", "replay:late", "--data", "x", "-o", "gone/made.py") == 2
    out, err = capsys.readouterr()
    assert "import backtrader as bt" in out
    assert " above, on stdout: nothing is lost" in err
    assert "'gone/made" in err
    assert ("broke" in err) == (answer.fault == "cut")
    assert "0 USD" in err


@pytest.mark.parametrize("word", ["nobody:x", "gpt"])
def test_models_that_do_not_exist_are_said(capsys, word):
    assert generate("--model", word) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_a_file_of_bars_can_be_given(capsys):
    Path("few.csv").write_text(
        "Date,Open,High,Low,Close\n"
        + "".join(f"2020-01-{day:02},1,1,1,1\n" for day in range(1, 30))
    )
    assert generate("--model", "replay:good", "--data", "few.csv") == 0
    assert "SC60" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="told by Linux only")
def test_a_process_that_is_killed_leaves_its_request_in_the_ledger():
    record("slow", RecordedAnswer(pieces(GOOD, 8), delay=0.05))
    command = [sys.executable, "-m", "stratcraft_jupyter", "generate", "sma_cross"]
    process = subprocess.Popen(
        [*command, "--model", "replay:slow"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert any(line.startswith(b"Writing") for line in process.stderr)
    process.kill()
    process.communicate(timeout=120)
    (entry,) = Ledger().entries()
    assert (entry.outcome, entry.is_partial) == ("no_end", True)
    assert entry.usage.input_tokens == quote(load_template("sma_cross"), "replay:slow").input_tokens


@pytest.fixture
def interruptible():
    """What runs in the background of a shell ignores interrupts, and so does what it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent in another way there")
@pytest.mark.parametrize("place", [["-o", "made.py"], []])
def test_an_interrupt_keeps_a_draft(place):
    record("slow", RecordedAnswer(pieces(GOOD, 8), delay=0.05))
    command = [sys.executable, "-m", "stratcraft_jupyter", "generate", "sma_cross"]
    process = subprocess.Popen(
        [*command, "--model", "replay:slow", *place],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    told = []
    for line in process.stderr:
        told.append(line)
        if line.startswith("Writing"):
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, "".join(told) + err
    draft = Path("made.draft.py").read_text("utf-8") if place else out
    assert draft.startswith("# DRAFT, not finished code: The request was cancelled.\n")
    assert DRAFT_LINE in draft
    assert err.endswith("Cancelled.\n")
    assert not Path("made.py").exists()
    (entry,) = Ledger().entries()
    assert (entry.outcome, entry.is_partial) == ("cancelled", True)
