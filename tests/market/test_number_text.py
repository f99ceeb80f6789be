import numpy as np
import pytest

from stratcraft_jupyter.market.number_text import parse_numbers


def test_numbers_are_read_exactly():
    texts = ["1", " 2.5 ", "1e3", "-0.1", "0.1000000000000000055511151231257827"]
    assert parse_numbers(texts).values.tolist() == [1.0, 2.5, 1000.0, -0.1, 0.1]


@pytest.mark.parametrize("word", ["", " ", "-", "NA", "N/A", "nan", "NaN", "null", "None", "<NA>"])
def test_words_for_no_value_are_missing_and_not_bad(word):
    numbers = parse_numbers(["1", word])
    assert numbers.values[0] == 1.0
    assert np.isnan(numbers.values[1])
    assert numbers.bad == {}


@pytest.mark.parametrize("text", ["1,5", "1.234,5", "$10", "10 %", "ten", "1 000"])
def test_what_is_no_number_is_named(text):
    numbers = parse_numbers(["1", text, ""])
    assert numbers.bad == {1: f"{text!r} is not a number"}
    assert np.isnan(numbers.values).tolist() == [False, True, True]
