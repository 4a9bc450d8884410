# `make demo` and `make test` need python3 (3.11 or later) with venv, and make; nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check docs benchmarks clean

demo: $(VENV)/.installed
	$(BIN)/orgsim compare french-hospitality-2020

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

docs: $(VENV)/.installed-test
	$(BIN)/python docs/generate.py

benchmarks: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --editable ".[benchmarks]"
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "orgsim needs Python 3.11 or later; say which: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)
	@echo "Installing orgsim and what it needs (once, about a minute)…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed pyproject.toml
	@echo "Installing what the tests need…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@
