"""Its place makes modules beside it, such as `page`, importable from every test."""

import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

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

_KEPT_BARS = "STRATCRAFT_CACHE"


def pytest_configure(config):
    """Bars made to verify a strategy are searched once for all tests, in whatever process."""
    if not hasattr(config, "workerinput"):  # the first process; the others inherit its variable
        os.environ[_KEPT_BARS] = tempfile.mkdtemp(prefix="kept-bars-")


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(_KEPT_BARS))


# Coverage is reported of the pure layers, and each is covered by its own tests. Elsewhere it would
# only take its time, in runs of plain Backtrader as much again as the runs.
_MEASURED = {"backtest", "codegen", "graph", "market"}
_COMPARISONS = {"test_same_fills.py"}  # many runs of the same code
_HERE = Path(__file__).parent


def _is_measured(path):
    return path.relative_to(_HERE).parts[0] in _MEASURED and path.name not in _COMPARISONS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    tracer = sys.gettrace()  # pytest-cov's own marker for this has no effect in xdist's workers
    in_threads = threading.gettrace()
    is_paused = "coverage" in type(tracer).__module__ and not _is_measured(item.path)
    if is_paused:
        sys.settrace(None)
        threading.settrace(None)
    try:
        return (yield)
    finally:
        if is_paused:
            threading.settrace(in_threads)
            sys.settrace(tracer)


# A file that begins late and takes long would leave the other processes idle at the end.
_FIRST = (
    *("attacks/test_code_attacks.py", "attacks/test_system_attacks.py"),
    *("semantics/test_by_the_book.py", "handwritten/test_same_fills.py"),
    *("canary/test_canary_widgets.py", "canary/test_canary_providers.py"),
    *("backtest/test_same_fills.py", "codegen/test_format.py", "codegen/test_untrusted_text.py"),
    *("indicators/test_values.py", "indicators/test_no_look_ahead.py", "graph/test_catalog.py"),
)


def pytest_collection_modifyitems(items):
    files = {name: place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: files.get("/".join(item.path.parts[-2:]), len(files)))


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )
