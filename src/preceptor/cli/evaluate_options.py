"""Options that only some kinds of evaluation take."""

from pathlib import Path
from typing import Annotated

import typer

from preceptor.embed import encoder_names, reranker_names
from preceptor.evaluate import PROTOCOLS
from preceptor.evaluate.policy import ARMS
from preceptor.evaluate.tutoring.registry import arm_names
from preceptor.parallel import BACKENDS
from preceptor.recommend import objective_names, policy_names
from preceptor.simulate import family_names, taught_family_names
from preceptor.trace import tracer_names
from preceptor.tutor.variants import DEFAULT_VARIANT as OURS
from preceptor.workflow.annotating import DEFAULT_ENCODER
from preceptor.workflow.model_size import LEAST

RIVALS, LATENT = "planner,random,historical,lowest-recall", "latent"
MAIN_ARMS = "none,random,textbook,oracle,oracle-choice,vanilla-icl,mathchat,tutorllm,pss-mv,tasa"
AnnotationEncoder = Annotated[
    str,
    typer.Option(
        "--encoder",
        help=f"`annotation`, `retrieval`, `tagging`: one of {', '.join(encoder_names())}, a folder or a hub id. "
        f"Empty: the setting `encoder`, else {DEFAULT_ENCODER}.",
    ),
]
Framework = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="`annotation`: names the concepts; without it the course's own names do."),
]
Distances = Annotated[
    bool, typer.Option("--distances", help="`annotation`: with other distances between questions too.")
]
Labels = Annotated[
    Path | None, typer.Option(metavar="COURSE", help="`embedding`: a course with the same questions, truly labelled.")
]
Objective = Annotated[
    str, typer.Option(metavar="NAME,NAME", help=f"`policy`: one or more of {', '.join(objective_names())}.")
]
Policies = Annotated[
    str,
    typer.Option(
        metavar="NAME,NAME",
        help=f"`policy`: of {', '.join((*policy_names(), *ARMS))}, learned ones as `recommend` takes "
        "them; `all` for all of them.",
    ),
]
Judges = Annotated[
    str,
    typer.Option(
        metavar="NAME,NAME",
        help="`policy`: `latent` is the truth of the course's own simulated students, `latent:FAMILY` that of "
        f"a family ({', '.join(family_names())}), `own` the tracer that policies look through, `other-students` its "
        "like trained on other students; or any tracer, as for `--models`. `all` takes every family, `own`, "
        "`other-students` and `das3h`.",
    ),
]
Reference = Annotated[
    str,
    typer.Option(
        help="`policy`: the policy that differences are to; the planner without it. `judge`: the arm that others are "
        "held against, vanilla-icl without it; `all` for every pair."
    ),
]
Beside = Annotated[str, typer.Option(metavar="NAME,NAME", help="`policy`: more policies that differences are to.")]
Steps = Annotated[int, typer.Option(help="`policy`: how many questions each policy asks; 0 for all withheld.")]
Replicates = Annotated[int, typer.Option(help="`policy`: play everything so often, each time with other chance.")]
OtherThanSeed = Annotated[
    int | None,
    typer.Option(
        metavar="SEED", min=0, help="`policy`: leave out the students whom this seed draws from the log, to ask others."
    ),
]
Case = Annotated[str, typer.Option(metavar="STUDENT", help="`policy`: tell this student's path under every policy.")]
Picture = Annotated[str, typer.Option(metavar="FILE", help="`policy`: draw that path there, as SVG.")]
Students = Annotated[
    int, typer.Option(help="`policy`, `retrieval`, `tutor`: how many students, none used in training.")
]
Horizon = Annotated[float, typer.Option(help="`policy`, `tutor`: days until recall counts.")]
Models = Annotated[
    str,
    typer.Option(
        metavar="NAME,NAME",
        help=f"`tracing`: of {', '.join(tracer_names())}; with options: dkt:questions=embedding:size=large.",
    ),
]
Protocol = Annotated[str, typer.Option(metavar="NAME", help=f"`tracing`: one of {', '.join(PROTOCOLS)}.")]
Folds = Annotated[int, typer.Option(help="`tracing`, `forgetting`: number of folds of students.")]
TestFolds = Annotated[str, typer.Option(metavar="K,K", help="`tracing`: run these folds only, for example 5,4.")]
Splits = Annotated[str, typer.Option(metavar="FILE", help="`tracing`: CSV of student_id,fold to split by.")]
SplitsOut = Annotated[str, typer.Option(metavar="FILE", help="`tracing`: write the splits there.")]
Predictions = Annotated[
    str, typer.Option(metavar="FILE", help="`tracing`: write each prediction to this .csv or .parquet.")
]
Report = Annotated[str, typer.Option(metavar="FILE", help="`tracing`: write an HTML report there.")]
Resume = Annotated[bool, typer.Option("--resume", help="`tracing`: keep what an earlier run has finished.")]
Model = Annotated[
    str, typer.Option(help="`forgetting`: `logistic`, or a tracer that knows no time; with options as for `tracing`.")
]
Curve = Annotated[list[str] | None, typer.Option(metavar="NAME", help="`forgetting`: only this curve; all without it.")]
Truth = Annotated[bool, typer.Option("--truth", help="`mastery`: against the latent truth of simulated students.")]
RerankerName = Annotated[
    str,
    typer.Option(
        "--reranker",
        metavar="NAME",
        help=f"`retrieval`: one of {', '.join(reranker_names())}; `cross-encoder:` with a folder or a hub id.",
    ),
]
Pairs = Annotated[int, typer.Option(help="`adaptation`: pairs of students that the rule table tells apart.")]
Arms = Annotated[
    str,
    typer.Option(
        metavar="NAME,NAME",
        help=f"`tutor`: of {', '.join(arm_names())}, tutor variants, `{OURS}:TRACER` for our tutor on another "
        "model of the course, and `policy:NAME` for a policy with the course's own words.",
    ),
]
Family = Annotated[
    str, typer.Option(help=f"`tutor`: of {', '.join(taught_family_names())}; empty for that of the course's students.")
]
Seeds = Annotated[int, typer.Option(help="`tutor`: how many replicates, from --seed on.")]
Turns = Annotated[int, typer.Option(help="`tutor`: questions of a session.")]
ItemsPerConcept = Annotated[int, typer.Option(help="`tutor`: items of each concept on each test.")]
TestsTeach = Annotated[bool, typer.Option("--tests-teach", help="`tutor`: students learn from the tests, too.")]
Latent = Annotated[
    str,
    typer.Option(
        metavar="NAME=NUMBER,…",
        help="`tutor`: other numbers of the family, to see how far figures hang on what no log tells.",
    ),
]
Sweep = Annotated[
    str,
    typer.Option(
        metavar="NUMBERS",
        help="`tutor`: one number of the family at a time at either end of its range; open: those that no log tells, "
        "loose: those that logs hold loosely.",
    ),
]
Backend = Annotated[
    str,
    typer.Option(
        help=f"`forgetting`, `policy`, `tracing`, `tutor`: where pieces run: {', '.join(BACKENDS)}; docs/scale.md."
    ),
]
Dialogues = Annotated[
    str, typer.Option(metavar="FILE", help="`judge`, `role-play`: sessions or replies, one JSON object a line.")
]
DialoguesOut = Annotated[
    str,
    typer.Option(
        metavar="FILE",
        help="`tutor`: write the sessions of the first fifty students there, for `judge` and `role-play`.",
    ),
]
ModelUrl = Annotated[
    str,
    typer.Option("--model-url", metavar="URL", help="`judge`, `role-play`, `tutor`: base of an OpenAI-compatible API."),
]
ModelName = Annotated[
    str,
    typer.Option(
        "--model-name",
        metavar="NAME,NAME",
        help="`judge`: the judging models; `role-play`: the one that plays; `tutor`: the one that speaks.",
    ),
]
WithModel = Annotated[
    bool,
    typer.Option(
        "--with-model",
        help="`tutor`: variants speak through a language model, the one that settings name for the tutor if no option "
        "does.",
    ),
]
ModelSize = Annotated[
    str,
    typer.Option(
        "--model-size",
        metavar="SIZE",
        help="`tutor`: the model's parameters, for example 7B; empty: what its name says. Below "
        f"{LEAST} figures are no evidence.",
    ),
]
BudgetTokens = Annotated[
    int | None,
    typer.Option(
        help="`judge`, `role-play`: tokens that each model may take at most; `tutor`: in each arm and replicate.",
        show_default="no limit",
    ),
]
Probe = Annotated[bool, typer.Option("--probe", help="`judge`: swap students' profiles too.")]
Sheets = Annotated[str, typer.Option(metavar="DIR", help="`judge`: write a rating sheet for people there.")]
Ratings = Annotated[str, typer.Option(metavar="FILE,FILE", help="`judge`: filled rating sheets, one a rater.")]
Items = Annotated[int, typer.Option(help="`role-play`: questions of each test.")]
