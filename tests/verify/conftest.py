"""Verifications keep the bars they found in a folder of the tests."""

import pytest

from stratcraft_jupyter.backtest import warm_up


@pytest.fixture(scope="session", autouse=True)
def kept_bars(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRATCRAFT_HOME", str(tmp_path_factory.mktemp("home")))
        warm_up()
        yield
