"""The targets of the attacks, and the part of the corpus that a file is about."""

import pytest

from attacks.scene import Scene
from stratcraft_jupyter.backtest import check_isolation


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    if not check_isolation().is_complete:
        pytest.skip(f"this system cannot enforce {check_isolation().missing}")
    made = Scene(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


def pytest_generate_tests(metafunc):
    attacks = getattr(metafunc.cls, "attacks", ())
    if "attack" in metafunc.fixturenames:
        metafunc.parametrize("attack", attacks, ids=[attack.title for attack in attacks])
    if "family" in metafunc.fixturenames:
        metafunc.parametrize("family", dict.fromkeys(attack.family for attack in attacks))
