"""Do recommended questions help? Judged by the latent truth of simulated students, paired over arms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, Log, UserError
from preceptor.evaluate.bootstrap import Estimate, estimate_mean
from preceptor.evaluate.latent_world import LatentWorld
from preceptor.mind import MindModel, Minds, replay_log
from preceptor.progress import Progress
from preceptor.recommend import HistoricalOrder, LowestRecallFirst, Objective, Planner, Policy, RandomQuestion
from preceptor.simulate import LatentTruth
from preceptor.trace import Answers, question_rows


@dataclass(frozen=True, slots=True)
class PolicyDesign:
    """How policies are compared.

    Args:
        students: How many students, drawn from those not used in training.
        horizon_days: When recall is measured again; also the planner's horizon.
        seed: Draws students and answers; all arms share the answer draws.
    """

    students: int = 500
    horizon_days: float = 7.0
    seed: int = 0


@dataclass(frozen=True)
class ArmResult:
    """One arm of the comparison.

    Args:
        name: The policy.
        now: Mean latent recall over all concepts after the last answer.
        later: The same after the horizon without practice.
        planner_gain_now: Planner less this arm, paired by student.
        planner_gain_later: The same after the horizon.
    """

    name: str
    now: Estimate
    later: Estimate
    planner_gain_now: Estimate
    planner_gain_later: Estimate


@dataclass(frozen=True)
class _Start:
    """Students before their withheld answers."""

    minds: Minds
    rows: NDArray[np.int64]  # [students, steps], log rows of the withheld answers
    latent_rows: NDArray[np.int64]


def comparable_students(log: Log, test_students: NDArray[np.int64], truth: LatentTruth) -> NDArray[np.int64]:
    """Test students who are simulated and have answers before the withheld ones.

    Args:
        log: The log; other logs may have been imported beside the simulated one.
        test_students: Students not used in training, by index into the log's.
        truth: The latent truth.
    """
    simulated, lengths = set(truth.student_ids), np.diff(log.offsets)
    able = [i for i in test_students if lengths[i] > truth.holdback and log.student_ids[i] in simulated]
    return np.array(able, dtype=np.int64)


def evaluate_policies(
    model: MindModel,
    bank: Bank,
    log: Log,
    test_students: NDArray[np.int64],
    truth: LatentTruth,
    objective: Objective,
    design: PolicyDesign,
    progress: Progress,
) -> list[ArmResult]:
    """Let each arm ask the same students at the same logged times, and read the latent truth afterwards.

    Every student starts before the last logged answers, which are withheld from everyone; the historical arm asks
    those questions in their order. The latent mind answers in all arms, with the same random numbers for the same
    student and step. Policies see answers, never the latent truth. Where other logs and banks were imported beside the
    simulated ones, only simulated students take part, and only their questions are asked.

    Raises:
        UserError: If no test student has enough answers.
    """
    start = _start(model, log, test_students, truth, design)
    world = LatentWorld.of(bank, truth)
    candidates = np.array([question.servable for question in bank.questions]) & (world.question >= 0)
    logged = question_rows(log, model.q_matrix)[start.rows]
    policies: list[Policy] = [
        Planner(model, design.horizon_days),
        RandomQuestion(model),
        HistoricalOrder(model, logged, start.minds.answered),
        LowestRecallFirst(model),
    ]
    outcome = {}
    for policy in policies:
        outcome[policy.name] = _play(policy, model, world, log, start, truth, objective, candidates, design, progress)
    planner = outcome[Planner.name]
    rng = np.random.default_rng([design.seed, 2])
    return [
        ArmResult(
            name,
            estimate_mean(now, rng),
            estimate_mean(later, rng),
            estimate_mean(planner[0] - now, rng),
            estimate_mean(planner[1] - later, rng),
        )
        for name, (now, later) in outcome.items()
    ]


def _start(
    model: MindModel, log: Log, test_students: NDArray[np.int64], truth: LatentTruth, design: PolicyDesign
) -> _Start:
    able = comparable_students(log, test_students, truth)
    if not len(able):
        raise UserError(
            f"No simulated student outside training has more than {truth.holdback} answers.",
            mend="simulate more students or more days",
        )
    rng = np.random.default_rng([design.seed, 0])
    chosen = np.sort(rng.permutation(able)[: design.students])
    first = log.offsets[chosen + 1] - truth.holdback
    index = {student_id: i for i, student_id in enumerate(truth.student_ids)}
    latent_rows = np.array([index[log.student_ids[i]] for i in chosen])
    return _Start(replay_log(model, log, chosen, first), first[:, None] + np.arange(truth.holdback), latent_rows)


def _play(
    policy: Policy,
    model: MindModel,
    world: LatentWorld,
    log: Log,
    start: _Start,
    truth: LatentTruth,
    objective: Objective,
    candidates: NDArray[np.bool_],
    design: PolicyDesign,
    progress: Progress,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    latent, state = world.latent, truth.state.take(start.latent_rows)
    minds, students = start.minds, len(start.minds)
    draws = np.random.default_rng([design.seed, 1]).random((2, truth.holdback, students))
    choice_rng = np.random.default_rng([design.seed, 3])
    for step in range(truth.holdback):
        at_seconds = log.time_seconds[start.rows[:, step]]
        question = policy.choose(minds, candidates, objective, at_seconds, choice_rng).question
        asked = world.question[question]
        correct, _ = latent.respond(state, asked, at_seconds, draws[0, step], draws[1, step])
        state = latent.practise(state, asked, correct, at_seconds)
        unknown = np.full(students, np.nan, dtype=np.float32)
        minds = model.answer(minds, Answers(question, correct.astype(np.float32), at_seconds, unknown))
        progress(policy.name, step + 1, truth.holdback)
    later = at_seconds + design.horizon_days * SECONDS_PER_DAY
    return latent.recall(state, None, at_seconds).mean(axis=1), latent.recall(state, None, later).mean(axis=1)
