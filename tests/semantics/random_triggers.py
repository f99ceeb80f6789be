"""Signals that are true on many bars, plain or mixed with whatever was drawn."""

import random

from semantics.random_expressions import random_condition, random_number
from semantics.random_signals import SignalDraw

_AVERAGES = ("sma", "ema", "wma", "highest", "lowest")
_PRICES = ("open", "high", "low", "close")


class TriggerDraw:
    """Draws signals that are often true from what was drawn already."""

    def __init__(self, rng: random.Random, drawn: SignalDraw) -> None:
        self.rng, self.drawn = rng, drawn
        self.anything = list(drawn.signals)

    def plain(self) -> str:
        """A signal that is true on a good part of any bars, and not on all."""
        rng, put = self.rng, self.drawn.put
        price = f"bars.{rng.choice(_PRICES)}"
        match rng.randint(0, 7):
            case 0 | 1:
                kind = f"indicator.{rng.choice(_AVERAGES[:3])}"
                line = put(kind, {"period": rng.randint(2, 6)}, source=price)
                operator = rng.choice([">", ">=", "<", "<="])
                return put(
                    "condition.compare", {"operator": operator}, left="bars.close", right=line
                )
            case 2:
                kind = rng.choice(["condition.rising", "condition.falling"])
                return put(kind, {"bars": rng.randint(1, 2)}, source=price)
            case 3:
                return put(
                    "condition.percent_move",
                    {"bars": rng.randint(1, 3), "percent": 0.5, "direction": self._direction()},
                    source=price,
                )
            case 4:
                line = put("indicator.sma", {"period": rng.randint(2, 5)}, source=price)
                return put("condition.crosses", {}, left="bars.close", right=line)
            case 5:
                kind = rng.choice(["condition.is_highest", "condition.is_lowest"])
                return put(kind, {"bars": rng.randint(2, 3)}, source=price)
            case 6:
                line = put("indicator.rsi", {"period": rng.randint(2, 5)}, source=price)
                limits = {"low_value": 20.0, "high_value": float(rng.randint(50, 80))}
                return put("condition.between", limits, source=line)
            case _:
                return self.expression()

    def _direction(self) -> str:
        return self.rng.choice(["up", "down", "either"])

    def expression(self) -> str:
        """A condition written as text, on the bars and two drawn series."""
        rng, put = self.rng, self.drawn.put
        number = put(
            "math.expression", {"text": random_number(rng)}, bars="bars.bars", a="bars.high"
        )
        return put(
            "condition.expression",
            {"text": random_condition(rng)},
            bars="bars.bars",
            a=number,
            b=f"bars.{rng.choice(_PRICES)}",
        )

    def draw(self) -> str:
        """Such a signal, or one that mixes one with anything that was drawn."""
        rng, put = self.rng, self.drawn.put
        plain, other = self.plain(), rng.choice(self.anything)
        match rng.randint(0, 13):
            case 0 | 1 | 2:
                return plain
            case 3 | 4:
                return put("logic.or", {}, signals=[plain, other])
            case 5:
                no = put("logic.not", {}, signal=other)
                return put("logic.and", {}, signals=[plain, no])
            case 6:
                params = {"count": rng.choice([1, 2]), "how": rng.choice(["at least", "exactly"])}
                return put("logic.vote", params, signals=[plain, other, self.plain()])
            case 7:
                return put("logic.latch", {}, set=plain, reset=self.plain())
            case 8:
                return put("logic.becomes_true", {}, signal=plain)
            case 9:
                return put("logic.lasts", {"bars": rng.choice([1, 2])}, signal=plain)
            case 10:
                bars = {"bars": rng.randint(1, 4)}
                return put("logic.sequence", bars, first=plain, second=self.plain())
            case 11:
                return put("regime.custom", {}, signal=plain)
            case _:
                return other

    def mostly(self) -> str:
        """A signal that is true on most bars."""
        signals = [self.plain(), self.plain(), self.rng.choice(self.anything)]
        return self.drawn.put("logic.or", {}, signals=signals)
