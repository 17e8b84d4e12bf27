"""`evaluate policy` on people's logs: judged by tracers, and by fresh simulated students, with or without a bank."""

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.data import ReadOptions
from preceptor.domain import UserError
from preceptor.evaluate import PolicyDesign
from preceptor.progress import silent
from preceptor.simulate import family_names
from preceptor.workflow.evaluating import evaluate_policy
from preceptor.workflow.importing import import_data
from preceptor.workflow.policy_contest import PolicyChoice
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

POLICIES = ("random", "planner", "historical", "no-practice")


def imported(folder, clock, *, timed):
    """Eighty students with thirty answers each on twelve questions of four concepts; nothing but a log."""
    rng = np.random.default_rng(0)
    lines = ["student,question,concept,correct" + (",timestamp" if timed else "")]
    for student in range(80):
        for answer in range(30):
            question = int(rng.integers(12))
            time = f",{1_700_000_000 + 1000 * student + 40_000 * answer}" if timed else ""
            lines.append(f"p{student},q{question},k{question % 4},{int(rng.random() < 0.6)}{time}")
    (folder / "log.csv").write_text("\n".join(lines) + "\n")
    import_data("table", [folder / "log.csv"], folder / "course", ReadOptions(), clock)
    course = Course.open(folder / "course")
    train(course, TrainOptions(model="history"), clock, silent)
    return course


@pytest.fixture(scope="module")
def people(tmp_path_factory, still_clock, fits_end_early):
    with fits_end_early():
        return {timed: imported(tmp_path_factory.mktemp("people"), still_clock, timed=timed) for timed in (True, False)}


def judged(course, clock, *judges, policies=POLICIES):
    design = PolicyDesign(students=4, steps=3)
    return evaluate_policy(course, "global", design, clock, silent, PolicyChoice(policies, judges, "random"))


@pytest.mark.parametrize("timed", [True, False])
def test_every_judge_but_the_truth_of_people_judges_them(people, still_clock, timed):
    found = judged(people[timed], still_clock, *(["all"] if timed else ["own", "latent:logistic"]))
    families = [f"latent:{name}" for name in family_names()]
    names = {*families, "own", "other-students", "das3h"} if timed else {"own", "latent:logistic"}
    assert set(found["judges"]) == names
    assert {row["policy"] for row in found["rows"]} == set(POLICIES)
    for row in found["rows"]:
        assert row["simulated"] == row["judge"].startswith("latent:")
        for moment in ("now", "day7", "day30"):
            assert np.isfinite(row["improvement"][moment]["mean"])
    by_policy = {row["policy"]: row for row in found["rows"] if row["judge"] == "latent:logistic"}
    assert by_policy["random"]["recall"]["now"]["mean"] > by_policy["no-practice"]["recall"]["now"]["mean"]


def test_the_truth_of_people_is_refused_and_the_message_says_who_can_judge(people, still_clock):
    with pytest.raises(UserError, match="people's") as refused:
        judged(people[True], still_clock, "latent")
    assert "--judges own" in refused.value.mend
    assert "latent:graded" in refused.value.mend
