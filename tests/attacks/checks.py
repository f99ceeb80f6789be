"""What both halves of the corpus are held to; two files, so that two processes share the work."""

import re
import sys

import pytest
from backtest.some_bars import make_bars

from attacks.attack import Attack
from attacks.controls import CONTROLS
from attacks.judge import judge
from attacks.scene import Scene
from stratcraft_jupyter.backtest import check_isolation, run_backtest

ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems enforce parts of the boundary only"
)
BARS = make_bars(120)
# What a user must never see of our side of the process.
OURS = re.compile(r"Traceback|worker_|/backtest/|site-packages")


def make_scene(home):
    if not check_isolation().is_complete:
        pytest.skip(f"this system cannot enforce {check_isolation().missing}")
    return Scene(home)


def hold(attack: Attack, scene: Scene) -> None:
    """The attack has no effect, and whoever ran it is told in plain words."""
    verdict = judge(attack, scene, BARS)
    assert verdict.effects == ()
    if verdict.error is not None:
        assert verdict.error.message
        assert verdict.error.hint
        assert not OURS.search(str(verdict.error))
        assert verdict.error.kind != "worker"


def runs(family: str) -> bool:
    """Whether the harmless strategy of a family does what it should."""
    return len(run_backtest(CONTROLS[family], BARS).fills) == 2
