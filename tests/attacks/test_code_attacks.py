"""Tricks of Python and of libraries have no effect, and harmless strategies still run."""

from attacks.checks import Held
from attacks.corpus import ON_CODE


class TestOnCode(Held):
    attacks = tuple(ON_CODE)


def test_the_witnesses_of_the_scene_see_what_happens(scene):
    scene.reset()
    assert scene.damage() == []
    (scene.home / "canary.txt").write_text("gone")
    assert scene.damage() == ["a file: canary.txt"]
    scene.reset()
    (scene.home / "new").mkdir()
    assert scene.damage() == ["a file: new"]
    scene.reset()
