"""What the README shows does what it says."""

import importlib
import re
import shlex
import sys
from pathlib import Path

import backtrader as bt

import stratcraft_jupyter as sc
from stratcraft_jupyter.cli.parser import make_parser

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def block_with(text):
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (found,) = [block for block in blocks if text in block]
    return found


def test_the_strategy_built_by_code_is_sound_and_trades(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"sc": sc}
    exec(compile(block_with("Node("), "README.md", "exec"), names)
    mine = names["mine"]
    assert sc.validate(mine) == ()
    assert sc.StrategyGraph.load("rsi_dip.strategy.json") == mine
    assert sc.StrategyGraph.from_json(Path("rsi_dip.strategy.json").read_text()) == mine
    assert sc.run_backtest(sc.compile_strategy(mine), sc.load_bars("sample:AAPL")).trades


def test_a_module_of_one_feed_runs_in_cerebro_as_told(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    source = sc.compile_strategy(sc.load_template("sma_cross"))
    (tmp_path / "a_module_of_one_feed.py").write_text(source)
    module = importlib.import_module("a_module_of_one_feed")
    frame = sc.load_bars("sample:AAPL").to_frame().rename(columns=str.lower)
    classes = [item for item in vars(module).values() if isinstance(item, type)]
    (strategy,) = [item for item in classes if issubclass(item, bt.Strategy)]
    engine = bt.Cerebro()
    engine.adddata(bt.feeds.PandasData(dataname=frame))
    engine.addstrategy(strategy)
    engine.run()
    del sys.modules[module.__name__]
    assert engine.broker.getvalue() != engine.broker.startingcash


def test_every_command_is_one_that_there_is():
    (block,) = [
        text for text in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) if "turtle" in text
    ]
    lines = [shlex.split(line) for line in block.splitlines()]
    assert {words[0] for words in lines} == {"stratcraft-jupyter"}
    told = {words[1]: make_parser().parse_args(words[1:]) for words in lines}
    assert told["verify"].code == told["compile"].output == "turtle.py"
    assert told["verify"].graph == told["compile"].graph == "donchian_turtle"
