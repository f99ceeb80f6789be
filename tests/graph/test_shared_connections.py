"""The front end judges connections in the same words: both sides read one fixture."""

import json
from pathlib import Path

import pytest

from stratcraft_jupyter.graph import StrategyGraph, why_not_connect

_FIXTURE = json.loads((Path(__file__).parents[1] / "fixtures" / "connections.json").read_text())


@pytest.mark.parametrize("case", _FIXTURE["cases"], ids=lambda c: f"{c['source']}->{c['target']}")
def test_a_connection_is_judged_as_the_front_end_judges_it(case):
    graph = StrategyGraph.from_json(json.dumps(_FIXTURE["document"]))
    assert why_not_connect(graph, case["source"], case["target"]) == case["reason"]
