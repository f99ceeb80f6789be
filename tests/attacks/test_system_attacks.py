"""Attacks on results, secrets and the system have no effect; harmless strategies still run."""

from attacks.checks import Held
from attacks.corpus import ATTACKS, FAMILIES, ON_SYSTEM


class TestOnSystem(Held):
    attacks = tuple(ON_SYSTEM)


def test_the_corpus_is_large_enough():
    assert len(ATTACKS) >= 120
    assert len({attack.title for attack in ATTACKS}) == len(ATTACKS)
    assert min(FAMILIES.values()) >= 8
