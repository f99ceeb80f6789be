"""Two documents compared by meaning: ids, order and places do not count."""

import json

import pytest

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.graph import (
    StrategyGraph,
    add_node,
    compare_documents,
    connect,
    disconnect,
    load_template,
    move_nodes,
    remove_nodes,
    rename_node,
    set_backtest,
    set_label,
    set_name,
    set_param,
)
from stratcraft_jupyter.graph.difference_text import brief, difference_html, marks_of


@pytest.fixture
def cross():
    return load_template("sma_cross")


def told(before, after):
    return [(change.kind, str(change)) for change in compare_documents(before, after).changes]


def test_the_same_document_has_no_difference(cross):
    difference = compare_documents(cross, StrategyGraph.from_json(cross.to_json()))
    assert difference.is_same
    assert str(difference) == "SMA cross → SMA cross: the same strategy."


@pytest.mark.parametrize(
    "names", [["fast"], ["fast", "slow"], ["bars", "fast", "slow", "enter_long"]]
)
def test_other_ids_are_no_difference(cross, names):
    renamed = cross
    for number, name in enumerate(names):
        renamed = rename_node(renamed, name, f"renamed_{number}")
    difference = compare_documents(cross, renamed)
    assert difference.is_same
    assert difference.moves == ()


def test_all_ids_may_be_others():
    before = after = load_template("donchian_turtle")
    for number, node in enumerate(before.nodes):
        after = rename_node(after, node.id, f"x{number}")
    assert told(before, after) == []


def test_moves_are_kept_apart(cross):
    difference = compare_documents(cross, move_nodes(cross, {"fast": (1, 2), "slow": (3, 4)}))
    assert difference.is_same
    assert {move.node_id for move in difference.moves} == {"fast", "slow"}
    assert "2 nodes were moved" in str(difference)


def test_a_parameter_says_both_values(cross):
    assert told(cross, set_param(cross, "fast", "period", 12)) == [
        ("parameter", "Fast SMA: period 10 bars → 12 bars")
    ]


def test_a_default_that_is_written_out_is_no_difference(cross):
    bare = json.loads(cross.to_json())
    for node in bare["nodes"]:
        if node["id"] == "enter_long":
            node["params"] = {}
    after = StrategyGraph.from_json(json.dumps(bare))
    assert told(cross, after) == []


def test_a_renamed_node_with_another_parameter_is_the_same_node(cross):
    after = set_param(rename_node(cross, "fast", "quick"), "quick", "period", 12)
    # two SMAs are left to choose from by kind; one of them is matched by its id
    assert ("parameter", "Fast SMA: period 10 bars → 12 bars") in told(cross, after)
    assert not {kind for kind, _ in told(cross, after)} & {"added", "removed"}


def test_nodes_that_come_and_go(cross):
    after = remove_nodes(add_node(cross, "indicator.rsi", params={"period": 9}), ["slow"])
    kinds = [kind for kind, _ in told(cross, after)]
    assert kinds.count("added") == 1
    assert kinds.count("removed") == 1
    assert kinds.count("disconnected") == 3
    text = str(compare_documents(cross, after))
    assert "- Slow SMA (Simple moving average, period 30 bars)" in text
    assert "period 9" in text


def test_connections_are_told_with_their_ports(cross):
    edge = next(e for e in cross.edges if e.source_node == "fast")
    after = disconnect(cross, edge.source, edge.target)
    assert [kind for kind, _ in told(cross, after)] == ["disconnected"]
    assert "Left of" in told(cross, after)[0][1]
    assert told(after, connect(after, edge.source, edge.target))[0][0] == "connected"


def test_settings_names_and_labels(cross):
    assert told(cross, set_backtest(cross, cash=5_000.0)) == [
        ("setting", "Backtest: cash 100,000 → 5,000")
    ]
    assert told(cross, set_name(cross, "Mine")) == [("text", "Strategy: name SMA cross → Mine")]
    assert told(cross, set_label(cross, "fast", None))[0][0] == "text"


def test_files_are_compared_by_path(cross, tmp_path):
    one, other = tmp_path / "a.strategy.json", tmp_path / "b.strategy.json"
    cross.save(one)
    set_param(cross, "fast", "period", 12).save(other)
    difference = compare_documents(one, str(other))
    assert difference.titles == ("a.strategy.json", "b.strategy.json")
    assert json.loads(json.dumps(difference.to_dict()))["same"] is False
    with pytest.raises(StratCraftError, match="no strategy"):
        compare_documents(one, 3)


def test_values_have_their_units(cross):
    sizing = load_template("donchian_turtle")
    risk = next(node.id for node in sizing.nodes if node.kind == "sizing.risk")
    after = set_param(sizing, risk, "percent", 4.0)
    assert told(sizing, after) == [("parameter", "Percent risk to the stop: risk 1 % → 4 %")]
    html = difference_html(compare_documents(sizing, after))
    assert ">1 %</td>" in html
    assert ">4 %</td>" in html


def test_one_line_names_the_first_values_and_counts_the_rest(cross):
    after = cross
    for number, name in enumerate(["fast", "slow"]):
        after = set_param(after, name, "period", 50 + number)
    after = set_name(set_backtest(after, cash=5_000.0), "Other")
    after = add_node(add_node(after, "indicator.rsi"), "indicator.macd")
    after = disconnect(after, after.edges[0].source, after.edges[0].target)
    assert brief(compare_documents(cross, after)) == (
        "Fast SMA: period 10 bars → 50 bars; Slow SMA: period 30 bars → 51 bars; "
        "2 more changes; 2 nodes added; 1 connection changed"
    )
    assert brief(compare_documents(cross, cross)) == ""


def test_both_pictures_mark_what_happened_to_their_nodes(cross):
    after = set_param(cross, "fast", "period", 12)
    after = remove_nodes(add_node(after, "indicator.rsi"), ["exit_long"])
    after = move_nodes(rename_node(after, "slow", "late"), {"late": (5.0, 5.0), "fast": (1.0, 1.0)})
    marks = marks_of(compare_documents(cross, after))
    assert marks == (
        {"fast": "changed", "slow": "moved", "exit_long": "removed"},
        {"fast": "changed", "late": "moved", "rsi": "added"},
    )
    html = difference_html(compare_documents(cross, after))
    for mark, word, count in (
        ("changed", "~ Changed", 2), ("moved", "→ Moved", 2),
        ("added", "+ Added", 1), ("removed", "− Removed", 1),
    ):  # fmt: skip
        assert html.count(f'data-mark="{mark}"') == html.count(f">{word}<") == count


def test_a_connection_marks_the_node_that_reads(cross):
    edge = next(edge for edge in cross.edges if edge.target_node == "slow")
    marks = marks_of(compare_documents(cross, disconnect(cross, edge.source, edge.target)))
    assert marks == ({"slow": "changed"}, {"slow": "changed"})


def test_the_html_escapes_what_documents_say(cross):
    after = set_label(set_name(cross, "<script>alert(1)</script>"), "fast", "<b>x</b>")
    html = difference_html(compare_documents(cross, after))
    assert "<script" not in html
    assert "<b>x" not in html
    assert "&lt;b&gt;x" in html


def test_every_template_against_every_other_is_told_both_ways():
    for name in ("macd_cross", "donchian_turtle", "two_regimes"):
        forth = compare_documents(load_template("sma_cross"), load_template(name))
        back = compare_documents(load_template(name), load_template("sma_cross"))
        count = [sum(c.kind == "added" for c in forth.changes)]
        count.append(sum(c.kind == "removed" for c in back.changes))
        assert count[0] == count[1] > 0
