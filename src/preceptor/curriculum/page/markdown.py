"""The page that shows the course: what it holds, its graph, and three questions of every family."""

from collections import Counter
from collections.abc import Iterator
from types import ModuleType

from preceptor.curriculum.bank import QUESTIONS_PER_FAMILY, SEED, built_in_bank, written
from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.families import TOPICS, families
from preceptor.curriculum.family import Family
from preceptor.curriculum.misconceptions import MISCONCEPTIONS
from preceptor.curriculum.page.picture import prerequisite_picture
from preceptor.curriculum.parallel import ITEMS_PER_CONCEPT
from preceptor.domain import Question, QuestionKind

SHOWN = (0, 7, 5)
"""One question of each surface form and each level: bare and easy, a story, a table."""
KINDS = {
    QuestionKind.NUMBER: "a number",
    QuestionKind.QUANTITY: "a number with its unit",
    QuestionKind.FRACTION: "a fraction or mixed number in lowest terms",
    QuestionKind.EXPRESSION: "an expression",
    QuestionKind.EQUATION: "an equation",
    QuestionKind.SOLUTIONS: "a solution set",
    QuestionKind.LIST: "several numbers",
    QuestionKind.ORDER: "the items in order",
    QuestionKind.CHOICE: "one of the options",
}
_CONCEPT = {concept.concept_id: concept for concept in CONCEPTS}
_MISCONCEPTION = {misconception.misconception_id: misconception for misconception in MISCONCEPTIONS}


def strands() -> dict[str, tuple[str, ...]]:
    """Title of a topic → the concepts that most of its families lead with."""
    led = {topic: Counter(family.concepts[0] for family in topic.FAMILIES) for topic in TOPICS}
    latest_first = TOPICS[::-1]  # where two lead a concept equally often, the earlier one borrows it
    home = {c: max(latest_first, key=lambda topic: led[topic][c]) for counts in led.values() for c in counts}
    return {_title(topic): tuple(concept for concept in led[topic] if home[concept] is topic) for topic in TOPICS}


def _title(topic: ModuleType) -> str:
    return topic.__name__.rpartition(".")[2].replace("_", " ").capitalize()


def curriculum_picture() -> str:
    """The prerequisite graph as SVG."""
    return prerequisite_picture(CONCEPTS, strands())


def curriculum_page() -> str:
    """The page as Markdown."""
    return "\n".join([_HEAD.format(**_counts()), *_kinds(), "", _MIDDLE.format(**_counts()), *_samples(), *_german()])


_HEAD = """# The built-in course

<!-- Written by `make docs`; a test fails when it is out of date. -->

Mathematics for grades 3 to 8: **{concepts} concepts** with their Common Core codes, **{families} families** of
questions, **{questions:,} questions** in the shipped bank and any number of further ones from other seeds,
**{misconceptions} named misconceptions**, and three parallel test forms of {items:,} items each, in English and in
German. Everything is written here and copied from nowhere.

```python
from preceptor.curriculum import built_in_bank

bank = built_in_bank()
german = built_in_bank(language="de")
fresh = built_in_bank(questions_per_family=3, seed=1)
```

## What has to be known before what

Grades run from left to right. A line means: first this, then that. What a prerequisite needs itself is not drawn again.

![The concepts and their prerequisites](images/curriculum.svg)

## How a question is made

A family draws numbers and works out the key. It knows four **surface forms** of the same problem: bare mathematics, a
word problem, a table or number line, and a situation that is kept back for test forms. It has three **levels**; each
level adds 0.45 logits to the difficulty, a table 0.1 and a story 0.2. Each question has numbered worked steps with
their concepts, a hint ladder (direction, next step, worked step), and wrong answers, each worked out by the formula of
a named misconception, so that a wrong number tells what went wrong.

Answers are typed in these ways:
"""

