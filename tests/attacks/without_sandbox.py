"""Shows that the attacks are real: ``python -m attacks.without_sandbox``, run in ``tests/``.

The same runs with the boundary taken away: the process is not locked in, has our environment, and
what it sends is believed. Prints how many attacks take effect, and which do not. The attacks do
what they say, to files in a temporary folder and to the processes of this script.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from backtest.some_bars import make_bars

from attacks.attack import Attack
from attacks.corpus import ATTACKS, FAMILIES
from attacks.judge import judge
from attacks.scene import Scene, wait_a_moment
from stratcraft_jupyter.backtest import process, runner
from stratcraft_jupyter.backtest.accounting import keep_account
from stratcraft_jupyter.backtest.messages import BarsDone, Failure, Finished, IsolationReport, Ready
from stratcraft_jupyter.backtest.records import Fill, Isolation

_KINDS = {
    "ready": Ready,
    "isolation": IsolationReport,
    "progress": BarsDone,
    "error": Failure,
    "result": Finished,
}
_OPEN = (
    "from stratcraft_jupyter.backtest import sandbox; "
    "sandbox.prepare = sandbox.restrict_access = sandbox.limit_resources = lambda given: set(); "
)
# A run that is still going after this time would go on.
_PATIENCE = 4.0
_MOST_OUTPUT = 10**9


def take_away() -> None:
    """Let strategies run as they would without any boundary, in this process from now on."""
    boot = process._BOOT
    place = boot.index("from stratcraft_jupyter")
    process._BOOT = boot[:place] + _OPEN + boot[place:]
    process._environment = lambda *seed: dict(os.environ)
    process.plain_text = lambda text: text
    process.OUTPUT_LIMIT = _MOST_OUTPUT
    runner.read_message = lambda frame, nonce: _KINDS[frame[0]["type"]].model_construct(**frame[0])
    runner.collect_result = _believe
    runner._Run._listen = _listen_to_all(runner._Run._listen)


def _believe(finished, columns, *, bars, config, isolation: Isolation, output: str, **rest):
    """A result as the strategy's process tells it."""
    names = ("bar", "size", "price", "commission")
    rows = zip(
        *(np.frombuffer(columns[name], "i8" if name == "bar" else "f8") for name in names),
        strict=False,
    )
    fills = [
        Fill(bar, bars.time[0], "buy" if size > 0 else "sell", abs(size), price, fee)
        for bar, size, price, fee in rows
    ]
    value = keep_account(sorted(fills, key=lambda fill: fill.bar), bars.close, config.cash).value
    return SimpleNamespace(
        output=output,
        strategy_name=finished.strategy,
        probe=finished.probe,
        warnings=(),
        isolation=isolation,
        equity_curve=SimpleNamespace(value=[finished.final_value, *value]),
    )


def _listen_to_all(listen):
    """As the runner does, but the last report on protections counts."""

    def listening(self, worker):
        receive = worker.receive

        def noting(deadline):
            frame = receive(deadline)
            if isinstance(frame, tuple) and frame[0].get("type") == "isolation":
                noting.said.append(frame[0])
                if len(noting.said) > 1:
                    return ({"type": "progress", "bars": 0}, {})
            return frame

        noting.said = []
        worker.receive = noting
        message = listen(self, worker)
        self._isolation = Isolation(tuple(noting.said[-1]["enforced"]), ())
        return message

    return listening


def effects_of(attack: Attack, scene: Scene) -> tuple[str, ...]:
    patient = Attack(attack.family, attack.name, attack.source, _PATIENCE)
    verdict = judge(patient, scene, make_bars(120))
    wait_a_moment()
    found = [*verdict.effects, *scene.damage()]
    kind = verdict.error.kind if verdict.error is not None else ""
    if kind == "timeout" and attack.family in ("denial of service", "forged results"):
        found.append("it would go on")
    if kind == "crash":
        found.append("the process died")
    return tuple(dict.fromkeys(found))


def run_from(first: int, count: int) -> None:
    """Run attacks in this process, and print a line for each."""
    take_away()
    with tempfile.TemporaryDirectory() as home:
        scene = Scene(Path(home))
        for number, attack in enumerate(ATTACKS[first : first + count], start=first):
            print(f"{number}\t{'; '.join(effects_of(attack, scene))}", flush=True)
        scene.close()
    os._exit(0)  # whatever an attack left behind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, help="run here, from this attack on")
    parser.add_argument("--count", type=int, default=len(ATTACKS))
    options = parser.parse_args()
    if options.first is not None:
        run_from(options.first, options.count)
    effects: dict[int, str] = {}
    at = 0
    while at < len(ATTACKS):  # an attack may end the process that runs it
        command = [sys.executable, "-m", "attacks.without_sandbox", "--first", str(at)]
        done = subprocess.run(command, capture_output=True, text=True, start_new_session=True)
        for line in done.stdout.splitlines():
            number, _, told = line.partition("\t")
            effects[int(number)] = told
        at = max(effects, default=-1) + 1
        if done.returncode and at < len(ATTACKS):
            effects[at] = f"the process of the user ended ({done.returncode})"
            at += 1
    show(effects)


def show(effects: dict[int, str]) -> None:
    hit = Counter(ATTACKS[number].family for number, told in effects.items() if told)
    for name, count in FAMILIES.items():
        print(f"{name:<22}{hit[name]:>4} of {count}")
    print(f"{'all':<22}{sum(hit.values()):>4} of {len(ATTACKS)} take effect without the sandbox")
    for number, told in sorted(effects.items()):
        if not told:
            print(f"  no effect: {ATTACKS[number].title}")


if __name__ == "__main__":
    main()
