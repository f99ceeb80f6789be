"""Its place makes modules beside it, such as `page`, importable from every test."""

import sys

import pytest
from guard import install_guard
from hypothesis import HealthCheck, settings

install_guard()

# No test depends on how fast the machine is; a failure tells how to draw its example again.
_ANY_SPEED = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
# Drawn examples are the same in every run.
settings.register_profile("fixed", _ANY_SPEED, derandomize=True, max_examples=40)
# To look for something new: pytest --hypothesis-profile=search
settings.register_profile("search", _ANY_SPEED, max_examples=1_000)
settings.load_profile("fixed")

# Long runs of plain Backtrader: coverage would double their time, and the tests of each layer
# cover the same code.
_NOT_MEASURED = {"handwritten", "semantics"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    tracer = sys.gettrace()  # pytest-cov's own marker for this has no effect in xdist's workers
    is_paused = item.path.parent.name in _NOT_MEASURED and "coverage" in type(tracer).__module__
    if is_paused:
        sys.settrace(None)
    try:
        return (yield)
    finally:
        if is_paused:
            sys.settrace(tracer)


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )
