"""Tricks of Python and of libraries have no effect, and harmless strategies still run."""

import pytest

from attacks.checks import ON_LINUX, hold, make_scene, runs
from attacks.corpus import ON_CODE

pytestmark = ON_LINUX


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    made = make_scene(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


@pytest.mark.parametrize("attack", ON_CODE, ids=lambda attack: attack.title)
def test_an_attack_has_no_effect(attack, scene):
    hold(attack, scene)


@pytest.mark.parametrize("family", dict.fromkeys(attack.family for attack in ON_CODE))
def test_a_harmless_strategy_of_the_same_look_runs(family, scene):
    assert runs(family)


def test_the_witnesses_of_the_scene_see_what_happens(scene):
    scene.reset()
    assert scene.damage() == []
    (scene.home / "canary.txt").write_text("gone")
    assert scene.damage() == ["a file: canary.txt"]
    scene.reset()
    (scene.home / "new").mkdir()
    assert scene.damage() == ["a file: new"]
    scene.reset()
