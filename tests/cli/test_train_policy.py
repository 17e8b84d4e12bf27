"""`preceptor train-policy`: every algorithm for every objective, and what is refused."""

import json
import shutil

import pytest

from preceptor.cli.main import INTERRUPTED
from preceptor.course import Course
from preceptor.recommend.learned.settings import ALGORITHMS
from preceptor.recommend.learned.training import _Training

TINY = ("--transitions", 24, "--updates", 2, "--horizon", 2)
OBJECTIVES = ("global", "practiced", "upcoming", "weakest")


@pytest.fixture(scope="module")
def matrix_course(semantic_course, tmp_path_factory):
    """Where every training of the matrix leaves its policy."""
    return shutil.copytree(semantic_course, tmp_path_factory.mktemp("matrix") / "course")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_for_every_objective(algorithm, cli, matrix_course):
    for objective in OBJECTIVES:
        done = cli("train-policy", matrix_course, "--objective", objective, "--algorithm", algorithm, *TINY, "--json")
        assert done.code == 0, done.err
        told = done.json()
        assert (told["objective"], told["algorithm"], told["critic"]) == (objective, algorithm, "plain")
        assert told["transitions"] == 24
        assert told["updates"] >= 2
        assert set(told["improvement"]) >= {"mean", "ci95", "percent_of_bound"}
        assert told["baselines"]["random"]["ci95"]
        assert done.err == ""
        assert (matrix_course / "policies" / told["policy"] / "weights.safetensors").is_file()


@pytest.mark.parametrize("algorithm", ["ddpg", "discrete-sac"])
def test_the_tracers_critic(algorithm, cli, matrix_course):
    told = cli("train-policy", matrix_course, "--algorithm", algorithm, "--critic", "mve", *TINY, "--json").json()
    assert told["critic"] == "mve"
    assert told["policy"].startswith(f"{algorithm}-mve-weakest/")


def test_rules_and_a_clock(cli, matrix_course):
    """Two sittings of two answers, judged after nine days; the policy keeps the rules where it serves."""
    given = ("--no-repeats", "--difficulty", "0.1,0.95", "--minutes-per-day", "1", "--days", "2", "--horizon-days", 9)
    budget = ("--transitions", 48, "--updates", 2)
    asked = ("--algorithm", "dqn", "--objective", "practiced", *given, *budget, "--json")
    done = cli("train-policy", matrix_course, *asked)
    assert done.code == 0, done.err
    told = done.json()
    assert told["rules"] == {"no_repeats": True, "prerequisites": None, "difficulty": [0.1, 0.95]}
    assert told["judged_days"] == 9
    config = json.loads((matrix_course / "policies" / told["policy"] / "config.json").read_text())
    assert config["episode"]["rules"]["difficulty"] == [0.1, 0.95]
    offsets = config["episode"]["clock"]["offsets_seconds"]
    assert len(offsets) == told["horizon"] == config["episode"]["horizon"]
    assert offsets[0] == 86_400
    assert offsets[-1] >= 2 * 86_400
    student = Course.open(matrix_course).load_log().student_ids[0]
    served = cli(
        "recommend",
        matrix_course,
        "--student",
        student,
        "--objective",
        "practiced",
        "--policy",
        told["policy"],
        "--json",
    )
    assert served.json()["policy"] == "dqn (plain critic)"


def test_the_table_names_its_judge(cli, matrix_course):
    shown = cli("train-policy", matrix_course, "--algorithm", "dqn", "--objective", "practiced", *TINY).out
    assert "simulated test students" in shown
    assert "random" in shown
    assert "The judge is the tracer it was trained on" in " ".join(shown.split())


