# Everything that one needs is here: `make lab` to use it, `make test` to check it.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8888
BIN := $(CURDIR)/.venv/bin
UV := $(BIN)/uv
LABEXTENSION := .venv/share/jupyter/labextensions/cookhouse
KERNEL := .venv/share/jupyter/kernels/cookhouse-notebooks
SOURCES := $(shell find src style schema -type f 2>/dev/null)
export PATH := $(BIN):$(PATH)
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

.PHONY: help setup lab test demo contract requirements lint jest pytest browser wheel clean format

help: ## Say what there is.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup: .setup/check .setup/venv .setup/npm .setup/build .setup/install .setup/notebooks .setup/engine ## Make the environments and build the extension.

.setup/check:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cookhouse needs Python 3.11 or newer: set PYTHON=/path/to/python3."; exit 1; }
	@command -v node >/dev/null || { echo "Cookhouse needs Node.js 20.19 or newer on the path."; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || { echo "Cookhouse needs Node.js 20.19 or newer, this is $$(node --version)."; exit 1; }
	@mkdir -p .setup && touch $@

.setup/venv: requirements/dev.txt | .setup/check
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(UV) || $(BIN)/python -m pip install --quiet "$$(grep -E '^uv==' requirements/dev.txt)"
	$(UV) pip install --quiet --python $(BIN)/python -r requirements/dev.txt
	@touch $@

.setup/npm: package.json package-lock.json | .setup/check
	npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

.setup/build: $(SOURCES) tsconfig.json .setup/npm .setup/venv
	npm run --silent build
	@touch $@

# An editable install puts a copy of the built extension in place; the link shows the newest build.
.setup/install: pyproject.toml .setup/venv | .setup/build
	rm -rf $(LABEXTENSION)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	rm -rf $(LABEXTENSION) && mkdir -p $(dir $(LABEXTENSION)) && ln -sfn $(CURDIR)/python_package/cookhouse/labextension $(LABEXTENSION)
	@touch $@

.setup/notebooks: requirements/notebooks.txt .setup/venv
	test -x .venv-notebooks/bin/python || $(UV) venv --quiet --python $(BIN)/python .venv-notebooks
	$(UV) pip install --quiet --python .venv-notebooks/bin/python -r requirements/notebooks.txt
	.venv-notebooks/bin/python -m ipykernel install --prefix .venv --name cookhouse-notebooks --display-name "Python (Cookhouse)" >/dev/null
	@touch $@

.setup/engine: python_package/cookhouse/floor/engine.lock .setup/install
	$(BIN)/python -m cookhouse.floor.engine build
	@touch $@

lab: setup ## Start JupyterLab with Cookhouse and the sample (PORT=8888).
	@mkdir -p .lab
	$(BIN)/cookhouse sample luma --folder .lab --workspace .lab-workspace
	cd .lab && exec $(BIN)/jupyter lab --ServerApp.ip=127.0.0.1 --ServerApp.port=$(PORT) --Cookhouse.workspace=$(CURDIR)/.lab-workspace $(if $(filter 0,$(shell id -u)),--allow-root)

demo: setup ## Walk the journey without a browser.
	$(BIN)/python examples/demo.py

test: setup ## Run every test there is.
	@bash .ci/tests

lint: .setup/venv .setup/npm ## Check style, types and directions.
	$(BIN)/ruff check python_package benchmarks examples && $(BIN)/ruff format --check python_package benchmarks examples
	$(BIN)/mypy
	cd python_package && $(BIN)/lint-imports --config ../pyproject.toml
	npm run --silent eslint && npm run --silent prettier && npm run --silent stylelint
	npx tsc --noEmit -p tsconfig.test.json

jest: .setup/npm ## Run the TypeScript tests.
	npm test --silent

pytest: setup ## Run the Python tests.
	$(BIN)/python -m pytest

browser: setup ## Run the browser tests.
	cd ui-tests && npx playwright test tests/journey.spec.ts && npx playwright test --grep-invert "a real notebook becomes a recipe, trains"

contract: .setup/venv .setup/npm ## Make the TypeScript contract anew from the Python messages.
	cd python_package && $(BIN)/python -m cookhouse.contract ../contract.openapi.json
	npx openapi-typescript contract.openapi.json -o src/border/contract.ts && npx prettier --write src/border/contract.ts

requirements: ## Pin the environments anew.
	for name in dev notebooks; do $(UV) pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --custom-compile-command "make requirements" requirements/$$name.in -o requirements/$$name.txt; done

wheel: .setup/venv .setup/npm ## Build the release wheel in dist/.
	npm run --silent clean && rm -rf dist && $(BIN)/python -m build --no-isolation --wheel && $(MAKE) --silent .setup/build

format: ## Format all code.
	$(BIN)/ruff check --fix -q python_package benchmarks examples; $(BIN)/ruff format -q python_package benchmarks examples; npx prettier --write --log-level warn "{src,ui-tests,style,schema}/**/*.{ts,tsx,css,json}"

clean: ## Remove what was built; environments stay.
	rm -rf lib dist *.tsbuildinfo python_package/cookhouse/labextension .setup/build
