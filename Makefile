# Two commands matter: `make demo` and `make test`. Both build .venv once and reuse it.
PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
INPUTS := pyproject.toml constraints.txt
WORKERS ?= 2

.PHONY: demo test browser docs clean

demo: $(VENV)/.demo
	$(BIN)/preceptor demo $(ARGS)

test: $(VENV)/.test
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --cov --cov-report=term

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(INPUTS) | $(VENV)/bin/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[app]'
	touch $@

$(VENV)/.test: $(INPUTS) | $(VENV)/bin/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[app,dev]'
	touch $@ $(VENV)/.demo

browser:
	@command -v "$${PRECEPTOR_BROWSER:-chromium}" >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else \
	  echo "Install a Chromium, for example: sudo apt-get install chromium"; \
	fi

docs: $(VENV)/.test
	$(BIN)/python -m preceptor.cli.reference > docs/cli.md

clean:
	rm -rf $(VENV)
