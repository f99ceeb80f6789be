"""Logic: conditions made of conditions. All of it counts the strategy's own bars."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port, signal_output

_MANY = (Port("signals", "signal", "Signals", "any number of conditions", multiple=True),)
_ONE = (Port("signal", "signal", "Signal", "the condition"),)


def _bars(default: int, help: str) -> Param:
    return Param("bars", "Bars", "int", default, 1, 5_000, unit="bars", help=help)


KINDS = (
    Kind(
        "logic.and",
        "And",
        "true when all are true",
        "True on every bar where all connected signals are true.",
        _MANY,
        signal_output(),
        aliases=("all", "both"),
    ),
    Kind(
        "logic.or",
        "Or",
        "true when any is true",
        "True on every bar where at least one connected signal is true.",
        _MANY,
        signal_output(),
        aliases=("any", "either"),
    ),
    Kind(
        "logic.not",
        "Not",
        "true when the signal is false",
        "True on every bar where the signal is false. A condition with a missing value is false, "
        "so its Not is true.",
        (Port("signal", "signal", "Signal", "the condition turned round"),),
        signal_output(),
        aliases=("no", "invert", "negate"),
    ),
    Kind(
        "logic.vote",
        "Vote",
        "true when enough of the signals are true",
        "True on every bar where at least, or exactly, `count` of the connected signals are true.",
        _MANY,
        signal_output(),
        (
            Param("how", "How many", "choice", "at least", choices=("at least", "exactly")),
            Param("count", "Count", "int", 2, 1, 1_000, unit="signals"),
        ),
        aliases=("k of n", "majority", "at least", "exactly", "confirmation", "score"),
    ),
    Kind(
        "logic.sequence",
        "Sequence",
        "one signal, then another within n bars",
        "True on every bar where Second is true and First was true on one of the `bars` bars "
        "before it. Both on the same bar is no sequence.",
        (
            Port("first", "signal", "First", "what happens first"),
            Port("second", "signal", "Second", "what follows"),
        ),
        signal_output(),
        (_bars(5, "the second comes at most so many bars after the first"),),
        aliases=("then", "followed by", "after", "within", "setup and trigger"),
    ),
    Kind(
        "logic.lasts",
        "Lasts",
        "true for n bars in a row",
        "True when the signal has been true on each of the last `bars` bars, the present one "
        "included. Bars count from the first on which the strategy decides.",
        _ONE,
        signal_output(),
        (_bars(3, "bars in a row, the present one included"),),
        aliases=("for n bars", "persists", "confirmed", "in a row", "stays"),
    ),
    Kind(
        "logic.becomes_true",
        "Becomes true",
        "the bar on which a signal turns true",
        "True when the signal is true now and was not on the bar before. On the first bar on which "
        "the strategy decides, a signal that is true becomes true.",
        _ONE,
        signal_output(),
        aliases=("once", "edge", "trigger", "starts", "turns true", "rising edge"),
    ),
    Kind(
        "logic.latch",
        "Latch",
        "on from one signal until another",
        "True from the bar on which Set is true until the bar on which Reset is true, that bar not "
        "included. When both are true, Reset wins. It begins off.",
        (
            Port("set", "signal", "Set", "what switches it on"),
            Port("reset", "signal", "Reset", "what switches it off"),
        ),
        signal_output(),
        aliases=("until", "once until reset", "state", "flip-flop", "hold", "memory"),
    ),
)
