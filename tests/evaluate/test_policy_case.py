"""One student's path, told and drawn."""

from dataclasses import asdict
from xml.etree import ElementTree

import numpy as np
import pytest

from preceptor.evaluate import Comparison, PolicyDesign
from preceptor.evaluate.cohort import logged_cohort
from preceptor.evaluate.judges import LatentJudge
from preceptor.evaluate.policy_case import case_of, case_picture
from preceptor.progress import silent
from preceptor.recommend import make_objective

ARMS = ("planner", "random", "no-practice")
WATCHED = 3


@pytest.fixture(scope="module", params=["practiced", "weakest"])
def told(request, model, bank, course, test_students):
    judge = LatentJudge("latent", logged_cohort(course.log, test_students, course.truth, 8, 0), bank)
    servable = np.array([question.servable for question in bank.questions])
    comparison = Comparison(model, judge, servable, PolicyDesign(), silent, watched=WATCHED)
    objective = make_objective(request.param, bank.q_matrix)
    played = {name: comparison.play(name, objective) for name in ARMS}
    targets = {name: comparison.targets(objective, arm) for name, arm in played.items()}
    case = case_of(bank, judge, objective, WATCHED, comparison.times[WATCHED], played, targets)
    return case, played, targets


def test_the_path_is_the_watched_students(told, bank):
    case, played, targets = told
    for name, path in case.paths.items():
        arm = played[name]
        value = targets[name].value(arm.start)[WATCHED], targets[name].value(arm.after[0.0])[WATCHED]
        assert (path.value[0], path.value[-1]) == pytest.approx(value)
        asked = [row for row in arm.question[WATCHED] if row >= 0]
        assert [one.question_id for one in path.asked] == [bank.questions[row].question_id for row in asked]
        assert [one.correct for one in path.asked] == arm.correct[WATCHED, : len(asked)].tolist()
        assert all(one.concepts for one in path.asked)
        assert len(path.value) == 7
    assert not case.paths["no-practice"].asked
    assert len(case.paths["planner"].asked) == 6


def test_the_picture_shows_every_question_and_every_path(told):
    case, _, _ = told
    drawn = case_picture(case)
    assert drawn == case_picture(asdict(case))
    root, space = ElementTree.fromstring(drawn), "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}polyline")) == len(ARMS)
    cells = [rect for rect in root.iter(f"{space}rect") if rect.get("class") in ("right", "wrong")]
    assert len(cells) == 12
    right = sum(one.correct for path in case.paths.values() for one in path.asked)
    assert sum(cell.get("class") == "right" for cell in cells) == right
    words = " ".join(text.text or "" for text in root.iter(f"{space}text"))
    for name in (*ARMS, *(concept for path in case.paths.values() for one in path.asked for concept in one.concepts)):
        assert name in words


def test_words_of_a_bank_are_no_markup(told):
    case, _, _ = told
    content = asdict(case)
    content["paths"] = {"<b>&": content["paths"]["planner"]}
    ElementTree.fromstring(case_picture(content))
