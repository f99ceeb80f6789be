"""Levels computed from past bars: pivot points, the opening range and the Ichimoku cloud."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port, bars_input, period_param

_WHEN = (
    "The levels come from the bar itself: they are known at its close and are meant for the bar "
    "after it. For levels of the day before on intraday bars, connect daily bars."
)
_PIVOT = "`pivot` is P = (high + low + close) / 3, or (high + low + close + open) / 4 with "
_MODES = (
    "`use_open`, or (high + low + 2 close) / 4 with `use_close_twice`, which goes before `use_open`"
)


def _levels(count: int) -> tuple[Port, ...]:
    names = [
        (f"{side}_{number}", f"{side.capitalize()} {number}")
        for side in ("support", "resistance")
        for number in range(1, count + 1)
    ]
    return (
        Port("pivot", "series", "Pivot"),
        *(Port(name, "series", title) for name, title in names),
    )


_CHOICES = (
    Param("use_open", "Add the open", "bool", False, help="the pivot is a mean of four prices"),
    Param("use_close_twice", "Count the close twice", "bool", False, help="in place of the open"),
)


def _level(number: int, default: float) -> Param:
    title = f"Level {number}"
    return Param(f"level_{number}", title, "float", default, 0, 100, help="share of the range")


KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.pivot_point",
        "Pivot points",
        "support and resistance from the range of a bar",
        f"{_PIVOT}{_MODES}. Support 1 is 2 P - high, resistance 1 is 2 P - low; support 2 and "
        f"resistance 2 lie high - low below and above P. {_WHEN}",
        bars_input(),
        _levels(2),
        _CHOICES,
        aliases=("pivot point", "floor pivots", "support", "resistance"),
        formula="P = (H + L + C) / 3; S1 = 2P - H; R1 = 2P - L; S2, R2 = P -+ (H - L)",
        reference="backtrader PivotPoint",
    ),
    Kind(
        "indicator.fibonacci_pivot",
        "Fibonacci pivot points",
        "support and resistance at shares of the range of a bar",
        f"{_PIVOT}{_MODES}. Supports and resistances 1 to 3 lie `level_1` to `level_3` times "
        f"high - low below and above P. {_WHEN}",
        bars_input(),
        _levels(3),
        (*_CHOICES, _level(1, 0.382), _level(2, 0.618), _level(3, 1.0)),
        aliases=("Fibonacci pivot point", "fib pivots", "support", "resistance"),
        formula="P = (H + L + C) / 3; S1, R1 = P -+ 0.382 (H - L), and so on",
        reference="backtrader FibonacciPivotPoint",
    ),
    Kind(
        "indicator.demark_pivot",
        "DeMark pivot points",
        "support and resistance by how a bar closed against its open",
        "X is high + 2 low + close if the bar closed below its open, 2 high + low + close if it "
        "closed above it, and high + low + 2 close if both are equal. `pivot` is X / 4, `support` "
        f"X / 2 - high, `resistance` X / 2 - low. {_WHEN}",
        bars_input(),
        (
            Port("pivot", "series", "Pivot"),
            Port("support", "series", "Support"),
            Port("resistance", "series", "Resistance"),
        ),
        aliases=("DeMark pivot point", "Tom DeMark", "support", "resistance"),
        formula="P = X / 4; S1 = X / 2 - H; R1 = X / 2 - L",
        reference="Tom DeMark; as backtrader DemarkPivotPoint in its usual mode; its values "
        "without runonce are a comparison of close and open and no prices",
    ),
    Kind(
        "indicator.session_range",
        "Opening range",
        "high and low of the first minutes of the day",
        "Highest high and lowest low of the bars of a date whose time stamp is less than `minutes` "
        "minutes after that of the date's first bar. They are known from the first bar after that "
        "to the end of the date, and missing before. On daily or coarser bars they are always "
        "missing.",
        bars_input(),
        (
            Port("high", "series", "High", "known once the minutes are over", gaps=True),
            Port("low", "series", "Low", "known once the minutes are over", gaps=True),
        ),
        (Param("minutes", "Minutes", "int", 30, 1, 1_440, unit="minutes", help="from the start"),),
        aliases=("opening range", "ORB", "session range", "initial balance", "first hour"),
        formula="max(high), min(low) of the bars with time - first time of the date < minutes",
        reference="Toby Crabel, Day Trading with Short Term Price Patterns and Opening Range "
        "Breakout, 1990",
    ),
    Kind(
        "indicator.ichimoku",
        "Ichimoku cloud",
        "middle lines of three periods, two of them drawn ahead as a cloud",
        "`tenkan` and `kijun` are the means of highest high and lowest low over their periods, "
        "the present bar included. `senkou_a` and `senkou_b` are the edges of the cloud drawn "
        "over the present bar: the mean of tenkan and kijun, and the mean of highest high and "
        "lowest low over the Senkou period, both as they were `displacement` bars ago. `chikou` "
        "is the present close, which charts draw 26 bars back: compare it with an Earlier value "
        "of the close. No output looks ahead.",
        bars_input(),
        (
            Port("tenkan", "series", "Tenkan", "conversion line"),
            Port("kijun", "series", "Kijun", "base line"),
            Port("senkou_a", "series", "Senkou A", "first edge of the cloud at this bar"),
            Port("senkou_b", "series", "Senkou B", "second edge of the cloud at this bar"),
            Port("chikou", "series", "Chikou", "the close, to compare with earlier bars"),
        ),
        (
            period_param(9, name="tenkan_period", title="Tenkan period"),
            period_param(26, name="kijun_period", title="Kijun period"),
            period_param(52, name="senkou_period", title="Senkou period"),
            Param(
                "displacement",
                "Displacement",
                "int",
                26,
                0,
                5_000,
                unit="bars",
                help="how far ahead the cloud is drawn",
            ),
        ),
        aliases=("Ichimoku Kinko Hyo", "kumo", "cloud", "conversion line", "base line"),
        formula="tenkan, kijun = (max(high, n) + min(low, n)) / 2; "
        "senkou_a = ((tenkan + kijun) / 2)[t-d]; "
        "senkou_b = ((max(high, m) + min(low, m)) / 2)[t-d]",
        reference="Goichi Hosoda, 1969; backtrader Ichimoku, without its chikou, which looks ahead",
        short="Ichimoku",
        lookback="max(max(tenkan_period, kijun_period), senkou_period) - 1 + displacement",
    ),
)
