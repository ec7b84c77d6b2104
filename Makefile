# The commands of the README. `make` alone lists them.
PYTHON ?= python3
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run setup test check bench bench-full screens messages lock product development

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1@/p' $(MAKEFILE_LIST) | tr '@' '\t' | expand -t 18

run: product ## Start everything at http://127.0.0.1:8000 (another port: make run PORT=8001)
	@exec $(PY) -m secretariat.dev.run

setup: development ## Install into .venv what the product and its tests need

test: development ## Run the tests (one file: make test ONLY=tests/unit/test_settings.py)
	@EVERY_DATABASE=$(EVERY_DATABASE) exec $(PY) -m pytest $(ONLY)

check: development ## Linters, types, layers, templates, translations, migrations
	@exec $(PY) -m tests.check

bench: development ## Measure (one group: make bench ONLY=setup)
	@exec $(PY) -m tests.benchmarks $(if $(ONLY),--only $(ONLY))

bench-full: development ## Measure what takes long too: mutants of the access modules (one group: ONLY=mutants)
	@exec $(PY) -m tests.benchmarks --full $(if $(ONLY),--only $(ONLY))

screens: development ## Take the pictures of docs/screens anew (some: make screens ONLY="year tracks"; needs Chromium)
	@exec $(PY) -m tests.screens $(ONLY)

messages: development ## Bring the catalogues of translations up to date with the code
	@$(PY) -m secretariat.dev.messages && exec $(PY) -m secretariat.dev.words

lock: ## Pin the dependencies of pyproject.toml anew (needs uv)
	uv pip compile --quiet --universal --upgrade --generate-hashes --no-annotate --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml --output-file requirements/product.lock
	uv pip compile --quiet --universal --upgrade --generate-hashes --no-annotate --no-emit-index-url \
		--custom-compile-command "make lock" --constraint requirements/product.lock --extra s3 \
		pyproject.toml --output-file requirements/s3.lock
	uv pip compile --quiet --universal --upgrade --generate-hashes --no-annotate --no-emit-index-url \
		--custom-compile-command "make lock" --constraint requirements/s3.lock --group development \
		pyproject.toml --output-file requirements/development.lock

product development:
	@$(PYTHON) secretariat/dev/install.py $@
