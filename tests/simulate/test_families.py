"""What every registered family of latent minds promises, and the frozen numbers of those that are published."""

import hashlib
from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.curriculum import built_in_bank
from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.simulate import TERM_START_SECONDS, LatentTruth, family_names, make_family, simulate_log

DAY, START = SECONDS_PER_DAY, TERM_START_SECONDS
FROZEN = {
    "all-or-none": (
        "dcf8a0f763ec4537d77d",
        "5a7f49243e3e0792f6d648fcbceeea730809b80b3b62350095caab798d394c78",
    ),
    "graded": (
        "c88ce58ef2a636356551",
        "f67c441ef474dabfef1509c3e5f3024347c632d0b61becd0aa1bb4e0df4af291",
    ),
    "logistic": (
        "62ecb2850d870a88311e",
        "5a80ca5f36776b6b991b6f6e54682ba6fdcae1c38cf95fd42dbdaeed19d900e7",
    ),
    "misconception": (
        "354abc1659f4c6247945",
        "112f29e99e93c85fa6712a42229964064045f2c11f55e85c08837870aa18da34",
    ),
    "two-state": (
        "1f268d219ead2a2b02ae",
        "df6f7fcd52232256d4446b0227935972ab6d4b2d0de0ae831395041f055b23ec",
    ),
}
"""Family → hash of its parameters, hash of a small log: nothing of a family moves once a policy was measured on it."""


@pytest.fixture(scope="module", params=family_names())
def minds(request, bank):
    return make_family(request.param, bank)


@pytest.fixture(scope="module")
def students(minds):
    return minds.initial(60, np.random.default_rng(1))


def arrays(state):
    return {f.name: getattr(state, f.name) for f in fields(state)}


def same(one, other):
    return all(np.array_equal(array, arrays(other)[name]) for name, array in arrays(one).items())


def uniforms(steps, n):
    return np.random.default_rng(2).random((steps, 2, n))


@pytest.mark.parametrize("name", sorted(FROZEN))
def test_numbers_and_formulas_are_frozen(name):
    bank = built_in_bank(3, 2026)
    log, content = simulate_log(bank, 20, 20, 7, family=name).log, hashlib.sha256()
    for column in (log.question, log.correct, log.time_seconds):
        content.update(np.ascontiguousarray(column).tobytes())
    content.update("|".join(log.response.tolist()).encode())
    assert (make_family(name, bank).parameter_hash, content.hexdigest()) == FROZEN[name]


def test_the_published_families_are_the_registered_ones():
    assert set(FROZEN) == set(family_names())


def test_the_hash_names_every_number(minds, bank):
    other = replace(minds.parameters, slip_median=0.123)
    assert make_family(minds.name, bank, other).parameter_hash != minds.parameter_hash
    assert make_family(minds.name, bank).parameter_hash == minds.parameter_hash
    with pytest.raises(FrozenInstanceError):
        minds.parameters.slip_median = 0.1


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 29), st.booleans(), st.floats(0.001, 30)), min_size=1, max_size=6))
def test_practice_never_lowers_recall_and_time_never_raises_it(minds, students, answers):
    state, at = students, START
    for question, right, gap_days in answers:
        at += gap_days * DAY
        after = minds.practise(state, np.full(60, question), np.full(60, right), np.full(60, at))
        for later in (0, 1, 7, 30, 300):
            when = at + later * DAY
            assert (minds.recall(after, None, when) >= minds.recall(state, None, when) - 1e-12).all()
        state = after
    over_time = np.stack([minds.recall(state, None, at + days * DAY) for days in (0, 0.1, 1, 7, 30, 365)])
    assert ((over_time >= 0) & (over_time <= 1)).all()
    assert (np.diff(over_time, axis=0) <= 1e-12).all()


def test_practice_teaches_the_concepts_it_asks_for_and_no_others(minds, students, bank):
    asked = [q.text for q in bank.questions].index("mul 2")
    own = bank.q_matrix.concept_index["mul"]
    after = minds.practise(students, np.full(60, asked), np.ones(60, dtype=bool), START)
    gain = minds.recall(after, None, START) - minds.recall(students, None, START)
    assert (gain[:, own] > 0).mean() > 0.5  # in some families many know it for sure
    assert (np.delete(gain, own, axis=1) == 0).all()


