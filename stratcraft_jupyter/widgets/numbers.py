"""Numbers, dates and sizes as text for people: percent, money, short forms. No widgets here."""

import math

import numpy as np

MISSING = "\N{EN DASH}"
"""What stands where a number is undefined."""


def percent(fraction: float | None, digits: int = 1) -> str:
    """A fraction as percent: 0.1234 is ``"12.3 %"``."""
    if fraction is None or math.isnan(fraction):
        return MISSING
    return f"{plain(100.0 * fraction, digits)} %" if math.isfinite(fraction) else _endless(fraction)


def rate(fraction: float) -> str:
    """A rate as percent, without needless zeros: 0.001 is ``"0.1 %"``."""
    return f"{100.0 * fraction:.4f}".rstrip("0").rstrip(".") + " %"


def signed_percent(fraction: float | None, digits: int = 1) -> str:
    """A fraction as percent with its sign: 0.1234 is ``"+12.3 %"``."""
    text = percent(fraction, digits)
    return f"+{text}" if fraction is not None and fraction > 0 and text[0].isdigit() else text


def plain(value: float | None, digits: int = 2) -> str:
    """A number with thousands separators and a fixed number of decimals."""
    if value is None or math.isnan(value):
        return MISSING
    if not math.isfinite(value):
        return _endless(value)
    text = f"{value:,.{digits}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text


def size(value: float) -> str:
    """A number of shares: whole if it is whole, else with two decimals, or more if below 1."""
    if value == round(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.6f}".rstrip("0")


def price(value: float | None) -> str:
    """A price with as many decimals as its height calls for."""
    if value is None or not math.isfinite(value) or value == 0:
        return plain(value)
    digits = 2 if abs(value) >= 1 else min(8, 3 - math.floor(math.log10(abs(value))))
    return plain(value, digits)


def short(value: float | None) -> str:
    """A large number in a short form: 1234567 is ``"1.23M"``."""
    if value is None or not math.isfinite(value):
        return plain(value)
    for limit, unit in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit * 0.99995:
            return f"{_three_digits(value / limit)}{unit}"
    return _three_digits(value)


def moment(time: np.datetime64 | None) -> str:
    """A bar's time: the date alone for a bar of a day or more, else date and clock."""
    if time is None or np.isnat(time):
        return MISSING
    text = str(time.astype("datetime64[m]")).replace("T", " ")
    return text.removesuffix(" 00:00")


def _three_digits(value: float) -> str:
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _endless(value: float) -> str:
    return "∞" if value > 0 else "-∞"
