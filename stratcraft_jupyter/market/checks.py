"""The rules that every bar must keep; says which row breaks which, and never repairs one."""

from collections.abc import Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.market.problems import Problems, show_time

Numbers = NDArray[np.float64]
PRICES = ("open", "high", "low", "close")
FIELDS = (*PRICES, "volume")

# Prices that a vendor rescaled and rounded one by one miss each other by this much at most.
ROUNDING = 1e-6


def check_times(time: NDArray[np.datetime64], problems: Problems, sort_hint: str) -> None:
    """Note missing times, the first row out of order, and rows with the same time."""
    missing = np.flatnonzero(np.isnat(time))
    if len(missing):
        problems.add(missing, lambda _row: "the time is missing", "Fill it in or remove the row.")
        return
    back = np.flatnonzero(time[1:] < time[:-1]) + 1
    if len(back):
        _add_order(time, back, problems, sort_hint)
    _add_duplicates(time, problems)


def _add_order(
    time: NDArray[np.datetime64], back: NDArray[np.intp], problems: Problems, sort_hint: str
) -> None:
    reversed_hint = "The rows run from newest to oldest. " if len(back) == len(time) - 1 else ""
    problems.add(
        back[:1],
        lambda row: (
            f"the row before it is later ({show_time(time[row - 1])}), so the rows are not in "
            "order of time"
        ),
        f"{reversed_hint}{sort_hint}",
    )


def _add_duplicates(time: NDArray[np.datetime64], problems: Problems) -> None:
    order = np.argsort(time, kind="stable")
    same = np.flatnonzero(time[order][1:] == time[order][:-1])
    earlier = dict(zip(order[same + 1].tolist(), order[same].tolist(), strict=True))
    problems.add(
        np.array(sorted(earlier), dtype=np.intp),
        lambda row: f"it has the same time as {problems.place(earlier[row])}",
        "Keep one of the two rows.",
    )


def check_values(
    values: Mapping[str, Numbers], problems: Problems, labels: Mapping[str, str]
) -> None:
    """Note values that no bar can have: missing, infinite, not above zero, out of range.

    Args:
        values: Arrays of open, high, low, close and volume.
        problems: Takes what is found.
        labels: The column's own name of each field, for messages.
    """
    for field in FIELDS:
        _check_column(field, values[field], problems, labels[field])
    good = np.all([np.isfinite(values[field]) & (values[field] > 0) for field in PRICES], axis=0)
    inverted = good & (values["high"] < values["low"])
    problems.add(
        np.flatnonzero(inverted),
        lambda row: (
            f"high {float(values['high'][row])!r} is below low {float(values['low'][row])!r}"
        ),
        "Correct the row.",
    )
    _check_range(values, good & ~inverted, problems)


def _check_column(field: str, column: Numbers, problems: Problems, label: str) -> None:
    problems.add(
        np.flatnonzero(np.isnan(column)),
        lambda _row: f"column {label}: the value is missing",
        "Fill it in or remove the row.",
    )
    problems.add(
        np.flatnonzero(np.isinf(column)),
        lambda _row: f"column {label}: the value is infinite",
        "Correct it or remove the row.",
    )
    if field == "volume":
        wrong, rule = column < 0, "is negative"
    else:
        wrong, rule = column <= 0, "is not above zero"
    problems.add(
        np.flatnonzero(wrong & np.isfinite(column)),
        lambda row: f"column {label}: {float(column[row])!r} {rule}",
        "Correct it or remove the row.",
    )


def _check_range(
    values: Mapping[str, Numbers], rows: NDArray[np.bool_], problems: Problems
) -> None:
    low, high = values["low"], values["high"]
    for field in ("open", "close"):
        column = values[field]
        for side, bound, outside in (
            ("above high", high, column > high),
            ("below low", low, column < low),
        ):
            problems.add(
                np.flatnonzero(rows & outside),
                partial(_out_of_range, field, column, side, bound),
                "Correct the row: open and close lie between low and high.",
            )


def _out_of_range(field: str, column: Numbers, side: str, bound: Numbers, row: int) -> str:
    return f"{field} {float(column[row])!r} is {side} {float(bound[row])!r}"


def widen_by_rounding(values: dict[str, Numbers]) -> tuple[dict[str, Numbers], int]:
    """The same bars, with high and low moved to hold an open or close just outside them.

    Only differences of rounding (a millionth of the price) are bridged; larger ones stay, for
    `check_values` to name.

    Returns:
        The arrays, and in how many bars one was moved.
    """
    top = np.maximum(values["open"], values["close"])
    bottom = np.minimum(values["open"], values["close"])
    lift = (top > values["high"]) & (top <= values["high"] * (1 + ROUNDING))
    drop = (bottom < values["low"]) & (bottom >= values["low"] * (1 - ROUNDING))
    high = np.where(lift, top, values["high"])
    low = np.where(drop, bottom, values["low"])
    return values | {"high": high, "low": low}, int(np.count_nonzero(lift | drop))
