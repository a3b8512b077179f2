# Every target sets up by itself what it needs (tools/setup.py says what it installs and why), then does its work.
# Where there is no make, as on Windows: `py -m tools.setup run`, `py -m tools.setup test` and so on.
# ARGS are handed on: make test ARGS="tests/domain -x"

PYTHON := $(shell command -v python3 || command -v python)
SETUP = @test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. On Debian: apt-get install python3 python3-tk python3-venv"; exit 1; }; \
	"$(PYTHON)" -m tools.setup

.PHONY: help run test test-long check bench dist pictures ready clean

help:       ## these lines
	@sed -n 's/^\([a-z-]*\): .*## /\1\t/p' Makefile | expand -t 14

run:        ## a station with a sample county: in a window, or without a display as a play told step by step
	$(SETUP) run $(ARGS)

test:       ## all tests but the long ones
	$(SETUP) test $(ARGS)

test-long:  ## all tests, the long ones too, with many more examples
	$(SETUP) test-long $(ARGS)

check:      ## format, rules, types and layers of the source
	$(SETUP) check $(ARGS)

bench:      ## measure what the README claims
	$(SETUP) bench $(ARGS)

dist:       ## one executable in dist/, and the proof that it works
	$(SETUP) dist $(ARGS)

pictures:   ## the manual's pictures, anew
	$(SETUP) pictures $(ARGS)

ready:      ## only set up
	$(SETUP) ready

clean:      ## remove builds and caches (the environment and any station's data stay)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -not -path './.venv/*' -type d -prune -exec rm -rf {} +
