# Everything here needs Python 3.11 or later, make and git; the rest is set up in .venv. `make help` lists the targets.

PY := .venv/bin/python

define style
$(PY) -m ruff check .
$(PY) -m ruff format --check .
$(PY) -m mypy
.venv/bin/lint-imports
endef

log := examples/hosting-2026.csv --mapping examples/hosting-log.toml

# Coverage starts before pytest does, so that what plugins import counts; every core runs its share of the files, each file
# whole, since the examples of a page build on one another.
define tests
@$(PY) -m coverage erase
$(PY) -m coverage run -m pytest -n auto --dist loadfile
@$(PY) -m coverage combine -q
@$(PY) -m coverage report
endef

.DEFAULT_GOAL := help
.PHONY: help demo test lint conformance bench nightly docs full api mutants

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  \1\t\2/' | expand -t 16

demo: ## replay the example log under the example concept and print what came out
	@sh tools/setup.sh demo
	.venv/bin/supportcore replay hosting $(log)
	.venv/bin/supportcore explain hosting $(log) --ticket 0402-1 --as-of 2027-01-01 --language de
	.venv/bin/supportcore explain hosting $(log) --ticket 0402-1 --as-of 2027-01-01 --language en

test: ## lint, types, layers, tests and the examples of the documentation, with branch coverage
	@sh tools/setup.sh test
	$(style)
	$(tests)

lint: ## ruff, mypy, layers, and a second type checker
	@sh tools/setup.sh lint
	$(style)
	.venv/bin/basedpyright

conformance: ## other systems' cases: a line for each file, status 1 on an unexplained difference
	@sh tools/setup.sh test
	@$(PY) -m tests.conformance

bench: ## the budgets of the design, each with the measured ratio
	@sh tools/setup.sh bench
	@$(PY) -m benchmarks

nightly: ## the comparisons with the slow twins at length, recorded in docs/nightly.md
	@sh tools/setup.sh test
	@$(PY) -m tests.nightly

mutants: ## small changes to the calendars, and which of them no test notices, recorded in docs/mutants.md
	@sh tools/setup.sh mutants
	@$(PY) -m tests.mutants

docs: ## the documentation as HTML in build/docs
	@sh tools/setup.sh docs
	$(PY) -m sphinx -W --keep-going -q -b html docs build/docs
	@echo "build/docs/index.html"

full: export PYTEST_ADDOPTS = -m ""
full: ## what `test` does, with the tests that need the peers or Spark
	@sh tools/setup.sh full
	$(style)
	$(tests)

api: ## renew tests/unit/public_api.txt, the snapshot of the public API
	@sh tools/setup.sh test
	@$(PY) -m tests.unit.public_api
