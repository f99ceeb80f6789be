"""The settings of one backtest: money, costs, dates and limits."""

import datetime
import json
import math
from dataclasses import dataclass, fields
from typing import Any

from stratcraft_jupyter.errors import BacktestError, did_you_mean

_DATES = ("start", "end")


@dataclass(frozen=True, slots=True)
class BacktestConfig:
    """Money, costs, dates and limits of one backtest.

    Attributes:
        cash: Money at the start, above 0.
        commission: Cost of each fill as a fraction of its value; 0.001 is 0.1 %.
        slippage: How much worse than the quoted price a market or stop order fills, as a
            fraction of the price; a fill never leaves the range of its bar.
        start: First day to run, or None for the first bar.
        end: Last day to run, included, or None for the last bar.
        time_limit: Seconds after which the run is stopped.
        sizing_percent: Percent of the cash that ``self.buy()`` and ``self.sell()`` without a
            size put into a new position (shares may be fractional). With a position open, they
            trade as many shares as are held.
    """

    cash: float = 100_000.0
    commission: float = 0.001
    slippage: float = 0.0
    start: datetime.date | None = None
    end: datetime.date | None = None
    time_limit: float = 60.0
    sizing_percent: float = 95.0

    def __post_init__(self) -> None:
        for name in ("cash", "commission", "slippage", "time_limit", "sizing_percent"):
            object.__setattr__(self, name, _number(name, getattr(self, name)))
        for name in _DATES:
            object.__setattr__(self, name, _date(name, getattr(self, name)))
        _require(self.cash > 0, "cash", self.cash, "above 0")
        _require(0 <= self.commission < 1, "commission", self.commission, "from 0 to below 1")
        _require(0 <= self.slippage < 1, "slippage", self.slippage, "from 0 to below 1")
        _require(self.time_limit > 0, "time_limit", self.time_limit, "above 0 seconds")
        _require(
            0 < self.sizing_percent <= 100, "sizing_percent", self.sizing_percent, "above 0, to 100"
        )
        if self.start and self.end and self.start > self.end:
            raise BacktestError(
                f"The backtest starts on {self.start}, after its end on {self.end}.",
                hint="Choose a start date before the end date.",
                kind="config",
            )

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON-ready data; dates are ISO text."""
        data = {field.name: getattr(self, field.name) for field in fields(self)}
        return data | {name: data[name] and data[name].isoformat() for name in _DATES}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "BacktestConfig":
        """The settings in ``data``, as ``to_dict`` writes them; unknown keys are refused."""
        known = [field.name for field in fields(cls)]
        for name in data:
            if name not in known:
                raise BacktestError(
                    f"There is no backtest setting named {name!r}.",
                    hint=did_you_mean(str(name), known),
                    kind="config",
                )
        return cls(**data)

    def to_json(self) -> str:
        """The settings as JSON text."""
        return json.dumps(self.to_dict(), indent=2, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "BacktestConfig":
        """The settings in JSON ``text``."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BacktestError(
                "These backtest settings are not valid JSON.",
                hint="Write them with BacktestConfig.to_json().",
                kind="config",
            ) from error
        if not isinstance(data, dict):
            raise BacktestError(
                "Backtest settings must be a JSON object.",
                hint="Write them with BacktestConfig.to_json().",
                kind="config",
            )
        return cls.from_dict(data)


def _number(name: str, value: object) -> float:
    usable = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not usable or not math.isfinite(value):  # type: ignore[arg-type]  # usable says it is a number
        raise BacktestError(
            f"The backtest setting {name} is {value!r}, which is not a number.",
            hint=f"Give {name} as a plain number.",
            kind="config",
        )
    return float(value)  # type: ignore[arg-type]  # checked above


def _date(name: str, value: object) -> datetime.date | None:
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            value = object()
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, datetime.date):
        return value
    raise BacktestError(
        f"The backtest setting {name} is not a date.",
        hint=f'Give {name} as datetime.date or as text like "2010-01-31".',
        kind="config",
    )


def _require(holds: bool, name: str, value: float, wanted: str) -> None:
    if not holds:
        raise BacktestError(
            f"The backtest setting {name} is {value:g}; it must be {wanted}.",
            hint=f"Change {name}.",
            kind="config",
        )
