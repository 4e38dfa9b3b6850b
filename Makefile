# Anjuan 案卷. Two commands for a newcomer: `make run` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .make
ARCHIVE ?= archive
TEST_PACKAGES := fonts-noto-cjk tesseract-ocr tesseract-ocr-chi-sim chromium poppler-utils softhsm2 gcc libc6-dev
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check lint types layers tests nightly install clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: install ## Serve a sample archive at http://127.0.0.1:8000 (PORT=… ARCHIVE=…)
	@scripts/run-sample-archive.sh "$(BIN)" "$(ARCHIVE)" "$(PORT)"

test: $(STAMPS)/test-packages check ## Install what the tests need and run every check

check: lint types layers tests ## Every check; nothing else decides whether a change is good

lint: $(STAMPS)/check-tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMPS)/check-tools
	$(BIN)/mypy

layers: $(STAMPS)/check-tools
	$(BIN)/lint-imports

tests: $(STAMPS)/check-tools
	$(BIN)/python -m pytest -n 2 --dist loadfile

nightly: $(STAMPS)/test-packages $(STAMPS)/check-tools ## The long versions: every fault at every operation, 200 kills, a million damages, 30 persons with 5,000 searches
	DMS_TEST_FAULTS=all DMS_TEST_KILLS=200 DMS_TEST_SERVER_KILLS=200 $(BIN)/python -m pytest -n 2 --dist load --timeout 14400 tests/crash tests/features/test_killed_ingestion.py tests/features/test_killed_server.py
	DMS_TEST_DAMAGES=1000000 $(BIN)/python -m pytest tests/features/test_corruption.py
	DMS_TEST_PERSONS=30 DMS_TEST_QUERIES=5000 $(BIN)/python -m pytest -n 2 --dist load --timeout 3600 tests/features/test_nobody_sees_more.py
	DMS_TEST_COMMANDS=1 $(BIN)/python -m pytest tests/architecture/test_command_rights.py

install: $(STAMPS)/installed ## Install the product into .venv

# rapidocr asks for the desktop build of OpenCV, which needs libGL; the headless build is laid over it instead.
$(STAMPS)/installed: pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	$(BIN)/pip install --quiet --constraint constraints.txt --force-reinstall --no-deps opencv-python-headless
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/check-tools: $(STAMPS)/installed
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[check]'
	$(BIN)/pip install --quiet --constraint constraints.txt --force-reinstall --no-deps opencv-python-headless
	@mkdir -p $(STAMPS) && touch $@

$(VENV)/bin/pip:
	@scripts/need-debian.sh "python3-venv" "$(PYTHON) -c 'import ensurepip, venv'"
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/test-packages: Makefile
	@scripts/need-debian.sh "$(TEST_PACKAGES)" \
	  "command -v chromium && command -v pdftotext && command -v gcc && test -e /usr/include/stdio.h && tesseract --list-langs | grep -qx chi_sim && fc-list | grep -q NotoSansCJK && command -v softhsm2-util"
	@mkdir -p $(STAMPS) && touch $@

clean: ## Remove what was installed and built; archives are never touched
	rm -rf $(VENV) $(STAMPS) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
