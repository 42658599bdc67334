# Everything is done by packaging/bootstrap.py, so that Windows needs no make.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) packaging/bootstrap.py
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: setup run test torture bench bench-setup bench-gpu week translations package package-test package-compare help

setup run test torture bench bench-setup bench-gpu week translations package package-test package-compare help:
	@$(BOOTSTRAP) $@ $(ARGS)
