"""The bank as a whole: size, identity, graph, determinism."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from preceptor.curriculum import CONCEPTS, MISCONCEPTIONS, built_in_bank, families
from preceptor.domain import QuestionKind, UserError, question_id, topological_order

HASH = "from preceptor.curriculum import built_in_bank; print(built_in_bank(4, seed=9).content_hash)"


def test_size(bank):
    assert len(bank.concepts) >= 32
    assert len(families()) >= 32
    assert len(bank.questions) >= 640
    assert len(bank.misconceptions) >= 30
    assert sum(len(family.concepts) >= 2 for family in families()) >= 6


def test_texts_and_ids_are_unique(bank):
    assert len({question.text for question in bank.questions}) == len(bank.questions)
    assert len(bank.question) == len(bank.questions)
    assert len({family.name for family in families()}) == len(families())
    assert len(bank.misconception) == len(MISCONCEPTIONS)
    assert len({misconception.name for misconception in MISCONCEPTIONS}) == len(MISCONCEPTIONS)


def test_ids_name_family_and_index(bank):
    first = families()[0]
    assert bank.questions[3].question_id == question_id("built-in", f"{first.name}/3")


def test_the_graph_is_acyclic_and_never_needs_a_later_grade():
    order = topological_order(CONCEPTS)
    assert sorted(order) == sorted(concept.concept_id for concept in CONCEPTS)
    grade = {concept.concept_id: concept.grade for concept in CONCEPTS}
    for concept in CONCEPTS:
        assert all(grade[needed] <= concept.grade for needed in concept.prerequisites), concept
        assert concept.explanation
        assert concept.code.count(".") >= 2
    assert set(grade.values()) == {4, 5, 6, 7}


def test_every_concept_is_practised_and_every_reference_resolves(bank):
    practised = Counter(concept for question in bank.questions for concept in question.concepts)
    assert set(practised) == set(bank.concept)
    assert min(practised.values()) >= 20
    assert {misconception.concept_id for misconception in MISCONCEPTIONS} <= set(bank.concept)
    used = {distractor.misconception_id for question in bank.questions for distractor in question.distractors}
    assert used == set(bank.misconception)


def test_most_questions_have_several_steps_and_open_answers(bank):
    several = sum(len(question.steps) >= 2 for question in bank.questions)
    kinds = Counter(question.kind for question in bank.questions)
    assert several > 0.9 * len(bank.questions)
    assert kinds[QuestionKind.NUMBER] > len(bank.questions) / 2
    assert all(kinds[kind] for kind in (QuestionKind.EXPRESSION, QuestionKind.CHOICE, QuestionKind.EQUATION))


def test_the_same_seed_gives_the_same_bank_in_another_process():
    hashes = {
        subprocess.run(
            [sys.executable, "-c", HASH],
            env={**os.environ, "PYTHONHASHSEED": salt},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for salt in ("1", "2")
    }
    assert hashes == {built_in_bank(4, seed=9).content_hash}


def test_another_seed_gives_other_questions_and_a_smaller_bank_is_a_beginning(bank):
    small, other = built_in_bank(3), built_in_bank(3, seed=7)
    assert all(bank.question[question.question_id] == question for question in small.questions)
    assert len({q.text for q in small.questions} & {q.text for q in other.questions}) < len(small.questions) / 4


def test_asking_for_too_many_names_the_family():
    with pytest.raises(UserError, match="has no more different questions at level"):
        built_in_bank(500)


def test_options_are_shuffled(bank):
    places = Counter(q.options.index(q.key) for q in bank.questions if q.kind is QuestionKind.CHOICE)
    assert min(places[place] for place in range(3)) > sum(places.values()) / 6
