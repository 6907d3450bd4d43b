# make run: environment, then the pipeline over corpus/.   make test: all tests.   make check: lint, types, notebooks.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
OUT    ?= out
STAMP  := $(VENV)/.installed

CLUSTER := $(VENV)-cluster

.PHONY: run test cluster-test check lint types notebooks lock clean

run: $(STAMP)
	$(BIN)/zhengce run corpus --out $(OUT) --format xlsx
	@echo
	@echo "look:   $(BIN)/zhengce tables $(OUT)"
	@echo "        $(BIN)/zhengce show corpus/001_b5c54a53bf2725bf.txt"
	@echo "Excel:  $(OUT)/policy.xlsx"
	@$(BIN)/zhengce report $(OUT) --out $(OUT)/report.html

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile

# the engine ray and an object store: s3fs wants an older python-dateutil than the rest, so they have their own environment
cluster-test: $(CLUSTER)/.installed
	$(CLUSTER)/bin/python -m pytest tests/test_ray.py tests/test_object_store.py

$(CLUSTER)/.installed: pyproject.toml requirements-cluster.lock
	$(PYTHON) -m venv $(CLUSTER)
	$(CLUSTER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-cluster.lock
	$(CLUSTER)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

check: lint types notebooks

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

notebooks: $(STAMP)
	$(BIN)/python scripts/run_notebooks.py

$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "zhengce needs Python 3.11 or newer; try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@touch $@

# both locks from pyproject.toml: pinned versions stay, what is missing is added; UPGRADE=--upgrade takes the newest
lock:
	$(PYTHON) scripts/lock.py $(UPGRADE) $(PYTHONS)

clean:
	rm -rf $(VENV) $(CLUSTER) $(OUT) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
