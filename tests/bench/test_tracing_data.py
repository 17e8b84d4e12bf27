import numpy as np
import pytest

from preceptor.bench.tracing_data import SIDES, TracingData, read_side
from preceptor.course import Course
from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, UserError

BANK = Bank(
    (Concept("a", "A"), Concept("b", "B")),
    (
        Question("q0", "0", QuestionKind.NUMBER, "1", ("b",)),
        Question("q1", "1", QuestionKind.NUMBER, "1", ("a", "b")),
    ),
)


def _course(path, students):
    rng = np.random.default_rng(0)
    rows = 5 * students
    log = Log.of(
        [f"s{i}" for i in range(students)],
        BANK.q_matrix.question_ids,
        student=np.repeat(np.arange(students), 5),
        question=rng.integers(2, size=rows),
        correct=rng.integers(2, size=rows),
        event_id=np.array([f"e{i}" for i in range(rows)], dtype="S20"),
        revision=np.full(rows, b"r"),
    )
    Course.create(path, "course").replace(BANK, log)
    return log


def test_a_course_gives_every_answer_to_one_side_with_its_first_concept(tmp_path):
    log = _course(tmp_path / "course", 40)
    TracingData.of_course(tmp_path / "course", seed=0).save(tmp_path / "data.npz")
    sides = [read_side(tmp_path / "data.npz", side) for side in SIDES]
    assert sum(len(part) for part, _ in sides) == len(log)
    assert all(len(part) for part, _ in sides)
    assert sum(part.correct.sum() for part, _ in sides) == log.correct.sum()
    first = np.array(["b", "a"])[log.question]
    counts = sum(np.bincount(part.question, minlength=2) for part, _ in sides)
    concept_ids = BANK.q_matrix.concept_ids
    assert [counts[concept_ids.index(name)] for name in "ab"] == [(first == name).sum() for name in "ab"]


def test_a_course_without_answers_is_refused(tmp_path):
    Course.create(tmp_path / "course", "empty")
    with pytest.raises(UserError, match="no answers"):
        TracingData.of_course(tmp_path / "course", seed=0)


def test_made_up_lengths_fill_as_little_of_the_windows_as_those_of_assistments_2015():
    data = TracingData.made_up(0, students=4_000)
    lengths = np.bincount(data.student)
    windows = np.ceil(lengths / 200).sum()
    assert len(data.student) / (200 * windows) == pytest.approx(0.178, abs=0.03)
    assert (np.diff(data.student) >= 0).all()
    assert data.digest == TracingData.made_up(0, students=4_000).digest
    assert data.digest != TracingData.made_up(1, students=4_000).digest


def test_context_is_the_mean_position_in_the_window():
    data = TracingData.made_up(3, students=50)
    positions = [place % 7 for length in np.bincount(data.student) for place in range(length)]
    assert data.context(7) == pytest.approx(np.mean(positions))
