"""Random texts of expressions: sums of prices and indicators, and conditions on them."""

import random

_PRICES = ("open", "high", "low", "close")
_AVERAGES = ("sma", "ema", "wma", "highest", "lowest")
_DIGITS = (0.97, 0.99, 1.0, 1.01, 1.03)


def random_number(rng: random.Random, depth: int = 1) -> str:
    """The text of a series near the price; it may read the inputs a and b."""
    price = rng.choice(_PRICES)
    if depth == 0:
        return rng.choice([price, f"{price}[{rng.randint(1, 3)}]"])
    inner = random_number(rng, depth - 1)
    period = rng.randint(2, 6)
    return rng.choice(
        [
            price,
            f"{rng.choice(_AVERAGES)}({price}, {period})",
            f"{rng.choice(_AVERAGES)}({price}, period={period})[1]",
            f"{inner} * {rng.choice(_DIGITS)}",
            f"({inner} + {price}) / 2",
            f"{rng.choice(['min', 'max'])}({inner}, {price})",
            f"{inner} - 0.2 * atr({period})",
            f"-(-{inner})",
            f"bollinger_bands({price}, {period + 3}).{rng.choice(['upper', 'middle', 'lower'])}",
            f"0.5 * {inner} + 0.5 * {price}",
            f"abs({inner} - {price}) + close",
        ]
    )


def random_condition(rng: random.Random, depth: int = 1) -> str:
    """The text of a condition that is often true; it may read the inputs a and b."""
    number = next(text for text in iter(lambda: random_number(rng), "") if text != "close")
    left = rng.choice([price for price in _PRICES if price != number])
    compared = f"{left} {rng.choice(['>', '<', '>=', '<='])} {number}"
    if depth == 0:
        return compared
    inner = random_condition(rng, depth - 1)
    return rng.choice(
        [
            compared,
            f"{compared} and not ({inner})",
            f"{inner} or {compared}",
            f"vote({compared}, {inner}, close > open, count={rng.randint(1, 2)})",
            f"rsi(close, {rng.randint(2, 6)}) > {rng.randint(35, 65)} or {inner}",
            f"crosses_above(close, {number}) or crosses_below({number}, close)",
            f"volume > 0.9 * sma(volume, {rng.randint(2, 6)}) and {compared}",
            f"becomes_true({inner}) or rising(close, 2)",
            f"a > b or {inner}",
        ]
    )
