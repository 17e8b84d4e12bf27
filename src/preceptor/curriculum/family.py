"""The contract of a question family: a seeded writer of drafts, and how a draft becomes a question."""

import random
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace

from preceptor.curriculum.notation import Value, answer, leaks, same
from preceptor.domain import Distractor, Question, QuestionKind, Step, UserError, question_id

SOURCE = "built-in"
LEVELS = (0, 1, 2)
LOGITS_PER_LEVEL = 0.45
FEWEST_OPTIONS = 3
ATTEMPTS = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What a family writes; everything of a question but its identity.

    Args:
        text: The stem.
        key: The right answer.
        steps: The worked solution.
        hints: Direction, next step, worked answer.
        wrong: Misconception id → the answer it leads to.
        check: The key once more, as a formula over the numbers of the stem. Independent of how `key` was
            worked out; only tests evaluate it.
        kind: How the answer is typed. For a choice the options are the key and the wrong answers.
    """

    text: str
    key: Value
    steps: tuple[Step, ...]
    hints: tuple[str, str, str]
    wrong: Mapping[str, Value]
    check: str
    kind: QuestionKind = QuestionKind.NUMBER

    @property
    def distractors(self) -> tuple[Distractor, ...]:
        """The wrong answers that differ from the key and from one another."""
        taken = [answer(self.key)]
        kept = []
        for misconception_id, value in self.wrong.items():
            text = answer(value)
            if not any(same(text, other) for other in taken):
                taken.append(text)
                kept.append(Distractor(text, misconception_id))
        return tuple(kept)

    @property
    def sound(self) -> bool:
        """Whether the numbers came out well: early hints keep the secret and the misconceptions show."""
        if any(leaks(hint, answer(self.key)) for hint in self.hints[:2]):
            return False
        fewest = FEWEST_OPTIONS - 1 if self.kind is QuestionKind.CHOICE else 1
        return len(self.distractors) >= fewest


Writer = Callable[[random.Random, int], Draft]


@dataclass(frozen=True, slots=True)
class Family:
    """A generator of similar questions.

    Args:
        name: Stable name, part of every question's identity.
        concepts: Ids of the concepts its questions exercise.
        easiest: Difficulty at level 0, in logits.
        write: Writes one draft at a level; a pure function of the random generator.
    """

    name: str
    concepts: tuple[str, ...]
    easiest: float
    write: Writer

    def difficulty(self, level: int) -> float:
        """Difficulty in logits: `easiest` + 0.45 · level."""
        return round(self.easiest + LOGITS_PER_LEVEL * level, 2)

    def draft(self, rng: random.Random, level: int, taken: Container[str] = ()) -> Draft:
        """Write drafts until one is sound and its text is not taken.

        Args:
            rng: The only source of chance.
            level: The difficulty knob, one of `LEVELS`.
            taken: Texts of questions that exist already.

        Raises:
            UserError: If the family has no more different questions at this level.
        """
        for _ in range(ATTEMPTS):
            draft = self.write(rng, level)
            if draft.sound and draft.text not in taken:
                return draft
        raise UserError(
            f"The family {self.name!r} has no more different questions at level {level}.",
            mend="ask for fewer questions a family",
        )

    def question(self, draft: Draft, rng: random.Random, level: int, index: int) -> Question:
        """Turn a draft into the family's question number `index`, with its options shuffled."""
        key = answer(draft.key)
        options = [key, *(wrong.answer for wrong in draft.distractors)]
        rng.shuffle(options)
        return Question(
            question_id=question_id(SOURCE, f"{self.name}/{index}"),
            text=draft.text,
            kind=draft.kind,
            key=key,
            concepts=self.concepts,
            options=tuple(options) if draft.kind is QuestionKind.CHOICE else (),
            steps=tuple(replace(step, concepts=step.concepts or self.concepts[:1]) for step in draft.steps),
            hints=draft.hints,
            distractors=draft.distractors,
            difficulty=self.difficulty(level),
            family=self.name,
        )

    def generate(self, rng: random.Random, level: int, index: int, taken: Container[str] = ()) -> Question:
        """Write question number `index`; see `draft` for the arguments and errors."""
        return self.question(self.draft(rng, level, taken), rng, level, index)


def family(*concepts: str, easiest: float) -> Callable[[Writer], Family]:
    """Make a family of a writer; its name is the function's, with hyphens.

    Args:
        concepts: Ids of the concepts its questions exercise.
        easiest: Difficulty at level 0, in logits.
    """

    def make(write: Writer) -> Family:
        name = getattr(write, "__name__", "").replace("_", "-")
        return Family(name, concepts, easiest, write)

    return make


def step(text: str, result: Value, *concepts: str) -> Step:
    """Write one worked step.

    Args:
        text: What is done.
        result: What it gives.
        concepts: Ids of the concepts it uses; none means the first concept of its family.
    """
    return Step(text, concepts, answer(result))
