"""Every kind reads a number where it takes a series as it reads a series that never changes."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from book.playing import play_by_the_book
from sketch import sketch

from semantics.by_the_book import ACCOUNT, fills_of_code
from semantics.comparing_bars import all_bars
from stratcraft_jupyter import compile_strategy
from stratcraft_jupyter.graph import KINDS, Kind, validate

PRICES = ("close", "open", "high", "low")
NUMBER = 82.5  # in the middle of the closes
ACTS = """
    bars: data.bars
    enter: action.enter_long
    leave: action.exit_long
"""
WHEN = """
    it.{port} -> enter.when
    no: logic.not
    it.{port} -> no.signal
    no.signal -> leave.when
"""
BESIDE_THE_CLOSE = """
    above: condition.compare operator=>
    bars.close -> above.left
    it.{port} -> above.right
    below: condition.compare operator=<
    bars.close -> below.left
    it.{port} -> below.right
    above.signal -> enter.when
    below.signal -> leave.when
"""
USES = {"signal": WHEN, "series": BESIDE_THE_CLOSE}


def kinds_of_series() -> list[str]:
    families = ("condition.", "indicator.", "logic.", "math.", "regime.")
    of_series = [k.name for k in KINDS.values() if any(p.type == "series" for p in k.inputs)]
    return [name for name in of_series if name.startswith(families) and "expression" not in name]


def strategies(kind: Kind) -> Iterator[str]:
    """With a number for one or more of its inputs, each way it can be set, each output."""
    ports = [port.name for port in kind.inputs if port.type == "series"]
    choices = [f"{p.name}={choice}" for p in kind.params for choice in p.choices or ()]
    for count in range(1, len(ports) + 1):
        for numbers in combinations(ports, count):
            edges = [
                f"{'level.value' if port in numbers else f'bars.{price}'} -> it.{port}"
                for port, price in zip(ports, PRICES, strict=False)
            ]
            edges += [f"bars.bars -> it.{p.name}" for p in kind.inputs if p.type == "bars"]
            for choice in ("", *choices):
                head = f"level: math.constant value={NUMBER}\nit: {kind.name} {choice}\n"
                for output in kind.outputs:
                    use = USES[output.type].format(port=output.name)
                    yield ACTS + head + "\n".join(edges) + use


@pytest.mark.parametrize("name", kinds_of_series())
def test_a_number_may_stand_for_a_series(name):
    bars = all_bars()["AAPL"]
    for text in strategies(KINDS[name]):
        strategy = sketch(text)
        if any(finding.severity == "error" for finding in validate(strategy)):
            continue  # it says that a number has no range, no mean or no swings
        try:
            played = play_by_the_book(strategy, bars, **ACCOUNT)
        except ZeroDivisionError:
            continue
        found = fills_of_code(compile_strategy(strategy), bars, {}, 0.0)
        found = [fill for fill in found if fill[0] <= played.last_bar]
        assert [fill[:3] for fill in found] == [fill[:3] for fill in played.fills], text
