"""The contract of a question family: a seeded writer of drafts, and how a draft becomes a question."""

import random
from collections.abc import Callable, Container
from dataclasses import dataclass

from preceptor.answers import latex
from preceptor.curriculum.draft import BANK_FORMS, Draft, Form, parsed
from preceptor.curriculum.speech import ENGLISH, Speech
from preceptor.curriculum.template import formula
from preceptor.domain import Distractor, Question, QuestionKind, Step, UserError, question_id

SOURCE = "built-in"
LEVELS = (0, 1, 2)
LOGITS_PER_LEVEL = 0.45
FORM_LOGITS = {Form.BARE: 0.0, Form.TABLE: 0.1, Form.STORY: 0.2, Form.TRANSFER: 0.2}
ATTEMPTS = 2_000

Writer = Callable[[random.Random, int], Draft]


@dataclass(frozen=True, slots=True)
class Wording:
    """A draft in one of its wordings.

    Args:
        draft: The problem.
        level: The difficulty knob it was written at.
        form: The surface form.
        stem: The template of its stem.
        order_seed: Seed of the order of its options, the same in every language.
    """

    draft: Draft
    level: int
    form: Form
    stem: str
    order_seed: int

    @property
    def text(self) -> str:
        """The stem in English, which tells wordings apart."""
        return ENGLISH(self.stem, self.draft.values)


@dataclass(frozen=True, slots=True)
class Family:
    """A generator of similar questions.

    Args:
        name: Stable name, part of every question's identity.
        concepts: Ids of the concepts its questions exercise.
        easiest: Difficulty of its bare questions at level 0, in logits.
        write: Writes one draft at a level; a pure function of the random generator.
    """

    name: str
    concepts: tuple[str, ...]
    easiest: float
    write: Writer

    def difficulty(self, level: int, form: Form) -> float:
        """Difficulty in logits: `easiest` + 0.45 · level + what the surface form adds."""
        return round(self.easiest + LOGITS_PER_LEVEL * level + FORM_LOGITS[form], 2)

    def draft(self, rng: random.Random, level: int, form: Form, taken: Container[str] = ()) -> Wording:
        """Write drafts until one is sound and its stem is not taken.

        Args:
            rng: The only source of chance.
            level: The difficulty knob, one of `LEVELS`.
            form: The surface form.
            taken: English stems that exist already.

        Raises:
            UserError: If the family has no more different questions at this level.
        """
        for _ in range(ATTEMPTS):
            draft = self.write(rng, level)
            wording = Wording(draft, level, form, rng.choice(draft.wordings(form)), rng.getrandbits(32))
            if wording.text not in taken and draft.sound:
                return wording
        raise UserError(
            f"The family {self.name!r} has no more different questions at level {level} in the form {form.value!r}.",
            mend="ask for fewer questions a family",
        )

    def question(self, wording: Wording, source_id: str, speech: Speech = ENGLISH) -> Question:
        """Put a draft into the words of a language.

        Args:
            wording: The draft in one of its wordings.
            source_id: The question's stable name within the built-in course.
            speech: The language.
        """
        draft, values = wording.draft, wording.draft.values
        wrong = tuple(_distractor(draft, *item, speech) for item in draft.wrong_answers.items())
        key = _answer(draft, draft.key_text, str(draft.key), speech)
        return Question(
            question_id=question_id(SOURCE, source_id),
            text=speech(wording.stem, values),
            kind=draft.kind,
            key=key,
            concepts=self.concepts,
            options=_options(draft.kind, key, wrong, wording.order_seed),
            ordered=draft.kind is QuestionKind.ORDER,
            simplest=draft.simplest,
            steps=tuple(self._step(one, draft, speech) for one in draft.steps),
            hints=tuple(speech(hint, values) for hint in draft.hints),
            distractors=wrong,
            difficulty=self.difficulty(wording.level, wording.form),
            family=self.name,
            language=speech.language,
        )

    def _step(self, one: Step, draft: Draft, speech: Speech) -> Step:
        result = formula(one.result, draft.values)
        return Step(speech(one.text, draft.values), one.concepts or self.concepts[:1], result)


def family(*concepts: str, easiest: float) -> Callable[[Writer], Family]:
    """Make a family of a writer; its name is the function's, with hyphens.

    Args:
        concepts: Ids of the concepts its questions exercise.
        easiest: Difficulty of its bare questions at level 0, in logits.
    """

    def make(write: Writer) -> Family:
        name = getattr(write, "__name__", "").replace("_", "-")
        return Family(name, concepts, easiest, write)

    return make


def plan(index: int) -> tuple[int, Form]:
    """Level and surface form of a family's question number `index`; levels change fastest, forms take turns."""
    return LEVELS[index % len(LEVELS)], BANK_FORMS[index // len(LEVELS) % len(BANK_FORMS)]


def _answer(draft: Draft, english: str, template: str, speech: Speech) -> str:
    if draft.kind is QuestionKind.CHOICE:
        return speech(template, draft.values)
    if draft.unit:
        return f"{english.removesuffix(draft.unit)}{speech(draft.unit, {})}"
    return english


def _distractor(draft: Draft, misconception_id: str, english: str, speech: Speech) -> Distractor:
    template = draft.wrong[misconception_id]
    text = _answer(draft, english, template, speech)
    if draft.kind is QuestionKind.CHOICE or not draft.derives(template):
        return Distractor(text, misconception_id)
    return Distractor(text, misconception_id, latex(parsed(formula(template, draft.values))))


def _options(kind: QuestionKind, key: str, wrong: tuple[Distractor, ...], seed: int) -> tuple[str, ...]:
    """What is shown to choose from or to put in order; an order is never shown already right."""
    if kind is QuestionKind.CHOICE:
        options = [key, *(distractor.answer for distractor in wrong)]
        random.Random(seed).shuffle(options)
        return tuple(options)
    if kind is not QuestionKind.ORDER:
        return ()
    items = key.split(", ")
    rng = random.Random(seed)
    shuffled = list(items)
    while shuffled == items:
        rng.shuffle(shuffled)
    return tuple(shuffled)
