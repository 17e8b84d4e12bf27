"""What every question promises, in the bank and for unseen seeds."""

import re
from fractions import Fraction

from latex2mathml.converter import convert

from preceptor.curriculum import LEVELS, MISCONCEPTIONS
from preceptor.domain import QuestionKind

MISCONCEPTION = {misconception.misconception_id: misconception for misconception in MISCONCEPTIONS}


def _numbers(text: str) -> set[Fraction]:
    text = text.replace("{,}", "").replace("$", " ")
    text = re.sub(r"(\d+)\\frac\{(\d+)\}\{(\d+)\}", lambda m: f" {int(m[1]) * int(m[3]) + int(m[2])}/{m[3]} ", text)
    text = re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r" \1/\2 ", text)
    return {Fraction(token) for token in re.findall(r"(?<![\d.])-?\d+(?:\.\d+|/\d+)?", text)}


def test_three_hints_and_only_the_last_tells_the_answer(sample):
    for _, question in sample:
        assert len(question.hints) == 3
        number = re.fullmatch(r"-?\d+(\.\d+|/\d+)?", question.key)
        for hint in question.hints[:2]:
            if number:
                assert Fraction(question.key) not in _numbers(hint), (question.text, question.key, hint)
            else:
                assert question.key.strip("$") not in hint, (question.text, hint)
                assert question.key.replace("*", "") not in hint, (question.text, hint)
        if number:
            assert Fraction(question.key) in _numbers(question.hints[2]), (question.key, question.hints[2])


def test_steps_name_concepts_of_the_question_or_their_prerequisites(sample, names_of):
    for _, question in sample:
        allowed = names_of(question.concepts)
        assert question.steps
        for step in question.steps:
            assert step.concepts
            assert set(step.concepts) <= allowed, (question.family, step)
        used = {concept for step in question.steps for concept in step.concepts}
        assert set(question.concepts) <= used, question.family


def test_distractors_are_distinct_and_named(sample, names_of):
    for _, question in sample:
        answers = [question.key, *(distractor.answer for distractor in question.distractors)]
        assert len(set(answers)) == len(answers) >= 2
        for distractor in question.distractors:
            misconception = MISCONCEPTION[distractor.misconception_id]
            assert misconception.concept_id in names_of(question.concepts), (question.family, distractor)


def test_choices_offer_the_key_once_among_named_wrong_options(sample):
    for _, question in sample:
        if question.kind is QuestionKind.CHOICE:
            assert 3 <= len(question.options) <= 4
            wrong = {distractor.answer for distractor in question.distractors}
            assert set(question.options) == wrong | {question.key}
            assert len(set(question.options)) == len(question.options)
        else:
            assert question.options == ()
            assert "$" not in question.key
            assert "\\" not in question.key


def test_latex_is_balanced_and_converts(sample):
    fragments = set()
    for _, question in sample:
        texts = question.text, *question.hints, *question.options, *(step.text for step in question.steps)
        for text in texts:
            assert text.count("$") % 2 == 0, text
            prose, mathematics = text.split("$")[0::2], text.split("$")[1::2]
            assert not re.search(r"[\\^_{}*]", "".join(prose)), text
            assert all(fragment.strip() == fragment != "" for fragment in mathematics), text
            fragments.update(mathematics)
    for fragment in fragments:
        assert convert(fragment).startswith("<math")


def test_prose_is_clean(sample):
    for _, question in sample:
        for text in (question.text, *question.hints, *(step.text for step in question.steps)):
            assert "  " not in text
            assert text[0].isupper() or text[0] in "$−", text
            assert text[-1] in ".?$", text
            assert not re.search(r"\b(\d+|\$1\$) (an?|the) ", text)


def test_harder_levels_are_rated_harder(sample):
    by_level = {level: {q.difficulty for _, q in sample[level::3][:6]} for level in LEVELS}
    easy, medium, hard = (by_level[level] for level in LEVELS)
    assert len(easy) == len(medium) == len(hard) == 1
    assert -1.5 <= min(easy) < min(medium) < min(hard) <= 1.5
