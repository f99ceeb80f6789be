"""The panels of the chart: horizontal bands of one figure, each with its own y scale.

One figure with one bar axis keeps the panels aligned to the pixel and moves them as one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """A panel.

    Attributes:
        name: Short name of its parts.
        title: What it shows.
        bottom: Its lower edge as a part of the figure's height, from below.
        top: Its upper edge.
        ticks: Most ticks on its axis.
    """

    name: str
    title: str
    bottom: float
    top: float
    ticks: int

    def domain(self, low: float, high: float) -> tuple[float, float]:
        """The ends of a y scale over the whole figure that puts ``low`` to ``high`` here."""
        per_part = (high - low) / (self.top - self.bottom)
        return low - self.bottom * per_part, high + (1.0 - self.top) * per_part


PRICE = Band("price", "Price", 0.46, 1.0, 6)
VOLUME = Band("volume", "Volume", 0.345, 0.44, 2)
EQUITY = Band("equity", "Equity and buy and hold", 0.145, 0.325, 3)
DRAWDOWN = Band("drawdown", "Drawdown", 0.0, 0.125, 2)

BANDS = (PRICE, VOLUME, EQUITY, DRAWDOWN)
