from dataclasses import replace

import numpy as np
import pytest

from preceptor.data import merge_logs
from preceptor.domain import SECONDS_PER_DAY, Bank, Concept, Log, Question, QuestionKind, UserError
from preceptor.evaluate import Comparison, PolicyDesign
from preceptor.evaluate.cohort import fresh_cohort, logged_cohort
from preceptor.evaluate.judges import LatentJudge
from preceptor.evaluate.policy import OWN_DAY, check_arms
from preceptor.evaluate.policy_measures import Arm
from preceptor.forgetting import PowerCurve
from preceptor.mind import MindModel
from preceptor.recommend import ExamObjective, make_objective, policy_names
from preceptor.recommend.baselines import RandomQuestion
from preceptor.simulate import LatentMind
from preceptor.trace import make_tracer, question_rows

ARMS = ["planner", "random", "historical", "lowest-recall"]
STEPS = 6


def silent(what, done, total):
    pass


def servable(bank):
    return np.array([question.servable for question in bank.questions])


def compared(model, bank, log, students, truth, design, progress=silent, objective="global", arms=ARMS):
    """Arm by name, before the students' own truth."""
    cohort = logged_cohort(log, students, truth, design.students, design.seed)
    comparison = Comparison(model, LatentJudge("latent", cohort, bank), servable(bank), design, progress)
    chosen = make_objective(objective, bank.q_matrix)
    played = {name: comparison.play(name, chosen) for name in arms}
    return {name: Arm.of(one, comparison.targets(chosen, one)) for name, one in played.items()}


def figures(arms):
    return {name: (arm.recall[0.0].tolist(), arm.recall[7.0].tolist()) for name, arm in arms.items()}


@pytest.fixture(scope="module")
def run(model, bank, course, test_students):
    def evaluated(log=course.log, design=PolicyDesign(students=20), progress=silent, **options):  # noqa: B008
        return compared(model, bank, log, test_students, course.truth, design, progress, **options)

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
    assert list(run()) == ARMS
    assert len(asked) == len(ARMS) * STEPS
    return {name: asked[i * STEPS : (i + 1) * STEPS] for i, name in enumerate(ARMS)}


@pytest.fixture(scope="module")
def cohort(course, test_students):
    return logged_cohort(course.log, test_students, course.truth, 20, 0)


@pytest.fixture(scope="module")
def start(model, bank, cohort):
    return Comparison(model, LatentJudge("latent", cohort, bank), servable(bank), PolicyDesign(students=20), silent)


def test_every_arm_asks_at_the_logged_times_with_the_same_chance(spied, cohort, course):
    for steps in spied.values():
        for step, (seen, reference) in enumerate(zip(steps, spied["planner"], strict=True)):
            np.testing.assert_array_equal(seen["at"], course.log.time_seconds[cohort.rows[:, step]])
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


def test_the_historical_arm_asks_exactly_the_withheld_questions(spied, cohort, model, course):
    withheld = question_rows(course.log, model.q_matrix)[cohort.rows]
    np.testing.assert_array_equal(np.stack([seen["question"] for seen in spied["historical"]], axis=1), withheld)
    last = course.log.offsets[course.log.student[cohort.rows[:, -1]] + 1] - 1
    np.testing.assert_array_equal(cohort.rows[:, -1], last)


def test_what_cannot_be_served_is_never_asked(spied, bank):
    served = np.array([question.servable for question in bank.questions])
    for name in ("planner", "random", "lowest-recall"):
        assert served[np.concatenate([seen["question"] for seen in spied[name]])].all()


def test_withheld_answers_are_known_to_nobody(run, cohort, course):
    """Turning every withheld answer round changes no result."""
    correct = course.log.correct.copy()
    correct[cohort.rows] = 1 - correct[cohort.rows]
    assert figures(run(replace(course.log, correct=correct))) == figures(run())
    earlier = course.log.correct.copy()
    earlier[cohort.rows[:, 0] - 1] = 1 - earlier[cohort.rows[:, 0] - 1]
    assert figures(run(replace(course.log, correct=earlier))) != figures(run())


def test_students_start_before_their_last_answers_with_their_own_latent_state(
    start, cohort, model, course, test_students
):
    log = course.log
    students = log.student[cohort.rows[:, 0]]
    assert set(students) <= set(test_students)
    assert len(set(students)) == 20
    np.testing.assert_array_equal(start.minds.answered, np.diff(log.offsets)[students] - STEPS)
    assert [course.truth.student_ids[i] for i in cohort.truth_rows] == [log.student_ids[i] for i in students]
    alone = model.replay(list(log.interactions(log.student_ids[students[3]]))[:-STEPS])
    at = np.array([log.time_seconds[cohort.rows[3, 0]]])
    np.testing.assert_allclose(model.recall(start.minds.take([3]), at), model.recall(alone, at), atol=1e-6)


