"""``backtest`` finds bars of further symbols, takes them from files, or says how to give them."""

import json
from pathlib import Path

import pytest
from sketch import sketch

from stratcraft_jupyter.cli import main
from stratcraft_jupyter.market import load_bars

STRATEGY = """
bars: data.bars
msft: data.symbol symbol=MSFT
above: condition.compare
below: logic.not
enter: action.enter_long
leave: action.exit_long
bars.close -> above.left
msft.close -> above.right
above.signal -> below.signal
above.signal -> enter.when
below.signal -> leave.when
"""


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sketch(STRATEGY).save(tmp_path / "pair.strategy.json")
    for name in ("AAPL", "MSFT"):
        load_bars(f"sample:{name}").to_frame().to_csv(tmp_path / f"{name.lower()}.csv")


def fills(*words: str) -> list[dict]:
    assert main(["backtest", "pair.strategy.json", *words, "--json", "out.json"]) == 0
    return json.loads(Path("out.json").read_text("utf-8"))["fills"]


def test_a_symbol_comes_from_the_source_of_the_bars_or_from_a_file():
    from_sample = fills()
    assert len(from_sample) > 4
    assert fills("--data", "aapl.csv", "--other", "MSFT=msft.csv") == from_sample
    assert fills("--other", "MSFT=aapl.csv") != from_sample


def test_bars_from_a_file_need_the_other_symbol_named(capsys):
    assert main(["backtest", "pair.strategy.json", "--data", "aapl.csv"]) == 2
    assert capsys.readouterr().err == (
        "error: The strategy also needs bars of MSFT.\nGive them with --other MSFT=FILE.\n"
    )


def test_the_symbol_of_the_bars_themselves_needs_no_other_file():
    traded = load_bars("aapl.csv").symbol
    sketch(STRATEGY.replace("symbol=MSFT", f"symbol={traded}")).save("pair.strategy.json")
    assert fills("--data", "aapl.csv") == []


def test_a_symbol_that_the_source_does_not_have_is_named(capsys):
    text = STRATEGY.replace("symbol=MSFT", "symbol=SPX")
    sketch(text).save("pair.strategy.json")
    assert main(["backtest", "pair.strategy.json"]) == 2
    error, hint = capsys.readouterr().err.strip().splitlines()
    assert error == ("error: The strategy also needs bars of SPX. There is no sample named 'SPX'.")
    assert hint.startswith("Give them with --other SPX=FILE. Known: ")


@pytest.mark.parametrize("word", ["MSFT", "=msft.csv", "MSFT="])
def test_another_symbol_is_written_with_its_file(capsys, word):
    with pytest.raises(SystemExit):
        main(["backtest", "pair.strategy.json", "--other", word])
    assert f"write '{word}' as SYMBOL=FILE, such as MSFT=msft.csv" in capsys.readouterr().err
