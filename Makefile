# duixian 兑现: make setup | demo | facts | test | test-all | lint | mutants | bench | accept-N
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
BENCH_STAMP := $(VENV)/.installed-bench

.PHONY: system-packages setup setup-dev demo facts scores test test-all lint format mutants bench accept-1 accept-2 accept-3 accept-6 accept-7 accept-8 accept-9 accept-10 accept-11 accept-4 accept-5 clean

setup: $(STAMP)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@
	@echo "ready: $(BIN)/duixian --help"

setup-dev: $(DEV_STAMP)

$(DEV_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(BENCH_STAMP): $(DEV_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@

# the real country from facts/, with the sample's fictional places beside it, which enter no aggregate
demo: setup
	$(BIN)/duixian dataset load facts -o demo/demo.store
	$(BIN)/duixian build samples -o demo/demo.store
	$(BIN)/duixian table demo/demo.store --year 2025 --level province --indicator gdp.growth
	$(BIN)/duixian settle demo/demo.store --view summary --by year --level province
	@if [ -t 1 ]; then $(BIN)/duixian serve demo/demo.store; else echo "the site: $(BIN)/duixian serve demo/demo.store"; fi

# facts/ anew from the corpus; the store stays in .accept/ so that the next time only what changed is read
facts: setup
	$(BIN)/duixian build $(SHARED)/corpus --root $(SHARED)/corpus -o .accept/facts.store
	$(BIN)/duixian dataset make .accept/facts.store -o facts --gold $(SHARED)/gold --corpus $(SHARED)/corpus

# the site's table of scores from the error rates of facts/: at once, after make facts
scores: setup
	$(BIN)/python tools/site_scores.py

test: setup-dev
	$(BIN)/python -m pytest -n 2 -m "not slow and not shared"

# Debian's packages that some tests need: a browser, a converter, fonts. Elsewhere install their like by hand.
PACKAGES := chromium libreoffice-writer fonts-noto-cjk

system-packages:
	@if command -v apt-get >/dev/null && ! dpkg -s $(PACKAGES) >/dev/null 2>&1; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES); fi

ALL_STAMP := $(VENV)/.installed-all
$(ALL_STAMP): $(BENCH_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[ocr,producers,site-tests]'
	@touch $@

test-all: system-packages $(ALL_STAMP)
	DUIXIAN_REQUIRE_SHARED=1 DUIXIAN_SHARED=$(SHARED) $(BIN)/python -m pytest -n 2

lint: $(ALL_STAMP)
	$(BIN)/ruff format --check src tests benchmarks tools
	$(BIN)/ruff check src tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-dev
	$(BIN)/ruff format src tests benchmarks tools
	$(BIN)/ruff check --fix src tests benchmarks tools

# each property's tests must pass as things are and fail with a line changed for the worse
mutants: setup-dev
	$(BIN)/python tools/mutants.py

bench: $(BENCH_STAMP)
	$(BIN)/python benchmarks/speed.py --shared $(SHARED)

accept-1: $(BENCH_STAMP)
	$(BIN)/python tools/accept_1.py --shared $(SHARED)

accept-6: $(BENCH_STAMP)
	$(BIN)/python tools/accept_6.py --shared $(SHARED)

accept-3: system-packages $(ALL_STAMP)
	$(BIN)/python tools/accept_3.py --shared $(SHARED)

accept-2: $(BENCH_STAMP)
	$(BIN)/python tools/accept_2.py --shared $(SHARED)

accept-7: $(BENCH_STAMP)
	$(BIN)/python tools/accept_7.py --shared $(SHARED)

accept-8: $(BENCH_STAMP)
	$(BIN)/python tools/accept_8.py --shared $(SHARED)

accept-9: $(BENCH_STAMP)
	$(BIN)/python tools/accept_9.py --shared $(SHARED)

accept-10: system-packages $(ALL_STAMP)
	$(BIN)/python tools/accept_10.py --shared $(SHARED)

accept-11: $(BENCH_STAMP)
	$(BIN)/python tools/accept_11.py --shared $(SHARED)

accept-4: $(BENCH_STAMP)
	$(BIN)/python tools/accept_4.py --shared $(SHARED)

accept-5: $(BENCH_STAMP)
	$(BIN)/python tools/accept_5.py --shared $(SHARED)

clean:
	rm -rf demo .accept .mypy_cache .ruff_cache .pytest_cache