def test_rows_are_paired_gains(run):
    arms = run()
    planner, seed = arms["planner"], 0
    for name, arm in arms.items():
        row = arm.to_dict(arms["random"], planner, {}, 7.0, seed)
        later = row["later"]
        assert row["planner_gain_now"]["mean"] == pytest.approx((planner.recall[0.0] - arm.recall[0.0]).mean())
        assert row["planner_gain_later"]["mean"] == pytest.approx((planner.recall[7.0] - arm.recall[7.0]).mean())
        assert later["mean"] < row["now"]["mean"]
        assert 0 < later["ci95"][0] < later["mean"] < later["ci95"][1] < 1
        assert row["recall"]["day7"] == later
        over = row["over_reference"]["day30"]
        assert over["mean"] == pytest.approx((arm.improvement[30.0] - arms["random"].improvement[30.0]).mean())
        if name != "planner":
            assert row["planner_gain_later"]["sd"] < later["sd"]
        if name == "random":
            assert over["mean"] == over["sd"] == 0


def test_latent_recall_is_read_after_the_last_answer_and_after_the_horizon(run, model, bank, course, cohort):
    """The historical arm replayed by hand."""
    latent, state = LatentMind(bank, course.truth.parameters), course.truth.state.take(cohort.truth_rows)
    draws = np.random.default_rng([0, 1]).random((2, STEPS, 20))
    for step in range(STEPS):
        rows = cohort.rows[:, step]
        question, at = question_rows(course.log, model.q_matrix)[rows], course.log.time_seconds[rows]
        correct, _ = latent.respond(state, question, at, draws[0, step], draws[1, step])
        state = latent.practise(state, question, correct, at)
    historical = run()["historical"]
    assert historical.recall[0.0].mean() == pytest.approx(latent.recall(state, None, at).mean())
    for days in (7, 30):
        later = latent.recall(state, None, at + days * SECONDS_PER_DAY)
        assert historical.recall[days].mean() == pytest.approx(later.mean())


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
    design = PolicyDesign(students=100)
    results = compared(wide, wider, log, everyone, course.truth, design)
    alone = compared(model, bank, course.log, test_students, course.truth, design)
    for measured in ("recall", "improvement"):
        for days in (0.0, 7.0):
            one, other = (getattr(arms["historical"], measured)[days] for arms in (results, alone))
            np.testing.assert_allclose(one, other)


def test_the_seed_decides_everything(run):
    assert figures(run()) == figures(run())
    other = run(design=PolicyDesign(students=20, seed=1))
    assert figures(other)["random"] != figures(run())["random"]


def test_progress_names_each_arm(run):
    seen = []
    run(progress=lambda *done: seen.append(done))
    assert seen == [(f"latent: {name}", step, STEPS) for name in ARMS for step in range(1, STEPS + 1)]


def test_fewer_steps_are_the_first_ones(run, cohort, course):
    few = run(design=PolicyDesign(students=20, steps=2), arms=["historical"])["historical"]
    every = run(arms=["historical"])["historical"]
    assert (few.recall[0.0] != every.recall[0.0]).any()
    with pytest.raises(UserError, match="steps is 7"):
        run(design=PolicyDesign(students=20, steps=7))


def test_no_practice_teaches_nothing_and_random_questions_do(run):
    """Before latent minds of both families; nothing of the kind is asserted of tracers."""
    arms = run(arms=["random", "no-practice"])
    assert (arms["no-practice"].improvement[0.0] <= 1e-12).all()
    for days in (0.0, 7.0, 30.0):
        assert (arms["random"].recall[days] >= arms["no-practice"].recall[days] - 1e-12).all()
        assert arms["random"].recall[days].mean() > arms["no-practice"].recall[days].mean()


def test_random_exceeds_no_practice_before_fresh_students_of_the_other_family(model, bank, course):
    cohort = fresh_cohort(bank, course.log, "all-or-none", 40, 0)
    comparison = Comparison(
        model, LatentJudge("other", cohort, bank), servable(bank), PolicyDesign(students=40), silent
    )
    objective = make_objective("global", bank.q_matrix)
    random, nothing = (comparison.play(name, objective).after for name in ("random", "no-practice"))
    for days in (0.0, 7.0, 30.0):
        assert (random[days] >= nothing[days] - 1e-12).all()
        assert random[days].mean() > nothing[days].mean() + 0.001


