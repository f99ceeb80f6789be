"""Arithmetic on series."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, source_input, value_output

KINDS = (
    Kind(
        "math.constant",
        "Constant",
        "one number on every bar",
        "The same number on every bar.",
        (),
        value_output(),
        (Param("value", "Value", "float", 0.0, -1e12, 1e12),),
        aliases=("number", "level", "threshold"),
    ),
    Kind(
        "math.shift",
        "Earlier value",
        "a series as it was n bars ago",
        "The value that the source had `bars` bars before the present one.",
        source_input("the series looked back at"),
        value_output(),
        (Param("bars", "Bars ago", "int", 1, 1, 5_000, unit="bars"),),
        aliases=("previous", "lag", "delay", "shift", "ago", "yesterday"),
        formula="x[t-n]",
    ),
)
