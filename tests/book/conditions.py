"""Conditions on lines, computed a second time: each gives whether it is true on a bar."""

from collections.abc import Callable, Mapping

from book.knowing import Asked, Known, Line, OnBar, at, holds, order
from book.series import Series, combined, deviation, shifted, sma


def _side(left: Line, right: Line, bar: int) -> int | None:
    if bar < 0:
        return None
    return order(left.on(bar), right.on(bar), exact=left.exact and right.exact)


def _crosses(directions: set[int]) -> Callable[[Asked], OnBar]:
    def of(asked: Asked) -> OnBar:
        left, right = asked.line("left"), asked.line("right")

        def on(bar: int) -> bool:
            now = _side(left, right, bar)
            if now not in directions:
                return False
            before = bar - 1
            while _side(left, right, before) == 0:
                before -= 1
            return _side(left, right, before) == -now  # type: ignore[operator]  # now is 1 or -1

        return on

    return of


def _in_a_row(operator: str) -> Callable[[Asked], OnBar]:
    def of(asked: Asked) -> OnBar:
        source = asked.line()

        def on(bar: int) -> bool:
            steps = range(bar - asked.whole("bars") + 1, bar + 1)
            return all(holds(at(source, step), operator, at(source, step - 1)) for step in steps)

        return on

    return of


def _extreme(operator: str) -> Callable[[Asked], OnBar]:
    def of(asked: Asked) -> OnBar:
        source = asked.line()

        def on(bar: int) -> bool:
            others = range(bar - asked.whole("bars") + 1, bar)
            return all(holds(at(source, bar), operator, at(source, other)) for other in others)

        return on

    return of


def _percent_move(asked: Asked) -> OnBar:
    source, bars = asked.line(), asked.whole("bars")
    percent = Known(asked.number("percent"), exact=True)

    def on(bar: int) -> bool:
        now, before = at(source, bar), at(source, bar - bars)
        if not before.value:
            return False
        moved = (now.value - before.value) * 100 / abs(before.value)
        directions = {"up": (moved,), "down": (-moved,), "either": (abs(moved),)}
        return any(
            holds(Known(x, source.exact), ">=", percent)
            for x in directions[asked.word("direction")]
        )

    return on


def _band_break(asked: Asked) -> OnBar:
    source, band = asked.line(), asked.line("band")
    beyond = 1 if asked.word("direction") == "above" else -1

    def on(bar: int) -> bool:
        before = _side(source, band, bar - 1)
        return _side(source, band, bar) == beyond and before is not None and before != beyond

    return on


def _returns(values: Series) -> Series:
    return combined(
        lambda now, before: (now - before) / before if before else 0.0, values, shifted(values, 1)
    )


def _volatility_threshold(asked: Asked) -> OnBar:
    scatter = Line(deviation(_returns(asked.line().values), asked.whole("period")))
    limit = Known(asked.number("percent") / 100)
    return lambda bar: holds(at(scatter, bar), ">", limit)


def _volume_spike(asked: Asked) -> OnBar:
    source = asked.line()
    usual = shifted(sma(source.values, asked.whole("period")), 1)
    limits = Line([asked.number("multiple") * x for x in usual])
    return lambda bar: holds(at(source, bar), ">", at(limits, bar))


def _divergence(asked: Asked) -> OnBar:
    sign = 1 if asked.word("direction") == "bullish" else -1  # highs are lows upside down
    price, oscillator = asked.line("price"), asked.line("oscillator")
    side = asked.whole("swing_bars")
    start = max(price.first, oscillator.first)

    def deeper(line: Line, one: int, other: int) -> int | None:
        found = order(sign * line.on(one), sign * line.on(other), exact=line.exact)
        return None if found is None else -found

    def is_swing(bar: int) -> bool:
        before = all(deeper(price, bar, x) == 1 for x in range(bar - side, bar))
        return before and all(
            deeper(price, bar, x) in (0, 1) for x in range(bar + 1, bar + side + 1)
        )

    def on(bar: int) -> bool:
        swing = bar - side
        if swing - side < start or not is_swing(swing):
            return False
        earlier = (x for x in range(swing - 1, start + side - 1, -1) if is_swing(x))
        before = next(earlier, None)
        if before is None or swing - before > asked.whole("max_bars"):
            return False
        return deeper(price, swing, before) == 1 and deeper(oscillator, swing, before) == -1

    return on


def _time_of_day(asked: Asked) -> OnBar:
    start, end = asked.word("from_time"), asked.word("until_time")

    def on(bar: int) -> bool:
        minute = f"{asked.times[bar]:%H:%M}"
        if start < end:
            return start <= minute < end
        return not end <= minute < start

    return on


def _weekday(asked: Asked) -> OnBar:
    return lambda bar: bool(asked.params[f"{asked.times[bar]:%A}".lower()])


def _month(asked: Asked) -> OnBar:
    return lambda bar: bool(asked.params[f"{asked.times[bar]:%B}".lower()])


def _first_bar_of_day(asked: Asked) -> OnBar:
    return lambda bar: bar == 0 or asked.times[bar].date() != asked.times[bar - 1].date()


def _last_bar_of_day(asked: Asked) -> OnBar:
    def on(bar: int) -> bool:
        late = [
            other
            for other in range(bar + 1)
            if asked.times[other].date() == asked.times[bar].date()
            and f"{asked.times[other]:%H:%M}" >= asked.word("at_time")
        ]
        return late[:1] == [bar]

    return on


CONDITIONS: Mapping[str, Callable[[Asked], OnBar]] = {
    "condition.crosses_above": _crosses({1}),
    "condition.crosses_below": _crosses({-1}),
    "condition.crosses": _crosses({1, -1}),
    "condition.rising": _in_a_row(">"),
    "condition.falling": _in_a_row("<"),
    "condition.is_highest": _extreme(">="),
    "condition.is_lowest": _extreme("<="),
    "condition.percent_move": _percent_move,
    "condition.band_break": _band_break,
    "condition.volatility_threshold": _volatility_threshold,
    "condition.volume_spike": _volume_spike,
    "condition.divergence": _divergence,
    "condition.time_of_day": _time_of_day,
    "condition.weekday": _weekday,
    "condition.month": _month,
    "condition.first_bar_of_day": _first_bar_of_day,
    "condition.last_bar_of_day": _last_bar_of_day,
}
