"""The diff command: exit 0 for the same strategy, 1 for another one, 2 for what is none."""

import json

from stratcraft_jupyter.cli import main
from stratcraft_jupyter.graph import load_template, move_nodes, set_param


def test_diff_says_what_differs(tmp_path, capsys):
    cross = load_template("sma_cross")
    other, out = tmp_path / "b.strategy.json", tmp_path / "out.json"
    set_param(cross, "fast", "period", 12).save(other)
    assert main(["diff", "sma_cross", str(other), "--json", str(out)]) == 1
    assert "~ Fast SMA: period 10 bars → 12 bars" in capsys.readouterr().out
    found = json.loads(out.read_text())
    assert found["changes"][0]["before"] == "10 bars"
    move_nodes(cross, {"fast": (1, 2)}).save(other)
    assert main(["diff", "sma_cross", str(other)]) == 0
    assert "the same strategy; 1 node was moved." in capsys.readouterr().out


def test_what_is_no_strategy_is_said(tmp_path, capsys):
    (tmp_path / "bad.strategy.json").write_text("{")
    assert main(["diff", "sma_cross", str(tmp_path / "bad.strategy.json")]) == 2
    assert "no strategy document" in capsys.readouterr().err
