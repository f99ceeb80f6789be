"""What each kind between indicators and actions says, with the edges it is tried with."""

PHRASES = {
    "data.timeframe": ("bars.bars -> x.bars", "weekly bars"),
    "data.symbol": ("", "the bars of MSFT"),
    "data.position": ("", "the position"),
    "math.add": ("bars.close -> x.left\nbars.open -> x.right", "(close + open)"),
    "math.subtract": ("bars.close -> x.left\nbars.open -> x.right", "(close - open)"),
    "math.multiply": ("bars.close -> x.left\nbars.open -> x.right", "(close x open)"),
    "math.divide": ("bars.close -> x.left\nbars.open -> x.right", "(close / open)"),
    "math.absolute": ("bars.close -> x.source", "the absolute value of close"),
    "math.minimum": ("bars.close -> x.left\nbars.open -> x.right", "the smaller of (close, open)"),
    "math.maximum": ("bars.close -> x.left\nbars.open -> x.right", "the larger of (close, open)"),
    "math.change": ("bars.close -> x.source", "the change of close over one bar"),
    "math.z_score": ("bars.close -> x.source", "Z-score(20) of close"),
    "condition.between": (
        "bars.close -> x.source\nbars.open -> x.low\nbars.low -> x.high",
        "close is between open and low",
    ),
    "condition.crosses": ("bars.close -> x.left\nbars.open -> x.right", "close crosses open"),
    "condition.rising": ("bars.close -> x.source", "close has been rising for 3 bars"),
    "condition.falling": ("bars.close -> x.source", "close has been falling for 3 bars"),
    "condition.is_highest": ("bars.close -> x.source", "close is at its highest in 20 bars"),
    "condition.is_lowest": ("bars.close -> x.source", "close is at its lowest in 20 bars"),
    "condition.percent_move": ("bars.close -> x.source", "close is up at least 5 % over 5 bars"),
    "condition.band_break": (
        "bars.close -> x.source\nbars.open -> x.band",
        "close breaks above open",
    ),
    "condition.volatility_threshold": (
        "bars.close -> x.source",
        "the volatility of close over 20 bars is above 5 %",
    ),
    "condition.volume_spike": (
        "bars.close -> x.source",
        "close is above 2 x its average of the 20 bars before",
    ),
    "condition.divergence": (
        "bars.close -> x.price\nbars.open -> x.oscillator",
        "close and open show a bullish divergence (swings confirmed by 3 bars, at most 60 bars "
        "apart)",
    ),
    "condition.time_of_day": ("bars.bars -> x.bars", "the time is from 09:30 until before 16:00"),
    "condition.weekday": (
        "bars.bars -> x.bars",
        "it is one of Monday, Tuesday, Wednesday, Thursday, Friday",
    ),
    "condition.month": ("bars.bars -> x.bars", "it is any month"),
    "condition.first_bar_of_day": ("bars.bars -> x.bars", "it is the first bar of the day"),
    "condition.last_bar_of_day": (
        "bars.bars -> x.bars",
        "it is the first bar of the day at or after 15:55",
    ),
    "condition.doji": ("bars.bars -> x.bars", "there is a doji (body at most 0.1 of the range)"),
    "condition.hammer": (
        "bars.bars -> x.bars",
        "there is a hammer (body at most 0.3 of the range, lower shadow at least 2 x the body, "
        "upper one at most 0.1 of the range, after a decline over 5 bars)",
    ),
    "condition.inverted_hammer": (
        "bars.bars -> x.bars",
        "there is an inverted hammer (body at most 0.3 of the range, upper shadow at least 2 x "
        "the body, lower one at most 0.1 of the range, after a decline over 5 bars)",
    ),
    "condition.shooting_star": (
        "bars.bars -> x.bars",
        "there is a shooting star (body at most 0.3 of the range, upper shadow at least 2 x the "
        "body, lower one at most 0.1 of the range, after an advance over 5 bars)",
    ),
    "condition.bullish_engulfing": ("bars.bars -> x.bars", "there is a bullish engulfing pattern"),
    "condition.bearish_engulfing": ("bars.bars -> x.bars", "there is a bearish engulfing pattern"),
    "condition.bullish_harami": (
        "bars.bars -> x.bars",
        "there is a bullish harami (body of the first bar at least 0.5 of its range)",
    ),
    "condition.bearish_harami": (
        "bars.bars -> x.bars",
        "there is a bearish harami (body of the first bar at least 0.5 of its range)",
    ),
    "condition.morning_star": (
        "bars.bars -> x.bars",
        "there is a morning star (body of the first bar at least 0.5 of its range, body of the "
        "second at most 0.3 x that)",
    ),
    "condition.evening_star": (
        "bars.bars -> x.bars",
        "there is an evening star (body of the first bar at least 0.5 of its range, body of the "
        "second at most 0.3 x that)",
    ),
    "condition.three_white_soldiers": (
        "bars.bars -> x.bars",
        "there are three white soldiers (each body at least 0.5 of its range)",
    ),
    "condition.three_black_crows": (
        "bars.bars -> x.bars",
        "there are three black crows (each body at least 0.5 of its range)",
    ),
    "condition.marubozu": (
        "bars.bars -> x.bars",
        "there is a marubozu (body at least 0.95 of the range)",
    ),
    "condition.candle_pattern": ("bars.bars -> x.bars", "there is a bullish candlestick pattern"),
    "condition.expression": ("bars.bars -> x.bars", "close is above SMA(20) of close"),
    "math.expression": ("bars.bars -> x.bars", "((high + low) / 2)"),
    "logic.vote": (
        "up.signal -> x.signals",
        "(at least 2 of these are true: close crosses above 100)",
    ),
    "logic.sequence": (
        "up.signal -> x.first\ndown.signal -> x.second",
        "(close crosses below 100, 1 to 5 bars after close crosses above 100)",
    ),
    "logic.lasts": ("up.signal -> x.signal", "close crosses above 100 for 3 bars in a row"),
    "logic.becomes_true": ("up.signal -> x.signal", "it becomes true that close crosses above 100"),
    "logic.latch": (
        "up.signal -> x.set\ndown.signal -> x.reset",
        "(a latch is on: set when close crosses above 100, reset when close crosses below 100)",
    ),
    "regime.trending_up": (
        "bars.bars -> x.bars",
        "the market is trending up (ADX(14) above 25, +DI above -DI)",
    ),
    "regime.trending_down": (
        "bars.bars -> x.bars",
        "the market is trending down (ADX(14) above 25, -DI above +DI)",
    ),
    "regime.ranging": ("bars.bars -> x.bars", "the market is ranging (ADX(14) below 20)"),
    "regime.high_volatility": (
        "bars.bars -> x.bars",
        "the market is volatile (ATR(14) / close ranks 80 % or above among its last 100 values)",
    ),
    "regime.low_volatility": (
        "bars.bars -> x.bars",
        "the market is quiet (ATR(14) / close ranks 20 % or below among its last 100 values)",
    ),
    "regime.consolidation": (
        "bars.bars -> x.bars",
        "the market is consolidating (standard deviation / mean of close over 20 bars ranks 10 "
        "% or below among its last 125 values)",
    ),
    "regime.custom": (
        "up.signal -> x.signal",
        'the regime is "my regime" (close crosses above 100)',
    ),
}
