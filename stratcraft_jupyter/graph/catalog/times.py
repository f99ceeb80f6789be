"""Conditions on the clock and the calendar: the bar's own time stamp, as its source gives it."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, bars_input, signal_output

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _time(name: str, title: str, default: str, help: str) -> Param:
    return Param(name, title, "text", default, help=help, format="time")


def _each(names: tuple[str, ...], off: tuple[str, ...] = ()) -> tuple[Param, ...]:
    return tuple(Param(name.lower(), name, "bool", name not in off) for name in names)


KINDS = (
    Kind(
        "condition.time_of_day",
        "Time of day",
        "between two times of the day",
        "True when the bar's time is at or after `from_time` and before `until_time`. If the "
        "second is not later than the first, the span goes over midnight. The time is the bar's "
        "own time stamp, in the time zone of the bars; many sources stamp a bar with its start.",
        bars_input(),
        signal_output(),
        (
            _time("from_time", "From", "09:30", "first time that counts, such as 09:30"),
            _time("until_time", "Until", "16:00", "first time that no longer counts"),
        ),
        aliases=("session", "hours", "trading hours", "clock", "opening range", "time filter"),
    ),
    Kind(
        "condition.weekday",
        "Weekday",
        "on chosen days of the week",
        "True when the date of the bar's time stamp is one of the chosen days.",
        bars_input(),
        signal_output(),
        _each(DAYS, off=("Saturday", "Sunday")),
        aliases=("day of week", "monday", "friday", "calendar", "weekend"),
    ),
    Kind(
        "condition.month",
        "Month",
        "in chosen months of the year",
        "True when the date of the bar's time stamp is in one of the chosen months.",
        bars_input(),
        signal_output(),
        _each(MONTHS),
        aliases=("season", "calendar", "january", "sell in may", "seasonality"),
    ),
    Kind(
        "condition.first_bar_of_day",
        "First bar of the day",
        "the first bar of each date",
        "True when the date of the bar's time stamp is not that of the bar before, and on the "
        "very first bar.",
        bars_input(),
        signal_output(),
        aliases=("open", "new day", "session start", "market open"),
    ),
    Kind(
        "condition.last_bar_of_day",
        "Last bar of the day",
        "the first bar of each date at or after a given time",
        "True on the first bar of each date whose time is at or after `at_time`. That a bar is "
        "the last of its day is not known until the next one comes, so the time says it: give "
        "the time stamp of the last bar of a usual day. On a day that ends earlier it is never "
        "true.",
        bars_input(),
        signal_output(),
        (_time("at_time", "At", "15:55", "time stamp of the last bar of a usual day"),),
        aliases=("close", "end of day", "session end", "market close", "flat overnight"),
    ),
)
