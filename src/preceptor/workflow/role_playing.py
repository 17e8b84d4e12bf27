"""Played students sit one test after every arm's session: a robustness check beside students whose minds are known."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.annotate.asking_pool import at_once
from preceptor.answers import VerdictOutcome, Worker
from preceptor.course import Course, write_run
from preceptor.domain import Bank, Question, UserError, digest
from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.judging_dialogues.cases import Case, Unit, read_cases
from preceptor.evaluate.paired import compared, mean_of, paired
from preceptor.evaluate.role_play import RolePlay, Tested, accuracy, take_test
from preceptor.llm import Failure
from preceptor.progress import Progress
from preceptor.workflow.asked_model import AskOptions, Connection, connected, spent
from preceptor.workflow.clock import Clock
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.tutor_models import endpoint_for

ROLE = "student"
UNTUTORED = "none"
"""The test without any session; every arm is held against it."""


@dataclass(frozen=True, slots=True)
class RolePlayOptions:
    """Who plays, and what is asked.

    Args:
        dialogues: File of cases; whole sessions of it are used.
        items: Questions of each test.
        url: Base of an OpenAI-compatible API; empty for the settings'.
        model: The playing model; empty for the settings'.
        budget_tokens: Tokens that it may take.
        seed: Draws questions and resamples.
    """

    dialogues: Path
    items: int = 5
    url: str = ""
    model: str = ""
    budget_tokens: int | None = None
    seed: int = 0


def play_roles(course: Course, options: RolePlayOptions, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Let a model play the student after every session: it reads it, and sits the same test after each arm's and none.

    Args:
        course: Its bank has the tests' questions.
        options: Who plays, and what is asked.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        `rows`, one an arm: `accuracy`, and `over_none` with Holm's correction over the arms; `skipped` cases without an
        unseen question on their concepts.

    Raises:
        UserError: If no model is named, it answers nothing, a session tells nothing to play, or no case can be tested.
    """
    require_at_least(1, items=options.items)
    start = clock.monotonic()
    bank = course.load_bank()
    cases = [case for case in read_cases(options.dialogues) if case.unit is Unit.DIALOGUE]
    _require_parts(cases)
    tests = {case.case_id: unseen_questions(bank, case, options.items, options.seed) for case in cases}
    able = [case for case in cases if tests[case.case_id]]
    if len({case.student_id for case in able}) < 2:
        raise UserError(
            f"{len(able)} of {len(cases)} sessions can be followed by a test.",
            allowed="sessions of two students or more, on concepts of the course with unseen questions",
        )
    endpoint = endpoint_for(ROLE, course.settings, options.url, options.model)
    sittings = [(case, arm) for case in able for arm in (UNTUTORED, *sorted(case.arms))]
    with connected(course, endpoint, AskOptions(budget_tokens=options.budget_tokens)) as connection, Worker() as worker:
        found = _sit(connection, worker, sittings, tests, progress)
        _require_an_answer(endpoint.model, found)
        asked = spent(connection)
    result: dict[str, Any] = {
        "course": course.title,
        "dialogues": options.dialogues.name,
        "model": endpoint.model,
        "cases": len(able),
        "skipped": len(cases) - len(able),
        "students": len({case.student_id for case in able}),
        "rows": _rows(able, sittings, found, np.random.default_rng(options.seed)),
        "asked": asked,
        "simulated": True,
        "seed": options.seed,
    }
    seconds, config = clock.monotonic() - start, {"items": options.items, "model": endpoint.model}
    run = write_run(course, "evaluate-role-play", config, course.data_hash, options.seed, result, seconds,
                    at_seconds=clock.now())  # fmt: skip
    return {**result, "seconds": seconds, "run": str(run)}


def _require_an_answer(model: str, found: Sequence[tuple[Tested, ...]]) -> None:
    verdicts = [tested.verdict for sitting in found for tested in sitting]
    failure = next((verdict for verdict in verdicts if isinstance(verdict, Failure)), None)
    if failure is not None and all(isinstance(verdict, Failure) for verdict in verdicts):
        raise UserError(
            f"The student {model!r} answered nothing: {failure.kind}. {failure.detail}",
            mend="see that the model answers",
        )


