"""Turning points, computed a second time."""

from collections.abc import Mapping

from book.series import MISSING, Given, Indicator, Series, first_value


def _fractals(values: Series, side: int) -> list[bool]:
    """Whether a bar makes the value ``side`` bars before it known as above all around it."""
    found = []
    for bar in range(len(values)):
        window = values[max(0, bar - 2 * side) : bar + 1]
        top = max(window)
        is_whole = len(window) == 2 * side + 1
        found.append(is_whole and window[side] == top and window.count(top) == 1)
    return found


def _held(values: Series, changes: list[bool], side: int) -> Series:
    """The value at the last fractal that is known."""
    found: Series = []
    for bar, changed in enumerate(changes):
        before = found[-1] if found else MISSING
        found.append(values[bar - side] if changed else before)
    return found


def _fractal(given: Given) -> Mapping[str, Series]:
    side, high, low = given.whole("side"), given.prices["high"], given.prices["low"]
    upper, lower = _fractals(high, side), _fractals([-x for x in low], side)

    def as_numbers(changes: list[bool]) -> Series:
        return [MISSING if bar < 2 * side else float(is_new) for bar, is_new in enumerate(changes)]

    return {
        "upper": _held(high, upper, side),
        "lower": _held(low, lower, side),
        "new_upper": as_numbers(upper),
        "new_lower": as_numbers(lower),
    }


def _zigzag(given: Given) -> Mapping[str, Series]:
    """From the bar after each pivot became known, looks at all values since its own bar."""
    values, share = given.source, given.number("percent") / 100
    lines: dict[str, Series] = {name: [] for name in ("pivot", "high", "low", "direction")}
    last = {"pivot": MISSING, "high": MISSING, "low": MISSING, "direction": 0.0}
    since = first_value(values)
    for line in lines.values():
        line.extend([MISSING] * since)
    for bar, value in enumerate(values[since:], start=since):
        top, bottom = max(values[since : bar + 1]), min(values[since : bar + 1])
        fell, rose = top - value > share * abs(top), value - bottom > share * abs(bottom)
        if fell and last["direction"] >= 0:
            last |= {"pivot": top, "high": top, "direction": -1.0}
            since = bar
        elif rose and last["direction"] <= 0:
            last |= {"pivot": bottom, "low": bottom, "direction": 1.0}
            since = bar
        for name, line in lines.items():
            line.append(last[name])
    return lines


def _parabolic_sar(given: Given) -> Mapping[str, Series]:
    high, low, close = (given.prices[name] for name in ("high", "low", "close"))
    step, most = given.number("acceleration"), given.number("maximum_acceleration")
    is_rise = close[1] >= close[0]
    # Backtrader begins with a turn on the second bar: the stop is the first bar's far end, and
    # the middle of the second bar, which it takes for the stop before, is always touched
    stop = low[0] if is_rise else high[0]
    extreme, share = (high[1] if is_rise else low[1]), step
    found = [MISSING]
    for bar in range(1, len(close)):
        touched = low[bar] <= stop if is_rise else high[bar] >= stop
        if bar > 1 and touched:
            is_rise, stop, share = not is_rise, extreme, step
            extreme = high[bar] if is_rise else low[bar]
        elif (high[bar] > extreme) if is_rise else (low[bar] < extreme):
            extreme = high[bar] if is_rise else low[bar]
            share = min(share + step, most)
        found.append(stop)
        stop += share * (extreme - stop)
        stop = (
            min(stop, *low[bar - 1 : bar + 1]) if is_rise else max(stop, *high[bar - 1 : bar + 1])
        )
    wait = given.whole() - 1
    return {"value": [MISSING] * wait + found[wait:]}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.fractal": _fractal,
    "indicator.zigzag": _zigzag,
    "indicator.parabolic_sar": _parabolic_sar,
}
