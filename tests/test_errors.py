"""Errors in a notebook: the sentence and the user's own line, without our frames."""

import pytest
from IPython.core.interactiveshell import InteractiveShell


@pytest.fixture
def run_cell(capsys):
    shell = InteractiveShell()

    def run(source):
        shell.run_cell(source)
        return capsys.readouterr().out.strip().splitlines()

    return run


def test_a_cell_shows_the_sentence_and_its_line(run_cell):
    said = run_cell("import stratcraft_jupyter as sc\n\nsc.load_template('sma_cros')")
    assert said[0] == "Line 3: sc.load_template('sma_cros')"
    assert said[1].startswith("UnknownNameError: There is no template named 'sma_cros'. Did you")
    assert len(said) == 2


def test_other_errors_are_shown_as_ever(run_cell):
    assert any("Traceback" in line for line in run_cell("1 / 0"))