def unseen_questions(bank: Bank, case: Case, items: int, seed: int) -> tuple[Question, ...]:
    """Questions on a case's concepts that no arm's session shows, of each concept in turn; the same for all arms.

    Args:
        bank: The course's bank.
        case: The case; its concepts by id or name.
        items: How many at most.
        seed: Draws them.
    """
    shown = " ".join(said.text for told in (case.prior, *case.arms.values()) for said in told)
    able = [
        question
        for question in bank.questions
        if question.servable and question.language == case.language and question.text not in shown
    ]
    able.sort(key=lambda question: digest(seed, case.case_id, question.question_id))
    wanted = [concept.concept_id for concept in bank.concepts if {concept.concept_id, concept.name} & {*case.concepts}]
    wanted.sort(key=lambda concept_id: digest(seed, case.case_id, concept_id))
    return _in_turn([[q for q in able if concept_id in q.concepts] for concept_id in wanted], items)


def _in_turn(pools: Sequence[Sequence[Question]], items: int) -> tuple[Question, ...]:
    """One question of each pool after the other, none twice, while there are any."""
    waiting = deque(map(iter, pools))
    found: dict[str, Question] = {}
    while waiting and len(found) < items:
        pool = waiting.popleft()
        fresh = next((question for question in pool if question.question_id not in found), None)
        if fresh is not None:
            found[fresh.question_id] = fresh
            waiting.append(pool)
    return tuple(found.values())


def _require_parts(cases: Sequence[Case]) -> None:
    """Refuse sessions that tell nothing to play: the profile is for judges and may state figures."""
    for case in cases:
        if not case.played_as:
            raise UserError(
                f"The session {case.case_id!r} has no played_as.",
                allowed="in every session what its student knows, in words and without figures",
                mend="docs/judge.md shows one",
            )


def _sit(
    connection: Connection,
    worker: Worker,
    sittings: Sequence[tuple[Case, str]],
    tests: dict[str, tuple[Question, ...]],
    progress: Progress,
) -> list[tuple[Tested, ...]]:
    def sit(sitting: tuple[Case, str]) -> tuple[Tested, ...]:
        case, arm = sitting
        student = RolePlay(connection.model, case.played_as, case.language)
        transcript = () if arm == UNTUTORED else (*case.prior, *case.arms[arm])
        return take_test(student, transcript, tests[case.case_id], worker)

    return list(at_once(sit, sittings, connection.concurrency, "test", progress))


def _rows(
    cases: Sequence[Case],
    sittings: Sequence[tuple[Case, str]],
    found: Sequence[tuple[Tested, ...]],
    rng: np.random.Generator,
) -> list[dict[str, Any]]:
    """One row an arm; sessions of a student stay together."""
    students = sorted({case.student_id for case in cases})
    number = {case.case_id: i for i, case in enumerate(cases)}
    scores: dict[str, NDArray[np.float64]] = {}
    ended: dict[str, Counter[str]] = {}
    for (case, arm), tested in zip(sittings, found, strict=True):
        table = scores.setdefault(arm, np.full((len(students), len(cases)), np.nan))
        table[students.index(case.student_id), number[case.case_id]] = accuracy(tested)
        ended.setdefault(arm, Counter()).update(map(_ending, tested))
    shares = resamples(len(students), rng)
    tested_enough = {arm for arm, table in scores.items() if (~np.isnan(table)).any(axis=1).sum() > 1}
    over = {
        arm: paired(table, scores[UNTUTORED], shares)
        for arm, table in scores.items()
        if arm != UNTUTORED and arm in tested_enough and UNTUTORED in tested_enough
    }
    differences = compared(over)
    return [
        {
            "arm": arm,
            "ended": dict(sorted(ended[arm].items())),
            "accuracy": asdict(mean_of(table, shares).estimate) if arm in tested_enough else None,
            "over_none": asdict(differences[arm]) if arm in differences else None,
        }
        for arm, table in scores.items()
    ]


def _ending(tested: Tested) -> str:
    if isinstance(tested.verdict, Failure):
        return "failed"
    assert isinstance(tested.verdict.outcome, VerdictOutcome)
    return tested.verdict.outcome.value
