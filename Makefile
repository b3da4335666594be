# Every task of the project. `make` lists them; the text after ## is the help.
# Needs Python 3.11 or newer and make; everything else goes into .venv from the lock files.

PORT ?= 8000
WORKERS ?= 2
DATABASES ?= sqlite,postgresql
TESTS ?= tests
# Run once more with Python's own SQLite, which some machines have to do with (docs/decisions/0004).
OWN_SQLITE := PYTHONPATH=$(CURDIR)/tests/setup/pythons_sqlite WAYMARK_TEST_DATABASE=sqlite

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
RUN_READY := $(VENV)/ready-to-run
DEV_READY := $(VENV)/ready-to-develop
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11 python

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup demo test faults check fix shots bench lock wheel clean

help: ## List these tasks
	@echo "Waymark. Usage: make TASK [PORT=8000]"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(RUN_READY) ## Serve Waymark with the demo cast on http://127.0.0.1:$(PORT)
	@WAYMARK_DEMO=1 $(BIN)/waymark serve --port $(PORT)

setup: $(DEV_READY) ## Prepare .venv with everything that development needs
	@echo "Ready. Next: make run, or make test."

demo: $(RUN_READY) ## Load the demo cast into the database named by the settings
	@$(BIN)/waymark demo load

test: $(DEV_READY) ## Run the whole suite: both databases and the browser (TESTS=tests/web for a part)
	@$(BIN)/python -m tests.setup.browser
	@case ",$(DATABASES)," in *,postgresql,*) $(BIN)/python -m tests.setup.postgresql ;; esac
	@$(if $(filter tests,$(TESTS)),$(OWN_SQLITE) $(BIN)/pytest -q \
	  $(addprefix tests/storage/,test_engine.py test_trouble.py test_backup.py))
	@WAYMARK_TEST_DATABASE=$(DATABASES) $(BIN)/pytest -n $(WORKERS) --dist loadfile \
	  --hypothesis-profile=suite $(TESTS)

faults: $(DEV_READY) ## Prove for long that nothing saved is lost or rewritten: kills, races, two tabs, time travel
	@$(BIN)/pytest -q -n $(WORKERS) --hypothesis-profile=search tests/domain
	@WAYMARK_TIME_TRAVEL_EXAMS=1000 $(BIN)/pytest -q tests/services/test_time_travel.py
	@$(OWN_SQLITE) $(BIN)/pytest -q tests/faults/test_kills.py tests/faults/test_contention.py
	@WAYMARK_TEST_FAULTS=long $(BIN)/pytest -q $(or $(filter-out tests,$(TESTS)),tests/faults)

check: $(DEV_READY) ## May I push? Lint, format, types, imports, content, house rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/waymark content check
	@$(BIN)/pytest -q tests/house

fix: $(DEV_READY) ## Mend what tools can mend: imports, lint, format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

shots: $(DEV_READY) ## Take the pictures of the README from the demo, into docs/img
	@$(BIN)/python -m tests.setup.browser
	@$(BIN)/python docs/shots.py

bench: $(DEV_READY) ## Measure: every script of bench/, one after the other
	@for file in $$(grep -l '^if __name__' bench/*.py); do \
	  echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

wheel: $(DEV_READY) ## Build the wheel and try it in an empty environment
	@$(BIN)/python -m tests.setup.wheel

lock: ## Resolve pyproject.toml anew into both lock files (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	@$(LOCK) --group build -o requirements.lock
	@$(LOCK) --group dev -o requirements-dev.lock

clean: ## Remove .venv and caches; the database under instance/ stays
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist

# The locks hold no address, so that they install from any index.
LOCK = uv pip compile pyproject.toml --quiet --upgrade --universal --generate-hashes \
  --no-header --no-annotate --python-version 3.11

# The first Python that is new enough and whole. Version managers leave names behind that do
# not run, so each candidate is tried.
$(BIN)/python:
	@for name in $(PYTHONS); do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    found=$$name; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "Waymark needs Python 3.11 or newer; none was found (tried: $(PYTHONS))."; \
	  echo "Install it from your system or from https://www.python.org/downloads/ and try again."; \
	  exit 1; fi; \
	if ! $$found -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  echo "$$found cannot make a virtual environment: its venv or ensurepip part is missing."; \
	  echo "On Debian or Ubuntu: sudo apt install python3-venv. Then try again."; \
	  exit 1; fi; \
	echo "Making the environment in $(VENV) with $$($$found --version)."; \
	$$found -m venv --clear $(VENV)

$(RUN_READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Waymark needs to run; the first time takes about half a minute."
	@$(call install,requirements.lock)

$(DEV_READY): requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing what development needs; the first time takes about a minute."
	@$(call install,requirements-dev.lock)

# The build tools are in the lock too, so the second step reaches for nothing outside it.
define install
{ $(PIP) install --require-hashes -r $(1) && \
  $(PIP) install --no-deps --no-build-isolation --editable . && \
  $(BIN)/python -m compileall -q app; } || { \
  echo "The installation did not finish. Is the network reachable? Nothing is lost; try again."; \
  exit 1; }; touch $@
endef
