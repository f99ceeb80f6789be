# The commands of this repository. `make lab` and `make test` bring everything they need into
# .venv/ and labextension/node_modules/; CONTRIBUTING.md explains the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
ALLOW_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
NOTEBOOK ?= notebooks/01-first-strategy.ipynb
LAB_ARGS ?=
PYTEST_ARGS ?=
# A file of tests stays in one process, the longest files first (tests/conftest.py);
# PYTEST_ARGS="-n 0" runs all in this one, for a debugger.
IN_PARALLEL := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
# Each process has a server and a browser of its own; any test may run in any of them.
IN_BROWSERS := -n logical --maxprocesses 2 --dist worksteal

# The tools of the environment come first, Node.js from PyPI among them.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# One place for what the browser tests download, inside the checkout.
export PLAYWRIGHT_BROWSERS_PATH ?= $(CURDIR)/$(VENV)/browsers
export npm_config_loglevel ?= error
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH
# Hundreds of processes import the same modules: the first one keeps their bytecode.
unexport PYTHONDONTWRITEBYTECODE

NPM := npm --prefix labextension
PIP_INSTALL := $(BIN)/python tools/pip_install.py
FRONT_END := stratcraft_jupyter/labextension
LAB_EXTENSION := $(VENV)/share/jupyter/labextensions/stratcraft-jupyter
FRONT_END_SOURCES := $(wildcard labextension/*.json labextension/style/* labextension/src/*.ts \
	labextension/src/*/*.ts labextension/src/*/*/*.ts)

REPORTS := artifacts/reports
PYTEST := $(BIN)/pytest
# The plugin that runs notebooks takes a while to load, in every process.
PYTEST_ON_CODE := $(PYTEST) -p no:nbval
NBVAL_ARGS := $(addprefix --sanitize-with ,$(wildcard tests/notebooks/sanitize.cfg))
COVERAGE_FLOOR := 90
PURE_LAYERS := graph market codegen backtest
CHECKS := lint types contracts js unit notebooks browser

.PHONY: help lab demo test $(CHECKS) develop dev-tools front-end format hooks wheel \
	wheel-check clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

# --- What the commands stand on; each step leaves a stamp, so that the next time is fast ---

$(VENV)/.created:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer. Install it, or name one: make PYTHON=/path/to/python"; exit 2; }
	@$(PYTHON) tools/bootstrap_venv.py $(VENV)
	@touch $@

$(VENV)/.dependencies: pyproject.toml | $(VENV)/.created
	@echo "Installing the Python packages"
	@$(PIP_INSTALL) --needs-of pyproject.toml
	@touch $@

$(VENV)/.node: | $(VENV)/.created
	@$(BIN)/python tools/ensure_node.py
	@touch $@

$(VENV)/.node-packages: labextension/package-lock.json | $(VENV)/.node
	@# the stamp is a copy: npm writes the lockfile anew also when nothing in it changes
	@if ! [ -d labextension/node_modules ] || ! cmp -s $< $@; then \
		echo "Installing the packages that build the front end"; \
		$(NPM) ci; \
	fi
	@cp $< $@

$(FRONT_END)/package.json: $(FRONT_END_SOURCES) | $(VENV)/.node-packages $(VENV)/.dependencies
	@echo "Building the front end"
	@$(NPM) run --silent build
	@touch $@

# An editable install; JupyterLab reads the front end where it is built. The link goes first,
# or the installer would follow it when it removes the files of an earlier install.
$(VENV)/.installed: pyproject.toml tools/lab_settings.json | $(VENV)/.dependencies $(FRONT_END)/package.json
	@echo "Installing stratcraft-jupyter"
	@if [ -L $(LAB_EXTENSION) ]; then rm $(LAB_EXTENSION); fi
	@HATCH_JUPYTER_BUILDER_SKIP_NPM=1 $(PIP_INSTALL) --no-deps --editable .
	@rm -rf $(LAB_EXTENSION)
	@ln -s $(CURDIR)/$(FRONT_END) $(LAB_EXTENSION)
	@mkdir -p $(VENV)/share/jupyter/lab/settings
	@cp tools/lab_settings.json $(VENV)/share/jupyter/lab/settings/overrides.json
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/.installed
	@echo "Installing the tools that check the code"
	@$(PIP_INSTALL) --needs-of pyproject.toml --extra dev
	@touch $@

