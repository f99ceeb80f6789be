"""What the tooltip says about the candle under the mouse, as HTML."""

from html import escape

from stratcraft_jupyter.widgets import numbers
from stratcraft_jupyter.widgets.charts.aggregate import Candles
from stratcraft_jupyter.widgets.charts.data import ChartData


def hover_html(data: ChartData, candles: Candles, position: float) -> str:
    """Dates, prices, volume and account of the candle at ``position`` of the bar axis."""
    row = int((round(position) - candles.start[0]) // candles.size)
    row = min(max(row, 0), len(candles) - 1)
    first = int(candles.start[row])
    last = min(first + candles.size, len(data)) - 1
    time = data.bars.time
    title = numbers.moment(time[first])
    if last > first:
        title += f" to {numbers.moment(time[last])} ({last - first + 1:,} bars)"
    lines = (
        ("Open", numbers.price(float(candles.open[row]))),
        ("High", numbers.price(float(candles.high[row]))),
        ("Low", numbers.price(float(candles.low[row]))),
        ("Close", numbers.price(float(candles.close[row]))),
        ("Volume", numbers.short(float(candles.volume[row]))),
        ("Equity", numbers.plain(float(data.equity[last]), 0)),
        ("Buy and hold", numbers.plain(float(data.benchmark[last]), 0)),
        ("Drawdown", numbers.percent(float(data.drawdown[last]))),
    )
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in lines
    )
    return (
        f'<table class="jp-StratCraft-Hover"><caption>{escape(title)}</caption>'
        f"<tbody>{rows}</tbody></table>"
    )
