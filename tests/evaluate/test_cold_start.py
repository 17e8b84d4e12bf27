"""What is held out is out: whole families, whole KCs, from training, validation and the floor."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, UserError
from preceptor.evaluate import PROTOCOLS
from preceptor.trace import make_tracer, question_rows

FOLDS = 3


@pytest.fixture(scope="module")
def bank():
    """Six families of three questions on six KCs, the last of which is a near-synonym of the first."""
    concepts = tuple(Concept(f"c{i}", f"Concept {i}", cluster="same" if i in (0, 5) else "") for i in range(6))
    questions = tuple(
        Question(f"q{i}", f"Task {i}", QuestionKind.NUMBER, "1", (f"c{i // 3}", f"c{(i // 3 + i % 2) % 6}"),
                 family=f"family {i // 3}")
        for i in range(18)
    )  # fmt: skip
    return Bank(concepts, questions)


@pytest.fixture(scope="module")
def log(bank):
    rng, students, each = np.random.default_rng(2), 30, 20
    student, question = np.repeat(np.arange(students), each), rng.integers(0, 18, students * each)
    code = np.arange(len(student)).astype("S20")
    correct = (rng.random(len(student)) < 0.6).astype(float)
    return Log.of(
        [f"s{i}" for i in range(students)], bank.q_matrix.question_ids, student=student, question=question,
        correct=correct, event_id=code, revision=code,
    )  # fmt: skip


@pytest.fixture
def opened(bank, log):
    """A protocol bound to the course, and its folds of students."""

    def open_it(name, bank=bank, folds=FOLDS, seed=0):
        fold_of_student = PROTOCOLS[name].assign(log, folds, seed)
        return PROTOCOLS[name].bound(bank, fold_of_student, seed), fold_of_student

    return open_it


def task_of(opened, log, bank, name, fold=1):
    protocol, folds = opened(name)
    return protocol, protocol.task(log, bank.q_matrix, protocol.split(folds, fold), fold)


both = pytest.mark.parametrize("name", ["new-questions", "new-concepts"])


@both
def test_neither_training_nor_validation_has_an_answer_on_what_is_held_out(opened, log, bank, name):
    _, task = task_of(opened, log, bank, name)
    assert len(task.unseen)
    for side in (task.train, task.valid):
        assert len(side)
        assert not np.isin(question_rows(side, bank.q_matrix), task.unseen).any()


def test_families_are_held_out_whole_and_each_in_one_fold(opened, bank):
    protocol, _ = opened("new-questions")
    family = np.array([question.family for question in bank.questions])
    for held_out in protocol.held_out.values():
        assert not set(family[held_out]) & set(np.delete(family, held_out))
    assert sorted(np.concatenate(list(protocol.held_out.values())).tolist()) == list(range(18))


def test_no_question_that_is_left_exercises_a_held_out_concept_or_its_synonym(opened, bank):
    protocol, _ = opened("new-concepts")
    cluster = {concept.concept_id: concept.cluster or concept.concept_id for concept in bank.concepts}
    for fold, held_out in protocol.held_out.items():
        gone = set(protocol.groups_of_fold[fold])
        for row, question in enumerate(bank.questions):
            assert (row in held_out) == bool(gone & {cluster[concept] for concept in question.concepts})
    assert sorted(sum(protocol.groups_of_fold.values(), ())) == ["c1", "c2", "c3", "c4", "same"]


@both
def test_the_answers_of_test_students_on_held_out_questions_are_predicted_and_no_others(opened, log, bank, name):
    protocol, task = task_of(opened, log, bank, name)
    scores = protocol.score(make_tracer("history", bank.q_matrix), task)
    expected = np.isin(question_rows(log, bank.q_matrix), task.unseen) & np.isin(
        log.student, np.unique(task.test.student)
    )
    assert scores.rows.tolist() == np.flatnonzero(expected).tolist()
    assert protocol.counted(log, np.unique(task.test.student), 1).tolist() == scores.rows.tolist()


def test_a_held_out_answer_is_context_once_it_was_predicted(opened, log, bank):
    protocol, task = task_of(opened, log, bank, "new-concepts")
    tracer = make_tracer("history", bank.q_matrix)
    before = protocol.score(tracer, task)
    student = log.student[before.rows[0]]
    own = before.rows[log.student[before.rows] == student]
    changed = task.test.correct.copy()
    changed[task.rows == own[0]] = 1 - changed[task.rows == own[0]]
    after = protocol.score(tracer, replace(task, test=replace(task.test, correct=changed)))
    same = before.p_correct == after.p_correct
    assert same[before.rows == own[0]].all()
    assert not same[np.isin(before.rows, own[1:])].all()
    assert same[~np.isin(before.rows, own)].all()


def test_without_families_questions_alike_are_a_group(opened, bank):
    alike = tuple(
        replace(question, family="", text=f"Text {row % 9}", concepts=("c1",))
        for row, question in enumerate(bank.questions)
    )
    protocol, _ = opened("new-questions", replace(bank, questions=alike))
    for held_out in protocol.held_out.values():
        assert set(held_out % 9) == set((held_out + 9) % 18 % 9)
        assert all((row + 9) % 18 in held_out for row in held_out)


def test_the_seed_decides_what_is_held_out(opened):
    kept = [opened("new-questions", seed=seed)[0].held_out[1].tolist() for seed in (0, 0, 1)]
    assert kept[0] == kept[1] != kept[2]


def test_too_few_groups_are_told(opened, bank):
    one = replace(bank, questions=tuple(replace(question, family="only") for question in bank.questions))
    with pytest.raises(UserError, match="1 families of questions") as caught:
        opened("new-questions", one)
    assert "fewer folds" in caught.value.mend


def test_a_fold_in_which_nothing_would_be_predicted_is_told(opened, log, bank):
    protocol, folds = opened("new-questions")
    known = log.take(~np.isin(question_rows(log, bank.q_matrix), protocol.held_out[1]))
    with pytest.raises(UserError, match="No test student of fold 1"):
        protocol.counted(known, protocol.split(folds, 1).test, 1)


def test_students_who_answered_nothing_else_cannot_train(opened, log, bank):
    protocol, folds = opened("new-questions")
    rest = log.take(np.isin(question_rows(log, bank.q_matrix), protocol.held_out[1]))
    with pytest.raises(UserError, match="every answer"):
        protocol.training(rest, protocol.split(folds, 1).train, 1)