# The Python and the Node.js packages arrive at the same time.
develop: ## install everything, editable, with the front end built
	@$(MAKE) -s -j2 $(VENV)/.dependencies $(VENV)/.node-packages
	@$(MAKE) -s $(FRONT_END)/package.json $(VENV)/.installed

dev-tools: develop ## install the tools that check the code as well
	@$(MAKE) -s $(VENV)/.dev

# --- Using it ---

lab: develop ## open JupyterLab on the first tutorial (LAB_ARGS="--no-browser" for more options)
	@# signed, the shipped tutorial shows its builder again after a reload
	@$(BIN)/jupyter-trust notebooks/01-first-strategy.ipynb > /dev/null
	@exec $(BIN)/jupyter-lab --ServerApp.ip=127.0.0.1 $(ALLOW_ROOT) \
		--LabApp.default_url=/lab/tree/$(NOTEBOOK) $(LAB_ARGS)

demo: develop ## the main job without a browser: graph, code, backtest, report in demo-output/
	@mkdir -p demo-output
	$(BIN)/stratcraft-jupyter compile sma_cross -o demo-output/sma_cross.py
	$(BIN)/stratcraft-jupyter backtest demo-output/sma_cross.py --data sample:AAPL \
		--report demo-output/report.html --json demo-output/result.json
	@echo "Open demo-output/report.html for the charts."

# --- Checking it ---

test: dev-tools ## run every check, then print a summary
	@$(BIN)/python tools/run_checks.py $(CHECKS)

lint: dev-tools ## style of the Python code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev-tools ## types of the Python code
	$(BIN)/mypy

contracts: dev-tools ## which part may import which
	$(BIN)/lint-imports

js: dev-tools ## style, types and tests of the front end
	$(NPM) run --silent lint
	$(NPM) run --silent lint:format
	$(NPM) run --silent types
	$(NPM) run --silent test -- --reporter=default --reporter=junit --outputFile.junit=$(CURDIR)/$(REPORTS)/js.xml

unit: dev-tools ## Python tests that need no browser, with the coverage floor
	$(PYTEST_ON_CODE) $(IN_PARALLEL) -m "not browser" --cov --cov-report= --junitxml=$(REPORTS)/unit.xml $(PYTEST_ARGS)
	@# a part of the tests says nothing about coverage
	@test -z "$(strip $(PYTEST_ARGS))" || exit 0; \
	for layer in $(PURE_LAYERS); do \
		echo "Coverage of $$layer:"; \
		$(BIN)/coverage report --include="stratcraft_jupyter/$$layer/*" --skip-covered --fail-under=$(COVERAGE_FLOOR); \
	done

notebooks: dev-tools ## run every notebook and compare its outputs
	$(PYTEST) --nbval $(NBVAL_ARGS) notebooks --junitxml=$(REPORTS)/notebooks.xml $(PYTEST_ARGS)

browser: dev-tools ## the story a user lives, in real JupyterLab and Notebook
	@# Playwright's own Node.js asks for a system library that a bare Debian lacks
	@export PLAYWRIGHT_NODEJS_PATH="$$(node --print process.execPath)"; \
	STRATCRAFT_CHROMIUM="$$($(BIN)/python tools/find_browser.py)"; \
	export STRATCRAFT_CHROMIUM; \
	$(PYTEST_ON_CODE) $(IN_BROWSERS) -m browser tests/browser --junitxml=$(REPORTS)/browser.xml $(PYTEST_ARGS)

# --- Keeping it ---

front-end: develop ## build the front end again after a change

format: dev-tools ## format the code and fix what can be fixed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run --silent format

hooks: dev-tools ## run the quick checks on every commit
	$(BIN)/pre-commit install

wheel: dev-tools ## build sdist and wheel into dist/ and try the wheel without Node.js
	@rm -rf dist
	$(BIN)/python -m build
	@$(MAKE) wheel-check

wheel-check: $(VENV)/.created ## install the wheel in dist/ into a clean environment and use it
	$(BIN)/python tools/check_wheel.py dist

clean: ## remove what was built; the environment stays
	rm -rf dist build demo-output artifacts $(FRONT_END) labextension/lib .coverage .coverage.*
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -not -path './labextension/node_modules/*' -prune -exec rm -rf {} +
