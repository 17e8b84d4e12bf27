"""Sessions of several arms with the same simulated students, as cases for judges and for role play."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.evaluate.judging_dialogues.cases import Case, Unit
from preceptor.evaluate.tutoring.arm import Given
from preceptor.evaluate.tutoring.block import Block
from preceptor.evaluate.tutoring.heard import Heard, put
from preceptor.evaluate.tutoring.session import Session
from preceptor.progress import Progress
from preceptor.simulate.acts import NOTHING
from preceptor.tutor.situation import Said
from preceptor.workflow.tutor_pieces import Laboratory, laboratory
from preceptor.workflow.tutor_profiles import Profiles
from preceptor.workflow.tutor_runs import LabOptions, pieces_of

MOST_STUDENTS = 50
"""Students whose sessions are written: reading them costs a judge more than holding them."""


SILENT = "none"
"""The arm that says nothing."""


def require_two_speakers(options: LabOptions) -> None:
    """Refuse what no judge could compare, before anything is played.

    Raises:
        UserError: If fewer than two arms speak.
    """
    _require_two(len(set(options.arms) - {SILENT}))


def _require_two(speaking: int) -> None:
    if speaking < 2:
        raise UserError(
            f"{speaking} of the arms speak.",
            allowed=f"two arms or more whose sessions can be compared; {SILENT} is silent",
        )


def tutor_cases(course: Course, options: LabOptions, progress: Progress) -> tuple[Case, ...]:
    """Hold the sessions of the first replicate again and keep every word.

    A case of unit "dialogue" is a student's whole session under every arm. One of unit "response" is what every arm
    says about one and the same answer to one and the same question, the first of the first arm that asks. What is
    known of a student is the same for all arms: the course's persona of the concepts in the session's scope, beside
    that of another student on the same concepts.

    Args:
        course: A simulated course with a trained model.
        options: The arms, and how; of the students the first `MOST_STUDENTS`.
        progress: Told how far it is.

    Raises:
        UserError: As `evaluate_tutor`, or if fewer than two arms speak.
    """
    design = replace(options.design, students=min(options.design.students, MOST_STUDENTS))
    pieces = pieces_of(course, replace(options, design=design, seeds=1))
    lab = laboratory(course.path, design, pieces[0].days)
    block = Block.of(lab.cohort, np.arange(design.students), design, options.seed)
    heard: dict[str, Heard] = {}
    for done, piece in enumerate(pieces, 1):
        arm = Heard(lab.arm(piece.arm, design))
        Session(block, arm, lab.reader).play()
        if all(any(message.role == "tutor" for message in said) for said in arm.said):
            heard[piece.arm] = arm
        progress("sessions that are written down", done, len(pieces))
    _require_two(len(heard))
    profiles = Profiles(lab.context, block)
    whole = [
        _dialogue(profiles, i, {name: tuple(arm.said[i]) for name, arm in heard.items()}) for i in range(len(block))
    ]
    return (*whole, *_responses(lab, block, heard, whole))


def _dialogue(profiles: Profiles, i: int, arms: Mapping[str, tuple[Said, ...]]) -> Case:
    """A student's whole session under every arm."""
    block = profiles.block
    bank, student = block.bank, block.cohort.log.student_ids[block.students[i]]
    scope = tuple(bank.concepts[concept].concept_id for concept in block.forms.scope[i])
    return Case(
        _case_id(Unit.DIALOGUE, student, block),
        student,
        Unit.DIALOGUE,
        profiles.own(i),
        arms,
        concepts=scope,
        language=next(question.language for question in bank.questions if scope[0] in question.concepts),
        stranger=profiles.stranger(i),
        played_as=profiles.played_as(i),
    )


def _responses(lab: Laboratory, block: Block, heard: Mapping[str, Heard], whole: Sequence[Case]) -> Iterator[Case]:
    given = next((arm.first for arm in heard.values() if _answered(arm.first)), None)
    if given is None:
        return
    told = {}
    for name, arm in heard.items():
        if _answered(arm.first):
            sitting = lab.arm(name, block.design).sit(block)
            sitting.shown(block.cohort.state.take(block.students))
            told[name] = sitting.reply(given)
    for i, case in enumerate(whole):
        question = block.bank.questions[given.question[i]]
        arms = {name: (Said("tutor", words[i]),) for name, words in told.items() if words[i]}
        prior = (Said("tutor", put(question)), Said("student", given.response[i]))
        if len(arms) > 1:
            name = _case_id(Unit.RESPONSE, case.student_id, block)
            yield replace(case, case_id=name, unit=Unit.RESPONSE, arms=arms, prior=prior)


def _case_id(unit: Unit, student: str, block: Block) -> str:
    return f"{unit} {student} {block.seed}"


def _answered(given: Given | None) -> bool:
    return given is not None and bool((given.question != NOTHING).all())
