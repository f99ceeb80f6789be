"""The rules of the code base that a machine can hold: layers, weight, completeness, versions."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from book.indicators import INDICATORS
from semantics.random_signals import MADE as SIGNAL_KINDS

import stratcraft_jupyter
from stratcraft_jupyter.codegen.compiler.plan import EMITTERS
from stratcraft_jupyter.graph import EXPRESSION_KINDS, KINDS, list_templates, load_template

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "stratcraft_jupyter"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

HEAVY = {
    "IPython",
    "anthropic",
    "backtrader",
    "bqplot",
    "dask",
    "ipycytoscape",
    "ipywidgets",
    "narwhals",
    "numba",
    "numpy",
    "openai",
    "pandas",
    "pyarrow",
    "pydantic",
}
# families whose kinds become lines of code by themselves; the others shape orders together
COMPUTED_FAMILIES = {"data", "indicator", "math", "condition", "logic", "regime"}


def imported_by(statement: str) -> set[str]:
    """The top-level modules in memory after a statement in a fresh interpreter."""
    program = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def contract(identifier: str) -> dict[str, list[str]]:
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    return next(item for item in contracts if item["id"] == identifier)


def test_importing_the_package_is_light():
    assert imported_by("import stratcraft_jupyter") & HEAVY == set()


@pytest.mark.parametrize(
    ("statement", "too_heavy"),
    [
        ("import stratcraft_jupyter.graph", HEAVY - {"pydantic"}),
        ("import stratcraft_jupyter.codegen", HEAVY - {"pydantic"}),
        ("import stratcraft_jupyter.backtest", {"backtrader", "ipywidgets", "IPython", "bqplot"}),
    ],
)
def test_a_layer_brings_only_what_it_needs(statement: str, too_heavy: set[str]):
    assert imported_by(statement) & too_heavy == set()


def test_every_public_name_can_be_imported():
    for name in stratcraft_jupyter.__all__:
        assert getattr(stratcraft_jupyter, name) is not None


def test_import_contracts_hold():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_part_below_notebook_is_forbidden_jupyter():
    layers = contract("layers")["layers"]
    below = layers[layers.index("notebook") + 1 :]
    names = {name for layer in below for name in re.findall(r"\w+", layer)}
    existing = {
        f"stratcraft_jupyter.{name}"
        for name in names
        if (PACKAGE / name / "__init__.py").exists() or (PACKAGE / f"{name}.py").exists()
    }
    assert existing == set(contract("no-jupyter")["source_modules"])


def test_the_contract_on_the_worker_names_all_its_files():
    files = {f"stratcraft_jupyter.backtest.{p.stem}" for p in PACKAGE.glob("backtest/worker*.py")}
    worker = contract("worker")
    assert files == set(worker["protected_modules"]) == set(worker["allowed_importers"])
    # the others are parts of emitted modules, which are read as text
    emitted = {"stratcraft_jupyter.codegen.compiler.classes.*"}
    assert files | emitted >= set(contract("backtrader")["allowed_importers"])


def kinds_with_a_golden_file() -> set[str]:
    names = [template.name for template in list_templates()]
    return {node.kind for name in names for node in load_template(name).nodes}


def test_every_template_has_a_golden_file():
    files = {path.stem for path in (ROOT / "tests" / "golden").glob("*.py")}
    assert {template.name for template in list_templates()} <= files


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_has_a_test_of_what_it_computes(name: str):
    tests = (path.read_text("utf-8") for path in (ROOT / "tests" / "semantics").glob("*.py"))
    covered = {*kinds_with_a_golden_file(), *SIGNAL_KINDS, *INDICATORS}
    assert name in covered or any(f'"{name}"' in text for text in tests)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_is_complete(name: str):
    kind = KINDS[name]
    # what an indicator computes is on its own page, which the catalog makes
    page = "components/indicator.md" if kind.family == "indicator" else "semantics.md"
    documented = (ROOT / "docs" / page).read_text("utf-8")
    if kind.family in COMPUTED_FAMILIES and name not in EXPRESSION_KINDS:
        assert name in EMITTERS, f"no emitter in codegen/compiler for {name}"
    assert f"`{name}`" in documented, f"docs/{page} says nothing of {name}"
    assert kind.help
    assert kind.semantics


def test_no_emitter_is_left_without_its_kind():
    assert set(EMITTERS) <= set(KINDS)


def test_both_halves_have_one_version():
    front_end = json.loads((ROOT / "labextension" / "package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "labextension" / "package-lock.json").read_text("utf-8"))
    assert version("stratcraft-jupyter") == front_end["version"] == lock["version"]
    assert f"## {front_end['version']}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_lockfile_names_no_registry():
    assert '"resolved": "http' not in (ROOT / "labextension" / "package-lock.json").read_text()


def test_every_make_target_is_in_contributing():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE)
    assert {"lab", "test", "demo", "wheel"} <= set(targets)
    assert [name for name in targets if f"`make {name}`" not in contributing] == []
