# Everything here needs make and a Python 3.10, 3.11 or 3.12, and installs the rest into .venv.
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SUPPORTED := import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] < (3, 13))
PYTHON ?= $(shell for candidate in python3 python3.12 python3.11 python3.10; do \
	$$candidate -c '$(SUPPORTED)' 2>/dev/null && echo $$candidate && break; done)

.DEFAULT_GOAL := help
.PHONY: help demo test lint format wheel clean

help:  ## list these targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 14

demo: $(INSTALLED)  ## install, then read the demo corpus: the table and how it scores
	$(BIN)/evmir demo

test: lint  ## install, then lint, check types and run every test
	$(BIN)/python -m pytest

lint: $(INSTALLED)  ## ruff and mypy, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(INSTALLED)  ## rewrite the code in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(INSTALLED)  ## build dist/evmir-*.whl, which works from any folder
	$(BIN)/python -m hatchling build -t wheel

clean:  ## remove what make built and installed
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(INSTALLED): constraints.txt pyproject.toml
	@'$(PYTHON)' -c '$(SUPPORTED)' 2>/dev/null || { \
	  echo "evmir needs Python 3.10, 3.11 or 3.12 with its venv module, and '$(PYTHON)' is none." >&2; \
	  echo "Install one (Debian: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3.11" >&2; \
	  exit 1; }
	'$(PYTHON)' -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt hatchling editables setuptools
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $(INSTALLED)
