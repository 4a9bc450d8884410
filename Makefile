# `make demo` and `make test` need python3 (3.11 or later) with venv, and make; nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test thorough quick mutants docs numbers site site-links benchmarks hooks clean

demo: $(VENV)/.installed
	$(BIN)/orgsim compare french-hospitality-2020

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@echo "Types are checked beside the tests…"
	@$(BIN)/mypy & types=$$!; \
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not thorough"; tests=$$?; \
	wait $$types && exit $$tests

# what takes half a minute or more each: the core compiled anew, servers and clusters that die, the site
thorough: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m thorough

# while one works: no browser, no other processes, few examples of each property
quick: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -n auto -m "not slow and not thorough" --hypothesis-profile=quick

# every sign that can be turned in equations, measures, verdicts and sentences: a test has to notice
mutants: $(VENV)/.installed-test
	$(BIN)/python tests/mutants.py

docs: $(VENV)/.installed-test
	$(BIN)/python docs/generate.py

# every published number, after a change that moves some; what has moved is shown
numbers: $(VENV)/.installed-test
	$(BIN)/python docs/generate.py --demo --verify --studies
	$(BIN)/python -m pytest -n auto tests/test_record.py --snapshot-update
	git --no-pager diff --stat

site: $(VENV)/.installed-docs
	rm -rf build/site
	@echo "Building the site; the notebooks are run for it (a few minutes)…"
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet -b html docs build/site
	$(BIN)/python docs/check_site.py build/site

# needs the internet: asks for every link that leaves the site
site-links: $(VENV)/.installed-docs
	$(BIN)/sphinx-build --quiet -b linkcheck -D nb_execution_mode=off docs build/site-links

hooks: $(VENV)/.installed-test
	$(BIN)/pre-commit install

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

$(VENV)/.installed-docs: $(VENV)/.installed pyproject.toml
	@echo "Installing what the site needs…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[docs]"
	@touch $@
