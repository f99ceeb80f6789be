"""The code of each template, to the letter. ``pytest --update-golden`` writes the files anew."""

from pathlib import Path

import pytest

from codegen.emitted import formatted, lint_findings
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.graph import list_templates, load_template

GOLDEN = Path(__file__).parents[1] / "golden"
NAMES = [template.name for template in list_templates()]


@pytest.mark.parametrize("name", NAMES)
def test_the_code_of_a_template_is_the_golden_file(name, request):
    source = compile_strategy(load_template(name))
    file = GOLDEN / f"{name}.py"
    if request.config.getoption("--update-golden"):
        file.write_text(source, encoding="utf-8")
    assert source == file.read_text(encoding="utf-8")


def test_every_golden_file_is_of_a_template():
    assert sorted(file.stem for file in GOLDEN.glob("*.py")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_file_is_formatted_and_clean(name):
    source = (GOLDEN / f"{name}.py").read_text(encoding="utf-8")
    assert formatted(source) == source
    assert lint_findings(source) == ""
