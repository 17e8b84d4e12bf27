"""The audit of families: what was looked at, what is wrong, and what was measured."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from statistics import fmean

from preceptor.curriculum.audit import mathematics, structure, translation, wording
from preceptor.curriculum.audit.readability import grade
from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.draft import Draft, Form
from preceptor.curriculum.family import LEVELS, Family, Wording
from preceptor.curriculum.speech import ENGLISH, Speech, speech
from preceptor.curriculum.template import sentence
from preceptor.domain import Question

CHECKS: tuple[Callable[[Wording, Question], Iterator[str]], ...] = (
    mathematics.problems,
    structure.problems,
    wording.problems,
)
READING_MARGIN_GRADES = 1.0
OTHER_LANGUAGES = ("de",)
_GRADE = {concept.concept_id: concept.grade or 0 for concept in CONCEPTS}


@dataclass
class Findings:
    """What an audit found.

    Args:
        questions: How many questions were looked at, in each language.
        problems: Problem → how often it was met.
        reading_grade: Language → reading grade of the stems.
    """

    questions: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    reading_grade: dict[str, float] = field(default_factory=dict)


def audit_family(family: Family, seeds: Iterable[int], forms: Iterable[Form] = tuple(Form)) -> Findings:
    """Check a family's questions of every seed; levels and surface forms take turns, all of them are met.

    Args:
        family: The family.
        seeds: Seeds of the drafts; with twelve or more every level meets every form.
        forms: The surface forms to check.
    """
    found, drafts = Findings(), []
    forms = tuple(forms)
    speeches = [ENGLISH, *map(speech, OTHER_LANGUAGES)]
    texts: dict[str, list[str]] = {words.language: [] for words in speeches}
    for turn, seed in enumerate(seeds):
        level, form = LEVELS[turn % len(LEVELS)], forms[turn // len(LEVELS) % len(forms)]
        one = family.draft(random.Random(f"audit/{seed}/{family.name}"), level, form)
        drafts.append((level, one.draft))
        for words in speeches:
            question = family.question(one, f"{family.name}/audit/{seed}", words)
            texts[words.language].append(question.text)
            found.questions[words.language] += 1
            found.problems.update(question_problems(one, question, words))
    found.reading_grade = {language: grade(written, language) for language, written in texts.items()}
    found.problems.update(_family_problems(family, found, drafts))
    return found


def question_problems(one: Wording, question: Question, words: Speech) -> Iterator[str]:
    """Yield every problem of one question in one language."""
    if words.language == "en":
        for check in CHECKS:
            yield from check(one, question)
    else:
        yield from translation.problems(one.draft, words)
        yield from wording.problems(one, question)


def load(draft: Draft) -> float:
    """How much arithmetic a draft asks for: digits and signs in its bare stem and steps, and the steps."""
    texts = [sentence(draft.wordings(Form.BARE)[0], draft.values)]
    texts += [sentence(step.text, draft.values) for step in draft.steps]
    formulas = "".join(formula for text in texts for formula in text.split("$")[1::2])
    return sum(sign.isdigit() or sign in "+-" for sign in formulas) + 2 * len(draft.steps)


def _family_problems(family: Family, found: Findings, drafts: list[tuple[int, Draft]]) -> Iterator[str]:
    missing = [form.value for form in Form for _, draft in drafts if form not in draft.stems]
    if missing:
        yield f"no stems of the forms {sorted(set(missing))}"
    highest = max(_GRADE[concept] for concept in family.concepts)
    for language, measured in found.reading_grade.items():
        if measured > highest + READING_MARGIN_GRADES:
            yield f"the {language} stems ask for reading grade {measured:.1f}, the students are in grade {highest}"
    loads = [fmean([load(draft) for level, draft in drafts if level == wanted] or [0.0]) for wanted in LEVELS]
    if len(drafts) >= len(LEVELS) and not loads[0] < loads[-1]:
        yield f"the hardest level asks for no more arithmetic than the easiest ({loads[0]:.1f}, {loads[-1]:.1f})"
    for level, easier in zip(LEVELS[1:], LEVELS, strict=False):
        if not all(family.difficulty(level, form) > family.difficulty(easier, form) for form in Form):
            yield f"level {level} is not rated harder than level {easier}"
