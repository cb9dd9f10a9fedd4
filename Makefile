# The commands of this project; `make` alone lists them. The steps behind them are small scripts in .ci/.
.DEFAULT_GOAL := help
.PHONY: help run dev test check bench drill staff prepare serve requirements environment environment-dev packages packages-bench
.PHONY: tests-on-sqlite tests-on-postgresql tests-that-kill

PORT ?= 8000
BIND ?= 127.0.0.1
WORKERS ?= 2
export PORT BIND WORKERS

PYTHON := .venv/bin/python

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: ## Try the site on this machine: http://localhost:8000 (PORT=9000: another port; BIND=0.0.0.0: for a phone too)
	@.ci/try-site

dev: ## The same for developers: a server that reloads, and error pages with the source
	@.ci/try-site dev

# All at once, since the tests with the browser often wait for it. Those that kill processes of the database
# server have a server of their own. Compiled modules are kept, or each process would compile everything again.
test: export PYTHONDONTWRITEBYTECODE =
test: environment-dev packages check ## Run every check and every test, on SQLite and on PostgreSQL
	@$(MAKE) --no-print-directory --keep-going --jobs=3 tests-on-sqlite tests-on-postgresql tests-that-kill

tests-on-sqlite:
	@echo "==> Tests on SQLite, with the browser; those on PostgreSQL run beside them"
	@DATABASE_URL="sqlite:///$(CURDIR)/var/tests.sqlite3" $(PYTHON) -m pytest -n 3 --durations=10

tests-on-postgresql:
	@.ci/tell-later "Tests on PostgreSQL" .ci/with-postgresql $(PYTHON) -m pytest \
		--durations=10 -m "not browser and not once and not alone and not drill"

tests-that-kill:
	@.ci/tell-later "Tests on PostgreSQL that kill its processes" .ci/with-postgresql $(PYTHON) -m pytest -m alone $$(grep -rl mark.alone tests --include=test_*.py)

check: environment-dev ## Look for mistakes without running the site: style, templates, imports, settings
	@.ci/check

bench: environment-dev packages-bench ## Measure the site on this machine, next to nginx and a bare Django view
	@$(PYTHON) -m tests.bench
	@DURABLE=1 .ci/with-postgresql $(PYTHON) -m tests.bench.messages

drill: environment-dev packages packages-bench ## The long tests: other browsers, kills, hostile requests, floods, with figures (takes hours)
	@DATABASE_URL="sqlite:///$(CURDIR)/var/tests.sqlite3" $(PYTHON) -m pytest -n 2 -m drill --durations=10
	@$(PYTHON) -m tests.drills
	@.ci/with-postgresql $(PYTHON) -m tests.drills

staff: environment ## Create a sign-in: make staff EMAIL=name@example.com ROLE=intake (or editor, reviewer, publisher, owner)
ifeq ($(origin EMAIL)-$(origin ROLE),command line-command line)
	@$(PYTHON) manage.py add_staff "$(EMAIL)" --role "$(ROLE)"
else
	@echo "Whose sign-in? For example: make staff EMAIL=name@example.com ROLE=intake" >&2
	@echo "ROLE is editor, reviewer, publisher, intake or owner." >&2
	@exit 1
endif

serve: environment ## Serve for real, with settings from the environment only (PORT, BIND, WORKERS)
	@.ci/serve

prepare: environment ## Bring a server's database and static files up to date, before a restart
	@.ci/prepare

requirements: ## Pin the packages of pyproject.toml again, with hashes (for developers; needs uv)
	@.ci/pin-requirements

environment:
	@.ci/set-up-environment requirements.txt

environment-dev:
	@.ci/set-up-environment requirements.txt requirements-dev.txt

packages:
	@.ci/require-packages

packages-bench:
	@.ci/require-packages bench
