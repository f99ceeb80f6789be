"""Risk: limits on new entries."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param

KINDS = (
    Kind(
        "risk.cooldown",
        "Cooldown",
        "waits after a position has ended",
        "No entry is allowed on the first close without a position after one has ended, and on "
        "the `bars` - 1 closes after it; nor on a close on which one is being closed. After a "
        "losing trade only, if chosen (profit after commission below zero).",
        params=(
            Param("bars", "Bars", "int", 5, 1, 100_000, unit="bars"),
            Param("after", "After", "choice", "any exit", choices=("any exit", "losing exit")),
        ),
        aliases=("wait after exit", "pause", "re-entry delay"),
    ),
    Kind(
        "risk.max_trades",
        "Trades at most",
        "limits how often a position is entered in a day, week or month",
        "No entry is ordered when `count` entries were already ordered since the day, week (from "
        "Monday) or month of the bar's time stamp began. Additions to a position count.",
        params=(
            Param("count", "Count", "int", 1, 1, 100_000, unit="entries"),
            Param("per", "Per", "choice", "day", choices=("day", "week", "month")),
        ),
        aliases=("max trades per day", "overtrading", "trade limit"),
    ),
    Kind(
        "risk.max_open_risk",
        "Open risk at most",
        "limits what all stops together can lose",
        "An entry is not ordered if what the position and it would lose at their stops exceeds "
        "`percent` of equity: the shares held times the distance from the close to their stop (0 "
        "if it is beyond the close), plus the new shares times the distance of the new entry's "
        "nearest stop. Every entry must have a stop.",
        params=(Param("percent", "Risk", "float", 5.0, 0.01, 100.0, unit="%", help="of equity"),),
        aliases=("portfolio heat", "total risk", "open risk"),
    ),
    Kind(
        "risk.exposure_limit",
        "Exposure limit",
        "limits how much of the account is invested",
        "An entry orders at most so many whole shares that the position, at the close, is worth "
        "`percent` of equity.",
        params=(
            Param("percent", "Exposure", "float", 100.0, 0.01, 1_000.0, unit="%", help="of equity"),
        ),
        aliases=("max exposure", "leverage limit", "position limit"),
    ),
    Kind(
        "risk.entry_hours",
        "Entry hours",
        "no entry before or after a time of the day",
        "Entries are allowed on closes of bars whose time stamp is at or after `from_time` and "
        "before `until_time`. If `from_time` is later than `until_time`, the hours go over "
        "midnight.",
        params=(
            Param("from_time", "From", "text", "10:00", unit="HH:MM", format="time"),
            Param("until_time", "Until", "text", "15:30", unit="HH:MM", format="time"),
        ),
        aliases=("trading hours", "no entry after", "no entry before", "session"),
    ),
)
