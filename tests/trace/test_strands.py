from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import QMatrix
from preceptor.trace.strands import Strands, question_means

HISTORIES = st.lists(st.lists(st.tuples(st.integers(0, 11), st.just(1.0)), max_size=9), min_size=1, max_size=5)


def walked(strands):
    """(concept, rows) of every strand, by stepping."""
    found = defaultdict(list)
    for step in strands.steps:
        for strand, entry in enumerate(range(step.start, step.stop)):
            found[strand].append((strands.row[entry], strands.concept[entry]))
    return sorted(tuple(entries) for entries in found.values())


@settings(deadline=None, derandomize=True, max_examples=40)
@given(histories=HISTORIES)
def test_a_strand_is_what_one_student_answered_on_one_concept_in_order(histories, make_log, q_matrix):
    log, expected = make_log(histories), defaultdict(list)
    for row, (student, question) in enumerate(zip(log.student, log.question, strict=True)):
        for concept in q_matrix.concepts[question][q_matrix.concepts[question] >= 0]:
            expected[student, concept].append((row, concept))
    strands = Strands.of_concepts(log, q_matrix)
    assert len(strands) == len(expected)
    assert walked(strands) == sorted(tuple(entries) for entries in expected.values())


@settings(deadline=None, derandomize=True, max_examples=20)
@given(histories=HISTORIES)
def test_whole_students_are_strands_too(histories, make_log):
    log = make_log(histories)
    expected = [tuple((row, 0) for row in np.flatnonzero(log.student == student)) for student in np.unique(log.student)]
    assert walked(Strands.of_students(log)) == sorted(expected)


def test_a_row_gets_the_mean_of_its_entries(make_log, q_matrix):
    strands = Strands.of_concepts(make_log([[(8, 1), (0, 1)]]), q_matrix)
    values = np.where(strands.row == 0, strands.concept + 3.0, 7.0)
    np.testing.assert_array_equal(strands.row_means(values, 3, -1.0), [3.5, 7.0, -1.0])


def test_a_question_gets_the_mean_of_its_concepts():
    q_matrix = QMatrix(("a", "b", "c"), ("x", "y"), np.array([[0, 1], [1, -1], [-1, -1]], np.int32), np.zeros(3))
    means = question_means(np.array([[1.0, 4.0]]), q_matrix.concepts[np.array([[0, 1, 2]])], 9.0)
    np.testing.assert_array_equal(means, [[2.5, 4.0, 9.0]])
