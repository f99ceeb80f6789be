"""What is said about series without a history, with gaps, or on different bars."""

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter.graph import KINDS, get_kind, validate
from stratcraft_jupyter.graph.series_rules import series_qualities

PARTS = """
position: data.position
weekly: data.timeframe timeframe=1w
bars.bars -> weekly.bars
twice: math.multiply value=2
position.gain -> twice.left
spread: math.subtract
bars.close -> spread.left
weekly.close -> spread.right
reads: condition.compare
bars.close -> reads.left
out: action.exit_long
reads.signal -> out.when
"""


def findings(*texts: str) -> list[tuple[str, str, str | None, str | None]]:
    """Code, message, node and port of each error."""
    found = validate(sketch(LONG, PARTS, *texts))
    return [(d.code, d.message, d.node_id, d.port) for d in found if d.severity == "error"]


def codes(*texts: str) -> list[str]:
    return [code for code, *_ in findings(*texts)]


def test_sound_series_are_no_error():
    assert findings() == []


def test_an_indicator_refuses_the_position():
    assert findings("mean: indicator.sma\nposition.profit -> mean.source") == [
        (
            "SC108",
            "Source of Simple moving average looks back over bars, and Profit of Position is "
            "known only now.",
            "mean",
            "source",
        )
    ]


def test_arithmetic_on_the_position_is_known_only_now():
    assert codes("x: math.shift\ntwice.value -> x.source") == ["SC108"]
    assert codes("x: condition.crosses_above\nbars.close -> x.left\ntwice.value -> x.right") == [
        "SC108"
    ]
    assert codes("x: condition.compare\ntwice.value -> x.left\nposition.bars -> x.right") == []


@pytest.mark.parametrize("kind", [k for k in KINDS.values() if k.family == "indicator"])
def test_every_indicator_refuses_the_position(kind):
    ports = [port.name for port in kind.inputs if port.type == "series"]
    edges = "\n".join(f"twice.value -> x.{port}" for port in ports)
    bars = "bars.bars -> x.bars" if kind.input("bars") else ""
    assert codes(f"x: {kind.name}\n{edges}\n{bars}") == ["SC108"] * len(ports)


def test_a_series_with_gaps_is_refused_where_a_value_is_needed():
    gappy = next(
        (kind, port)
        for kind in KINDS.values()
        for port in kind.outputs
        if kind.family == "indicator" and port.gaps and kind.input("bars")
    )
    kind, port = gappy
    made = f"gappy: {kind.name}\nbars.bars -> gappy.bars"
    source = f"gappy.{port.name}"
    assert codes(made, f"x: indicator.sma\n{source} -> x.source") == ["SC109"]
    assert codes(made, f"x: math.maximum\n{source} -> x.left") == ["SC109"]
    assert codes(made, f"x: condition.compare\n{source} -> x.left") == []
    sums = f"sum: math.add\n{source} -> sum.left\nx: condition.rising\nsum.value -> x.source"
    assert codes(made, sums) == ["SC109"]


def test_looking_back_over_mixed_bars_is_refused():
    assert findings("x: indicator.sma\nspread.value -> x.source") == [
        (
            "SC110",
            "Simple moving average looks back over bars, and what it reads moves with the "
            "strategy's bars and the 1w bars.",
            "x",
            "source",
        )
    ]
    both = "bars.close -> x.price\nweekly.close -> x.oscillator"
    assert codes(f"x: condition.divergence\n{both}") == ["SC110"]


def test_a_comparison_and_a_cross_take_mixed_bars():
    for kind in ("compare", "crosses_above", "crosses"):
        text = f"x: condition.{kind}\nbars.close -> x.left\nweekly.close -> x.right"
        assert codes(text) == []
        assert codes(f"x: condition.{kind} value=1\nspread.value -> x.left") == []


def test_a_whole_calculation_on_coarse_bars_is_sound():
    text = """
        x: math.subtract
        weekly.close -> x.left
        weekly.open -> x.right
        mean: indicator.sma
        x.value -> mean.source
        number: math.constant value=3
        more: math.add
        mean.value -> more.left
        number.value -> more.right
        rise: condition.rising
        more.value -> rise.source
    """
    assert codes(text) == []


def test_division_by_the_number_zero_is_refused():
    assert findings("x: math.divide value=0\nbars.close -> x.left") == [
        ("SC111", "Divide divides by 0 on every bar.", "x", "value")
    ]
    zero = """
        three: math.constant value=3
        none: math.subtract value=3
        three.value -> none.left
        x: math.divide
        bars.close -> x.left
        none.value -> x.right
    """
    assert [(code, port) for code, _, _, port in findings(zero)] == [("SC111", "right")]
    assert codes("x: math.divide\nbars.close -> x.left\nbars.volume -> x.right") == []


def test_qualities_are_worked_out_along_the_edges():
    found = series_qualities(sketch(LONG, PARTS))
    assert found["twice.value"].momentary
    assert not found["spread.value"].momentary
    assert found["spread.value"].clocks == {"", "1w"}
    assert found["weekly.close"].clocks == {"1w"}


def test_times_of_day_are_checked():
    text = "x: condition.time_of_day from_time={}\nbars.bars -> x.bars"
    assert codes(text.format("09:30")) == []
    for wrong in ("9:30", "24:00", "0930", "morning"):
        assert codes(text.format(wrong)) == ["SC103"]
        assert codes(f"hours: risk.entry_hours from_time={wrong}") == ["SC103"]
    assert get_kind("condition.last_bar_of_day").param("at_time").format == "time"
