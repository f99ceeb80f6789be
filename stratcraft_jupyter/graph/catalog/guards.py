"""Risk: guards that watch the account or the market and close, reduce or halt."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port


def _action(*choices: str, default: str = "close") -> Param:
    return Param("action", "Then", "choice", default, choices=choices)


_REDUCE_TO = Param(
    "reduce_to",
    "Reduce to",
    "float",
    50.0,
    1.0,
    99.0,
    unit="%",
    help="of the position",
    when_choice=("action", ("reduce",)),
)

KINDS = (
    Kind(
        "risk.circuit_breaker",
        "Circuit breaker",
        "gets out after a loss and waits",
        "On a close on which the loss is `trigger_percent` or more: closes the position (or "
        "reduces it), and allows no entry on that close and the `cooldown_bars` closes after it. "
        "During that time it does not act again. Scope position: the loss of the open position in "
        "percent of its average entry price. Scope portfolio: the loss of equity since the first "
        "close on which anything is decided, or since the end of the last cooldown.",
        params=(
            Param("trigger_percent", "Loss", "float", 5.0, 0.01, 100.0, unit="%"),
            Param("cooldown_bars", "Cooldown", "int", 10, 0, 100_000, unit="bars"),
            Param("scope", "Of", "choice", "position", choices=("position", "portfolio")),
            _action("close", "reduce"),
            _REDUCE_TO,
        ),
        aliases=("kill switch", "loss limit", "daily loss", "P&L trigger"),
    ),
    Kind(
        "risk.drawdown_limit",
        "Drawdown limit",
        "halts trading when equity has fallen too far from its peak",
        "The peak is the highest equity on a close since the first one on which anything is "
        "decided. On a close on which equity is `percent` or more below it: closes the position, "
        "or reduces it, or leaves it (halt), and allows no entry on that close and the "
        "`recovery_bars` closes after it (0: for the rest of the run). After that the peak begins "
        "anew with the equity of the first close on which entries are allowed again.",
        params=(
            Param("percent", "Drawdown", "float", 10.0, 0.01, 100.0, unit="%"),
            Param("recovery_bars", "Recovery", "int", 20, 0, 100_000, unit="bars"),
            _action("close", "reduce", "halt"),
            _REDUCE_TO,
        ),
        aliases=("max drawdown", "halt", "equity stop", "drawdown stop"),
    ),
    Kind(
        "risk.safety_stop",
        "Safety stop",
        "ends everything when too much of the account is lost",
        "On a close on which equity is `max_loss_percent` or more below the cash at the start: "
        "closes the position and allows no entry for the rest of the run.",
        params=(Param("max_loss_percent", "Loss", "float", 20.0, 0.01, 100.0, unit="%"),),
        aliases=("hard safety stop", "max loss", "account stop", "ruin"),
    ),
    Kind(
        "risk.regime_exit",
        "Regime exit",
        "gets out when the market is no longer the one it was meant for",
        "While Regime is false no entry is allowed; with manual recovery that holds for the rest "
        "of the run once it has been false while a position was open. Close: a position is closed "
        "on every such close. Reduce: it is reduced on the first close of each such stretch. Halt: "
        "it is left.",
        (Port("regime", "signal", "Regime", "the market in which trading is allowed"),),
        params=(
            _action("close", "reduce", "halt"),
            _REDUCE_TO,
            Param("recovery", "Recovery", "choice", "automatic", choices=("automatic", "manual")),
        ),
        aliases=("regime filter", "market filter", "regime change"),
    ),
    Kind(
        "risk.indicator_guard",
        "Indicator guard",
        "closes or reduces positions while a condition is true",
        "While the signal is true no entry of the chosen side is allowed. Close: a position of "
        "that side is closed on every such close. Reduce: it is reduced on the first close of each "
        "such stretch.",
        (Port("when", "signal", "When", "the condition that is watched"),),
        params=(
            Param("side", "Side", "choice", "both", choices=("long", "short", "both")),
            _action("close", "reduce"),
            _REDUCE_TO,
        ),
        aliases=("veto", "guard", "emergency exit", "volatility guard"),
    ),
)
