import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import SECONDS_PER_DAY, Bank, Concept, Log, Question, QuestionKind
from preceptor.forgetting import Practice, practice_log

DAY = SECONDS_PER_DAY
FIRST = np.array([[1.0, 0.0]])
BOTH = np.array([[1.0, 1.0]])


def answered(*answers):
    """Counters of one student after (exercised, credit, time in days or None)."""
    practice = Practice.none(1, 2)
    for exercised, credit, day in answers:
        at = np.array([np.nan if day is None else day * DAY])
        practice = practice.after(exercised, np.array([credit], np.float32), at)
    return practice


def test_golden_counters():
    practice = answered((FIRST, 1, 0), (BOTH, 1, 1), (FIRST, 0, 2), (FIRST, 0.5, 5))
    np.testing.assert_allclose(practice.attempts, [[4, 1]])
    np.testing.assert_allclose(practice.credit, [[2.5, 1]])
    np.testing.assert_allclose(practice.spaced, [[1 / 2 + 0.5 * 3 / 4, 0]])
    np.testing.assert_allclose(practice.last_seconds, [[5 * DAY, 1 * DAY]])


def test_nothing_practised():
    practice = Practice.none(2, 3)
    assert np.isnan(practice.last_seconds).all()
    assert practice.attempts.sum() == practice.credit.sum() == practice.spaced.sum() == 0
    np.testing.assert_array_equal(practice.elapsed_days(np.array([5.0, np.nan])), np.zeros((2, 3)))


def test_unknown_times_count_as_no_pause():
    practice = answered((FIRST, 1, None), (FIRST, 1, None), (FIRST, 1, 7))
    assert practice.spaced[0, 0] == 0
    assert practice.attempts[0, 0] == 3
    assert practice.elapsed_days(np.array([9 * DAY]))[0, 0] == pytest.approx(2)
    assert answered((FIRST, 1, 7), (FIRST, 1, None)).elapsed_days(np.array([9 * DAY]))[0, 0] == 0


def test_time_never_runs_backwards():
    assert answered((FIRST, 1, 7)).elapsed_days(np.array([6 * DAY]))[0, 0] == 0
    backwards = answered((FIRST, 1, 7), (FIRST, 1, 6))
    assert backwards.spaced[0, 0] == 0
    assert backwards.elapsed_days(np.array([9 * DAY]))[0, 0] == pytest.approx(2)


@pytest.mark.parametrize(("seconds", "days"), [(2.0, 2 / 86_400), (36 * 3_600.0, 1.5)])
def test_seconds_become_days_at_today_s_times(seconds, days):
    now = 1_756_684_800.0
    practice = Practice.none(1, 2).after(FIRST, np.ones(1, np.float32), np.array([now]))
    assert practice.elapsed_days(np.array([now + seconds]))[0, 0] == pytest.approx(days, rel=1e-6)
    after = practice.after(FIRST, np.ones(1, np.float32), np.array([now + seconds]))
    assert after.spaced[0, 0] == pytest.approx(days / (days + 1), rel=1e-5)


def test_an_answer_leaves_the_old_counters_as_they_were():
    before = answered((FIRST, 1, 0))
    before.after(BOTH, np.ones(1, np.float32), np.array([DAY]))
    assert before.attempts.tolist() == [[1, 0]]
    assert before.last_seconds[0, 0] == 0


def test_students_can_be_selected_and_joined():
    one, other = answered((FIRST, 1, 0)), answered((BOTH, 0, 3))
    joined = Practice.joined([one, other]).take(np.array([1, 0, 1]))
    np.testing.assert_array_equal(joined.attempts, [[1, 1], [1, 0], [1, 1]])
    np.testing.assert_array_equal(joined.last_seconds[:, 0], [3 * DAY, 0, 3 * DAY])


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 100)), min_size=1, max_size=12))
def test_spaced_credit_never_exceeds_credit_nor_credit_attempts(answers):
    day, history = 0.0, []
    for credit, gap in answers:
        day += gap
        history.append((FIRST, credit, day))
    practice = answered(*history)
    assert 0 <= practice.spaced[0, 0] <= practice.credit[0, 0] + 1e-5
    assert practice.credit[0, 0] <= practice.attempts[0, 0] == len(answers)


def make_log():
    bank = Bank(
        (Concept("a", "a"), Concept("b", "b")),
        (
            Question("qa", "", QuestionKind.NUMBER, "1", ("a",)),
            Question("qba", "", QuestionKind.CHOICE, "1", ("b", "a"), options=("1", "2", "3", "4")),
        ),
    )
    rows = [(0, 0, 1, 0.0), (0, 1, 0, 1.5), (0, 0, 1, 2.5), (2, 1, 1, 9.0)]
    student, question, correct, day = (np.array(column) for column in zip(*rows, strict=True))
    log = Log.of(
        ("s0", "s1", "s2"),
        ("qa", "qba"),
        student=student,
        question=question,
        correct=correct,
        event_id=np.array(list("wxyz")),
        revision=np.full(4, "r"),
        time_seconds=day * DAY,
    )
    return bank, log


def test_golden_practice_log():
    """Counters stand just before each answer; the third answer is one day after the second, which touched a too."""
    bank, log = make_log()
    mastery = np.array([0.5, 0.6, 0.7, 0.8], np.float32)
    seen = practice_log(log, log.question.astype(np.int64), bank.q_matrix, mastery)
    np.testing.assert_array_equal(seen.concepts, [[0, -1], [1, 0], [0, -1], [1, 0]])
    np.testing.assert_array_equal(seen.practised, [[0, 0], [0, 1], [1, 0], [0, 0]])
    np.testing.assert_allclose(seen.elapsed_days[:, 0], [0, 0, 1.0, 0])
    assert seen.elapsed_days[1, 1] == pytest.approx(1.5)
    np.testing.assert_allclose(seen.attempts[seen.practised], [1, 2])
    np.testing.assert_allclose(seen.credit[seen.practised], [1, 1])
    np.testing.assert_allclose(seen.spaced[seen.practised], [0, 0])
    np.testing.assert_array_equal(seen.mastery, mastery)
    np.testing.assert_array_equal(seen.guess, np.array([np.nan, 0.25, np.nan, 0.25], np.float32))
    np.testing.assert_array_equal(seen.correct, log.correct)


def test_a_practice_log_without_times_has_no_pauses():
    bank, log = make_log()
    untimed = Log(**{**vars_of(log), "time_seconds": np.full(4, np.nan)})
    seen = practice_log(untimed, log.question.astype(np.int64), bank.q_matrix, log.correct)
    assert (seen.elapsed_days == 0).all()
    assert (seen.spaced == 0).all()
    assert seen.practised.any()


def test_a_practice_log_of_nobody():
    bank, _ = make_log()
    seen = practice_log(Log.empty(), np.empty(0, np.int64), bank.q_matrix, np.empty(0, np.float32))
    assert seen.concepts.shape == (0, 2)


def vars_of(log):
    return {name: getattr(log, name) for name in log.__dataclass_fields__}
