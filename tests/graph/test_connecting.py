"""Which connections are refused, in which words."""

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter.graph import KINDS, connect, why_not_connect

GRAPH = sketch(
    LONG,
    "fast: indicator.sma label=Fast",
    "slow: indicator.sma label=Slow",
    "both: logic.and",
    "stop: risk.stop_loss",
    "size: sizing.fixed_cash",
    "odd: future.kind",
    "up.signal -> both.signals",
    "fast.value -> slow.source",
)

REFUSED = {
    ("bars.close", "fats.source"): "There is no node named 'fats'. Did you mean 'fast'?",
    ("odd.x", "fast.source"): "future.kind is of a kind that this version does not know.",
    ("bars.close", "odd.x"): "future.kind is of a kind that this version does not know.",
    ("bars.clsoe", "fast.source"): "Bars has no output named 'clsoe'.",
    ("bars.close", "fast.sauce"): "Fast has no input named 'sauce'.",
    ("fast.source", "slow.source"): "Edges begin at an output; this is an input.",
    ("bars.close", "fast.value"): "Edges end at an input; this is an output.",
    ("bars.bars", "fast.source"): ("Whole bars do not fit here: Source of Fast takes a series."),
    ("fast.value", "enter.when"): "A series does not fit here: When of Enter long takes a signal.",
    ("up.signal", "fast.source"): "A signal does not fit here: Source of Fast takes a series.",
    ("size.size", "enter.when"): "A size does not fit here: When of Enter long takes a signal.",
    ("up.signal", "enter.size"): "A signal does not fit here: Size of Enter long takes a size.",
    ("enter.order", "enter.size"): (
        "An entry's order does not fit here: Size of Enter long takes a size."
    ),
    ("fast.value", "stop.entry"): (
        "A series does not fit here: Entry of Stop loss takes an entry's order."
    ),
    ("up.signal", "both.signals"): "These two are connected already.",
    ("slow.value", "fast.source"): "That would make a loop.",
    ("fast.value", "fast.source"): "That would make a loop.",
    ("both.signal", "both.signals"): "That would make a loop.",
}
ALLOWED = [
    ("bars.close", "fast.source"),
    ("bars.open", "up.left"),  # in place of the close
    ("down.signal", "both.signals"),
    ("enter.order", "stop.entry"),
    ("size.size", "enter.size"),
    ("fast.value", "stop.distance"),
]


@pytest.mark.parametrize(("ends", "reason"), REFUSED.items(), ids=map(">".join, REFUSED))
def test_a_connection_is_refused_with_the_reason(ends, reason):
    assert why_not_connect(GRAPH, *ends) == reason


@pytest.mark.parametrize("ends", ALLOWED, ids=map(">".join, ALLOWED))
def test_a_connection_that_fits_is_made(ends):
    assert why_not_connect(GRAPH, *ends) is None
    assert ends in [(edge.source, edge.target) for edge in connect(GRAPH, *ends).edges]


PORTS = [
    (kind.name, port)
    for kind in KINDS.values()
    for port in {port.type: port for port in kind.outputs}.values()
]


@pytest.mark.parametrize(("kind", "output"), PORTS, ids=lambda x: str(getattr(x, "name", x)))
def test_an_output_fits_the_inputs_of_its_type_alone(kind, output):
    graph = sketch(f"giver: {kind}", *(f"t_{i}: {name}" for i, name in enumerate(KINDS)))
    for number, taker in enumerate(KINDS.values()):
        for wanted in taker.inputs:
            reason = why_not_connect(graph, f"giver.{output.name}", f"t_{number}.{wanted.name}")
            assert (reason is None) == (output.type == wanted.type), reason


def test_a_node_that_does_not_exist_gets_a_hint():
    reason = "There is no node named 'nobody'. Known: 'bars', 'down', 'enter', 'exit', 'up'."
    assert why_not_connect(sketch(LONG), "nobody.x", "up.left") == reason
    assert why_not_connect(sketch(LONG), "bars.close", "nobody.x") == reason
