# Needs Python 3.11 or newer, pip, make and git; everything else is installed into .venv, from requirements.lock.
#
#   make demo    the whole job on the sample round: the papers are in outbox/plan at the end
#   make test    every test, after the linters
#   make lint    ruff and mypy alone
#   make bench   the figures of docs/performance.md, on this machine
#   make docs    the pages that are made from the program
#   make lock    requirements.lock, from pyproject.toml, with the newest versions that it allows
#   make clean   back to a fresh checkout; inbox/ and store/ stay

PYTHON ?= python3
BIN := .venv/bin
UV := .venv/.uv/bin/uv
READY := .venv/.ready
MYPY := $(BIN)/mypy pipeline tests

.PHONY: demo test lint bench docs lock clean

demo: $(READY)
	@$(BIN)/proforma demo

test: lint
	@$(BIN)/pytest -n 2 --color=auto

lint: $(READY)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(MYPY)

bench: $(READY)
	@for module in $(basename $(notdir $(filter-out %/__init__.py %/measure.py %/strangers.py,$(wildcard benchmarks/*.py)))); do \
		echo "== $$module"; $(BIN)/python -m benchmarks.$$module || exit 1; done

docs: $(READY)
	@$(BIN)/python -m pipeline.cli.pages docs
	@$(BIN)/python -m pipeline.rounds.pages docs

lock: $(READY)
	@$(UV) pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 --all-extras --no-header --no-emit-index-url \
		--output-file requirements.lock pyproject.toml

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis outbox/blanks outbox/plan outbox/data
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv makes the environment and fills it; pip, which may know another index, is the way round where uv cannot.
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "proforma needs Python 3.11 or newer: make PYTHON=python3.11")'
	@echo "Setting up .venv (once; under a minute) …"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .venv/.uv uv

$(READY): requirements.lock pyproject.toml | $(UV)
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock \
		|| $(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable . \
		|| $(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --editable .
	@touch $@
