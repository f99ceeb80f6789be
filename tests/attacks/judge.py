"""Runs one attack as a user would, and says what it reached."""

from dataclasses import dataclass

from attacks.attack import Attack
from attacks.scene import Scene
from stratcraft_jupyter.backtest import BacktestConfig, BacktestResult, run_backtest
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.market import Bars

MOST_OUTPUT = 100_000
# More than any honest trade of the corpus could earn on its bars.
RICHES = 1_000_000.0


@dataclass(frozen=True)
class Verdict:
    """What came of an attack.

    Attributes:
        effects: What it reached, in words; empty if the boundary held.
        error: What the user was told, if the run failed.
        result: The result, if there was one.
    """

    effects: tuple[str, ...]
    error: BacktestError | None = None
    result: BacktestResult | None = None


def judge(attack: Attack, scene: Scene, bars: Bars) -> Verdict:
    scene.reset()
    error = result = None
    try:
        config = BacktestConfig(time_limit=attack.time_limit)
        result = run_backtest(_placed(attack.source, scene), bars, config)
    except BacktestError as caught:
        error = caught
    effects = [*scene.damage(), *_in_text(_shown(error, result), scene)]
    if result is not None:
        effects += _in_result(result, scene)
    return Verdict(tuple(effects), error, result)


def _placed(source: str, scene: Scene) -> str:
    """The source with the names of its targets, after a line about its encoding if it has one."""
    first, _, rest = source.partition("\n")
    return f"{first}\n{scene.names()}{rest}"


def _shown(error: BacktestError | None, result: BacktestResult | None) -> str:
    if error is not None:
        return "\n".join([str(error), *getattr(error, "__notes__", ())])
    assert result is not None
    return "\n".join([result.output, result.strategy_name, *result.probe, *result.warnings])


def _in_text(text: str, scene: Scene) -> list[str]:
    found = []
    if scene.secret in text:
        found.append("a secret was read")
    said = text.replace(f"THROUGH = {scene.through!r}", "")
    if scene.through in said and "\ufffd]0;" not in said:
        found.append("the strategy got what it asked for")
    if "\x1b" in text:
        found.append("control codes reach the terminal")
    if len(text) > MOST_OUTPUT:
        found.append("output without limit")
    return found


def _in_result(result: BacktestResult, scene: Scene) -> list[str]:
    found = []
    if max(result.equity_curve.value) > RICHES:
        found.append("a forged result was accepted")
    if scene.through in result.isolation.enforced:
        found.append("a forged protection was accepted")
    return found
