"""What every part of the corpus is held to."""

import re
import sys

import pytest
from backtest.some_bars import make_bars

from attacks.attack import Attack
from attacks.controls import CONTROLS
from attacks.judge import judge
from stratcraft_jupyter.backtest import run_backtest

BARS = make_bars(120)
# What a user must never see of our side of the process.
OURS = re.compile(r"Traceback|worker_|/backtest/|site-packages")


@pytest.mark.skipif(
    sys.platform != "linux", reason="other systems enforce parts of the boundary only"
)
class Held:
    """A part of the corpus; each has a file of its own, so that processes share the work."""

    attacks: tuple[Attack, ...]

    def test_an_attack_has_no_effect(self, attack, scene):
        """And whoever ran it is told in plain words."""
        verdict = judge(attack, scene, BARS)
        assert verdict.effects == ()
        if verdict.error is not None:
            assert verdict.error.message
            assert verdict.error.hint
            assert not OURS.search(str(verdict.error))
            assert verdict.error.kind != "worker"

    def test_a_harmless_strategy_of_the_same_look_runs(self, family):
        assert len(run_backtest(CONTROLS[family], BARS).fills) == 2
