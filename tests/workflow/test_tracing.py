"""What a course can give a tracer, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, Step, UserError
from preceptor.trace import Tracer
from preceptor.trace.dkt import DktTracer
from preceptor.workflow.tracing import (
    TracerOptions,
    available_inputs,
    build_tracer,
    check_tracer,
    missing_inputs,
)
from preceptor.workflow.vectors import text_vectors


def make_bank(*questions, names=("Addition", "Fractions")):
    concepts = tuple(Concept(f"c{i}", name) for i, name in enumerate(names))
    made = (Question(f"q{i}", text, QuestionKind.UNKNOWN, "", kcs) for i, (text, kcs) in enumerate(questions))
    return Bank(concepts, tuple(made))


def make_log(bank, **columns):
    n = len(bank.questions)
    code = np.full(n, b"x")
    return Log.of(
        ["s"], bank.q_matrix.question_ids, student=np.zeros(n), question=np.arange(n), correct=np.ones(n),
        event_id=code, revision=code, **columns,
    )  # fmt: skip


TWO = make_bank(("KC 1", ("c0",)), ("KC 2", ("c1",)), names=("KC 1", "KC 2"))
SHARED = make_bank(("What is 1/2?", ("c0", "c1")), ("Halve it", ("c1", "c0")))


class Needy(DktTracer):
    """A tracer with needs."""

    name = "needy"
    needs = frozenset({"question ids", "times", "vectors"})


@pytest.fixture
def needy(monkeypatch):
    monkeypatch.setattr("preceptor.workflow.tracing.tracer_class", lambda name: Needy)


def test_what_a_log_has():
    assert available_inputs(TWO, make_log(TWO)) == frozenset()
    times, durations = np.array([np.nan, 5.0]), np.array([1.0, np.nan])
    assert available_inputs(TWO, make_log(TWO, time_seconds=times)) == {"times"}
    assert available_inputs(TWO, make_log(TWO, duration_seconds=durations)) == {"durations"}
    assert available_inputs(SHARED, make_log(SHARED)) == {"question ids", "vectors"}


NUMBERED = ("Question 809 (KC 66)", ("c0",)), ("Question 12 (KC 66, KC 7)", ("c0", "c1")), ("Question 5", ("c1",))


def test_numbers_that_stand_for_texts_are_no_texts():
    bank = make_bank(*NUMBERED, names=("KC 66", "KC 7"))
    assert "vectors" not in available_inputs(bank, make_log(bank))
    named = make_bank(("Question 809 (Addition)", ("c0",)), names=("Addition",))
    assert "vectors" in available_inputs(named, make_log(named))


def test_a_question_without_a_text_is_described_by_its_concepts_and_not_by_its_number():
    bank = make_bank(("Question 1 (Addition)", ("c0",)), ("Question 2 (Addition)", ("c0",)), *NUMBERED[2:])
    one, other, nameless = text_vectors(bank, tuned=False).questions
    assert np.array_equal(one, other)
    assert not nameless.any()


def test_the_missing_column_is_named(needy):
    assert missing_inputs(TracerOptions("needy"), frozenset({"times"})) == ("question ids", "vectors")
    with pytest.raises(UserError, match=r"needy needs question ids; this log has one question a KC\."):
        check_tracer(TracerOptions("needy"), frozenset({"times", "vectors"}))
    check_tracer(TracerOptions("needy"), Needy.needs)


def test_options_without_the_column_behind_them_are_refused():
    with pytest.raises(UserError, match="dkt needs question ids"):
        check_tracer(TracerOptions(questions="difficulty"), frozenset({"vectors"}))
    with pytest.raises(UserError, match="numbers without texts"):
        check_tracer(TracerOptions(vectors="tuned"), frozenset({"question ids"}))


def test_a_tracer_that_needs_vectors_gets_them_frozen_unless_told_otherwise(needy):
    assert TracerOptions("needy").vectors_in_force == "frozen"
    assert TracerOptions("needy", vectors="tuned").vectors_in_force == "tuned"
    assert TracerOptions("needy", vectors="none").vectors_in_force == "none"
    assert "vectors" not in missing_inputs(TracerOptions("needy", vectors="none"), frozenset())


def test_a_tracer_that_does_not_gets_none():
    assert TracerOptions("dkt").vectors_in_force == "none"
    tracer: Tracer = build_tracer(TracerOptions("dkt", size="small"), SHARED)
    assert tracer.vectors is None


def test_vectors_are_as_long_as_the_root_of_their_width_and_nearest_to_their_own_concept():
    bank = make_bank(
        ("Find the common denominator of the fractions", ("c1",)), ("Add the numbers, it is addition", ("c0",))
    )
    vectors = text_vectors(bank, tuned=True)
    assert vectors.tuned
    for rows in (vectors.questions, vectors.concepts):
        assert np.linalg.norm(rows, axis=1) == pytest.approx(np.sqrt(vectors.width), rel=1e-5)
    likeness = vectors.questions @ vectors.concepts.T
    assert likeness.argmax(axis=1).tolist() == [1, 0]


def test_half_of_a_question_s_vector_are_its_steps():
    bank = make_bank(("Apples", ("c0",)), ("Halves", ("c1",)))
    stepped = replace(bank.questions[0], steps=(Step("Fractions"), Step("Fractions")))
    vectors = text_vectors(replace(bank, questions=(stepped, bank.questions[1])), tuned=False)
    likeness = vectors.questions @ vectors.concepts.T / vectors.width
    assert likeness[0, 1] == pytest.approx(np.sqrt(0.5), abs=0.05)
    assert likeness[1, 1] < 0.3


def test_questions_may_stand_for_others():
    vectors = text_vectors(SHARED, False, np.array([1, 0, 1]))
    assert np.array_equal(vectors.questions, text_vectors(SHARED, False).questions[[1, 0, 1]])
