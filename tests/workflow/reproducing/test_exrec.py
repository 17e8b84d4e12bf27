"""ExRec reproduced: pieces, published numbers, the claimed order, resumption."""

import shutil
from functools import partial

import numpy as np
import pytest

from preceptor.annotate.varying import variations_among
from preceptor.course import Course
from preceptor.curriculum import built_in_bank
from preceptor.data import split_by_student
from preceptor.domain import UserError
from preceptor.evaluate.shares import Gains
from preceptor.progress import silent
from preceptor.recommend.students import Students
from preceptor.recommend.world import untimed
from preceptor.trace.kc_plan import KcCalibrationPlan
from preceptor.workflow.calibrating import CalibrateOptions, calibrate
from preceptor.workflow.policy_ground import lay_ground
from preceptor.workflow.reproducing import ReproduceOptions, exrec, reproduce
from preceptor.workflow.reproducing.courses import extended
from preceptor.workflow.reproducing.exrec_ordering import (
    BORNE_OUT,
    CONTRADICTED,
    OPEN,
    UNCONTRADICTED,
    figure_3_checks,
    figure_4_checks,
)
from preceptor.workflow.reproducing.exrec_page import UNKNOWN_HEIGHTS
from preceptor.workflow.reproducing.exrec_pieces import (
    OBJECTIVES,
    PAIRS,
    beside,
    historical,
    history_of,
    policy_options,
    training,
)
from preceptor.workflow.reproducing.exrec_published import MODULES, TABLE_2, table_2

QUICK = ReproduceOptions(quick=True)
STUDENTS = 80


@pytest.fixture(scope="module")
def calibrated(semantic_course, still_clock, tmp_path_factory):
    course = Course.open(shutil.copytree(semantic_course, tmp_path_factory.mktemp("calibrated") / "course"))
    calibrate(course, CalibrateOptions(plan=KcCalibrationPlan(epochs=2)), still_clock, silent)
    return course


@pytest.fixture
def asked(calibrated):
    return partial(policy_options, QUICK, history_of(calibrated.load_log()))


@pytest.fixture
def made_up(monkeypatch):
    """Trainings that take no time: how good a policy is depends on its name alone. Returns what was trained."""
    done = []

    def trained(course, options, clock):
        done.append(options)
        rng = np.random.default_rng([len(options.algorithm), options.critic == "mve"])
        values = rng.normal(0.1, 0.05, STUDENTS)
        name = f"{options.name}/run"
        return {"improvement": values.tolist(), "reachable": [0.5] * STUDENTS, "policy": name}

    path = {"asked": [], "value": [0.4, 0.5], "target": ["adding"]}
    told = {"student": "s1", "judge": "own", "objective": "weakest", "simulated": True}
    monkeypatch.setattr(exrec, "training", trained)
    monkeypatch.setattr(
        exrec,
        "case",
        lambda course, student, names, *rest: {"case": {**told, "paths": dict.fromkeys(names, path)}, "run": "r"},
    )
    nothing = {"improvement": [0.0] * STUDENTS, "reachable": [0.5] * STUDENTS}
    monkeypatch.setattr(exrec, "beside", lambda *_: {"random": nothing, "historical": nothing})
    return done


def test_published_numbers():
    """Golden cells of exrec.md, §6.4 and §6.5."""
    assert TABLE_2["sac", "mve"] == 20.08
    assert table_2("rainbow", "plain") == 37.00
    assert table_2("random", "") == -2.31
    assert table_2("ppo", "plain") == 1.78
    assert table_2("ppo", "mve") is None
    assert MODULES["micro-F1 after"] == 0.8865
    assert MODULES["KC MAE after"] == 0.028


def test_the_extended_bank_has_three_new_questions_for_each():
    bank = built_in_bank(2)
    larger = extended(bank)
    made = variations_among(larger.questions)
    assert len(made) == 3 * len(bank.questions)
    assert made.isdisjoint(bank.question)
    assert larger.questions[: len(bank.questions)] == bank.questions
    known = {question.text for question in bank.questions}
    assert all(question.text not in known for question in larger.questions if question.question_id in made)


def test_a_training_leaves_the_courses_own_policy(calibrated, asked, still_clock):
    found = training(calibrated.path, asked("global", "ddpg", "plain", "original", 0), still_clock)
    assert len(found["improvement"]) == len(found["reachable"]) == found["students"]["test"]
    assert calibrated.default("policies") is None


def test_logged_answers_are_replayed_as_they_were(calibrated, asked):
    """The historical arm ends where the tracer stands after the log's own answers, whatever is drawn."""
    options = asked("global", "ddpg", "plain", "original", 0)
    ground = lay_ground(calibrated, options)
    found = historical(calibrated, ground, options)
    other = historical(
        calibrated,
        ground,
        policy_options(ReproduceOptions(quick=True, seed=9), options.history, "global", "ddpg", "plain", "original", 0),
    )
    assert found["improvement"]
    assert found == other
    log = calibrated.load_log()
    kept = ground.trained.metrics["options"]
    test = split_by_student(log, kept["seed"], kept["test_fold"], kept["valid_fold"]).test
    able = test[np.diff(log.offsets)[test] >= options.history + options.horizon]
    weights = ground.objective.shared_weights()

    def level(answers):
        state = Students.of(ground.world, log, able, history=answers).state
        mastery = ground.world.mastery(state, untimed(len(able), ground.world.device))
        return mastery.detach().numpy() @ weights

    levels = [level(options.history), level(options.history + options.horizon)]
    assert np.allclose(found["improvement"], levels[1] - levels[0], atol=1e-5)


