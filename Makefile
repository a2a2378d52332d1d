# Everything a developer or an operator does with a checkout. Needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Where Python may keep what it has compiled, servers that tests start and stop begin in half of the time.
unexport PYTHONDONTWRITEBYTECODE
PORT ?= $(or $(HANDRAISER_WEB__PORT),8080)

.DEFAULT_GOAL := help
.PHONY: help run test check bench widget lock browser clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Two stamps, so that running never waits for the tools that only tests need.
$(VENV)/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Handraiser needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); echo "Handraiser needs Python's venv and pip; on Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Installing what Handraiser needs (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/installed ## Serve the demo on http://127.0.0.1:8080 (PORT=9000 for another port)
	@HANDRAISER_WEB__PORT=$(PORT) $(BIN)/handraiser run

check: $(VENV)/installed-dev ## Lint and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

test: check browser ## Lint, types and the whole suite (SQLite, PostgreSQL, browser; THOROUGH=1: longer)
	@THOROUGH=$(THOROUGH) $(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal

browser: $(VENV)/installed-dev ## Install Debian's Chromium for the browser tests, where that may be done
	@$(BIN)/python -m tests.browser_setup

bench: $(VENV)/installed-dev ## Measure beside the physical limit (QUICK=1: under two minutes)
	@QUICK=$(QUICK) $(BIN)/python -m benchmarks

widget: $(VENV)/installed-dev ## Make the files browsers get anew from the sources in bot/web/widget/
	@$(BIN)/python -m bot.web.widget

lock: $(VENV)/installed-dev ## Pin the newest allowed versions again (needs uv)
	uv pip compile pyproject.toml --extra postgres --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade --quiet --output-file requirements.txt
	uv pip compile pyproject.toml --extra postgres --group build --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade --quiet --output-file requirements-dev.txt

clean: ## Remove the virtual environment and caches (never ./data)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache
