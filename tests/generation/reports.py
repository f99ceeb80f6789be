"""Reports of verifications as values: of code that follows its strategy, and code that does not."""

from stratcraft_jupyter.verify import (
    Check,
    Coverage,
    Difference,
    NodeValue,
    OrderShown,
    VerificationReport,
)
from stratcraft_jupyter.verify.difference import BarShown

SAME = VerificationReport(
    strategy="SMA cross",
    graph_hash="a" * 64,
    source_hash="b" * 64,
    checks=(
        Check(
            "SC610", "same orders as the graph", "passed", "151 orders on 4 series are the same."
        ),
    ),
    first_difference=None,
    coverage=Coverage(4, 151, 7, 7, 34, 31, ("period 10 instead of 11",)),
    seconds=(("run", 0.5),),
)
_BUY = OrderShown(57, 57, "2000-03-23", "buy", "market", 1234.0)
DIFFERS = VerificationReport(
    strategy="SMA cross",
    graph_hash="a" * 64,
    source_hash="c" * 64,
    checks=(
        Check("SC610", "same orders as the graph", "failed", "The orders differ on 4 of 4 series."),
    ),
    first_difference=Difference(
        series="AAPL (1d)",
        bar=57,
        time="2000-03-23",
        expected=(_BUY,),
        found=(),
        cause="one bar late",
        explanation="the code behaves as if the signal came one bar late.",
        node_id="cross_up",
        nodes=(NodeValue("cross_up", "Fast above slow", "crosses above", (("out", True),)),),
        window=tuple(
            BarShown(bar, f"2000-03-{bar - 34}", 10.0, 12.0, 9.0, 11.0) for bar in range(50, 60)
        ),
        expected_orders=(_BUY,),
        found_orders=(OrderShown(58, 58, "2000-03-24", "buy", "market", 1230.0),),
    ),
    coverage=Coverage(4, 151, 7, 7, 34, 31),
    isolation=("no TCP",),
)
