"""How strong a trend is, and which way it goes."""

from dataclasses import replace

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Port,
    bars_input,
    period_param,
    value_output,
)

_WILDER = "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978"
_MOVES = (
    "The up-move of a bar is its high minus the high before, the down-move the low before minus "
    "its low. The larger of both counts if it is above 0, the other one not; where they are equal "
    "neither does."
)
_INDEX = (
    "The index of a bar is |+DI - -DI| / (+DI + -DI), and the ADX is 100 times Wilder's smoothed "
    "average of it over `period` bars."
)
_SEEDS = "seeded with plain means, unlike TA-Lib"
_STOPS = (
    "If neither move has ever counted, as at one price throughout, the run stops with a division "
    "by zero."
)
_PERIOD = replace(period_param(14), minimum=2)
_PLUS = Port("plus", "series", "+DI", "share of upward movement", minimum=0)
_MINUS = Port("minus", "series", "-DI", "share of downward movement", minimum=0)
_ADX = Port("adx", "series", "ADX", "strength of the trend", minimum=0, maximum=100)
_ADXR = Port("adxr", "series", "ADXR", "mean of the ADX now and before", minimum=0, maximum=100)
_LINES = (
    "+DI and -DI are 100 times Wilder's smoothed averages of the up-moves and the down-moves, "
    "divided by the average true range, all over `period` bars."
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.adx",
        "Average directional index",
        "strength of a trend, whichever way it goes, 0 to 100",
        f"{_MOVES} {_LINES} {_INDEX} {_STOPS}",
        bars_input(),
        value_output("ADX", minimum=0, maximum=100),
        (_PERIOD,),
        aliases=("ADX", "trend strength", "Average Directional Movement Index"),
        formula="100 * SMMA(|+DI - -DI| / (+DI + -DI), n)",
        reference=f"{_WILDER}; backtrader ADX; {_SEEDS}",
        short="ADX",
        lookback="2 * period - 1",
    ),
    Kind(
        "indicator.adxr",
        "Average directional index rating",
        "mean of the ADX now and n bars ago, 0 to 100",
        "The mean of the ADX now and the ADX `period` bars ago. The ADX over the same period is "
        f"that of the average directional index. {_STOPS}",
        bars_input(),
        value_output("ADXR", minimum=0, maximum=100),
        (_PERIOD,),
        aliases=("ADXR", "trend strength", "Average Directional Movement Index Rating"),
        formula="(ADX(n)[t] + ADX(n)[t-n]) / 2",
        reference=f"{_WILDER}; backtrader ADXR; {_SEEDS}",
        short="ADXR",
        lookback="3 * period - 1",
    ),
    Kind(
        "indicator.directional_indicator",
        "Directional indicator",
        "shares of upward and downward movement, 0 to 100",
        f"{_MOVES} `plus` and `minus` are 100 times Wilder's smoothed averages of the up-moves and "
        "the down-moves, divided by the average true range, all over `period` bars. If no price "
        "has changed since the first bar the run stops with a division by zero.",
        bars_input(),
        (_PLUS, _MINUS),
        (_PERIOD,),
        aliases=(
            "+DI",
            "-DI",
            "PlusDI",
            "MinusDI",
            "DI",
            "Plus Directional Indicator",
            "DMI",
            "Minus Directional Indicator",
        ),
        formula="plus = 100 * SMMA(up-moves, n) / ATR(n); "
        "minus = 100 * SMMA(down-moves, n) / ATR(n)",
        reference=f"{_WILDER}; backtrader DirectionalIndicator; {_SEEDS}",
        short="DI",
        lookback="period",
    ),
    Kind(
        "indicator.directional_movement",
        "Directional movement",
        "the lines +DI and -DI with the ADX and the ADXR",
        f"{_MOVES} {_LINES} {_INDEX} The ADXR is the mean of the ADX now and `period` bars ago. "
        f"{_STOPS}",
        bars_input(),
        (_ADX, _ADXR, _PLUS, _MINUS),
        (_PERIOD,),
        aliases=("DMI", "DM", "ADX", "ADXR", "+DI", "-DI", "Directional Movement Index"),
        formula="plus, minus = 100 * SMMA(moves, n) / ATR(n); "
        "adx = 100 * SMMA(|plus - minus| / (plus + minus), n); adxr = (adx[t] + adx[t-n]) / 2",
        reference=f"{_WILDER}; backtrader DirectionalMovement; {_SEEDS}",
        short="DMI",
        lookback="3 * period - 1",
    ),
    Kind(
        "indicator.aroon",
        "Aroon",
        "how recent the highest and the lowest price are, 0 to 100",
        "`up` is 100 if the present bar has the highest high of the last `period` + 1 bars, and 0 "
        "if the oldest of them has; of equal highs the latest counts. `down` is the same of the "
        "lowest low, `oscillator` is `up` minus `down`, -100 to 100.",
        bars_input(),
        (
            Port("up", "series", "Up", "how recent the highest high is", minimum=0, maximum=100),
            Port("down", "series", "Down", "how recent the lowest low is", minimum=0, maximum=100),
            Port("oscillator", "series", "Oscillator", "up minus down", minimum=-100, maximum=100),
        ),
        (period_param(14),),
        aliases=(
            "Aroon up component",
            "Aroon down component",
            "Aroon oscillator",
            "AroonUpDown",
            "Aroon indicator",
            "AroonOsc",
            "Aroon Up/Down Combined",
            "Aroon Up/Down Oscillator",
        ),
        formula="up = 100 * (n - bars since max(high, n+1)) / n; "
        "down = 100 * (n - bars since min(low, n+1)) / n",
        reference="Tushar Chande, Stocks & Commodities, 1995; backtrader AroonUpDownOscillator; "
        "the same as TA-Lib",
        short="Aroon",
        lookback="period",
    ),
    Kind(
        "indicator.vortex",
        "Vortex",
        "upward and downward movement between neighbouring bars",
        "`plus` is the sum of |high - low before| over the last `period` bars, `minus` that of "
        "|low - high before|, each divided by the sum of the true ranges. Where these are all 0, "
        "which takes more than `period` bars at one price, the run stops with a division by zero.",
        bars_input(),
        (
            Port("plus", "series", "VI+", "upward movement", minimum=0),
            Port("minus", "series", "VI-", "downward movement", minimum=0),
        ),
        (replace(period_param(14), minimum=2),),
        aliases=("VI", "VI+", "VI-", "vortex indicator"),
        formula="plus = sum(|high[t] - low[t-1]|, n) / sum(true range, n); "
        "minus = sum(|low[t] - high[t-1]|, n) / sum(true range, n)",
        reference="Etienne Botes and Douglas Siepman, Stocks & Commodities, 2010; "
        "backtrader Vortex",
        short="Vortex",
        lookback="period",
    ),
)
