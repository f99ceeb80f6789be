"""Candlestick patterns, on candles drawn by hand."""

import pytest

from semantics.desk import market
from semantics.signal_desk import true_bars

BARS = "bars.bars -> it.bars"

DOWN = "20 21 19 20, 19 20 18 19, 18 19 17 18, 17 18 16 17, 16 17 15 16, 15 16 14 15"
UP = "15 16 14 15, 16 17 15 16, 17 18 16 17, 18 19 17 18, 19 20 18 19, 20 21 19 20"
"""Six bars of a decline and of an advance, each without a body."""

# open high low close; the pattern is complete on the last bar
FOUND = {
    "doji": "10 11 9 10.2",
    "hammer": f"{DOWN}, 14 14.6 11 14.5",
    "inverted_hammer": f"{DOWN}, 14 17 14 14.5",
    "shooting_star": f"{UP}, 21 24 21 21.5",
    "bullish_engulfing": "10 11 8 9, 9 12 8 10.5",
    "bearish_engulfing": "9 11 8 10, 10 11 7 8.5",
    "bullish_harami": "12 13 8 9, 10 12 9 11",
    "bearish_harami": "9 13 8 12, 11 12 9 10",
    "morning_star": "20 21 15 16, 15 15.5 14 15.2, 16 19 16 18.5",
    "evening_star": "16 21 15 20, 21 22 20.5 21.2, 20 20 17 17.5",
    "three_white_soldiers": "10 12 10 12, 11 14 11 14, 13 16 13 16",
    "three_black_crows": "16 16 14 14, 15 15 12 12, 13 13 10 10",
    "marubozu": "10 12 10 12",
}

NOT_FOUND = {
    "doji": ["10 11 9 10.3"],
    "hammer": [
        f"{UP}, 14 14.6 11 14.5",  # after an advance
        f"{DOWN}, 14 15 11 14.5",  # an upper shadow
        f"{DOWN}, 13 14.6 11 14.5",  # a large body
        f"{DOWN}, 14 14 11 14",  # no body
    ],
    "inverted_hammer": [f"{UP}, 14 17 14 14.5", f"{DOWN}, 14 17 13 14.5"],
    "shooting_star": [f"{DOWN}, 21 24 21 21.5", f"{UP}, 21 24 20 21.5"],
    "bullish_engulfing": [
        "9 11 8 10, 9 12 8 10.5",  # white before
        "10 11 8 9, 9.1 12 8 10.5",  # opens above the close
        "10 11 8 9, 9 12 8 9.9",  # closes below the open
        "10 11 8 9, 9 12 8 10",  # a body of the same size
    ],
    "bearish_engulfing": ["9 11 8 10, 9.9 11 7 8.5", "9 11 8 10, 10 11 7 9"],
    "bullish_harami": ["12 13 8 9, 8.9 12 8 11", "12 16 4 9, 10 12 9 11", "12 13 8 9, 9 12 9 12"],
    "bearish_harami": ["9 13 8 12, 12.1 13 9 10", "9 16 4 12, 11 12 9 10"],
    "morning_star": [
        "20 21 15 16, 15 15.5 14 15.2, 16 19 16 18",  # closes at the middle
        "20 21 15 16, 15 17 14 16.5, 16 19 16 18.5",  # a middle body of 1.5, above 0.3 x 4
        "20 21 15 16, 18 18.5 17 18.2, 16 19 16 18.5",  # the star is not below the middle
    ],
    "evening_star": ["16 21 15 20, 21 22 20.5 21.2, 20 20 17 18"],
    "three_white_soldiers": [
        "10 12 10 12, 11 14 11 14, 14.5 16 13 16",  # opens above the body
        "10 12 10 12, 11 14 11 14, 13 14 12 14",  # does not close higher
        "10 12 10 12, 11 18 8 14, 13 16 13 16",  # a short body for its range
    ],
    "three_black_crows": ["16 16 14 14, 15 15 12 12, 11.5 13 10 10"],
    "marubozu": ["10 12.2 10 12", "10 10 10 10"],
}


def candles(text: str):
    return market("\n".join(f"{i}: {row.strip()}" for i, row in enumerate(text.split(","))))


def found(name: str, text: str, params: str = "") -> list[int]:
    return true_bars(f"it: condition.{name} {params}\n{BARS}", candles(text))


@pytest.mark.parametrize(("name", "text"), FOUND.items())
def test_pattern_is_found_on_its_last_bar(name, text):
    assert found(name, text)[-1:] == [text.count(",")]


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in NOT_FOUND.items() for text in texts]
)
def test_nearly_is_not_found(name, text):
    assert text.count(",") not in found(name, text)


def test_a_bar_without_a_range_is_a_doji():
    assert found("doji", "10 10 10 10, 10 11 9 11") == [0]


def test_colours_of_the_marubozu():
    text = "10 12 10 12, 12 12 10 10, 10 14 9 12"
    assert found("marubozu", text) == [0, 1]
    assert found("marubozu", text, "colour=white") == [0]
    assert found("marubozu", text, "colour=black") == [1]
    assert found("marubozu", text, "body=0.4") == [0, 1, 2]


def test_parameters_of_the_ratios_count():
    assert found("doji", "10 11 9 10.3", "body=0.2") == [0]
    assert found("hammer", f"{DOWN}, 14 15 11 14.5", "other_shadow=0.2") == [6]
    assert found("hammer", f"{DOWN}, 14 14.6 13 14.5") == []
    assert found("hammer", f"{DOWN}, 14 14.6 13.2 14.5", "shadow=1.5 body=0.5") == [6]
    assert found("bullish_harami", "12 16 4 9, 10 12 9 11", "body=0.2") == [1]
    assert found("morning_star", FOUND["morning_star"], "star=0.01") == []


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("bullish", ["hammer", "inverted_hammer", "bullish_engulfing", "bullish_harami"]),
        ("bullish", ["morning_star", "three_white_soldiers"]),
        ("bearish", ["shooting_star", "bearish_engulfing", "bearish_harami"]),
        ("bearish", ["evening_star", "three_black_crows"]),
        ("reversal", ["hammer", "bearish_engulfing", "evening_star", "bullish_harami"]),
    ],
)
def test_group_finds_its_patterns(group, names):
    for name in names:
        before = "" if FOUND[name].startswith((DOWN, UP)) else f"{UP}, "
        text = f"{before}{FOUND[name]}"
        assert text.count(",") in found("candle_pattern", text, f"group={group}")


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("bearish", "bullish_engulfing"),
        ("bullish", "bearish_engulfing"),
        ("reversal", "three_white_soldiers"),
        ("reversal", "three_black_crows"),
        ("bullish", "doji"),
    ],
)
def test_group_leaves_out_what_is_not_its_own(group, name):
    text = f"{UP}, {FOUND[name]}"
    assert text.count(",") not in found("candle_pattern", text, f"group={group}")
