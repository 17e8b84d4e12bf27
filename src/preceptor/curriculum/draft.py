"""What a question family writes: one problem, with a stem for every surface form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache

from preceptor.answers import parse
from preceptor.answers.rational import exact, terminates
from preceptor.answers.tree import Node
from preceptor.curriculum.notation import Value, answer, as_decimal, leaks, same, value_of
from preceptor.curriculum.template import formula, sentence
from preceptor.domain import QuestionKind, Step

FEWEST_OPTIONS = 4
_VALUED = frozenset([QuestionKind.NUMBER, QuestionKind.QUANTITY, QuestionKind.FRACTION])


class Form(StrEnum):
    """How a problem meets the eye."""

    BARE = "bare"  # plain mathematics
    STORY = "story"  # a word problem
    TABLE = "table"  # a table, a list of data or a number line in words
    TRANSFER = "transfer"  # a situation kept back for test forms; never in a bank


BANK_FORMS = (Form.BARE, Form.STORY, Form.TABLE)


Values = dict[str, Value]
Stems = Mapping[Form, str | tuple[str, ...]]


@dataclass(frozen=True)
class Draft:
    """One problem before it is put into words of one language.

    All texts are templates (see `preceptor.curriculum.template`) over the same values; whole sentences, so that
    they can be translated.

    Args:
        values: Name → number, or text that stands in every language as it is.
        stems: For each surface form one wording or several.
        key: The right answer: a number, or a template in answer syntax; for a choice the text of the right option;
            for kind ORDER the items in order, parted by ", ".
        check: The key once more, as a sympy formula over the numbers of the stem. Independent of how `key` was
            worked out; only the audit evaluates it.
        steps: The worked solution.
        hints: Direction, next step, worked step.
        wrong: Misconception id → how it works out its answer. For numbers a formula, whose value is the wrong
            answer; for choices the text of the wrong option; for other kinds the wrong answer itself.
        kind: How the answer is typed.
        unit: The unit behind key and wrong answers of kind QUANTITY.
        simplest: Whether the answer has to be written as shortly as the key.
        letters: What letters in steps and hints stand for: letter → formula; needed where the key does not tell.
    """

    values: Mapping[str, Value]
    stems: Stems
    key: Value
    check: str
    steps: tuple[Step, ...]
    hints: tuple[str, str, str]
    wrong: Mapping[str, str]
    kind: QuestionKind = QuestionKind.NUMBER
    unit: str = ""
    simplest: bool = False
    letters: Mapping[str, str] = field(default_factory=dict)

    def wordings(self, form: Form) -> tuple[str, ...]:
        """The stems of a surface form."""
        stems = self.stems[form]
        return (stems,) if isinstance(stems, str) else stems

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Every template that is to be translated, with what it is: stem, option, unit, hint or step."""
        stems = [(stem, f"stem, {form.value}") for form in self.stems for stem in self.wordings(form)]
        options = [str(self.key), *self.wrong.values()] if self.kind is QuestionKind.CHOICE else []
        return (
            *stems,
            *((option, "option") for option in options),
            *(((self.unit, "unit"),) if self.unit else ()),
            *((hint, "hint") for hint in self.hints),
            *((step.text, "step") for step in self.steps),
        )

    @cached_property
    def key_text(self) -> str:
        """The key in answer syntax, in English, with its unit."""
        if self.kind is QuestionKind.CHOICE:
            return sentence(str(self.key), self.values)
        key = formula(self.key, self.values) if isinstance(self.key, str) else answer(self.key)
        return f"{key} {self.unit}".strip()

    @cached_property
    def wrong_answers(self) -> dict[str, str]:
        """Misconception id → its answer, where it differs from the key and from the ones before it."""
        taken, kept = [self.key_text], {}
        for misconception_id, template in self.wrong.items():
            text = self._wrong_answer(template)
            if text and not any(same(text, other) for other in taken):
                taken.append(text)
                kept[misconception_id] = text
        return kept

    def derives(self, template: str) -> bool:
        """Whether a wrong answer's template is a calculation worth showing, and not the mere answer."""
        return self.kind in _VALUED and value_of(formula(template, self.values)) is None

    def _wrong_answer(self, template: str) -> str:
        if self.kind is QuestionKind.CHOICE:
            return sentence(template, self.values)
        text = formula(template, self.values)
        if self.kind not in _VALUED:
            return text
        value = value_of_formula(text)
        if value is None:
            return ""
        short = self.kind is not QuestionKind.FRACTION and terminates(value)
        return f"{as_decimal(value) if short else answer(value)} {self.unit}".strip()

    @property
    def sound(self) -> bool:
        """Whether the numbers came out well: early hints keep the secret and the misconceptions show."""
        key = self.key_text.removesuffix(self.unit).strip()
        if any(leaks(sentence(hint, self.values), key) for hint in self.hints[:2]):
            return False
        fewest = FEWEST_OPTIONS - 1 if self.kind is QuestionKind.CHOICE else 1
        return len(self.wrong_answers) >= fewest


@lru_cache(maxsize=1024)
def parsed(text: str) -> Node:
    """Read a formula in answer syntax; it is read for its value and again to be shown.

    Raises:
        Unreadable: It is no formula.
    """
    return parse(text)


def value_of_formula(text: str) -> Fraction | None:
    """The exact value of a formula in answer syntax; None if it has none.

    Raises:
        Unreadable: It is no formula.
    """
    return exact(parsed(text))


def step(text: str, result: Value, *concepts: str) -> Step:
    """Write one worked step.

    Args:
        text: What is done, a template.
        result: What it gives: a number or a template in answer syntax.
        concepts: Ids of the concepts it uses; none means the first concept of its family.
    """
    return Step(text, concepts, result if isinstance(result, str) else answer(result))
