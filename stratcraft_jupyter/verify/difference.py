"""Where code and graph first go different ways, as plain frozen values that print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderShown:
    """An order as reports show it.

    Attributes:
        bar: Bar after whose close it waited first, from 0.
        until: Last such bar.
        time: Time of the first.
        side: ``"buy"`` or ``"sell"``.
        type: ``"market"``, ``"close"``, ``"limit"``, ``"stop"`` or ``"stop_limit"``.
        size: Shares.
        price: Price of a limit or stop.
        limit: Limit of a stop-limit order.
        closes: How many of the shares end the position, where the rest opens one on the other
            side; None for all other orders.
    """

    bar: int
    until: int
    time: str
    side: str
    type: str
    size: float
    price: float | None = None
    limit: float | None = None
    closes: float | None = None

    def __str__(self) -> str:
        shares = f"{self.size:,.10g} share{'' if self.size == 1 else 's'}"
        if self.price is None:
            how = "at the market" if self.type == "market" else "at the close"
        else:
            how = f"as a {self.type.replace('_', '-')} at {self.price:,.8g}"
        bound = f", limit {self.limit:,.8g}" if self.limit is not None else ""
        return f"{self.side} {shares} {how}{bound}{self._parts}"

    @property
    def _parts(self) -> str:
        """What of a turn closes and what enters."""
        if self.closes is None:
            return ""
        side = "long" if self.side == "buy" else "short"
        return f" ({self.closes:,.10g} to close, {self.size - self.closes:,.10g} to enter {side})"


@dataclass(frozen=True, slots=True)
class NodeValue:
    """What a node of the graph had on a bar.

    Attributes:
        node_id: The node.
        title: What it is called.
        says: What it is, in words.
        values: Its outputs on that bar; None for one without a value.
        depth: How many edges it is away from the action.
    """

    node_id: str
    title: str
    says: str
    values: tuple[tuple[str, float | bool | None], ...]
    depth: int = 0

    @property
    def values_in_words(self) -> str:
        """Its outputs on that bar."""
        return ", ".join(
            f"{_value(value)}" if len(self.values) == 1 else f"{name} {_value(value)}"
            for name, value in self.values
        )

    def __str__(self) -> str:
        told = self.values_in_words
        return f"{self.title} ({self.says}): {told}" if told else f"{self.title}: {self.says}"


def _value(value: float | bool | None) -> str:
    if value is None:
        return "no value yet"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:,.8g}"


@dataclass(frozen=True, slots=True)
class BarShown:
    """A bar near the first difference, for a chart."""

    bar: int
    time: str
    open: float
    high: float
    low: float
    close: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Where code and graph first go different ways.

    Attributes:
        series: The bars on which they do.
        bar: The bar on whose close they differ, from 0.
        time: Its time.
        expected: Orders of the graph that the code has not, or not so.
        found: Orders of the code that the graph has not, or not so.
        cause: The likely cause, in one word or a few, such as ``"threshold"``.
        explanation: The likely cause in a sentence.
        node_id: The node of the graph it is about, if one is known.
        nodes: Values of the graph on that bar, from the action back to the bars.
        window: Bars around it.
        expected_orders: Orders of the graph among these bars.
        found_orders: Orders of the code among these bars.
    """

    series: str
    bar: int
    time: str
    expected: tuple[OrderShown, ...]
    found: tuple[OrderShown, ...]
    cause: str
    explanation: str
    node_id: str | None = None
    nodes: tuple[NodeValue, ...] = ()
    window: tuple[BarShown, ...] = ()
    expected_orders: tuple[OrderShown, ...] = ()
    found_orders: tuple[OrderShown, ...] = ()

    def __str__(self) -> str:
        graph = " and ".join(map(str, self.expected)) or "no such order"
        code = " and ".join(map(str, self.found)) or "no such order"
        lines = [
            f"First difference on {self.series}, decided on the close of bar {self.bar} "
            f"({self.time}):",
            f"  the graph says: {graph}",
            f"  the code has:   {code}",
            f"  likely cause:   {self.explanation}",
        ]
        lines += [f"    {'  ' * node.depth}{node}" for node in self.nodes]
        return "\n".join(lines)
