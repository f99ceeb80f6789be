import math

import numpy as np
import pytest

from stratcraft_jupyter.widgets import numbers


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1234, "12.3 %"),
        (-0.05, "-5.0 %"),
        (12.5, "1,250.0 %"),
        (-0.00001, "0.0 %"),
        (None, "\N{EN DASH}"),
        (math.nan, "\N{EN DASH}"),
        (math.inf, "\N{INFINITY}"),
    ],
)
def test_percent(value, expected):
    assert numbers.percent(value) == expected


def test_only_gains_carry_a_plus():
    assert numbers.signed_percent(0.1) == "+10.0 %"
    assert numbers.signed_percent(-0.1) == "-10.0 %"
    assert numbers.signed_percent(0.0) == "0.0 %"
    assert numbers.signed_percent(None) == "\N{EN DASH}"


@pytest.mark.parametrize(
    ("fraction", "expected"), [(0.0, "0 %"), (0.001, "0.1 %"), (0.00125, "0.125 %"), (0.1, "10 %")]
)
def test_rates_have_no_needless_zeros(fraction, expected):
    assert numbers.rate(fraction) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(25.307, "25.31"), (1234.5, "1,234.50"), (0.5, "0.5000"), (0.000123456, "0.0001235")],
)
def test_prices_keep_four_digits_however_low(value, expected):
    assert numbers.price(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(100.0, "100"), (1234567.0, "1,234,567"), (12.345, "12.35"), (0.0125, "0.0125")],
)
def test_sizes(value, expected):
    assert numbers.size(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0"), (950.0, "950"), (1234.0, "1.23k"), (999_960.0, "1M"), (-2.5e9, "-2.5B")],
)
def test_short_forms(value, expected):
    assert numbers.short(value) == expected


def test_moments_show_the_clock_only_if_there_is_one():
    assert numbers.moment(np.datetime64("2004-05-03T00:00", "ns")) == "2004-05-03"
    assert numbers.moment(np.datetime64("2004-05-03T09:35", "ns")) == "2004-05-03 09:35"
    assert numbers.moment(np.datetime64("NaT")) == "\N{EN DASH}"
