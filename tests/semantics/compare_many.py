"""Compares many random strategies with the second implementation; by hand, not in every test run.

From ``tests/``: ``python -m semantics.compare_many --strategies 20000``.
"""

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from semantics.by_the_book import (
    Compared,
    bars_to_compare_on,
    compare,
    hard_bars_to_compare_on,
)


def _compare_seed(seed: int) -> tuple[int, str, Compared]:
    """One strategy on one set of bars, each set in turn."""
    names = [*bars_to_compare_on(), *hard_bars_to_compare_on()]
    name = names[seed % len(names)]
    return seed, name, compare(seed, name)


def main() -> int:
    """Prints every difference and, in the end, how many runs came to what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strategies", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=1_000_000, help="seed of the first")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.strategies)
    outcomes: Counter[str] = Counter()
    fills = 0
    with ProcessPoolExecutor(options.processes) as pool:
        found = pool.map(_compare_seed, seeds, chunksize=20)
        for number, (seed, name, compared) in enumerate(found, start=1):
            outcomes[compared.outcome] += 1
            fills += compared.fills
            if compared.outcome == "differs":
                print(f"strategy {seed} on {name}: {compared.said}", flush=True)
            if number % 1_000 == 0:
                print(f"{number:,} strategies: {dict(outcomes)}, {fills:,} fills", flush=True)
    print(f"{len(seeds):,} strategies: {dict(outcomes)}, {fills:,} fills")
    return 1 if outcomes["differs"] else 0


if __name__ == "__main__":
    sys.exit(main())
