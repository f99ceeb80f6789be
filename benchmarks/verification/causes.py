"""Causes of a difference, and codes of checks, that are a right explanation of a defect."""

TIMING = {
    "bar by bar",  # [-1] of a line that the code writes itself, before its first value
    "one bar late",
    "true later",
    "true sooner",
    "stop late",
    "entry missing",
    "exit missing",
    "extra entry",
}
LOGIC = {
    "operator",
    "logic",
    "state",
    "touching",
    "threshold",
    "filter dropped",
    "edge dropped",
    "entry missing",
    "exit missing",
    "extra entry",
    "extra exit",
    "node left out",
    "period",
    "one bar early",
    "one bar late",
    "true later",
    "true sooner",
    "source",
    "side",
    "SC629",
    "choice",
    "indicator",
    "warm-up",
}
NUMBER = {"threshold", "period", "indicator", "source", "stop", "stop distance", "size", "choice"}
TIME = {"time of the day"}
STOP = {
    "SC613",  # a stop that is left out may be missed by the code that moves it
    "stop missing",
    "stop distance",
    "stop",
    "stop late",
    "order left behind",
    "threshold",
    "order type",
    "exit missing",
    "extra stop",
    "price",
    "side",
    "SC628",
    "extra exit",
}
SIZE = {
    "size",
    "size in cash",
    "size rounding",
    "SC628",
    "SC629",
    "SC612",
    "SC613",
    "stop",
    "orders refused",
}
FUTURE = {"look-ahead", "SC620", "SC621", "SC622", "SC613", "one bar early"}
