"""Paragraphs that are held by hand-made tests outside this folder."""

SAYS_NO_RULE = {"What a strategy means: This is the exact meaning"}
"""What it says of the document as a whole is what all the other tests check."""

_INDICATORS = {
    "Simple moving average": "test_sma_is_the_mean",
    "Exponential moving average": "test_ema_starts_as_the_mean_and_moves_by_its_share",
    "Weighted moving average": "test_wma_weighs_the_present_value_most",
    "Relative strength index": "test_rsi_sets_smoothed_rises_against_smoothed_falls",
    "MACD": "test_macd_signal_line_is_the_average_of_the_macd_and_the_histogram_their_difference",
    "Average true range": "test_atr_is_the_smoothed_true_range_from_the_second_bar_on",
    "Standard deviation": "test_standard_deviation_is_that_of_the_population",
    "Bollinger bands": "test_bollinger_bands_lie_deviations_round_the_mean",
    "Highest value": "test_highest_and_lowest_include_the_present_value",
    "Lowest value": "test_highest_and_lowest_include_the_present_value",
    "Donchian channels": "test_donchian_channels_are_highest_high_and_lowest_low",
}
_MATH = {
    **dict.fromkeys(
        (
            *("Add", "Subtract", "Multiply", "Absolute value", "Smaller of", "Larger of"),
            "Z-score",
        ),
        "semantics/test_math_kinds.py::test_value_on_a_bar",
    ),
    "Formula": "semantics/test_expressions.py::test_a_formula_is_a_series_as_any_other",
}
_SERIES = {
    **dict.fromkeys(
        (
            *("Between", "Rising", "Falling", "Is highest", "Is lowest", "Percent move"),
            "Volume spike",
        ),
        "test_bars_on_which_it_is_true",
    ),
    "Crosses": "test_crosses_either_way",
    "Band break": "test_band_break_is_true_on_the_bar_that_leaves",
    "Volatility threshold": "test_volatility_threshold",
    "Divergence": "test_bullish_divergence_is_known_after_the_swing",
}
_TIMES = {
    "Time of day": "test_time_of_day",
    "Weekday": "test_weekday",
    "Month": "test_month",
    "First bar of the day": "test_first_bar_of_the_day",
    "Last bar of the day": "test_last_bar_of_the_day_is_the_first_at_or_after_a_time",
}
_CANDLES = (
    *("The body of a bar", "Doji", "Hammer", "Inverted hammer", "Shooting star"),
    *("Bullish engulfing", "Bearish engulfing", "Bullish harami", "Bearish harami"),
    *("Morning star", "Evening star", "Three white soldiers", "Three black crows", "Marubozu"),
)
_LOGIC = {
    "And": "semantics/test_conditions.py::test_and_is_true_when_all_are",
    "Or": "semantics/test_conditions.py::test_or_is_true_when_any_is",
    "Not": "semantics/test_conditions.py::test_not_is_true_when_the_signal_is_false",
    "Vote": "semantics/test_logic_kinds.py::test_vote",
    "Sequence": "semantics/test_logic_kinds.py::test_sequence_within_so_many_bars",
}
_VOLATILITY = ("High volatility", "Low volatility")


def _held(section: str, tests: dict[str, str], file: str = "") -> dict[str, str]:
    return {f"{section}: {name}": f"{file}{test}" for name, test in tests.items()}


COVERED_ELSEWHERE = {
    **_held("Indicators", _INDICATORS, "semantics/test_indicators.py::"),
    **_held("Math", _MATH),
    **_held("Conditions", _SERIES, "semantics/test_series_conditions.py::"),
    **_held("Conditions", _TIMES, "semantics/test_time_conditions.py::"),
    "Conditions: Crosses below": "semantics/test_conditions.py::"
    "test_crosses_below_is_true_on_the_bar_of_the_cross_alone",
    **_held(
        "Candlestick patterns",
        dict.fromkeys(_CANDLES, "test_pattern_is_found_on_its_last_bar"),
        "semantics/test_candles.py::",
    ),
    "Candlestick patterns: Candlestick pattern": "semantics/test_candles.py::"
    "test_group_finds_its_patterns",
    **_held("Logic", _LOGIC),
    **_held(
        "Regimes",
        dict.fromkeys(_VOLATILITY, "test_volatility_ranks_among_the_last_values"),
        "semantics/test_regimes.py::",
    ),
    "Regimes: Consolidation": "semantics/test_regimes.py::test_consolidation_is_the_narrowest_band",
}
"""By paragraph, a test given by its file in `tests/` and its name."""
