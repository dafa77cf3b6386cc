# A fresh machine needs git, make and a Python of 3.11 or later with pip; all else is fetched into this folder.
PYTHON ?= python3
UV := .uv/bin/uv
BIN := .venv/bin
RASA := nlu/.venv/bin/python
export TF_CPP_MIN_LOG_LEVEL := 3

.DEFAULT_GOAL := help
.PHONY: help setup run test check train calibrate eval ablation bench lock

help: ## Show what can be made
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.runtime ## Set up what the assistant needs; leaves .venv/bin/motcua

run: setup ## Set up and start the assistant on http://localhost:8000
	DOSSIER_SAMPLES=$${DOSSIER_SAMPLES-true} $(BIN)/motcua serve

test: .venv/.development ## Set up and run every test
	$(BIN)/pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder

check: .venv/.development ## Check style, types, sizes, imports and the knowledge base
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	if [ -e nlu/.venv/.ready ]; then $(BIN)/mypy --config-file nlu/mypy.ini --python-executable $(RASA) -p nlu; fi
	$(BIN)/pytest --quiet tests/house/test_sizes.py
	$(BIN)/lint-imports
	$(BIN)/motcua knowledge check

train: .venv/.runtime nlu/.venv/.ready ## Train the language model with Rasa, evaluate it, export it to nlu/model
	$(RASA) -m nlu.train

calibrate: .venv/.development ## Fit how sure the assistant may be, on our own questions and NATIONAL_DATA
	$(BIN)/python -m tests.calibration

eval: .venv/.development ## Measure understanding and finding on questions never trained on
	$(BIN)/python -m tests.evaluation

ablation: .venv/.development nlu/.venv/.ready ## Measure what each part of the language model is worth; an hour
	$(BIN)/python -m tests.evaluation.single build/ablation/messages.jsonl
	$(RASA) -m nlu.training.ablation

bench: .venv/.development ## Measure speed and memory, beside stock Rasa where nlu/.venv exists
	$(BIN)/python -m tests.bench

lock: $(UV) ## Resolve the requirements of both Pythons anew, with hashes
	cd requirements && for name in uv runtime dev; do ../$(UV) pip compile --quiet --universal --generate-hashes \
		--no-emit-index-url --no-header --python-version 3.11 $$name.in -o $$name.txt || exit 1; done
	cd nlu && ../$(UV) pip compile --quiet --universal --generate-hashes \
		--no-emit-index-url --no-header --python-version 3.10 requirements.in -o requirements.txt

# uv comes through pip into the checkout: --target leaves the machine's own Python alone.
$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "motcua needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location \
		--upgrade --target .uv --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.runtime: $(UV) requirements/runtime.txt pyproject.toml
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.development: .venv/.runtime requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# Rasa 3.6 ends at Python 3.10; nlu/.python-version lets pyenv and uv find one, else uv fetches it.
nlu/.venv/.ready: $(UV) nlu/requirements.txt
	cd nlu && ../$(UV) venv --quiet --allow-existing --python 3.10 .venv
	$(UV) pip install --quiet --python $(RASA) --require-hashes -r nlu/requirements.txt
	@touch $@
