"""Logic: conditions made of conditions."""

from stratcraft_jupyter.graph.catalog.base import Kind, Port, signal_output

_MANY = (Port("signals", "signal", "Signals", "any number of conditions", multiple=True),)

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
)
