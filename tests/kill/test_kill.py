"""A few trials of `python -m benchmarks.kill`, which does fifty."""

import random

import pytest

from benchmarks.kill.trials import kill_kernel, stop_server


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_kernel_loses_no_edit_and_leaves_no_half_file(tmp_path, seed):
    trial = kill_kernel(tmp_path, random.Random(seed))
    assert trial.edits > 0
    assert trial.is_good, trial


def test_a_stopped_server_loses_no_edit_and_leaves_no_half_file(tmp_path):
    trial = stop_server(tmp_path, random.Random(4))
    assert trial.edits > 0
    assert trial.is_good, trial