def test_a_policy_is_judged_by_concepts_that_the_objective_aims_at(model, bank, cohort):
    """Questions without a label have a concept too, which is never the weakest: it cannot be practised."""
    judge = LatentJudge("latent", cohort, bank)

    def weakest(objective):
        compared = Comparison(model, judge, servable(bank), PolicyDesign(students=20), silent)
        return compared.play("no-practice", objective).weakest

    objective = make_objective("weakest", bank.q_matrix)
    first = weakest(objective)[0, 0]

    class Choosy(type(objective)):
        @property
        def aims(self):
            return np.arange(len(self.q_matrix.concept_ids)) != first

    assert first not in weakest(Choosy(bank.q_matrix))


def test_an_arm_that_does_not_heed_the_objective_is_played_once(start, bank):
    one, other = (make_objective(name, bank.q_matrix) for name in ("global", "practiced"))
    assert start.play("random", one) is start.play("random", other)
    assert start.play("planner", one) is not start.play("planner", other)


def test_every_registered_policy_takes_part(run):
    arms = run(arms=[*policy_names(), "no-practice"], objective="weakest")
    for arm in arms.values():
        assert np.isfinite(np.stack(list(arm.improvement.values()))).all()
        assert (np.stack(list(arm.improvement.values())) <= arm.bound + 1e-12).all()


@pytest.mark.parametrize(
    ("names", "words"),
    [(("planer",), "did you mean 'planner'"), (("random", "random"), "once"), ((), "at least one")],
)
def test_arms_that_make_no_sense(names, words):
    with pytest.raises(UserError) as caught:
        check_arms(names, policy_names())
    assert words in str(caught.value)


def test_without_students_of_enough_answers_the_user_is_told(course, test_students):
    with pytest.raises(UserError, match="more than 6 answers") as caught:
        logged_cohort(course.log.take(course.log.position < 6), test_students, course.truth, 20, 0)
    assert caught.value.mend


def test_a_policy_is_told_how_many_questions_are_left(model, bank, course, test_students):
    class Told(RandomQuestion):
        def choose(self, minds, candidates, objective, at_seconds, rng):
            seen.append(self.left)
            return super().choose(minds, candidates, objective, at_seconds, rng)

    seen = []
    cohort = logged_cohort(course.log, test_students, course.truth, 4, 0)
    judge = LatentJudge("latent", cohort, bank)
    comparison = Comparison(model, judge, servable(bank), PolicyDesign(students=4, steps=3), silent)
    comparison.play("told", make_objective("global", bank.q_matrix), Told(model))
    assert seen == [3, 2, 1]


def test_students_whom_another_seed_draws_can_be_left_out(course, test_students):
    def drawn(students, seed, other=None):
        return set(logged_cohort(course.log, test_students, course.truth, students, seed, other).student_ids)

    able = drawn(10_000, 0)
    half = len(able) // 2
    first, others = drawn(half, 0), drawn(half, 1, other=0)
    assert len(others) == half
    assert not first & others
    assert drawn(half, 1) & first  # by chance alone some would be the same
    with pytest.raises(UserError, match="Seed 0 draws every student"):
        drawn(len(able), 1, other=0)


def test_under_an_exam_recall_is_read_on_its_day_too(start, bank):
    """Students end on different days; who ends after the exam is read at once."""
    ends = start.times[:, -1]
    day = float(np.median(ends)) + 3 * SECONDS_PER_DAY
    exam = ExamObjective(bank.q_matrix, day_seconds=day)
    with_day, without = (
        start.play("no-practice", exam),
        start.play("no-practice", make_objective("global", bank.q_matrix)),
    )
    assert OWN_DAY not in without.after
    wanted = start.judge.recall(start.judge.start(), np.maximum(ends, day))
    np.testing.assert_array_equal(with_day.after[OWN_DAY], wanted)
    for days, recall in without.after.items():
        np.testing.assert_array_equal(with_day.after[days], recall)
    planned = Arm.of(start.play("planner", exam), start.targets(exam, with_day))
    told = planned.to_dict(planned, None, {}, 7.0, 0)
    assert list(told["over_reference"]) == ["now", "day7", "day30", "exam"]
    assert told["recall"]["exam"]["mean"] == float(planned.recall[OWN_DAY].mean())
    gone = ExamObjective(bank.q_matrix, day_seconds=float(ends.min()) - 1.0)
    assert OWN_DAY not in start.play("planner", gone).after
