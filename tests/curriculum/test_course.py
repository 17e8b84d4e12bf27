"""The course as a whole: size, identity, graph, determinism, languages."""

import os
import re
import subprocess
import sys
from collections import Counter, defaultdict

import pytest

from preceptor.curriculum import (
    CONCEPTS,
    MISCONCEPTIONS,
    QUESTIONS_PER_FAMILY,
    SEED,
    Form,
    built_in_bank,
    families,
    written,
)
from preceptor.curriculum.parallel import families_of
from preceptor.domain import QuestionKind, UserError, topological_order

HASH = "from preceptor.curriculum import built_in_bank; print(built_in_bank(4, seed=9).content_hash)"
GRADE = {concept.concept_id: concept.grade for concept in CONCEPTS}


def test_size(bank):
    assert len(bank.concepts) >= 60
    assert len(families()) >= 60
    assert len(bank.questions) == QUESTIONS_PER_FAMILY * len(families()) >= 1500
    assert len(bank.misconceptions) >= 40
    assert {concept.grade for concept in bank.concepts} == {3, 4, 5, 6, 7, 8}


def test_many_families_take_several_steps_over_several_concepts(bank):
    steps = defaultdict(list)
    for question in bank.questions:
        concepts = {concept for step in question.steps for concept in step.concepts}
        steps[question.family].append(len(question.steps) >= 3 and len(concepts) >= 2)
    assert sum(all(found) for found in steps.values()) >= 6


def test_every_kind_is_asked(bank):
    kinds = Counter(question.kind for question in bank.questions)
    wanted = {
        QuestionKind.NUMBER,
        QuestionKind.QUANTITY,
        QuestionKind.FRACTION,
        QuestionKind.EXPRESSION,
        QuestionKind.SOLUTIONS,
        QuestionKind.CHOICE,
        QuestionKind.ORDER,
    }
    assert wanted <= set(kinds)
    assert min(kinds[kind] for kind in wanted) >= 30


def test_texts_and_ids_are_unique(bank):
    assert len({question.text for question in bank.questions}) == len(bank.questions)
    assert len(bank.question) == len(bank.questions)
    assert len({family.name for family in families()}) == len(families())


def test_names_and_codes(bank):
    assert len({concept.name for concept in bank.concepts}) == len(bank.concepts)
    for concept in bank.concepts:
        assert re.fullmatch(r"[3-8]\.(OA|NBT|NF|MD|G|RP|NS|EE|F|SP)\.[A-D]\.\d+", concept.code)
        assert concept.code.startswith(str(concept.grade))
        assert concept.explanation.endswith(".")


def test_prerequisites_are_acyclic_known_and_never_of_a_later_grade(bank):
    assert len(topological_order(bank.concepts)) == len(bank.concepts)
    for concept in bank.concepts:
        assert all(GRADE[prerequisite] <= concept.grade for prerequisite in concept.prerequisites)


def test_every_concept_is_practised_and_every_misconception_met(bank):
    assert all(families_of(concept.concept_id) for concept in bank.concepts)
    met = {distractor.misconception_id for question in bank.questions for distractor in question.distractors}
    assert met == {misconception.misconception_id for misconception in MISCONCEPTIONS}
    owners = Counter(misconception.concept_id for misconception in MISCONCEPTIONS)
    assert set(owners) <= set(GRADE)
    assert all(len(m.name) < 90 and m.remedy.endswith((".", "?")) for m in MISCONCEPTIONS)


@pytest.mark.no_cover
def test_a_bank_holds_no_wording_of_a_test_form():
    for family in families():
        for wording, _ in written(family, QUESTIONS_PER_FAMILY, SEED):
            assert wording.form is not Form.TRANSFER
            assert wording.stem not in wording.draft.wordings(Form.TRANSFER)


def test_the_same_seed_gives_the_same_bank_in_another_process():
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    other = subprocess.run(
        [sys.executable, "-c", HASH], capture_output=True, text=True, check=True, env=environment, timeout=120
    )
    assert other.stdout.strip() == built_in_bank(4, seed=9).content_hash


def test_the_first_questions_do_not_depend_on_how_many_there_are(bank):
    few = built_in_bank(3)
    assert all(bank.question[question.question_id] == question for question in few.questions)


def test_another_seed_gives_other_questions(bank):
    others = {question.text for question in built_in_bank(6, seed=SEED + 1).questions}
    assert len(others - {question.text for question in bank.questions}) > 0.8 * len(others)


@pytest.mark.no_cover
def test_a_question_is_the_same_in_every_language(bank):
    german = built_in_bank(language="de")
    for one, other in zip(bank.questions, german.questions, strict=True):
        assert (one.question_id, one.kind, one.difficulty, one.concepts) == (
            other.question_id,
            other.kind,
            other.difficulty,
            other.concepts,
        )
        assert other.language == "de"
        assert one.text != other.text
        assert [d.misconception_id for d in one.distractors] == [d.misconception_id for d in other.distractors]
        if one.kind not in (QuestionKind.CHOICE, QuestionKind.QUANTITY):
            assert one.key == other.key
    for concept, other_concept in zip(bank.concepts, german.concepts, strict=True):
        assert concept.name != other_concept.name or concept.name == "Median"
    with pytest.raises(UserError, match="klingon"):
        built_in_bank(1, language="klingon")
