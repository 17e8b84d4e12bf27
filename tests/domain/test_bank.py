from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Misconception, QMatrix, Question, QuestionKind, Step

ADD, SUB, MUL = (Concept(name, name) for name in ("add", "sub", "mul"))
SUM = Question("q1", "$1+1$", QuestionKind.NUMBER, "2", ("add",))
MIXED = Question("q2", "$2-1+1$", QuestionKind.CHOICE, "2", ("sub", "add"), options=("2", "0", "4", "1"))
PRODUCT = Question("q3", "$2·3$", QuestionKind.NUMBER, "6", ("mul",))
BANK = Bank((ADD, SUB), (SUM, MIXED), (Misconception("m1", "add", "adds twice", "add once"),))


def test_lookups_by_id():
    assert BANK.question["q2"] is MIXED
    assert BANK.concept["sub"] is SUB
    assert BANK.misconception["m1"].concept_id == "add"


def test_what_can_be_served_is_asked_and_of_a_log_alone_what_it_asked():
    logged, out, unlabelled = (
        replace(PRODUCT, question_id=name, kind=QuestionKind.UNKNOWN, retired=name == "out", concepts=concepts)
        for name, concepts in (("in", ("add",)), ("out", ("add",)), ("bare", ()))
    )
    assert BANK.askable.tolist() == [True, True]
    assert Bank((ADD, SUB), (SUM, logged, replace(MIXED, retired=True))).askable.tolist() == [True, False, False]
    assert Bank((ADD, SUB), (logged, out, unlabelled)).askable.tolist() == [True, False, False]


def test_in_a_union_the_newer_wins_and_keeps_its_place():
    mended = replace(SUM, key="two")
    merged = BANK.merged(Bank((MUL,), (PRODUCT, mended)))
    assert merged.concepts == (ADD, SUB, MUL)
    assert merged.questions == (mended, MIXED, PRODUCT)
    assert merged.misconceptions == BANK.misconceptions
    assert BANK.questions == (SUM, MIXED)
    assert merged.merged(merged) == merged


@pytest.mark.parametrize(
    "changed",
    [
        Bank((ADD, SUB), (SUM, replace(MIXED, key="0")), BANK.misconceptions),
        Bank((ADD, SUB), (SUM, replace(MIXED, hints=("count",))), BANK.misconceptions),
        Bank((ADD, replace(SUB, prerequisites=("add",))), (SUM, MIXED), BANK.misconceptions),
        Bank((ADD, SUB), (MIXED, SUM), BANK.misconceptions),
        Bank((ADD, SUB), (SUM, MIXED)),
    ],
)
def test_the_content_hash_sees_every_change(changed):
    assert changed.content_hash != BANK.content_hash
    assert Bank(BANK.concepts, BANK.questions, BANK.misconceptions).content_hash == BANK.content_hash


@pytest.mark.parametrize(
    "change",
    [{"text": "?"}, {"key": "3"}, {"options": ("1",)}, {"concepts": ("sub",)}, {"steps": (Step("add"),)}],
)
def test_mending_a_question_changes_its_revision_and_not_its_id(change):
    mended = replace(SUM, **change)
    assert mended.revision != SUM.revision
    assert mended.question_id == SUM.question_id
    assert len(mended.revision) == 21


def test_what_no_student_sees_in_the_question_keeps_the_revision():
    assert replace(SUM, retired=True, difficulty=2.0, hints=("h",)).revision == SUM.revision


def test_what_cannot_be_checked_or_is_excluded_is_never_served():
    assert SUM.servable
    assert not replace(SUM, uncheckable="no key").servable
    assert not replace(SUM, retired=True).servable
    assert not replace(SUM, kind=QuestionKind.UNKNOWN).servable


def test_only_a_choice_can_be_guessed_by_its_options():
    assert MIXED.guess_probability == 0.25
    assert SUM.guess_probability is None
    assert replace(MIXED, kind=QuestionKind.LIST).guess_probability is None


def test_q_matrix():
    matrix = BANK.merged(Bank((MUL,), (PRODUCT,))).q_matrix
    assert matrix.question_ids == ("q1", "q2", "q3")
    assert matrix.concept_ids == ("add", "sub", "mul")
    np.testing.assert_array_equal(matrix.concepts, [[0, -1], [1, 0], [2, -1]])
    np.testing.assert_array_equal(matrix.dense, [[1, 0, 0], [1, 1, 0], [0, 0, 1]])
    np.testing.assert_array_equal(
        matrix.sums(np.array([[1.0, 2.0, 4.0], [0.5, 0.0, 0.25]])), [[1, 3, 4], [0.5, 0.5, 0.25]]
    )
    np.testing.assert_array_equal(matrix.guess, np.array([np.nan, 0.25, np.nan], dtype=np.float32))
    assert matrix.question_index == {"q1": 0, "q2": 1, "q3": 2}
    assert matrix.concept_index["mul"] == 2


def test_an_empty_q_matrix_has_its_shapes():
    matrix = QMatrix.of([], ["add"])
    assert matrix.concepts.shape == (0, 1)
    assert matrix.dense.shape == (0, 1)
    assert matrix.sums(np.zeros((2, 1))).shape == (2, 0)


def test_a_log_of_known_questions_brings_no_concepts_of_its_own():
    stand_in = Concept("q1", "Question q1")
    seen = Question("q1", "", QuestionKind.UNKNOWN, "", ("q1",))
    fresh = Question("q9", "", QuestionKind.UNKNOWN, "", ("q9",))
    merged = BANK.merged(Bank((stand_in, Concept("q9", "Question q9")), (seen, fresh)))
    assert [concept.concept_id for concept in merged.concepts] == ["add", "sub", "q9"]
    assert merged.question["q1"] is SUM


def test_clusters_have_both_directions_from_one_field():
    bank = Bank(tuple(Concept(i, i, cluster=c) for i, c in (("a", "sums"), ("b", ""), ("c", "sums"))), ())
    assert bank.clusters == {"sums": ("a", "c"), "b": ("b",)}


def test_a_bank_without_clusters_keeps_its_hash_and_one_with_them_has_another():
    plain = Bank((Concept("a", "Sums"), Concept("b", "Products")), ())
    grouped = Bank((Concept("a", "Sums", cluster="x"), Concept("b", "Products", cluster="x")), ())
    assert "cluster" not in str(plain.concepts[0])
    assert grouped.content_hash != plain.content_hash