_MIDDLE = """## How it is checked

`make test` audits every family with 20 seeds and the whole bank; `make curriculum` audits 200 seeds a family, the bank
and all test forms, and writes [results/curriculum.json](../results/curriculum.json). In both languages:

- sympy works out every key again from a formula over the numbers of the stem (except in `meaning-of-numbers`, whose
  options are sentences), and checks every equation of the steps and worked hints, every step's result, and every
  misconception's calculation; no wrong answer is right; formulas are the same in both languages;
- the first two hints show the answer neither as a number nor as a formula that has its value;
- every key is graded right and every named wrong answer wrong by the same checker that students meet;
- every choice has at least three wrong options of different misconceptions; every stem is unique;
- the reading grade of each family's stems (Flesch–Kincaid in English, first Vienna formula in German) is at most one
  grade above the concept's; no brands, no "he" or "she", first names from many places;
- each sentence is translated with the same places, and its mathematics is rewritten as German schools write it;
- harder levels are rated harder and ask for more arithmetic.

The prerequisites never contradict the dependency map of the Common Core standards (tested where the map is at hand).
Difficulties are the author's judgement until answers of people calibrate them.

## Test forms

Forms A, B and C are parallel: item *k* has the same concept, family and level in each, with other numbers. Their seeds
and their surface form are in no bank, so a pretest and a posttest measure learning, not remembering.

```python
from preceptor.curriculum.parallel import parallel_forms

form_a, form_b, form_c = parallel_forms(items_per_concept=2)
item = form_a.items[0]
print(item.question.text, "→", item.question.key)
```

## Three questions of every family
"""


def _counts() -> dict[str, int]:
    return {
        "concepts": len(CONCEPTS),
        "families": len(families()),
        "questions": QUESTIONS_PER_FAMILY * len(families()),
        "misconceptions": len(MISCONCEPTIONS),
        "items": ITEMS_PER_CONCEPT * len(CONCEPTS),
    }


def _kinds() -> Iterator[str]:
    counted = Counter(question.kind for question in built_in_bank().questions)
    yield "| kind | what is typed | questions |"
    yield "|---|---|---:|"
    for kind, meaning in KINDS.items():
        if counted[kind]:
            yield f"| {kind.value} | {meaning} | {counted[kind]} |"


def _samples() -> Iterator[str]:
    for topic in TOPICS:
        yield f"### {_title(topic)}\n"
        for family in topic.FAMILIES:
            yield from _family(family)


def _family(family: Family, language: str = "en") -> Iterator[str]:
    names = ", ".join(f"{_CONCEPT[c].name} ({_CONCEPT[c].code})" for c in family.concepts)
    yield f"<details><summary><b>{family.name}</b>: {names}</summary>\n"
    pairs = list(written(family, max(SHOWN) + 1, SEED, language))
    for index in SHOWN:
        yield from _question(pairs[index][1])
    yield "</details>\n"


def _question(question: Question) -> Iterator[str]:
    yield f"**{question.text}**\n"
    if question.options:
        yield "".join(f"- {_answer(question, option)}\n" for option in question.options)
    yield f"Key: {_answer(question, question.key)} ({question.kind.value}, difficulty {question.difficulty:+.2f})\n"
    yield from (f"{i}. {step.text} *({', '.join(step.concepts)})*" for i, step in enumerate(question.steps, 1))
    yield "\nHints: " + " → ".join(question.hints) + "\n"
    for distractor in question.distractors:
        how = f" = ${distractor.derivation}$" if distractor.derivation else ""
        named = _MISCONCEPTION[distractor.misconception_id].name
        yield f"- {_answer(question, distractor.answer)}{how}: {named}"
    yield ""


def _answer(question: Question, text: str) -> str:
    return text if question.kind is QuestionKind.CHOICE else f"`{text}`"


def _german() -> Iterator[str]:
    yield "## The same in German\n"
    yield "Numbers, keys and identities are those of the English questions; so are the decimal points inside keys.\n"
    for topic in TOPICS:
        for family in topic.FAMILIES[:1]:
            _, question = list(written(family, 4, SEED, "de"))[3]
            yield f"**{question.text}**\n"
            yield from (f"{i}. {step.text}" for i, step in enumerate(question.steps, 1))
            yield "\nTipps: " + " → ".join(question.hints) + "\n"
