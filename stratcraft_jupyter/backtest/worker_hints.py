"""What to do about the usual mistakes in Backtrader code. Imported in the worker process only."""

_RULES: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        TypeError,
        "__bool__ should return bool",
        "In __init__, `and`, `or`, `not` and `if` cannot work on whole lines: use bt.And, bt.Or "
        "or bt.If there, or decide in next().",
    ),
    (
        TypeError,
        "slice",
        "Lines take no slices: use self.data.close.get(size=5) for the last five values.",
    ),
    (
        TypeError,
        "takes 1 positional argument but",
        "Parameters of indicators have names: write bt.ind.SMA(self.data, period=15).",
    ),
    (
        TypeError,
        "cannot be interpreted as an integer",
        "Periods are whole numbers: write 5 instead of 5.5, or round it with int().",
    ),
    (
        TypeError,
        "unexpected keyword argument",
        "Check the spelling of that parameter in the documentation of the indicator or call.",
    ),
    (
        PermissionError,
        "",
        "A strategy may not read or write files, reach the network or start programs: it runs "
        "apart from the rest of the system. Work with the bars it is given.",
    ),
    (
        RuntimeError,
        "can't start new thread",
        "A strategy runs in one thread and may start no other: do the work in next().",
    ),
    (
        ImportError,
        "",
        "A strategy can import the installed packages of this Python only: install the package, "
        "or put the code it needs into the strategy.",
    ),
    (
        OSError,
        "",
        "A strategy may not read or write files, reach the network or start programs. Work with "
        "the bars it is given.",
    ),
    (
        MemoryError,
        "",
        "The strategy needed more memory than a run may have: keep fewer values, or run fewer "
        "bars.",
    ),
    (
        RecursionError,
        "",
        "A function calls itself without end: check what it calls.",
    ),
    (
        SystemExit,
        "",
        "Remove the call of exit() or sys.exit(); a run ends by itself after the last bar. "
        "self.env.runstop() ends it early.",
    ),
    (
        BaseException,
        "Operation not permitted",
        "A library the strategy imports does what a strategy may not: start threads or programs, "
        "write files or reach the network. Do without it; pandas and numpy can be used.",
    ),
)

_IN_CODE: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        IndexError,
        "array index out of range",
        "An indicator made in next() holds no values: make it in __init__. If it is an index: "
        "0 is this bar, -1 the one before, and a positive index asks for a bar of the future.",
    ),
    (
        IndexError,
        "list index out of range",
        "Check the index. If it is self.datas[1]: a run has one series of bars, self.data.",
    ),
    (
        IndexError,
        "array assignment index out of range",
        "There are fewer bars than an indicator needs: shorten its period, or run more bars.",
    ),
    (
        ZeroDivisionError,
        "",
        "Test the divisor before dividing; indicators can be 0, and so can volume.",
    ),
)

_IN_INDICATOR: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        IndexError,
        "",
        "There are fewer bars than the indicators need: shorten their periods, or run more bars.",
    ),
    (
        ZeroDivisionError,
        "",
        "It divides by something that is 0 on some bars, as an RSI does when prices stand still "
        "(RSI takes safediv=True), or its period is 0.",
    ),
)


def hint_for(error: BaseException, *, in_code: bool) -> str:
    """What to do about ``error``; empty if nothing certain can be said.

    Args:
        error: What was raised.
        in_code: Whether a line of the strategy was under way, rather than an indicator.
    """
    text = str(error)
    for kind, part, hint in (*(_IN_CODE if in_code else _IN_INDICATOR), *_RULES):
        if isinstance(error, kind) and part in text:
            return hint
    return "Correct the code and run again." if in_code else ""
