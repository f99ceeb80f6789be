"""Indicators whose last digit is certain: computed here in the order of operations they have."""

_NAMES = """
    accumulation_distribution adx adxr all_non_zero any_non_zero apo aroon atr
    awesome_oscillator bollinger_bands bollinger_percent cci chandelier_exit cmf crossover
    cumulative_sum dema dema_oscillator demark_pivot dickson_average dickson_oscillator
    directional_indicator directional_movement donchian_channels down_day down_day_boolean
    down_move dpo ema ema_oscillator exponential_smoothing fibonacci_pivot
    first_index_of_highest first_index_of_lowest fractal heikin_ashi heikin_ashi_delta
    highest hma hma_oscillator ichimoku keltner_channel laguerre_filter
    last_index_of_highest last_index_of_lowest lowest macd mean_deviation obv parabolic_sar
    percent_change percent_rank pivot_point ppo ppo_short pretty_good_oscillator pvt rmi
    rolling_sum rolling_vwap rsi rsi_ema rsi_sma session_range sma sma_oscillator smma
    smma_oscillator supertrend tema tema_oscillator true_high true_low true_range up_day
    up_day_boolean up_move vortex weighted_average williams_ad williams_r wma wma_oscillator
    zero_lag zigzag zlema zlema_oscillator
"""

CERTAIN = {f"indicator.{name}" for name in _NAMES.split()}
"""From equal numbers these give equal numbers, so comparing them is never too close to call."""
