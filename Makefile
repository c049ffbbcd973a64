# Two commands do everything on a machine that has Python 3.11 or newer:
#   make demo    install, build a library from corpus/, show what it finds, write pictures and tables to out/
#   make test    install with the development extras, run every check
# And one that takes 360 MB more: make test-ocr, the tests of recognition, which make test passes over without them.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-ocr format golden clean

demo: .venv/installed
	$(BIN)/python corpus/demo.py

test: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest

test-ocr: .venv/installed-ocr
	$(BIN)/pytest tests/readers/test_images.py tests/readers/test_scan_page.py tests/readers/test_pdf_scan.py

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: .venv/installed-dev
	$(BIN)/python -m tests.regold

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/installed-dev: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

.venv/installed-ocr: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,ocr]'
	touch $@

clean:
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
