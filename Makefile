# Two commands matter: `make demo` and `make test`. Both build .venv once and reuse it.
PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
INPUTS := pyproject.toml constraints.txt
WORKERS ?= 2
# The environment reaches the build of this package too; pip 25.3 and later read the second name there.
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt $(BIN)/pip

.PHONY: demo test browser docs curriculum results results-page forgetting-results tracing-results embed-results bench-results clean

demo: $(VENV)/.demo
	$(BIN)/preceptor demo $(ARGS)

test: $(VENV)/.test
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --cov --cov-report=term

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(INPUTS) | $(VENV)/bin/python
	$(PIP) install --quiet --editable '.[app]'
	touch $@

$(VENV)/.test: $(INPUTS) | $(VENV)/bin/python
	$(PIP) install --quiet --editable '.[app,llm,text,dev]'
	touch $@ $(VENV)/.demo

browser:
	@command -v "$${PRECEPTOR_BROWSER:-chromium}" >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else \
	  echo "Install a Chromium, for example: sudo apt-get install chromium"; \
	fi

docs: $(VENV)/.test
	$(BIN)/python -m preceptor.cli.reference > docs/cli.md
	$(BIN)/python -m preceptor.curriculum.page docs
	$(BIN)/python -m preceptor.forgetting.figure docs

# Audits 200 seeds of every family, the bank and all test forms in every language; takes about ten minutes.
curriculum: $(VENV)/.test
	$(BIN)/python -m preceptor.curriculum.audit.run --out results/curriculum.json

# Measures everything docs/results.md shows; needs the real data and about ten minutes.
DATA ?= ../shared/data
results: $(VENV)/.test
	rm -rf results/work/results && mkdir -p results/work/results
	$(BIN)/preceptor demo --course results/work/results/demo --no-serve --json > results/demo.json
	$(BIN)/preceptor import akt-folds $(DATA)/assist2009 --course results/work/results/assist2009 --json > results/work/results/import.json
	$(BIN)/preceptor train results/work/results/assist2009 --model dkt --json > results/assist2009-dkt.json
	$(BIN)/preceptor import oatutor $(DATA)/oatutor --course results/work/results/oatutor --json > results/oatutor.json
	rm -rf results/work/results
	$(MAKE) results-page

results-page: $(VENV)/.test
	$(BIN)/python -m preceptor.cli.results > docs/results.md
	$(BIN)/python -m preceptor.cli.results_tracing > docs/results/tracing.md
	$(BIN)/python -m preceptor.cli.results_forgetting results docs
	$(BIN)/python -m preceptor.cli.results_embed > docs/results/embed.md

# What time adds to prediction, on both timed data sets; about an hour.
forgetting-results: $(VENV)/.test
	rm -rf results/work/forgetting && mkdir -p results/work/forgetting
	for name in assist2017 ednet; do \
	  course=results/work/forgetting/$$name; \
	  $(BIN)/preceptor import timestamped-table $(DATA)/$${name}_timestamped --course $$course --json \
	    > $$course.json && \
	  $(BIN)/preceptor evaluate forgetting $$course --model logistic --json > results/forgetting-$$name.json && \
	  $(BIN)/preceptor evaluate forgetting $$course --model dkt --json > results/forgetting-$$name-dkt.json || exit 1; \
	done
	rm -rf results/work/forgetting
	$(MAKE) results-page

comma := ,
# How well every tracer predicts real students; hours. Killed anywhere and called again, it goes on.
# `OMP_NUM_THREADS=1 make -j2 tracing-results` takes the sets side by side and is faster on two cores.
# The network with every input a set has on all folds, the others on the last one.
BASE_TRACERS := dkt$(comma)dkt:questions=difficulty$(comma)dkt:questions=embedding
TRACERS := history,bkt,das3h,dkvmn,sakt,simplekt,akt,lpkt,semantic-dkt
ITEM_TRACERS := history,bkt,das3h,dkvmn,sakt:questions=embedding,simplekt:questions=embedding,$\
	akt:questions=embedding,lpkt,semantic-dkt
tracing-results: $(VENV)/.test
	mkdir -p results/work results/tracing
	$(MAKE) --no-print-directory traced-assist2009 traced-assist2015 traced-assist2017 traced-times traced-pykt traced-served traced-seeds
	$(MAKE) --no-print-directory results-page

import-%:
	test -f results/work/$*/course.toml || \
	  $(BIN)/preceptor import akt-folds $(DATA)/$* --course results/work/$* --json > results/work/import-$*.json

