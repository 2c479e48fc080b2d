# make demo: see it work.  make test: is it right?  Everything is made below build/.
PYTHON ?= python3
VENV := build/venv
DEMO := build/demo-venv
JOBS ?= 2
BENCH ?=
N ?= 20000
SEED ?= 0
C_SOURCES = $(shell find runtime_c -name '*.[ch]')
PYTHON_SOURCES = pybuild tests benchmarks examples

.PHONY: demo test test-full test-programs test-cpython test-sanitized test-leaks fuzz lint types format format-check bench bench-more bench-count bench-setup bench-compile bench-build clean

# Each line is a link of the one executable, and what it is started with.
demo: $(DEMO)/installed
	$(DEMO)/bin/pybuild build --manifest examples/suite/pybuild.toml --output-dir ../../build/demo
	@set -e; cd build/demo/acme-tools.dist; for command in "acme list" "acme-cli show A-100" "acme-server --self-test" "acme-batch" \
	    "acmectl audit" "ctl"; do printf '\n$$ ./%s\n' "$$command"; ./$$command; done
	@printf '\nCompared with what is expected of them:\n'
	@$(DEMO)/bin/python examples/check.py examples/suite build/demo/acme-tools.dist

test: $(VENV)/installed
	$(VENV)/bin/python -m pytest -n $(JOBS) -m "not slow" tests

test-full: $(VENV)/installed
	$(VENV)/bin/python -m pytest -n $(JOBS) tests

# docs/testing.md: programs and CPython's own tests, built and interpreted; random programs.
test-programs: $(VENV)/installed
	$(VENV)/bin/python -m pytest -n $(JOBS) tests/programs/test_programs.py

test-sanitized: $(VENV)/installed
	$(VENV)/bin/python -m pytest -n $(JOBS) tests/programs/test_sanitized.py

test-leaks: $(VENV)/installed
	$(VENV)/bin/python -m pytest -n $(JOBS) tests/programs/test_leaks.py

test-cpython: $(VENV)/installed
	$(VENV)/bin/python -m pytest -n $(JOBS) tests/lib_test

fuzz: $(VENV)/installed
	$(VENV)/bin/python -m tests.fuzz --count $(N) --seed $(SEED)

lint: $(VENV)/installed
	$(VENV)/bin/ruff check $(PYTHON_SOURCES)
	$(VENV)/bin/ruff format --check $(PYTHON_SOURCES)

types: $(VENV)/installed
	$(VENV)/bin/mypy

format: $(VENV)/installed
	$(VENV)/bin/ruff format $(PYTHON_SOURCES)
	$(VENV)/bin/ruff check --fix $(PYTHON_SOURCES)
	$(VENV)/bin/clang-format -i $(C_SOURCES)

format-check: $(VENV)/installed
	$(VENV)/bin/clang-format --dry-run --Werror $(C_SOURCES)

# How fast built programs run: options of benchmarks/speed: make bench BENCH='--all --json build/speed.json'
bench: $(VENV)/installed
	$(VENV)/bin/python -m benchmarks.speed $(BENCH)

bench-more: $(VENV)/installed
	$(VENV)/bin/python -m benchmarks.speed --set more $(BENCH)

# Which share of a program's own calls and loop iterations runs natively: make bench-count BENCH='--set more'
bench-count: $(VENV)/installed
	$(VENV)/bin/python -m benchmarks.speed.count $(BENCH)

bench-setup: $(VENV)/installed
	$(VENV)/bin/python -m benchmarks.speed --set-up $(BENCH)

# How long it takes to make machine code: options of benchmarks/compile_speed.py
bench-compile: $(VENV)/installed
	$(VENV)/bin/python -m benchmarks.compile_speed $(BENCH)

# Options of benchmarks/build.py: make bench-build BENCH='--without nuitka --rows hello start'
bench-build:
	$(PYTHON) benchmarks/build.py $(BENCH)

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(DEMO)/installed: pyproject.toml $(shell find pybuild runtime_c schema -type f -not -name '*.pyc')
	$(PYTHON) -m venv --clear $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

clean:
	rm -rf build dist
