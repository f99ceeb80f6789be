"""Candlestick patterns, by the ratios of body and shadows."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, bars_input, signal_output

_NISON = "Steve Nison, Japanese Candlestick Charting Techniques, 1991; the ratios are ours"

_WORDS = (
    " The body is the distance between open and close, the range that between high and low; "
    "a bar is white when it closes above its open and black when below."
)


def _ratio(name: str, title: str, default: float, help: str, maximum: float = 1.0) -> Param:
    return Param(name, title, "float", default, 0.0, maximum, help=help)


_SMALL_BODY = _ratio("body", "Body", 0.3, "largest body, as a part of the range")
_LARGE_BODY = _ratio("body", "Body", 0.5, "smallest body, as a part of the range")
_LONG_SHADOW = _ratio("shadow", "Shadow", 2.0, "smallest long shadow, in bodies", 100.0)
_OTHER_SHADOW = _ratio("other_shadow", "Other shadow", 0.1, "largest, as a part of the range")
_TREND = Param(
    "trend_bars", "Trend", "int", 5, 1, 500, unit="bars", help="bars that show the trend before"
)
_DECLINE = (
    " It must come after a decline: the close before the pattern is below the close `trend_bars` "
    "bars earlier."
)
_ADVANCE = _DECLINE.replace("a decline", "an advance").replace("below", "above")


def _pattern(
    name: str,
    title: str,
    help: str,
    semantics: str,
    params: tuple[Param, ...],
    aliases: tuple[str, ...],
    lookback: str,
) -> Kind:
    return Kind(
        f"condition.{name}",
        title,
        help,
        semantics + _WORDS,
        bars_input(),
        signal_output(),
        params,
        aliases=(*aliases, "candlestick", "candle pattern"),
        reference=_NISON,
        lookback=lookback,
    )


KINDS = (
    _pattern(
        "doji",
        "Doji",
        "a candle that closes where it opened",
        "True when the body is at most `body` times the range.",
        (_ratio("body", "Body", 0.1, "largest body, as a part of the range"),),
        ("indecision", "cross"),
        "0",
    ),
    _pattern(
        "hammer",
        "Hammer",
        "a small body over a long lower shadow, after a decline",
        "True when the body is above 0 and at most `body` times the range, the lower shadow is at "
        "least `shadow` times the body, and the upper one at most `other_shadow` times the range."
        + _DECLINE,
        (_SMALL_BODY, _LONG_SHADOW, _OTHER_SHADOW, _TREND),
        ("bullish reversal", "pin bar"),
        "trend_bars + 1",
    ),
    _pattern(
        "inverted_hammer",
        "Inverted hammer",
        "a small body under a long upper shadow, after a decline",
        "True when the body is above 0 and at most `body` times the range, the upper shadow is at "
        "least `shadow` times the body, and the lower one at most `other_shadow` times the range."
        + _DECLINE,
        (_SMALL_BODY, _LONG_SHADOW, _OTHER_SHADOW, _TREND),
        ("bullish reversal",),
        "trend_bars + 1",
    ),
    _pattern(
        "shooting_star",
        "Shooting star",
        "a small body under a long upper shadow, after an advance",
        "True when the body is above 0 and at most `body` times the range, the upper shadow is at "
        "least `shadow` times the body, and the lower one at most `other_shadow` times the range."
        + _ADVANCE,
        (_SMALL_BODY, _LONG_SHADOW, _OTHER_SHADOW, _TREND),
        ("bearish reversal", "pin bar"),
        "trend_bars + 1",
    ),
    _pattern(
        "bullish_engulfing",
        "Bullish engulfing",
        "a white body round the black one before it",
        "True when a black bar is followed by a white one that opens at or below its close and "
        "closes at or above its open, with a larger body.",
        (),
        ("engulfing", "outside bar", "bullish reversal"),
        "1",
    ),
    _pattern(
        "bearish_engulfing",
        "Bearish engulfing",
        "a black body round the white one before it",
        "True when a white bar is followed by a black one that opens at or above its close and "
        "closes at or below its open, with a larger body.",
        (),
        ("engulfing", "outside bar", "bearish reversal"),
        "1",
    ),
    _pattern(
        "bullish_harami",
        "Bullish harami",
        "a small body within the large black one before it",
        "True when a black bar whose body is at least `body` times its range is followed by a "
        "white one whose open and close both lie within that body, with a smaller body.",
        (_LARGE_BODY,),
        ("harami", "inside bar", "bullish reversal"),
        "1",
    ),
    _pattern(
        "bearish_harami",
        "Bearish harami",
        "a small body within the large white one before it",
        "True when a white bar whose body is at least `body` times its range is followed by a "
        "black one whose open and close both lie within that body, with a smaller body.",
        (_LARGE_BODY,),
        ("harami", "inside bar", "bearish reversal"),
        "1",
    ),
    _pattern(
        "morning_star",
        "Morning star",
        "a long black bar, a small one, and a white one that takes back half",
        "True when a black bar whose body is at least `body` times its range is followed by one "
        "whose body is at most `star` times that body and ends below its middle, and then by a "
        "white one that closes above the middle of the first body. No gaps are asked for.",
        (_LARGE_BODY, _ratio("star", "Star", 0.3, "largest middle body, in first bodies")),
        ("bullish reversal", "star"),
        "2",
    ),
    _pattern(
        "evening_star",
        "Evening star",
        "a long white bar, a small one, and a black one that takes back half",
        "True when a white bar whose body is at least `body` times its range is followed by one "
        "whose body is at most `star` times that body and ends above its middle, and then by a "
        "black one that closes below the middle of the first body. No gaps are asked for.",
        (_LARGE_BODY, _ratio("star", "Star", 0.3, "largest middle body, in first bodies")),
        ("bearish reversal", "star"),
        "2",
    ),
    _pattern(
        "three_white_soldiers",
        "Three white soldiers",
        "three long white bars, each closing higher",
        "True when the last three bars are white, each body is at least `body` times its range, "
        "and each but the first opens within the body before it and closes above its close.",
        (_LARGE_BODY,),
        ("advance", "soldiers", "bullish"),
        "2",
    ),
    _pattern(
        "three_black_crows",
        "Three black crows",
        "three long black bars, each closing lower",
        "True when the last three bars are black, each body is at least `body` times its range, "
        "and each but the first opens within the body before it and closes below its close.",
        (_LARGE_BODY,),
        ("decline", "crows", "bearish"),
        "2",
    ),
    _pattern(
        "marubozu",
        "Marubozu",
        "a candle that is nearly all body",
        "True when the range is above 0 and the body at least `body` times the range, and the bar "
        "is of the chosen colour.",
        (
            _ratio("body", "Body", 0.95, "smallest body, as a part of the range"),
            Param("colour", "Colour", "choice", "either", choices=("white", "black", "either")),
        ),
        ("shaven", "full body", "strong candle"),
        "0",
    ),
    _pattern(
        "candle_pattern",
        "Candlestick pattern",
        "any bullish, bearish or reversal pattern",
        "True when any of these is found, with the defaults of their own kinds. Bullish: hammer, "
        "inverted hammer, bullish engulfing, bullish harami, morning star, three white soldiers. "
        "Bearish: shooting star, bearish engulfing, bearish harami, evening star, three black "
        "crows. Reversal: all of these but the soldiers and the crows.",
        (
            Param(
                "group",
                "Patterns",
                "choice",
                "bullish",
                choices=("bullish", "bearish", "reversal"),
            ),
        ),
        ("pattern", "bullish pattern", "bearish pattern", "reversal pattern", "candlesticks"),
        "6",
    ),
)