def test_no_verb_changes_the_state_it_is_given(minds, students):
    kept, asked = students.copy(), np.arange(60) % 30
    minds.recall(students, None, START)
    minds.p_correct(students, asked, START)
    correct, _ = minds.respond(students, asked, START, *uniforms(1, 60)[0])
    minds.practise(students, asked, correct, START)
    assert same(kept, students)


def test_the_same_uniforms_give_the_same_answers(minds, students):
    asked, chance = np.arange(60) % 30, uniforms(1, 60)[0]
    one, other = (minds.respond(students, asked, START, *chance) for _ in range(2))
    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[1], other[1])
    p = minds.p_correct(students, asked, START)
    np.testing.assert_array_equal(one[0], chance[0] < p)
    assert ((p > 0) & (p < 1)).all()


def test_who_knows_more_answers_right_more_often_from_the_same_number(minds, students):
    """Common random numbers: a right answer stays right when the student knows more."""
    asked, chance = np.full(60, 12), uniforms(1, 60)[0]
    taught = students
    for _ in range(6):
        taught = minds.practise(taught, asked, np.ones(60, dtype=bool), START)
    before, _ = minds.respond(students, asked, START, *chance)
    after, _ = minds.respond(taught, asked, START, *chance)
    assert (after >= before).all()
    assert after.sum() > before.sum()


def test_wrong_answers_are_the_questions_own(minds, students, bank):
    for row in (0, 12):
        _, text = minds.respond(students, np.full(60, row), START, np.ones(60), uniforms(1, 60)[0, 1])
        assert "12" not in text
        assert set(text) <= {"13", "14", "15"} | ({""} if not bank.questions[row].options else set())


def test_students_do_not_depend_on_how_many_there_are(minds, students):
    assert same(minds.initial(7, np.random.default_rng(1)), students.take(np.arange(7)))


def test_a_batch_is_its_students_one_by_one(minds, students):
    asked, right = np.arange(60) % 30, np.arange(60) % 3 > 0
    at = START + np.arange(60) * 1_000.0
    together = minds.practise(students, asked, right, at)
    for i in (0, 17, 59):
        rows = np.array([i])
        alone = minds.practise(students.take(rows), asked[rows], right[rows], at[rows])
        assert same(alone, together.take(rows))


def test_states_save_load_take_and_move_in_time(minds, students, tmp_path):
    state = minds.practise(students, np.arange(60) % 30, np.ones(60, dtype=bool), START)
    state.save(tmp_path / "state.npz")
    assert same(type(state).load(tmp_path / "state.npz"), state)
    assert same(state.replaced(np.array([3, 1]), state.take(np.array([7, 8]))).take([3, 1]), state.take([7, 8]))
    moved = state.later(5 * DAY)
    np.testing.assert_allclose(
        minds.recall(moved, None, START + 8 * DAY), minds.recall(state, None, START + 3 * DAY), atol=1e-9
    )


def test_a_truth_comes_back_with_its_family(minds, bank, tmp_path):
    truth = simulate_log(bank, 8, 20, 1, family=minds.name).truth
    truth.save(tmp_path)
    loaded = LatentTruth.load(tmp_path)
    assert (loaded.family, loaded.parameters) == (minds.name, minds.parameters)
    assert same(loaded.state, truth.state)
    assert loaded.mind(bank).parameter_hash == minds.parameter_hash


def test_a_truth_from_before_there_were_families_is_graded(bank, tmp_path):
    simulate_log(bank, 8, 20, 1).truth.save(tmp_path)
    about = tmp_path / "latent-truth.json"
    about.write_text(about.read_text().replace(' "family": "graded",\n', ""))
    assert LatentTruth.load(tmp_path).family == "graded"


def test_an_unknown_family_is_told(bank):
    with pytest.raises(UserError, match="did you mean 'graded'"):
        simulate_log(bank, 2, 5, 0, family="gradet")


def test_students_of_one_grade_get_the_same_timetable_in_every_family(bank):
    """The teacher does not know how students learn."""
    one, other = (simulate_log(bank, 12, 30, 3, family=name) for name in ("graded", "all-or-none"))
    alike = np.flatnonzero(one.truth.state.grade == other.truth.state.grade)
    rows = np.isin(one.log.student, alike)
    assert len(alike) >= 2
    np.testing.assert_array_equal(one.log.time_seconds, other.log.time_seconds)
    np.testing.assert_array_equal(one.log.question[rows], other.log.question[rows])
    assert (one.log.correct[rows] != other.log.correct[rows]).any()
