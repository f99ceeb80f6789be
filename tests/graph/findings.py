"""Strategies with one finding each, and sound ones."""

from sketch import LONG, sketch

from stratcraft_jupyter.diagnostics import Diagnostic

ENTRY = """
bars: data.bars
up: condition.crosses_above value=100
enter: action.enter_long
bars.close -> up.left
up.signal -> enter.when
"""
SHORT_EXIT = """
cover: action.exit_short
up.signal -> cover.when
"""
SHORT = f"""
short: action.enter_short
down.signal -> short.when
{SHORT_EXIT}
"""
STOP = """
stop: risk.stop_loss
enter.order -> stop.entry
"""

FINDINGS = {
    "kind that does not exist": (
        sketch(LONG, "fast: indicator.smaa"),
        Diagnostic(
            "SC101",
            "error",
            "The kind 'indicator.smaa' does not exist in this version.",
            "Did you mean 'indicator.sma' or 'indicator.smma' or 'indicator.wma'?",
            "fast",
        ),
    ),
    "parameter that does not exist": (
        sketch(LONG, "up: condition.crosses_above valu=1"),
        Diagnostic(
            "SC102",
            "error",
            "Crosses above has no parameter 'valu'.",
            "Did you mean 'value'?",
            "up",
        ),
    ),
    "parameter of a kind without any": (
        sketch(LONG, "bars: data.bars symbol=IBM label=Prices"),
        Diagnostic("SC102", "error", "Prices has no parameter 'symbol'.", "Remove it.", "bars"),
    ),
    "value out of range": (
        sketch(LONG, "fast: indicator.sma period=0", "bars.close -> fast.source"),
        Diagnostic(
            "SC103",
            "error",
            "Period of Simple moving average is 0.",
            "Use 1 or more.",
            "fast",
            "period",
        ),
    ),
    "value of the wrong type": (
        sketch(LONG, "fast: indicator.sma period=true", "bars.close -> fast.source"),
        Diagnostic(
            "SC103",
            "error",
            "Period of Simple moving average is True.",
            "Use a number.",
            "fast",
            "period",
        ),
    ),
    "value not among the choices": (
        sketch(LONG, "above: condition.compare operator===", "bars.close -> above.left"),
        Diagnostic(
            "SC103",
            "error",
            "Is of Compare is ==.",
            "Use one of >, >=, <, <=.",
            "above",
            "operator",
        ),
    ),
    "output that does not exist": (
        sketch(LONG, "fast: indicator.sma", "bars.clsoe -> fast.source"),
        Diagnostic(
            "SC104",
            "error",
            "Bars has no output named 'clsoe'.",
            "Remove the edge and connect it again.",
            "bars",
            "clsoe",
            "bars.clsoe->fast.source",
        ),
    ),
    "input that does not exist": (
        sketch(LONG, "bars.open -> up.middle"),
        Diagnostic(
            "SC104",
            "error",
            "Crosses above has no input named 'middle'.",
            "Remove the edge and connect it again.",
            "up",
            "middle",
            "bars.open->up.middle",
        ),
    ),
    "types that do not fit": (
        sketch(LONG, "bars.bars -> up.right"),
        Diagnostic(
            "SC105",
            "error",
            "Whole bars do not fit here: Right of Crosses above takes a series.",
            "Remove the edge, or put a node between that fits both.",
            "up",
            "right",
            "bars.bars->up.right",
        ),
    ),
    "required input not connected": (
        sketch(LONG, "fast: indicator.sma label=Fast"),
        Diagnostic(
            "SC106",
            "error",
            "Source of Fast is not connected.",
            "Connect the series it is computed from, or remove the node.",
            "fast",
            "source",
        ),
    ),
    "required input that takes many not connected": (
        sketch(LONG, "both: logic.and"),
        Diagnostic(
            "SC106",
            "error",
            "Signals of And is not connected.",
            "Connect any number of conditions, or remove the node.",
            "both",
            "signals",
        ),
    ),
    "single input with two edges": (
        sketch(LONG, "bars.open -> up.left"),
        Diagnostic(
            "SC107",
            "error",
            "Left of Crosses above has 2 edges; it takes one.",
            "Remove all but one.",
            "up",
            "left",
        ),
    ),
    "text that is no expression": (
        sketch(
            LONG,
            "it: condition.expression text=close>",
            "bars.bars -> it.bars",
        ),
        Diagnostic(
            "SC112",
            "error",
            "Text of Expression, column 7: The expression ends too early.",
            "Write a series, a number or a function there.",
            "it",
            "text",
        ),
    ),
    "no entry": (
        sketch(),
        Diagnostic(
            "SC201",
            "error",
            "The strategy has no entry, so it never trades.",
            "Add Enter long or Enter short and connect a condition to its When.",
        ),
    ),
    "long without end": (
        sketch(ENTRY),
        Diagnostic(
            "SC202",
            "error",
            "Nothing ends the long position that Enter long opens.",
            "Add Exit long, or connect a stop to its Order.",
            "enter",
        ),
    ),
    "short without end": (
        sketch(LONG, SHORT.replace(SHORT_EXIT, "")),
        Diagnostic(
            "SC202",
            "error",
            "Nothing ends the short position that Enter short opens.",
            "Add Exit short, or connect a stop to its Order.",
            "short",
        ),
    ),
    "two choices of entries": (
        sketch(LONG, "choice: action.choice", "again: action.choice label=Again"),
        Diagnostic(
            "SC203",
            "error",
            "There is another Choice of entries; a strategy has one at most.",
            "Remove one of them.",
            "choice",
        ),
    ),
    "sizing by a stop that is not there": (
        sketch(LONG, "size: sizing.risk", "size.size -> enter.size"),
        Diagnostic(
            "SC204",
            "error",
            "Percent risk to the stop needs the distance to the stop of Enter long, and there is "
            "no stop.",
            "Connect Order of Enter long to a stop, or remove Percent risk to the stop.",
            "size",
        ),
    ),
    "open risk without a stop": (
        sketch(LONG, "heat: risk.max_open_risk"),
        Diagnostic(
            "SC204",
            "error",
            "Open risk at most needs the distance to the stop of Enter long, and there is no stop.",
            "Connect Order of Enter long to a stop, or remove Open risk at most.",
            "heat",
        ),
    ),
    "conditions that exclude one another": (
        sketch(
            LONG,
            "high: condition.compare label=High operator=> value=70",
            "low: condition.compare label=Low operator=< value=30",
            "both: logic.and",
            "bars.close -> high.left",
            "bars.close -> low.left",
            "high.signal -> both.signals",
            "low.signal -> both.signals",
            "both.signal -> enter.filter",
        ),
        Diagnostic(
            "SC208",
            "error",
            "And (both) can never be true: High (high) and Low (low) exclude one another.",
            "Use Or if either should do, or change one of them.",
            "both",
        ),
    ),
    "series held against itself": (
        sketch(
            LONG,
            "same: condition.crosses_above label=Same",
            "bars.close -> same.left",
            "bars.close -> same.right",
            "same.signal -> enter.filter",
        ),
        Diagnostic(
            "SC209",
            "error",
            "Same holds a series against itself, which is never true.",
            "Connect another series to Left or Right.",
            "same",
            "right",
        ),
    ),
    "entry that another hides": (
        sketch(LONG, "more: action.enter_long label=More", "up.signal -> more.when"),
        Diagnostic(
            "SC210",
            "warning",
            "More (more) is never taken: whenever it is true, Enter long (enter) is too, and that "
            "one is looked at first.",
            "Give it a lower priority number, or other conditions.",
            "more",
        ),
    ),
    "exit of a side never entered": (
        sketch(LONG, SHORT_EXIT),
        Diagnostic(
            "SC205",
            "warning",
            "Exit short never does anything: no position is short.",
            "Add Enter short, or remove it.",
            "cover",
        ),
    ),
    "node that leads nowhere": (
        sketch(LONG, "rsi: indicator.rsi", "bars.close -> rsi.source"),
        Diagnostic(
            "SC206",
            "warning",
            "Relative strength index leads to no action and is left out of the code.",
            "Connect it to what needs it, or remove it.",
            "rsi",
        ),
    ),
    "a price for an order that has none": (
        sketch(LONG, "bars.low -> enter.price"),
        Diagnostic(
            "SC215",
            "warning",
            "Price of Enter long has no effect while its Order is market.",
            "Choose another Order, or remove the connection.",
            "enter",
            "price",
        ),
    ),
}

SOUND = {
    "an exit": sketch(LONG),
    "both sides": sketch(LONG, SHORT),
    "a stop and no exit": sketch(ENTRY, STOP),
    "sizing by a stop": sketch(LONG, STOP, "size: sizing.risk", "size.size -> enter.size"),
    "one size for two": sketch(
        LONG, SHORT, "size: sizing.fixed_cash", "size.size -> enter.size\nsize.size -> short.size"
    ),
    "one stop for two": sketch(LONG, SHORT, STOP, "short.order -> stop.entry"),
    "two exits": sketch(LONG, "exit_too: action.exit_long", "up.signal -> exit_too.when"),
    "values at their limits": sketch(
        LONG, "up: condition.crosses_above value=1e12", "exit: action.exit_long"
    ),
    "2 for 2.0": sketch(LONG, "up: condition.crosses_above value=2"),
}
