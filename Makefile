# What a newcomer needs; each target is a script of its name in scripts/. README.md says more.
SHELL := bash
.PHONY: run test test-postgresql bench stop clean

run: ## Serve the portal at http://127.0.0.1:8000/ (PORT=…); prepares all that is missing
	@exec bash scripts/run

test: ## Everything that CI checks
	@exec bash scripts/test

test-postgresql: ## The tests on a PostgreSQL server: that of DATABASE_URL, or a throw-away one from /usr/lib/postgresql
	@exec bash scripts/test-postgresql

bench: ## How quick the pages are, against an empty view, with 1 and with 20 years of the demo
	@exec bash scripts/bench

stop: ## Stop the web server and the embedded database
	@exec bash scripts/stop

clean: ## Stop, and remove what can be made again; DATA=1 also the data of this checkout
	@exec bash scripts/clean
