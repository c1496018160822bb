# One command each. `make run` and `make test` need nothing but Python 3.11 or later and the registry of packages.

PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin

.PHONY: install run test test-all test-nightly check lint bench fuzz lock audit licences sbom image

install: .venv/installed

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "MedInfo needs Python 3.11 or later; $(PYTHON) is older. Name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-test: .venv/installed requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

run: install
	@$(BIN)/python -m medinfo.start --port $(PORT)

# Everything that runs in the process, on SQLite, on all cores.
FAST = not whole_site and not browser and not slow
PYTEST = $(BIN)/python -m pytest -n auto

test: .venv/installed-test
	$(PYTEST) -m "$(FAST)" $(ARGS)
	@echo "Left out, and run by make test-all: whole sites in processes of their own, migrations up and down, the"
	@echo "browser, PostgreSQL, long walks (-m slow), a short fuzz, and more than 20 examples of a property test."

# Three workers for two cores: a browser, a server or a lock is waited for half of the time.
test-all: export PYTEST_XDIST_AUTO_NUM_WORKERS = $(shell $(PYTHON) -c 'import os; print(3 * os.cpu_count() // 2)')

# The whole suite on SQLite, and what asks a database again on PostgreSQL where MEDINFO_TEST_POSTGRES names a
# server. What a browser makes of the pages does not depend on the database and is looked at once.
test-all: .venv/installed-test
	$(BIN)/python -m tests.fuzz --readers 2000 --requests 1000
	$(PYTEST) --hypothesis-profile=full $(ARGS)
	@if [ -n "$$MEDINFO_TEST_POSTGRES" ]; then \
		MEDINFO_DATABASE_URL="$$MEDINFO_TEST_POSTGRES" $(PYTEST) --hypothesis-profile=full -m "not browser" $(ARGS); \
	else echo "Not run on PostgreSQL: MEDINFO_TEST_POSTGRES names no server (postgres://user:password@127.0.0.1/name)."; fi

# The long runs, of hours: ten thousand steps of property tests, generated inputs, kills at random moments, everything
# at once.
test-nightly: .venv/installed-test
	$(PYTEST) --hypothesis-profile=nightly -m nightly $(ARGS)
	$(BIN)/python -m tests.benchmarks.million_names --most-ms 25 --least-ratio 0.3
	$(BIN)/python -m tests.benchmarks.open_data --most-ratio 1.25
	$(BIN)/python -m tests.benchmarks.open_data --bulk 6400 --most-seconds 60 --most-mb 12
	$(BIN)/python -m tests.fuzz $(FUZZ)
	$(BIN)/python -m tests.fuzz.api
	$(BIN)/python -m tests.support.faults --rounds 200
	$(BIN)/python -m tests.support.load --minutes 5

lint: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

# What a change must keep besides the tests: style, layers, types, and a migration for each change of a model.
check: lint
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
		MEDINFO_DATA_DIR="$$data" MEDINFO_SECRET_KEY="only-for-checks-only-for-checks-only-for-checks-only-for-checks" \
		$(BIN)/python manage.py makemigrations --check --dry-run

# After a change of dependencies in pyproject.toml (needs uv).
lock:
	uv lock
	uv export --quiet --no-dev --no-emit-project --no-header -o requirements.txt > /dev/null
	uv export --quiet --only-group test --no-emit-project --no-header -o requirements-test.txt > /dev/null

# Known holes in the locked packages, from the list of holes that PyPI keeps of every release or, where that one does
# not answer, from the OSV database. A package that cannot be asked about counts as a failure (needs uv).
AUDIT = uvx pip-audit --strict --disable-pip --require-hashes -r requirements.txt -r requirements-test.txt
audit:
	@command -v uvx > /dev/null || { echo "make audit needs uv: pip install uv"; exit 1; }
	@for service in pypi osv; do \
		said=$$($(AUDIT) --vulnerability-service $$service 2>&1) && { echo "$$said"; exit 0; }; \
		if echo "$$said" | grep -q "^Found "; then echo "$$said"; exit 1; fi; \
	done; \
	echo "$$said" | tail -1; echo "Nothing is known: neither PyPI nor OSV could be asked about all packages."; exit 1

# The table of docs/dependencies.md.
licences: .venv/installed-test
	@$(BIN)/python -m tests.support.licences

# The image of Dockerfile, with whichever builder is there; `.ci/image` builds it without a registry and tries it.
IMAGE ?= medinfo:latest
image:
	@for builder in docker podman buildah; do \
		command -v $$builder >/dev/null || continue; \
		exec $$builder build --tag $(IMAGE) .; \
	done; echo "No builder is here: install docker, podman or buildah."; exit 1

# What the site runs on as CycloneDX, for whoever asks which version of what is where, and the licences beside it.
sbom: .venv/installed-test
	@$(BIN)/python -m tests.support.sbom build/sbom.cdx.json
	@$(BIN)/python -m tests.support.licences > build/licences.md

# What the machine is asked to do, as tables. The corpus and the queries to measure on are named by
# MEDINFO_TEST_CORPUS, MEDINFO_TEST_SEARCH and MEDINFO_TEST_LABELS; SPEED= are options of tests/benchmarks/speed.py.
bench: .venv/installed-test
	$(BIN)/python -m tests.benchmarks.speed $(SPEED)
	$(BIN)/python -m tests.benchmarks.import_pages
	@if [ -n "$$MEDINFO_TEST_CORPUS" ]; then $(BIN)/python -m tests.benchmarks.score_pages; \
	else echo "Not scored: MEDINFO_TEST_CORPUS names no folder of pages."; fi
	$(BIN)/python -m tests.benchmarks.score_questions
	@if [ -n "$$MEDINFO_TEST_SEARCH" ]; then $(BIN)/python -m tests.benchmarks.score_names; \
	else echo "Not scored: MEDINFO_TEST_SEARCH names no folder of queries."; fi
	@if [ -n "$$MEDINFO_TEST_LABELS" ]; then $(BIN)/python -m tests.benchmarks.label_speed; \
	else echo "Not measured: MEDINFO_TEST_LABELS names no folder of labels."; fi

# What may be sent, sent: FUZZ="--readers 2000 --requests 1000" for less, or more, of it, and `--seed N` for the same.
fuzz: .venv/installed-test
	$(BIN)/python -m tests.fuzz $(FUZZ)
