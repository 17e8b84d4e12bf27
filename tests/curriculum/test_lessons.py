"""The course about the Earth: its questions grade themselves, keep their secrets and name what went wrong."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from preceptor.answers import Worker, check, defect
from preceptor.curriculum.lessons import LESSONS, lesson_bank
from preceptor.domain import QuestionKind, UserError, topological_order
from preceptor.tutor import reveals

COURSES = [(name, language) for name, languages in LESSONS.items() for language in languages]
FEWEST_OPTIONS = 4
HINTS = 3


@pytest.fixture(scope="module")
def worker():
    with Worker() as started:
        yield started


@pytest.fixture(scope="module", params=COURSES, ids="/".join)
def bank(request):
    return lesson_bank(*request.param)


def test_size(bank):
    assert len(bank.concepts) >= 12
    assert len(bank.questions) >= 130
    per_concept = Counter(question.concepts[0] for question in bank.questions)
    assert min(per_concept[concept.concept_id] for concept in bank.concepts) >= 10
    kinds = Counter(question.kind for question in bank.questions)
    assert set(kinds) == {QuestionKind.CHOICE, QuestionKind.TEXT, QuestionKind.ORDER}
    assert min(kinds.values()) >= 10


def test_concepts_come_after_their_prerequisites(bank):
    assert len(topological_order(bank.concepts)) == len(bank.concepts)
    place = {concept.concept_id: i for i, concept in enumerate(bank.concepts)}
    grade = {concept.concept_id: concept.grade for concept in bank.concepts}
    for concept in bank.concepts:
        assert concept.explanation
        for before in concept.prerequisites:
            assert place[before] < place[concept.concept_id]
            assert grade[before] <= concept.grade


def test_ids_and_stems_are_unique(bank):
    assert len(bank.question) == len(bank.questions)
    assert len({question.text for question in bank.questions}) == len(bank.questions)


def test_every_question_grades_its_key_right_and_every_other_answer_wrong(bank, worker):
    defects = {question.text: defect(question, worker) for question in bank.questions}
    assert {text: found for text, found in defects.items() if found} == {}


def test_other_wordings_are_right_and_distractors_are_recognised(bank, worker):
    for question in bank.questions:
        for wording in question.accepted:
            for typed in (wording, wording.upper(), f" {wording}. "):
                assert check(question, typed, worker=worker).outcome == "correct", (question.text, typed)
        for distractor in question.distractors:
            verdict = check(question, distractor.answer, worker=worker)
            assert (verdict.outcome, verdict.misconception_id) == ("wrong", distractor.misconception_id), distractor


def test_choices_offer_different_options_and_their_key_stands_anywhere(bank):
    choices = [question for question in bank.questions if question.kind is QuestionKind.CHOICE]
    for question in choices:
        assert len(set(question.options)) == len(question.options) >= FEWEST_OPTIONS
        assert question.key in question.options
        assert {distractor.answer for distractor in question.distractors} < set(question.options)
    places = Counter(question.options.index(question.key) for question in choices)
    assert min(places[place] for place in range(FEWEST_OPTIONS)) >= len(choices) / 8
    longest = [q for q in choices if len(q.key) > max(len(option) for option in q.options if option != q.key)]
    assert len(longest) < len(choices) / 2, "the longest option must not give the key away"


def test_orders_are_not_shown_in_order(bank):
    for question in bank.questions:
        if question.kind is QuestionKind.ORDER:
            items = tuple(question.key.split(", "))
            assert sorted(items) == sorted(question.options)
            assert items != question.options


def test_hints_show_the_answer_last_and_never_before(bank):
    for question in bank.questions:
        assert len(question.hints) == HINTS
        assert len(question.steps) >= 2
        for right in (question.key, *question.accepted):
            asked = replace(question, key=right)
            for text in (*question.hints[:-1], *(step.text for step in question.steps[:-1])):
                assert not reveals(text, asked) or len(right) == 1, (right, text)
        assert reveals(question.hints[-1], question), (question.key, question.hints[-1])


def test_stems_of_texts_do_not_hold_their_answer(bank):
    for question in bank.questions:
        if question.kind is QuestionKind.TEXT:
            assert not reveals(question.text, question), question.text


def test_every_misconception_is_met_and_has_a_remedy(bank):
    met = {distractor.misconception_id for question in bank.questions for distractor in question.distractors}
    assert met == set(bank.misconception)
    owner = {question.concepts[0] for question in bank.questions}
    for misconception in bank.misconceptions:
        assert misconception.concept_id in owner
        assert misconception.remedy.endswith((".", "?"))
        assert not misconception.name.endswith(".")


def test_sentences_are_whole_and_without_mathematics(bank):
    for question in bank.questions:
        for text in (question.text, *question.hints, *(step.text for step in question.steps)):
            assert text[-1] in ".?", text
            assert "  " not in text
            assert not re.search(r"[$\\{}<>|*_]", text), text


def test_a_translation_has_the_same_questions_and_misconceptions():
    for name, languages in LESSONS.items():
        first = lesson_bank(name, languages[0])
        for language in languages[1:]:
            other = lesson_bank(name, language)
            assert [c.concept_id for c in other.concepts] == [c.concept_id for c in first.concepts]
            assert [c.prerequisites for c in other.concepts] == [c.prerequisites for c in first.concepts]
            for one, two in zip(first.questions, other.questions, strict=True):
                assert (one.question_id, one.kind, one.difficulty) == (two.question_id, two.kind, two.difficulty)
                assert two.language == language
                assert {d.misconception_id for d in one.distractors} == {d.misconception_id for d in two.distractors}
            assert set(first.misconception) == set(other.misconception)


def test_what_is_not_there_is_told():
    with pytest.raises(UserError, match="earth"):
        lesson_bank("moon")
    with pytest.raises(UserError, match="en"):
        lesson_bank("earth", "fr")
