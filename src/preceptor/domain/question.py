"""Questions with keys, worked steps, hints and distractors."""

from dataclasses import dataclass, field
from enum import StrEnum

from preceptor.domain.identity import digest


class QuestionKind(StrEnum):
    """How an answer to the question is typed and checked."""

    NUMBER = "number"
    QUANTITY = "quantity"  # a number with its unit: 12 cm
    FRACTION = "fraction"  # a fraction or mixed number in lowest terms
    EXPRESSION = "expression"
    EQUATION = "equation"
    SOLUTIONS = "solutions"  # the solution set of an equation or a system: {-2, 2}, {(1, 3)}, {} or R
    LIST = "list"
    ORDER = "order"  # the options, put in order
    CHOICE = "choice"
    TEXT = "text"
    UNKNOWN = "unknown"  # known only from a log: traced, never served


@dataclass(frozen=True, slots=True)
class Step:
    """One worked step of a solution.

    Args:
        text: What is done, mathematics in dollar signs as LaTeX.
        concepts: Ids of the concepts the step uses.
        result: What the step gives, in answer syntax; empty if the step is prose.
    """

    text: str
    concepts: tuple[str, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong answer that is worth recognising.

    Args:
        answer: The wrong answer, in the syntax of the key.
        misconception_id: The misconception that leads to it; empty if unnamed.
        derivation: How it comes about, as LaTeX without dollar signs; empty if unknown.
    """

    answer: str
    misconception_id: str = ""
    derivation: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and all that is known about it.

    Args:
        question_id: Stable identifier, see `preceptor.domain.question_id`.
        text: The stem, mathematics in dollar signs as LaTeX.
        kind: How the answer is typed and checked.
        key: The right answer in answer syntax; for a choice the exact text of the right option.
        concepts: Ids of its concepts.
        options: Everything a student may choose from or put in order, in display order; empty for other kinds.
        ordered: For kind LIST: whether the order of the entries matters.
        simplest: Whether an expression has to be written as shortly as the key: an equal one of another size is handed
            back.
        accepted: For kind TEXT: other wordings that are as right as the key, which alone is shown.
        steps: The worked solution.
        hints: Hints from vague to complete; the answer stands in the last one only.
        distractors: Recognised wrong answers (for a choice: the wrong options that have a named cause).
        difficulty: Generator or author difficulty on the logit scale; None if unknown.
        family: The generator family or lesson the question belongs to.
        language: Language of its texts and of the numbers typed in answer, as an ISO 639-1 code.
        uncheckable: Why the key cannot be checked; empty if it can. Such questions are never served.
        retired: Excluded by a teacher; never served.
    """

    question_id: str
    text: str
    kind: QuestionKind
    key: str
    concepts: tuple[str, ...]
    options: tuple[str, ...] = ()
    ordered: bool = False
    simplest: bool = False
    steps: tuple[Step, ...] = ()
    hints: tuple[str, ...] = ()
    distractors: tuple[Distractor, ...] = ()
    difficulty: float | None = None
    family: str = ""
    language: str = "en"
    uncheckable: str = ""
    retired: bool = field(default=False, compare=False)
    # not part of the text that hashes are made of, so that banks without other wordings keep their versions
    accepted: tuple[str, ...] = field(default=(), repr=False)

    @property
    def revision(self) -> str:
        """Hash of the content; changes when text, key, options or steps are mended."""
        parts = (self.text, self.kind, self.key, self.options, self.ordered, self.concepts, self.steps)
        more = (["simplest"] if self.simplest else []) + (["accepted", self.accepted] if self.accepted else [])
        return "r" + digest(*parts, *more)

    @property
    def guess_probability(self) -> float | None:
        """P(correct) of pure guessing: 1/options for a choice of two or more, None where it must be fitted."""
        return 1 / len(self.options) if self.kind is QuestionKind.CHOICE and len(self.options) > 1 else None

    @property
    def servable(self) -> bool:
        """Whether the question can be shown to a student and its answer checked."""
        return self.kind is not QuestionKind.UNKNOWN and not self.uncheckable and not self.retired
