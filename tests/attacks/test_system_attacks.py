"""Attacks on results, secrets and the system have no effect; harmless strategies still run."""

import pytest

from attacks.checks import ON_LINUX, hold, make_scene, runs
from attacks.corpus import ATTACKS, FAMILIES, ON_SYSTEM

pytestmark = ON_LINUX


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    made = make_scene(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


@pytest.mark.parametrize("attack", ON_SYSTEM, ids=lambda attack: attack.title)
def test_an_attack_has_no_effect(attack, scene):
    hold(attack, scene)


@pytest.mark.parametrize("family", dict.fromkeys(attack.family for attack in ON_SYSTEM))
def test_a_harmless_strategy_of_the_same_look_runs(family, scene):
    assert runs(family)


def test_the_corpus_is_large_enough():
    assert len(ATTACKS) >= 120
    assert len({attack.title for attack in ATTACKS}) == len(ATTACKS)
    assert min(FAMILIES.values()) >= 8
