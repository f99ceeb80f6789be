"""Logic that counts and remembers: the bars on which it is true."""

import pytest

from semantics.desk import market
from semantics.signal_desk import true_bars

# a is true where the open is above 0.5, b where the high is above 1.5: high is 1 or 2
MARKS = """
a: condition.compare value=0.5
b: condition.compare value=1.5
c: condition.compare value=2.5
bars.open -> a.left
bars.high -> b.left
bars.close -> c.left
"""


def marked(*marks: str):
    """Bars on which the letters a, b and c are true; a dot stands for none."""
    rows = []
    for number, letters in enumerate(marks):
        opening = 1 if "a" in letters else 0.25
        close = 3 if "c" in letters else 0.25
        high = 3 if "c" in letters else 2 if "b" in letters else 1
        assert not ("c" in letters and "b" not in letters)
        rows.append(f"{number}: {opening} {high} 0.25 {close}")
    return market("\n".join(rows))


def true(text: str, *marks: str) -> list[int]:
    return true_bars(f"{MARKS}\n{text}", marked(*marks))


VOTE = """
    a.signal -> it.signals
    b.signal -> it.signals
    c.signal -> it.signals
"""


@pytest.mark.parametrize(
    ("params", "bars"),
    [
        ("count=1", [1, 2, 3, 4, 5]),
        ("count=2", [3, 4, 5]),
        ("count=3", [5]),
        ('how="exactly" count=1', [1, 2]),
        ('how="exactly" count=2', [3, 4]),
    ],
)
def test_vote(params, bars):
    assert true(f"it: logic.vote {params}\n{VOTE}", ".", "a", "b", "ab", "bc", "abc") == bars


def test_vote_of_one_signal():
    assert true("it: logic.vote count=1\na.signal -> it.signals", ".", "a", ".") == [1]


SEQUENCE = "a.signal -> it.first\nb.signal -> it.second"


def test_sequence_within_so_many_bars():
    text = f"it: logic.sequence bars=2\n{SEQUENCE}"
    assert true(text, "a", "b", "b", "b") == [1, 2]


def test_sequence_needs_the_first_on_an_earlier_bar():
    text = f"it: logic.sequence bars=2\n{SEQUENCE}"
    assert true(text, "ab", ".", ".", "b", "b") == []
    assert true(text, "ab", "ab", ".", "b") == [1, 3]


def test_sequence_counts_from_the_last_first():
    assert true(f"it: logic.sequence bars=1\n{SEQUENCE}", "a", "a", "b", "b") == [2]


LASTS = "a.signal -> it.signal"


def test_lasts_for_so_many_bars():
    text = f"it: logic.lasts bars=3\n{LASTS}"
    assert true(text, "a", "a", "a", "a", ".", "a", "a") == [2, 3]


def test_becomes_true_is_true_once():
    text = f"it: logic.becomes_true\n{LASTS}"
    assert true(text, ".", "a", "a", ".", "a") == [1, 4]


def test_what_is_true_from_the_start_becomes_true():
    assert true(f"it: logic.becomes_true\n{LASTS}", "a", "a", ".") == [0]


LATCH = "it: logic.latch\na.signal -> it.set\nb.signal -> it.reset"


def test_latch_holds_until_it_is_reset():
    assert true(LATCH, ".", "a", ".", ".", "b", ".", "a") == [1, 2, 3, 6]


def test_reset_wins():
    assert true(LATCH, "ab", ".", "a", "ab", ".") == [2]


# nothing is decided before bar 2: a mean of three that is read somewhere
WAITS = """
mean: indicator.sma period=3
bars.close -> mean.source
some: condition.compare value=100
mean.value -> some.left
both: logic.or
some.signal -> both.signals
off: action.exit_long
both.signal -> off.when
"""


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        (f"it: logic.lasts bars=3\n{LASTS}", [4]),
        (f"it: logic.becomes_true\n{LASTS}", [2]),
        (f"it: logic.sequence bars=2\n{SEQUENCE}", [3]),
        (LATCH.replace("b.signal", "c.signal"), [2, 3, 4]),
    ],
)
def test_memory_begins_with_the_first_bar_that_decides(text, bars):
    assert true(f"{WAITS}\n{text}", "a", "a", "ab", "ab", "a") == bars


def test_memory_is_false_before_the_first_bar_that_decides():
    assert true(f"{WAITS}\n{LATCH}", "a", ".", ".", ".") == []


def test_custom_regime_is_its_signal():
    text = f'it: regime.custom name="mine"\n{LASTS}'
    assert true(text, ".", "a", ".") == [1]
