"""Compares many random strategies with the second implementation; by hand, not in every test run.

From ``tests/``: ``python -m semantics.compare_many --strategies 20000``.
"""

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from semantics.by_the_book import Compared, compare
from semantics.comparing_bars import bars_of_seed
from semantics.random_strategies import random_strategy
from stratcraft_jupyter.graph import KINDS


@dataclass
class Tally:
    """What came of the strategies so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    drawn: Counter[str] = field(default_factory=Counter)
    fills: list[int] = field(default_factory=list)  # of each strategy, on its three sets of bars
    bars: int = 0
    left: int = 0

    def add(self, kinds: Iterable[str], runs: Iterable[Compared]) -> None:
        """Counts one strategy."""
        self.drawn.update(kinds)
        self.fills.append(0)
        for run in runs:
            self.outcomes[run.outcome] += 1
            self.fills[-1] += run.fills
            self.bars += run.bars
            self.left += run.left

    def __str__(self) -> str:
        filled = sum(fills > 0 for fills in self.fills)
        never = sorted(set(KINDS) - set(self.drawn))
        return (
            f"{len(self.fills):,} strategies, {sum(self.outcomes.values()):,} runs; "
            f"with fills: {filled:,} ({filled / len(self.fills):.1%}); "
            f"fills compared: {sum(self.fills):,} (median {statistics.median(self.fills):g}); "
            f"differences: {self.outcomes['differs']}; stopped: {self.outcomes['stops']}; "
            f"cut short where the last digit decides: {self.outcomes['cut short']:,} runs, "
            f"{self.left / max(1, self.bars):.1%} of the bars; "
            f"kinds never drawn: {', '.join(never) or 'none'}"
        )


def _compare_seed(seed: int) -> tuple[int, list[str], list[tuple[str, Compared]]]:
    kinds = sorted({node.kind for node in random_strategy(seed).nodes})
    return seed, kinds, [(name, compare(seed, name)) for name in bars_of_seed(seed)]


def main() -> int:
    """Prints every difference and, in the end, how many runs came to what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strategies", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=1_000_000, help="seed of the first")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.strategies)
    tally = Tally()
    with ProcessPoolExecutor(options.processes) as pool:
        for seed, kinds, runs in pool.map(_compare_seed, seeds, chunksize=10):
            tally.add(kinds, [run for _, run in runs])
            for name, run in runs:
                if run.outcome == "differs":
                    print(f"strategy {seed} on {name}: {run.said}", flush=True)
            if len(tally.fills) % 200 == 0:
                print(tally, flush=True)
    print(tally)
    return 1 if tally.outcomes["differs"] else 0


if __name__ == "__main__":
    sys.exit(main())