def test_random_questions_stand_beside_every_objective(calibrated, asked):
    found = beside(calibrated.path, asked("weakest", "ddpg", "plain", "original", 0))
    assert len(found["random"]["improvement"])
    assert abs(np.mean(found["random"]["improvement"])) < 0.2


def arms(shift):
    """Every arm gains nothing but noise, and what `shift` says."""
    rng, pairs = np.random.default_rng(0), (*PAIRS, ("random", ""), ("historical", ""))
    return {pair: Gains(rng.normal(shift(*pair), 0.05, STUDENTS), np.full(STUDENTS, 0.5)) for pair in pairs}


def verdicts(checks):
    return {one.claim: one.verdict for one in checks}


def test_the_claimed_order_is_borne_out_or_contradicted():
    def claimed(name, critic):
        return 0.2 * (critic == "mve") + 0.2 * (name in ("ddpg", "td3", "sac")) - 0.1 * (name == "random")

    as_claimed = arms(claimed)
    found = verdicts(figure_3_checks({"weakest": as_claimed}, 0))
    assert found["DDPG, TD3 and SAC are above PPO and TRPO"] == BORNE_OUT
    assert found["the model-based critic improves SAC"] == BORNE_OUT
    assert found["with a model-based critic above the discrete methods"] == BORNE_OUT
    assert found["random questions gain nothing"] == UNCONTRADICTED
    against = arms(lambda name, critic: -0.2 * (critic == "mve") + 0.2 * (name in ("random", "trpo", "ppo")))
    found = verdicts(figure_3_checks({"global": against}, 0))
    assert set(found.values()) - {BORNE_OUT, UNCONTRADICTED} == {CONTRADICTED}
    assert found["random questions gain nothing"] == CONTRADICTED


def test_noise_shows_nothing():
    same = Gains(np.random.default_rng(1).normal(0, 0.1, STUDENTS), np.full(STUDENTS, 0.5))
    equal = dict.fromkeys(arms(lambda *_: 0.0), same)
    found = verdicts(figure_3_checks({"weakest": equal}, 0))
    assert found["the model-based critic improves DDPG"] == OPEN
    larger = verdicts(figure_4_checks({"weakest": equal}, {"weakest": equal}, 0))
    assert larger["without it DDPG, TD3 and SAC drop on more questions"] == OPEN


def test_the_page_and_its_parts(calibrated, made_up, tmp_path, still_clock):
    result = reproduce("exrec", [calibrated.path], tmp_path, QUICK, still_clock, silent)
    assert {one.objective for one in made_up} == set(OBJECTIVES)
    assert len(made_up) == result["new"] - len(OBJECTIVES) - 1 == len(PAIRS) * len(OBJECTIVES)
    told = (tmp_path / "exrec.md").read_text()
    assert UNKNOWN_HEIGHTS in told
    assert "whose students are simulated" in told
    assert "the tracer that the policies were trained on" in told
    assert "**Quick.**" in told
    assert "| rainbow | +37.00 |" in told
    assert "no generated questions" in told
    for objective in OBJECTIVES:
        assert f"figures/figure-3-{objective}.svg" in told
        assert (tmp_path / f"figures/figure-3-{objective}.svg").read_text().startswith("<svg xmlns")
    linked = [file for file in (tmp_path / "pieces").iterdir() if f"pieces/{file.name}" in told]
    assert len(linked) == result["pieces"]
    assert (tmp_path / "exrec.html").is_file()


def test_killed_and_called_again_it_goes_on(calibrated, made_up, tmp_path, still_clock, monkeypatch):
    whole = exrec.training

    def killed(*given):
        if len(made_up) == 7:
            raise KeyboardInterrupt
        return whole(*given)

    monkeypatch.setattr(exrec, "training", killed)
    with pytest.raises(KeyboardInterrupt):
        reproduce("exrec", [calibrated.path], tmp_path, QUICK, still_clock, silent)
    monkeypatch.setattr(exrec, "training", whole)
    result = reproduce("exrec", [calibrated.path], tmp_path, QUICK, still_clock, silent)
    assert len(made_up) == len(PAIRS) * len(OBJECTIVES)
    assert result["pieces"] - result["new"] == 7
    assert reproduce("exrec", [calibrated.path], tmp_path, QUICK, still_clock, silent)["new"] == 0
    reproduce("exrec", [calibrated.path], tmp_path, ReproduceOptions(quick=True, seed=1), still_clock, silent)
    assert len(made_up) == 2 * len(PAIRS) * len(OBJECTIVES)


def test_a_course_without_calibrated_concepts_is_refused(semantic_course, tmp_path, still_clock):
    with pytest.raises(UserError, match="preceptor calibrate"):
        reproduce("exrec", [semantic_course], tmp_path, QUICK, still_clock, silent)


def test_options_of_the_other_paper_are_refused(calibrated, tmp_path, still_clock):
    with pytest.raises(UserError, match="takes no kt"):
        reproduce("exrec", [calibrated.path], tmp_path, ReproduceOptions(kt="dkt"), still_clock, silent)
