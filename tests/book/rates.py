"""Rates of change, and what is built from them."""

from collections.abc import Mapping

from book.series import Given, Indicator, Series, combined, ema, shifted, sma, wma


def percent_change(values: Series, bars: int) -> Series:
    """The change since so many bars ago, in percent."""
    return combined(lambda new, old: 100 * (new - old) / old, values, shifted(values, bars))


def _roc(given: Given) -> Mapping[str, Series]:
    return {"value": [x / 100 for x in percent_change(given.source, given.whole())]}


def _momentum_oscillator(given: Given) -> Mapping[str, Series]:
    return {"value": [100 + x for x in percent_change(given.source, given.whole())]}


def _coppock_curve(given: Given) -> Mapping[str, Series]:
    both = (
        percent_change(given.source, given.whole(f"{name}_period")) for name in ("fast", "slow")
    )
    return {"value": wma(combined(lambda a, b: a + b, *both), given.whole("average_period"))}


def _trix(given: Given) -> Mapping[str, Series]:
    average = given.source
    for _ in range(3):
        average = ema(average, given.whole())
    value = percent_change(average, given.whole("change_period"))
    return {"value": value, "signal": ema(value, given.whole("signal_period"))}


def _kst(given: Given) -> Mapping[str, Series]:
    parts = [
        sma(
            percent_change(given.source, given.whole(f"roc_period_{number}")),
            given.whole(f"average_period_{number}"),
        )
        for number in (1, 2, 3, 4)
    ]
    kst = combined(lambda a, b, c, d: a + 2 * b + 3 * c + 4 * d, *parts)
    return {"kst": kst, "signal": sma(kst, given.whole("signal_period"))}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.roc": _roc,
    "indicator.roc_percent": lambda given: {"value": percent_change(given.source, given.whole())},
    "indicator.momentum_oscillator": _momentum_oscillator,
    "indicator.coppock_curve": _coppock_curve,
    "indicator.trix": _trix,
    "indicator.kst": _kst,
}