evaluate-tracing = $(BIN)/preceptor evaluate tracing results/work/$(1) --models $(2) --resume --json $(4) \
	> results/work/$(1)-$(3).json && mv results/work/$(1)-$(3).json results/tracing/$(1)-$(3).json

traced-assist2015: import-assist2015
	$(call evaluate-tracing,assist2015,dkt,dkt)
	$(call evaluate-tracing,assist2015,$(TRACERS),others,--test-folds 5)

traced-assist2017: BASE_TRACERS := dkt$(comma)dkt:questions=embedding
traced-assist2009 traced-assist2017: traced-%: import-%
	$(call evaluate-tracing,$*,$(BASE_TRACERS),dkt)
	$(call evaluate-tracing,$*,$(ITEM_TRACERS),others,--test-folds 5)

# pyKT's own way of measuring, for its published figures to stand beside.
traced-pykt: import-assist2009 import-assist2015
	$(call evaluate-tracing,assist2009,history$(comma)dkt$(comma)akt:questions=embedding$(comma)simplekt:questions=embedding$(comma)lpkt,pykt,\
	  --protocol pykt --test-folds 1)
	$(call evaluate-tracing,assist2015,dkt$(comma)akt$(comma)simplekt,pykt,--protocol pykt --test-folds 1)

# Tracers as students are served: with the curve on top, which without times learns levels alone.
traced-served: import-assist2009 import-assist2015 import-assist2017_timestamped import-ednet_timestamped
	$(call evaluate-tracing,assist2009,dkt:forgetting=level$(comma)dkt:questions=embedding:forgetting=level,served)
	$(call evaluate-tracing,assist2015,dkt:forgetting=level,served)
	for name in assist2017 ednet; do \
	  $(call evaluate-tracing,$${name}_timestamped,dkt:questions=embedding$(comma)dkt:questions=embedding:forgetting=odds,served,\
	    --test-folds 5) || exit 1; \
	done

# The figures that lie close to what is asked, under other seeds.
traced-seeds: import-assist2009
	mkdir -p results/tracing/seeds
	for seed in 1 2; do \
	  $(BIN)/preceptor evaluate tracing results/work/assist2009 --models dkt$(comma)dkt:forgetting=level --seed $$seed --resume --json \
	    > results/work/assist2009-dkt-$$seed.json && \
	  mv results/work/assist2009-dkt-$$seed.json results/tracing/seeds/ || exit 1; \
	done

traced-times: traced-times-assist2017 traced-times-ednet

traced-times-%: import-%_timestamped
	$(call evaluate-tracing,$*_timestamped,das3h$(comma)dkt:questions=embedding$(comma)lpkt,times,--test-folds 5)

import-%_timestamped:
	test -f results/work/$*_timestamped/course.toml || \
	  $(BIN)/preceptor import timestamped-table $(DATA)/$*_timestamped --course results/work/$*_timestamped --json \
	    > results/work/import-$*_timestamped.json

# What fine-tuning adds to vectors of OATutor's texts; a quarter of an hour. Killed and called again, it goes on.
embed-results: $(VENV)/.test
	mkdir -p results/work
	test -f results/work/oatutor/course.toml || \
	  $(BIN)/preceptor import oatutor $(DATA)/oatutor --course results/work/oatutor --json > results/work/import-oatutor.json
	for encoder in minilm lexical; do \
	  $(BIN)/preceptor embed results/work/oatutor --encoder $$encoder --fine-tune --json \
	    > results/work/embed-$$encoder.json || exit 1; \
	done
	mv results/work/embed-minilm.json results/embed-oatutor.json
	mv results/work/embed-lexical.json results/embed-oatutor-lexical.json
	$(MAKE) --no-print-directory results-page

.SECONDARY:

# Speed and memory beside their limits and beside pyKT, which gets an environment of its own; for an idle computer.
bench-results: $(VENV)/.test
	mkdir -p results/work results/bench
	$(MAKE) --no-print-directory import-assist2015
	$(BIN)/preceptor bench tracing --course results/work/assist2015 --peers results/work/peers --install-peers \
	  --converge --runs results/bench --resume
	$(BIN)/preceptor bench online --runs results/bench --resume
	$(BIN)/preceptor bench import --runs results/bench --resume
	$(BIN)/preceptor bench training-memory --runs results/bench --resume
	$(BIN)/preceptor bench embed --runs results/bench --resume
	$(BIN)/python -m preceptor.cli.results_performance

clean:
	rm -rf $(VENV)
