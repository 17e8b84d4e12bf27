from dataclasses import replace

import numpy as np
import pytest

from preceptor.data import merge_logs
from preceptor.domain import SECONDS_PER_DAY, Bank, Concept, Log, Question, QuestionKind, UserError
from preceptor.evaluate import PolicyDesign, evaluate_policies
from preceptor.evaluate.policy import _start
from preceptor.forgetting import PowerCurve
from preceptor.mind import MindModel
from preceptor.recommend import make_objective
from preceptor.simulate import LatentMind
from preceptor.trace import make_tracer, question_rows

ARMS = ["planner", "random", "historical", "lowest-recall"]
STEPS = 6


def silent(what, done, total):
    pass


@pytest.fixture(scope="module")
def run(model, bank, course, test_students):
    def evaluated(log=course.log, design=PolicyDesign(students=20), progress=silent):  # noqa: B008
        objective = make_objective("global", bank.q_matrix)
        return evaluate_policies(model, bank, log, test_students, course.truth, objective, design, progress)

    return evaluated


@pytest.fixture
def spied(run, monkeypatch):
    """What the latent students were asked in each arm: question, time, chance numbers and answers by step."""
    asked = []
    respond = LatentMind.respond

    def spy(self, state, questions, at_seconds, uniform, uniform2):
        correct, text = respond(self, state, questions, at_seconds, uniform, uniform2)
        asked.append({"question": questions, "at": at_seconds, "chance": (uniform, uniform2), "correct": correct})
        return correct, text

    monkeypatch.setattr(LatentMind, "respond", spy)
    results = run()
    assert [result.name for result in results] == ARMS
    assert len(asked) == len(ARMS) * STEPS
    return {name: asked[i * STEPS : (i + 1) * STEPS] for i, name in enumerate(ARMS)}


@pytest.fixture(scope="module")
def start(model, course, test_students):
    return _start(model, course.log, test_students, course.truth, PolicyDesign(students=20))


def test_every_arm_asks_at_the_logged_times_with_the_same_chance(spied, start, course):
    for steps in spied.values():
        for step, (seen, reference) in enumerate(zip(steps, spied["planner"], strict=True)):
            np.testing.assert_array_equal(seen["at"], course.log.time_seconds[start.rows[:, step]])
            np.testing.assert_array_equal(seen["chance"], reference["chance"])
    chance = np.stack([seen["chance"] for seen in spied["planner"]])
    assert len(np.unique(chance)) == chance.size


def test_the_same_question_at_the_first_step_gets_the_same_answer(spied):
    compared = 0
    for name in ARMS[1:]:
        one, other = spied[name][0], spied["planner"][0]
        same = one["question"] == other["question"]
        compared += same.sum()
        np.testing.assert_array_equal(one["correct"][same], other["correct"][same])
    assert compared >= 5


def test_the_historical_arm_asks_exactly_the_withheld_questions(spied, start, model, course):
    withheld = question_rows(course.log, model.q_matrix)[start.rows]
    np.testing.assert_array_equal(np.stack([seen["question"] for seen in spied["historical"]], axis=1), withheld)
    last = course.log.offsets[course.log.student[start.rows[:, -1]] + 1] - 1
    np.testing.assert_array_equal(start.rows[:, -1], last)


def test_what_cannot_be_served_is_never_asked(spied, bank):
    served = np.array([question.servable for question in bank.questions])
    for name in ("planner", "random", "lowest-recall"):
        assert served[np.concatenate([seen["question"] for seen in spied[name]])].all()


def test_withheld_answers_are_known_to_nobody(run, start, course):
    """Turning every withheld answer round changes no result."""
    correct = course.log.correct.copy()
    correct[start.rows] = 1 - correct[start.rows]
    assert run(replace(course.log, correct=correct)) == run()
    earlier = course.log.correct.copy()
    earlier[start.rows[:, 0] - 1] = 1 - earlier[start.rows[:, 0] - 1]
    assert run(replace(course.log, correct=earlier)) != run()