def test_recommend_asks_the_policy(cli, matrix_course):
    cli("train-policy", matrix_course, "--algorithm", "ddpg", "--objective", "practiced", *TINY)
    student = Course.open(matrix_course).load_log().student_ids[0]
    asked = ("recommend", matrix_course, "--student", student, "--objective", "practiced", "--json")
    told = cli(*asked, "--policy", "learned").json()
    assert told["policy"] == "ddpg (plain critic)"
    assert len(told["recommendations"]) == 5
    assert cli(*asked).json()["policy"] == "planner"
    assert cli(*asked, "--policy", "look-ahead").json()["policy"] == "look-ahead"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--algorithm", "dqn", "--critic", "mve"), "--critic mve with ddpg"),
        (("--algorithm", "reinforce"), "algorithm"),
        (("--objective", "best"), "objective"),
        (("--critic", "good"), "critic"),
        (("--algorithm", "ddpg", "--alpha", "0.1"), "sac, discrete-sac"),
        (("--gamma", "1.2"), "--gamma is 1.2"),
        (("--transitions", "3"), "--transitions is 3"),
        (("--bank", "new"), "extended"),
        (("--device", "nowhere"), "--device"),
        (("--teacher", "me"), "look-ahead-pruned"),
        (("--algorithm", "dqn", "--teacher", "look-ahead"), "ddpg, td3, sac, ppo, trpo, discrete-sac"),
        (("--difficulty", "hard"), "for example 0.5,0.9"),
        (("--difficulty", "0.9,0.5"), "lowest ≤ highest"),
        (("--days", "2"), "--algorithm dqn, rainbow, c51, discrete-sac with a clock"),
        (("--objective", "exam"), "--algorithm dqn, rainbow, c51, discrete-sac with a clock"),
        (("--algorithm", "dqn", "--objective", "exam", "--days", "2"), "exam_minutes_per_day"),
        (("--algorithm", "discrete-sac", "--critic", "mve", "--days", "2"), "--critic plain with a clock"),
        (("--algorithm", "dqn", "--days", "2", "--horizon", "3"), "leave --horizon out"),
        (("--algorithm", "dqn", "--days", "0"), "--days is 0"),
        (("--reward", "late"), "episode_end"),
        (("--critic", "mve", "--reward", "episode_end"), "--reward episode_end with --critic plain"),
    ],
)
def test_mistakes_are_told_with_what_is_allowed(given, said, refused, matrix_course):
    assert said in refused("train-policy", matrix_course, *given)


def test_a_reward_at_the_end_is_told_and_trained_with(cli, matrix_course):
    asked = ("train-policy", matrix_course, "--algorithm", "dqn", "--objective", "practiced", *TINY, "--json")
    ends, dense = cli(*asked, "--reward", "episode_end").json(), cli(*asked).json()
    assert (ends["reward"], dense["reward"]) == ("episode_end", "dense")
    assert ends["scores"][0] == dense["scores"][0]
    assert ends["losses"] != dense["losses"]


@pytest.mark.parametrize("epochs", [0, 2])
def test_interrupted_it_says_what_there_is_to_resume(epochs, cli, matrix_course, monkeypatch):
    """And starting anew leaves nothing of the training before."""
    asked = ("train-policy", matrix_course, "--objective", "upcoming", "--algorithm", "ddpg", *TINY)
    validate, seen = _Training._validate, []

    def interrupted(training):
        if len(seen) == epochs + 1:  # the untrained policy is validated, too
            raise KeyboardInterrupt
        seen.append(training)
        validate(training)

    with monkeypatch.context() as patch:
        patch.setattr(_Training, "_validate", interrupted)
        stopped = cli(*asked)
    assert stopped.code == INTERRUPTED
    assert ("--resume goes on after the last epoch" in stopped.err) == bool(epochs)
    folder = matrix_course / "policies" / "ddpg-plain-upcoming"
    assert bool(list(folder.glob("interrupted-*.ckpt"))) == bool(epochs)
    assert cli(*asked).code == 0
    assert not list(folder.glob("interrupted-*"))


def test_without_the_extra_it_says_which(refused, matrix_course, monkeypatch):
    monkeypatch.setattr("preceptor.workflow.policies.find_spec", lambda name: None)
    assert "pip install 'preceptor[rl]'" in refused("train-policy", matrix_course)


def test_serve_refuses_a_policy_that_was_never_learned(refused, course_copy):
    said = refused("serve", course_copy, "--port", 18_479, "--policy", "learned")
    assert "has learned no policy" in said
    assert "--policy planner" in said
