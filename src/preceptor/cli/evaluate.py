"""`preceptor evaluate`."""

from importlib import import_module
from inspect import signature
from typing import Annotated, Any

import typer

from preceptor.cli import evaluate_options as options
from preceptor.cli.options import CoursePath, Device, Json, Seed
from preceptor.domain import UserError, unknown_name
from preceptor.embed import DEFAULT_RERANKER
from preceptor.evaluate.forgetting_mastery import DEFAULT_MASTERY

KINDS = {
    "adaptation": "preceptor.cli.evaluate_adaptation",
    "annotation": "preceptor.cli.evaluate_annotation",
    "embedding": "preceptor.cli.evaluate_embedding",
    "forgetting": "preceptor.cli.evaluate_forgetting",
    "judge": "preceptor.cli.evaluate_judge",
    "mastery": "preceptor.cli.evaluate_mastery",
    "policy": "preceptor.cli.evaluate_policy",
    "retrieval": "preceptor.cli.evaluate_retrieval",
    "role-play": "preceptor.cli.evaluate_role_play",
    "tagging": "preceptor.cli.evaluate_tagging",
    "tracing": "preceptor.cli.evaluate_tracing",
    "tutor": "preceptor.cli.evaluate_tutor",
}
"""Every kind of evaluation and its module; the parameters of the module's `run` are the options the kind takes."""


def run(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}.")],
    course: CoursePath,
    framework: options.Framework = None,
    encoder: options.AnnotationEncoder = "",
    distances: options.Distances = False,
    labels: options.Labels = None,
    objective: options.Objective = "global",
    students: options.Students = 500,
    horizon_days: options.Horizon = 7.0,
    policies: options.Policies = options.RIVALS,
    judges: options.Judges = options.LATENT,
    reference: options.Reference = "",
    beside: options.Beside = "",
    steps: options.Steps = 0,
    replicates: options.Replicates = 1,
    other_than_seed: options.OtherThanSeed = None,
    case: options.Case = "",
    picture: options.Picture = "",
    models: options.Models = "dkt",
    protocol: options.Protocol = "leak-free",
    folds: options.Folds = 5,
    test_folds: options.TestFolds = "",
    splits: options.Splits = "",
    splits_out: options.SplitsOut = "",
    predictions: options.Predictions = "",
    report: options.Report = "",
    device: Device = "",
    resume: options.Resume = False,
    model: options.Model = DEFAULT_MASTERY,
    curve: options.Curve = None,
    truth: options.Truth = False,
    reranker: options.RerankerName = DEFAULT_RERANKER,
    pairs: options.Pairs = 400,
    arms: options.Arms = options.MAIN_ARMS,
    family: options.Family = "",
    seeds: options.Seeds = 5,
    turns: options.Turns = 10,
    items_per_concept: options.ItemsPerConcept = 2,
    tests_teach: options.TestsTeach = False,
    latent: options.Latent = "",
    sweep: options.Sweep = "",
    backend: options.Backend = "here",
    dialogues: options.Dialogues = "",
    dialogues_out: options.DialoguesOut = "",
    model_url: options.ModelUrl = "",
    model_name: options.ModelName = "",
    with_model: options.WithModel = False,
    model_size: options.ModelSize = "",
    budget_tokens: options.BudgetTokens = None,
    probe: options.Probe = False,
    sheets: options.Sheets = "",
    ratings: options.Ratings = "",
    items: options.Items = 5,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Measure what a course's models are worth.

    `adaptation` gives random pairs of students, who differ in recency, mastery or the last error on one concept and in
    nothing else, a turn of the tutor each, and counts how often the turns differ as the tutor's rule table says.

    `annotation` hides the labels of the course's questions, annotates them anew and compares: B-cubed of the
    clustering, how often the right name stands first or among three, and how true the stated confidence is.

    `embedding` holds a course that was annotated and embedded with --fine-tune against the labelled course that it is
    a copy of: B-cubed of its concepts and clusters, and whether vectors tuned on its own labels find the questions of
    the true concepts.

    `forgetting` asks by gap since the last practice whether time improves the prediction of the next answer over
    mastery alone, on students held out in turn, and whether the gap or what comes with it does so.

    `judge` lets models and people say, blind and in both orders, which of two tutors fits a student better; dialogues
    come from a file.

    `mastery` holds the mastery that the course's model sees against the latent truth of simulated students, on the
    true concepts, beside the uncalibrated model and the students' own accuracy.

    `policy` lets policies ask the same students at the same times, and judges afterwards: by the latent truth of
    simulated students, or by tracers, of which only those that the policies do not look through count for a claim.
    What is done already is read from its run files.

    `retrieval` lets simulated students give their wrong answers again: how often are the latest answer with the same
    misconception, or the latest miss on the same concept, among the three memories that are kept for the turn? The
    ranking stands beside itself with other weights, with and without forgetting and the reranker.

    `role-play` lets a language model play the students of sessions and sit the same test after each arm's session and
    after none: a robustness check, never a claim.

    `tagging` hides the concepts of a fifth of the questions and tags their texts: how often is the right one first or
    among three, how true is the stated confidence, and how much is called unknown.

    `tracing` trains tracers on some students and lets them predict others. `leak-free`: folds of students, whole
    histories, a KC is an axis, every answer counts. `pykt`: as pyKT reads question-level results, in windows of 200
    rows with one row a KC while training; its figures stand beside published ones, and only there. `new-questions`
    and `new-concepts` hold out whole families of questions or whole KCs and predict test students on those alone.
    `unordered` and `unordered-new-concepts` are for logs without order: metrics are means over shuffles.

    `tutor` leads the same new simulated students through every arm: nothing, random practice, a textbook, tutors,
    and an oracle that sees their minds. Parallel unseen tests are taken before, at once and after 1, 7 and 30 days.
    Arms and replicates that are done already are read from their run files. With a language model variants speak
    through it; how many turns the deterministic words took over is told.
    """
    if kind not in KINDS:
        raise unknown_name("kind of evaluation", kind, KINDS)
    evaluation = import_module(KINDS[kind]).run
    evaluation(**_own_options(context, kind, tuple(signature(evaluation).parameters)))


def _own_options(context: typer.Context, kind: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    """The values of the options that the kind takes.

    Raises:
        UserError: If an option of another kind was given.
    """
    sources = {name: context.get_parameter_source(name) for name in context.params}
    given = {name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE"}
    foreign = sorted(given - {"kind", *wanted})
    if foreign:
        raise UserError(
            f"`evaluate {kind}` takes no --{foreign[0].replace('_', '-')}.",
            allowed=", ".join(
                f"--{name.replace('_', '-')}" for name in wanted if name not in ("course", "json_output")
            ),
        )
    return {name: context.params[name] for name in wanted}
