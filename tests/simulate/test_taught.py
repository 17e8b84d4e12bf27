"""What a tutor's turn may do to a student, in every family that can be taught."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.simulate import (
    NOTHING,
    TERM_START_SECONDS,
    Acts,
    make_taught_family,
    taught_family_names,
)

DAY, START, N, C = SECONDS_PER_DAY, TERM_START_SECONDS, 60, 6
QUESTION = 12  # "mul 2"
LATER = (0, 1, 7, 30, 300)


@pytest.fixture(scope="module", params=taught_family_names())
def minds(request, bank):
    return make_taught_family(request.param, bank)


@pytest.fixture(scope="module")
def students(minds):
    """Some have practised a little, at different times."""
    state = minds.initial(N, np.random.default_rng(1))
    for step in range(3):
        asked = (np.arange(N) * 7 + step * 11) % 30
        state = minds.practise(state, asked, np.arange(N) % 2 == step % 2, START + step * 3 * DAY)
    return state


NOW = START + 12 * DAY


@st.composite
def turns(draw):
    """A question or none, the answer and the acts, the same for all students."""
    explained = draw(st.lists(st.sampled_from([0.0, 0.3, 1.0]), min_size=C, max_size=C))
    acts = Acts(
        verdict=np.full(N, draw(st.sampled_from([-1, 0, 1]))),
        misconception=np.full(N, draw(st.integers(NOTHING, C - 1))),
        explained=np.tile(explained, (N, 1)),
        told=np.full(N, draw(st.booleans())),
        hints=np.full(N, draw(st.integers(0, 3))),
    )
    return np.full(N, draw(st.integers(NOTHING, 29))), np.full(N, draw(st.booleans())), acts


def recalls(minds, state, now=NOW):
    return np.stack([minds.recall(state, None, now + days * DAY) for days in LATER])


def same(one, other):
    return all(np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))


def acts(**given):
    return replace(Acts.none(N, C), **given)


def explained(concept, share):
    words = np.zeros((N, C))
    words[:, concept] = share
    return words


def asked(question=QUESTION):
    return np.full(N, question)


RIGHT, WRONG = np.ones(N, dtype=bool), np.zeros(N, dtype=bool)
JUDGED = np.ones(N, dtype=np.int64)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(turns(), st.floats(0, 40))
def test_no_turn_lowers_recall_now_or_later(minds, students, turn, days):
    question, right, what = turn
    now = NOW + days * DAY
    after = minds.learn(students, question, right, what, now)
    assert (recalls(minds, after, now) >= recalls(minds, students, now) - 1e-12).all()


@settings(deadline=None, derandomize=True, max_examples=60)
@given(turns(), st.integers(0, C - 1))
def test_more_explanation_is_never_worse(minds, students, turn, concept):
    question, right, what = turn
    words = what.explained.copy()
    words[:, concept] = 1.0
    less = minds.learn(students, question, right, what, NOW)
    more = minds.learn(students, question, right, replace(what, explained=words), NOW)
    assert (recalls(minds, more) >= recalls(minds, less) - 1e-12).all()


@settings(deadline=None, derandomize=True, max_examples=40)
@given(turns())
def test_only_what_was_asked_explained_or_put_right_changes(minds, students, turn):
    question, right, what = turn
    after = minds.learn(students, question, right, what, NOW)
    touched = what.explained[0] > 0
    if question[0] != NOTHING:
        row = minds.bank.q_matrix.concepts[question[0]]
        touched[row[row >= 0]] = True
        named = minds.questions.misconceptions[question[0]]
        touched[named[named >= 0]] = True  # here a misconception has the index of its concept
    change = recalls(minds, after) - recalls(minds, students)
    assert (change[:, :, ~touched] == 0).all()


@settings(deadline=None, derandomize=True, max_examples=40)
@given(turns())
def test_being_told_the_opposite_of_the_truth_teaches_nothing(minds, students, turn):
    question, right, what = turn
    assert same(students, minds.learn(students, question, right, replace(what, verdict=-JUDGED), NOW))


@pytest.mark.parametrize(
    ("question", "right", "given_acts"),
    [
        (NOTHING, RIGHT, {}),
        (NOTHING, WRONG, {"verdict": JUDGED, "misconception": np.full(N, 2)}),
        (QUESTION, WRONG, {}),
        (QUESTION, RIGHT, {"told": RIGHT, "verdict": JUDGED}),
        (QUESTION, WRONG, {"told": RIGHT, "verdict": JUDGED, "misconception": np.full(N, 2)}),
    ],
    ids=["nothing", "a name without an answer", "wrong and never told", "given away", "given away and named"],
)
def test_what_teaches_nothing_leaves_the_student_as_is_bit_for_bit(minds, students, question, right, given_acts):
    assert same(students, minds.learn(students, asked(question), right, acts(**given_acts), NOW))


def test_a_misconception_that_does_not_tempt_in_the_question_is_named_in_vain(minds, students):
    plain = minds.learn(students, asked(), WRONG, acts(verdict=JUDGED), NOW)
    named = minds.learn(students, asked(), WRONG, acts(verdict=JUDGED, misconception=np.full(N, 4)), NOW)
    assert same(plain, named)


@pytest.mark.parametrize("right", [RIGHT, WRONG], ids=["right", "wrong"])
def test_an_answer_that_was_given_away_leaves_less_than_one_that_was_found(minds, students, right):
    what = {"verdict": JUDGED, "explained": explained(2, 0.5)}
    found = minds.learn(students, asked(), right, acts(**what), NOW)
    told = minds.learn(students, asked(), right, acts(**what, told=RIGHT), NOW)
    gain = recalls(minds, found) - recalls(minds, told)
    assert (gain >= 0).all()
    assert (gain[1, :, 2] > 0).mean() > 0.5  # after a day; who knows it for sure has nothing to gain
    assert gain[1:4, :, 2].mean() > 1e-4


def test_each_open_hint_leaves_less_of_an_answer(minds, students):
    after = [
        minds.learn(students, asked(), RIGHT, acts(verdict=JUDGED, hints=np.full(N, hints)), NOW) for hints in range(4)
    ]
    delayed = np.stack([minds.recall(state, np.array([2]), NOW + 7 * DAY)[:, 0] for state in after])
    assert (np.diff(delayed, axis=0) <= 0).all()
    assert (np.diff(delayed.mean(axis=1)) < 0).all()


def test_a_wrong_answer_teaches_who_is_told_of_it(minds, students):
    told = minds.learn(students, asked(), WRONG, acts(verdict=JUDGED), NOW)
    assert minds.recall(told, np.array([2]), NOW).mean() > minds.recall(students, np.array([2]), NOW).mean()


def test_an_explanation_without_a_question_teaches_its_concept(minds, students):
    after = minds.learn(students, asked(NOTHING), WRONG, acts(explained=explained(3, 1.0)), NOW)
    change = recalls(minds, after) - recalls(minds, students)
    assert (change[:2, :, 3] > 0).mean() > 0.5  # who knows it for sure has nothing to gain
    assert change[0, :, 3].mean() > 1e-3
    assert (np.delete(change, 3, axis=2) == 0).all()


def test_spaced_answers_last_longer_than_massed_ones(minds):
    state = minds.initial(N, np.random.default_rng(2))
    kept = []
    for gaps in ([0, 0.01, 0.02, 0.03], [0, 7, 14, 21]):
        after = state
        for days in gaps:
            after = minds.learn(after, asked(), RIGHT, acts(verdict=JUDGED), START + days * DAY)
        end = START + gaps[-1] * DAY
        learned = [minds.recall(after, np.array([2]), end + days * DAY) for days in (0, 14)]
        start = minds.recall(state, np.array([2]), START)
        kept.append(((learned[1] - start) / np.maximum(learned[0] - start, 1e-9)).mean())
    assert 1 - kept[1] < 0.9 * (1 - kept[0])


def test_practice_is_learning_with_the_solution_shown(minds, students):
    question, right = np.arange(N) % 30, np.arange(N) % 3 > 0
    what = minds.shown_solution(students, question, NOW)
    assert (what.verdict == 1).all()
    first = minds.questions.concepts[question, 0]
    assert (what.explained[np.arange(N), first] == 1).all()
    assert what.explained.sum() == N
    assert same(minds.practise(students, question, right, NOW), minds.learn(students, question, right, what, NOW))


def test_a_batch_of_turns_is_its_turns_one_by_one(minds, students):
    question, right = np.arange(N) % 31 - 1, np.arange(N) % 3 > 0
    what = Acts(
        verdict=np.arange(N) % 3 - 1,
        misconception=np.arange(N) % 7 - 1,
        explained=np.random.default_rng(3).random((N, C)) * (np.arange(N) % 2)[:, None],
        told=np.arange(N) % 5 == 0,
        hints=np.arange(N) % 4,
    )
    together = minds.learn(students, question, right, what, NOW)
    for row in (0, 3, 4, 17, 59):
        rows = np.array([row])
        alone = minds.learn(students.take(rows), question[rows], right[rows], what.take(rows), NOW)
        assert same(alone, together.take(rows))


def test_a_family_that_knows_no_tutor_is_told(bank):
    assert set(taught_family_names()) >= {"logistic", "misconception", "two-state"}
    with pytest.raises(UserError, match="knows no tutor"):
        make_taught_family("graded", bank)
