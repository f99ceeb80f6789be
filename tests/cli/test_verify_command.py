"""``verify`` exits with 0 for code that does what the strategy says, 1 for other code, else 2."""

import json
from pathlib import Path

import pytest

from stratcraft_jupyter import VerificationReport, compile_strategy, load_template
from stratcraft_jupyter.cli import main


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path / "home"))


def write(source: str) -> None:
    Path("code.py").write_text(source, "utf-8")


def test_good_and_bad_code(capsys):
    graph = load_template("ema_atr_trend")
    graph.save("trend.strategy.json")
    write(compile_strategy(graph))
    words = ["verify", "code.py", "--graph", "trend.strategy.json", "--data", "sample:IBM"]
    assert main([*words, "--json", "out.json"]) == 0
    assert "Verified: same orders as the graph" in capsys.readouterr().out
    data = json.loads(Path("out.json").read_text("utf-8"))
    assert data["ok"] is True
    assert data["first_difference"] is None
    assert {"SC610", "SC620", "SC624", "SC630"} <= {check["code"] for check in data["checks"]}

    write(
        compile_strategy(graph).replace("self.p.trail_multiple *", "0.5 * self.p.trail_multiple *")
    )
    assert main([*words, "--json", "-"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["ok"] is False
    assert "1.5 instead of 3" in data["first_difference"]["explanation"]
    kept = {key: value for key, value in data.items() if key not in ("ok", "summary")}
    assert not VerificationReport.from_json(json.dumps(kept)).ok


def test_what_cannot_be_read_is_bad_usage(capsys):
    assert main(["verify", "missing.py", "--graph", "sma_cross"]) == 2
    assert "'missing.py' cannot be read" in capsys.readouterr().err
    write("import backtrader as bt\n")
    assert main(["verify", "code.py", "--graph", "no_such_graph"]) == 2