def test_students_start_before_their_last_answers_with_their_own_latent_state(start, model, course, test_students):
    log = course.log
    students = log.student[start.rows[:, 0]]
    assert set(students) <= set(test_students)
    assert len(set(students)) == 20
    np.testing.assert_array_equal(start.minds.answered, np.diff(log.offsets)[students] - STEPS)
    assert [course.truth.student_ids[i] for i in start.latent_rows] == [log.student_ids[i] for i in students]
    alone = model.replay(list(log.interactions(log.student_ids[students[3]]))[:-STEPS])
    at = np.array([log.time_seconds[start.rows[3, 0]]])
    np.testing.assert_allclose(model.recall(start.minds.take([3]), at), model.recall(alone, at), atol=1e-6)


def test_results_are_paired_gains_of_the_planner(run):
    results = {result.name: result for result in run()}
    planner = results["planner"]
    assert planner.planner_gain_now.mean == planner.planner_gain_later.mean == 0
    for result in results.values():
        assert result.planner_gain_now.mean == pytest.approx(planner.now.mean - result.now.mean)
        assert result.planner_gain_later.mean == pytest.approx(planner.later.mean - result.later.mean)
        assert result.later.mean < result.now.mean
        assert result.planner_gain_later.sd < result.later.sd
        assert 0 < result.later.ci95[0] < result.later.mean < result.later.ci95[1] < 1


def test_latent_recall_is_read_after_the_last_answer_and_after_the_horizon(run, model, bank, course, start):
    """The historical arm replayed by hand."""
    latent, state = LatentMind(bank, course.truth.parameters), course.truth.state.take(start.latent_rows)
    draws = np.random.default_rng([0, 1]).random((2, STEPS, 20))
    for step in range(STEPS):
        rows = start.rows[:, step]
        question, at = question_rows(course.log, model.q_matrix)[rows], course.log.time_seconds[rows]
        correct, _ = latent.respond(state, question, at, draws[0, step], draws[1, step])
        state = latent.practise(state, question, correct, at)
    historical = run()[2]
    assert historical.now.mean == pytest.approx(latent.recall(state, None, at).mean())
    assert historical.later.mean == pytest.approx(latent.recall(state, None, at + 7 * SECONDS_PER_DAY).mean())


def test_logs_imported_beside_the_simulated_one_change_no_student(model, bank, course, test_students):
    """Real students have no latent truth, and simulated ones nothing to say of other concepts."""
    other = Bank(
        (Concept("other", "Other"),), (Question("other-1", "?", QuestionKind.NUMBER, "1", ("other",), difficulty=-9.0),)
    )
    wider = bank.merged(other)
    real = Log.of(
        ["real"],
        ["other-1"],
        student=[0] * 9,
        question=[0] * 9,
        correct=[1.0] * 9,
        event_id=[f"e{i}" for i in range(9)],
        revision=[other.questions[0].revision] * 9,
        time_seconds=[float(i) for i in range(9)],
    )
    log, _ = merge_logs(course.log, real)
    tracer = make_tracer("history", wider.q_matrix)
    tracer.fit(log.of_students(range(25)), log.of_students(range(25, 35)), seed=0, clock=lambda: 0.0)
    wide = MindModel(tracer, PowerCurve(5)).fit_curve(log.of_students(range(25, 35)))
    everyone = np.append(test_students, log.student_ids.index("real"))
    objective = make_objective("global", wider.q_matrix)
    design = PolicyDesign(students=100)
    results = evaluate_policies(wide, wider, log, everyone, course.truth, objective, design, silent)
    narrow = make_objective("global", bank.q_matrix)
    alone = evaluate_policies(model, bank, course.log, test_students, course.truth, narrow, design, silent)
    historical = [arms[ARMS.index("historical")] for arms in (results, alone)]
    assert historical[0].now.mean == pytest.approx(historical[1].now.mean)
    assert historical[0].later.mean == pytest.approx(historical[1].later.mean)


def test_the_seed_decides_everything(run):
    assert run() == run()
    other = run(design=PolicyDesign(students=20, seed=1))
    assert other[1].now.mean != run()[1].now.mean


def test_progress_names_each_arm(run):
    seen = []
    run(progress=lambda *done: seen.append(done))
    assert seen == [(name, step, STEPS) for name in ARMS for step in range(1, STEPS + 1)]


def test_without_students_of_enough_answers_the_user_is_told(model, bank, course, test_students):
    with pytest.raises(UserError, match="more than 6 answers") as caught:
        evaluate_policies(
            model,
            bank,
            course.log.take(course.log.position < 6),
            test_students,
            course.truth,
            make_objective("global", bank.q_matrix),
            PolicyDesign(),
            silent,
        )
    assert caught.value.mend
