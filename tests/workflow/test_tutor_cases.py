"""Sessions of the lab as cases: what judges read of a student and of a stranger, and what a played student is told."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from preceptor.domain import Question, QuestionKind, UserError
from preceptor.evaluate.judging_dialogues.cases import Unit, read_cases, write_cases
from preceptor.evaluate.judging_dialogues.swap import strangers
from preceptor.evaluate.role_play import RolePlay
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.llm import ScriptedModel
from preceptor.progress import silent
from preceptor.workflow.tutor_cases import MOST_STUDENTS, tutor_cases
from preceptor.workflow.tutor_runs import LabOptions

DESIGN = LabDesign("logistic", students=3, turns=2)
WORDS = re.compile(r"\w+")


@pytest.fixture(scope="module")
def many(lab_course):
    """Sessions of as many students as are written, of the two arms that know nobody, in three replicates."""
    design = replace(DESIGN, students=MOST_STUDENTS, turns=8, concepts=2)
    options = LabOptions(("textbook", "random"), design)
    return [tutor_cases(lab_course, replace(options, seed=seed), silent) for seed in range(3)]


def test_sessions_are_cases_for_judges(lab_course, tmp_path):
    """The same student under every arm that speaks; replies of all arms are to one and the same answer."""
    cases = tutor_cases(lab_course, LabOptions(("none", "textbook", "random", "tasa", "oracle"), DESIGN), silent)
    write_cases(tmp_path / "cases.jsonl", cases)
    assert read_cases(tmp_path / "cases.jsonl") == cases
    whole, replies = ([case for case in cases if case.unit is unit] for unit in (Unit.DIALOGUE, Unit.RESPONSE))
    assert len(whole) == len(replies) == 3
    assert [set(case.arms) for case in whole] == 3 * [{"textbook", "random", "tasa", "oracle"}]
    assert [set(case.arms) for case in replies] == 3 * [{"random", "tasa", "oracle"}]
    for case, session in zip(replies, whole, strict=True):
        assert [message.role for message in case.prior] == ["tutor", "student"]
        assert case.prior[0].text == session.arms["random"][0].text
        assert len(case.profile) == len(case.played_as) == len(case.concepts) == 4
        assert set(case.concepts) <= set(lab_course.load_bank().concept)
        known = (case.student_id, case.profile, case.stranger, case.played_as, case.concepts)
        assert known == (session.student_id, session.profile, session.stranger, session.played_as, session.concepts)
    tutored = whole[0].arms["tasa"]
    assert [message.role for message in tutored].count("student") == 2
    with pytest.raises(UserError, match="1 of the arms speak"):
        tutor_cases(lab_course, LabOptions(("none", "random"), DESIGN), silent)


def test_a_stranger_is_somebody_else_on_the_same_concepts(many, lab_course):
    bank = lab_course.load_bank()
    found = [case for cases in many for case in cases if case.stranger]
    assert len(found) > 0.9 * sum(map(len, many))
    for case in found:
        assert case.stranger != case.profile
        for told in (case.profile, case.stranger):
            for line, concept in zip(told, case.concepts, strict=True):
                assert line.startswith(f"{bank.concept[concept].name}: ")


def found_by_overlap(cases, others):
    """By arm and case: 1 where the student's profile shares more words with the tutor's than the other one, ½ a tie."""
    points = {}
    for case in (case for case in cases if case.case_id in others):
        for arm in case.arms:
            said = set(WORDS.findall(case.words(arm).casefold()))
            own, other = (
                len(said.intersection(WORDS.findall(" ".join(told).casefold())))
                for told in (case.profile, others[case.case_id])
            )
            points.setdefault(arm, []).append(0.5 if own == other else float(own > other))
    return points


def test_words_that_know_nobody_do_not_tell_the_student_from_a_stranger(many):
    """Words on a topic fit everybody's profile on it; a profile on other topics they would tell apart at once."""
    stranger, elsewhere = {}, {}
    for cases in many:
        whole = [case for case in cases if case.unit is Unit.DIALOGUE]
        other_topics = {one.case_id: other.profile for one, other in pairwise(whole)}
        for kept, others in ((stranger, strangers(whole, 0)), (elsewhere, other_topics)):
            for arm, points in found_by_overlap(whole, others).items():
                kept.setdefault(arm, []).extend(points)
    for arm in ("random", "textbook"):
        chance = 1.96 * 0.5 / np.sqrt(len(stranger[arm]))
        assert abs(np.mean(stranger[arm]) - 0.5) < chance
        assert np.mean(elsewhere[arm]) > 0.5 + chance


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_played_student_is_told_no_score(many, language):
    """Figures would be an expected score. The name of a mistake may hold one: it says nothing of how good they are."""
    case = next(case for case in many[0] if "Mistakes made: " in " ".join(case.played_as))
    assert "%" in " ".join(case.profile)
    item = Question("t", "What is $3 + 1$?", QuestionKind.NUMBER, "4", ("add",))
    asked = RolePlay(ScriptedModel([]), case.played_as, language).messages(item, ())
    told = re.sub(r"Mistakes made: .*", "", " ".join(f"{message.text}\n" for message in asked))
    assert all(line.partition("Mistakes made: ")[0].strip() in told for line in case.played_as)
    assert not re.findall(r"\d", told.replace(item.text, ""))
    assert not re.findall(r"%|score|expect|improve|Punkt|Prozent|erwart|besser", told)
    assert '"4"' not in told
