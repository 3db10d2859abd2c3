# Everything here needs Python 3.11 or later, make and git; the rest is set up in .venv. `make help` lists the targets.

PY := .venv/bin/python

define style
$(PY) -m ruff check .
$(PY) -m ruff format --check .
$(PY) -m mypy
.venv/bin/lint-imports
endef

# Coverage starts before pytest does, so that what plugins import counts. Every core runs its share of the files, each file
# whole, since the examples of a page build on one another.
pytest := $(PY) -m coverage run -m pytest -n auto --dist loadfile

log := examples/hosting-2026.csv --mapping examples/hosting-log.toml
checked := $(wildcard $(shell git ls-files 2>/dev/null))

.DEFAULT_GOAL := help
.PHONY: help demo test full system style lint conformance bench nightly mutants docs dist changelog api

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  \1\t\2/' | expand -t 16

demo: ## replay the example log under the example concept and print what came out
	@sh tools/setup.sh demo
	.venv/bin/supportcore replay hosting $(log)
	.venv/bin/supportcore explain hosting $(log) --ticket 0402-1 --as-of 2027-01-01 --language de
	.venv/bin/supportcore explain hosting $(log) --ticket 0402-1 --as-of 2027-01-01 --language en

test: ## lint, types, layers, tests and the examples of the documentation, with branch coverage; under five minutes
	@sh tools/setup.sh test
	$(style)
	@$(PY) -m coverage erase
	$(pytest)
	@$(PY) -m coverage combine -q
	@$(PY) -m coverage report

# The coverage of the last `make test`. It runs again only where something changed since, so that `full` repeats nothing.
.coverage: $(checked)
	@$(MAKE) --no-print-directory test

full: .coverage ## properties at length, large logs, peers from PyPI; unit tests under other Pythons and the lowest versions
	@sh tools/setup.sh full
	@rm -f .coverage.*
	HYPOTHESIS_PROFILE=full $(pytest) -m "(full or peers or hypothesis) and not system"
	@$(PY) -m coverage combine --append -q
	@$(PY) -m coverage report
	@$(PY) tools/unit.py

system: ## the tests that need other programs, such as a browser or Java; installs them as root on Debian
	@sh tools/setup.sh test
	@$(PY) tools/system.py

style: ## ruff, mypy and the layers, quick enough for every commit
	@sh tools/setup.sh test
	$(style)

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

nightly: ## the comparisons with the slow twins at length, recorded in docs/evidence/nightly.md
	@sh tools/setup.sh test
	@$(PY) -m tests.nightly

mutants: ## small changes to the kernels, and which of them no test notices, recorded in docs/evidence/mutants.md
	@sh tools/setup.sh mutants
	@$(PY) -m tests.mutants

docs: ## the documentation as HTML in build/docs
	@sh tools/setup.sh docs
	$(PY) -m sphinx -W --keep-going -q -b html docs build/docs
	@echo "build/docs/index.html"

dist: ## sdist and wheel in dist/; runs the README's example with the wheel in an empty environment
	@sh tools/setup.sh dist
	@$(PY) tools/dist.py

changelog: ## write CHANGELOG.md from the fragments in changes/
	@sh tools/setup.sh test
	@$(PY) tools/changelog.py

api: ## renew tests/unit/public_api.txt, the snapshot of the public API
	@sh tools/setup.sh test
	@$(PY) -m tests.unit.public_api
