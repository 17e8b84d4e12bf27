"""A bank as ExRec's files, and what these cannot hold."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice, product
from string import ascii_uppercase
from typing import Any

from preceptor.data.exrec_maps import cluster_questions
from preceptor.data.exrec_questions import CHOICE, FILL_IN, MAPPING
from preceptor.domain import Bank, Question, QuestionKind

QUESTIONS_FILE = "questions_translated_kc_sol_annotated_mapped.json"
_EXREC_NAME = re.compile(r"cluster (\d+)")
_HELD = frozenset([QuestionKind.CHOICE, QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.UNKNOWN])


@dataclass(frozen=True)
class WrittenBank:
    """A bank in ExRec's schemas.

    Args:
        questions: Annotated questions by number.
        links: KC → numbers of its questions.
        clusters: Cluster → its KCs.
        cluster_questions: Cluster → its questions, through its KCs.
        ids: Ids of questions, concepts and clusters by their names here.
        lost: What the schemas cannot hold, one sentence each.
    """

    questions: Mapping[str, Any]
    links: Mapping[str, list[int]]
    clusters: Mapping[str, list[str]]
    cluster_questions: Mapping[str, list[int]]
    ids: Mapping[str, Mapping[str, str]]
    lost: tuple[str, ...]


def write_bank(bank: Bank) -> WrittenBank:
    """Number the questions from 0, as ExRec's loaders need them, and name concepts by their texts."""
    names, renamed = _names(bank)
    number = {question.question_id: i for i, question in enumerate(bank.questions)}
    links: dict[str, list[int]] = {names[concept.concept_id]: [] for concept in bank.concepts}
    for question in bank.questions:
        for concept in question.concepts:
            links[names[concept]].append(number[question.question_id])
    numbered = _numbered(bank)
    clusters = {cluster: [names[concept] for concept in kcs] for cluster, kcs in numbered.items()}
    counted = cluster_questions(links, {kc: cluster for cluster, kcs in clusters.items() for kc in kcs})
    ids = {
        "questions": {str(i): question_id for question_id, i in number.items()},
        "concepts": {name: concept_id for concept_id, name in names.items()},
        "clusters": {cluster: bank.concept[concepts[0]].cluster for cluster, concepts in numbered.items()},
    }
    return WrittenBank(
        {str(i): _entry(question, names) for i, question in enumerate(bank.questions)},
        links,
        clusters,
        {cluster: sorted(questions) for cluster, questions in counted.items()},
        ids,
        (*renamed, *_lost(bank)),
    )


def option_letters() -> Iterable[str]:
    """A to Z, then AA and so on."""
    return ("".join(letters) for length in count(1) for letters in product(ascii_uppercase, repeat=length))


def _names(bank: Bank) -> tuple[dict[str, str], list[str]]:
    """A text of its own for every concept, by id."""
    shared = {name for name, n in Counter(concept.name for concept in bank.concepts).items() if n > 1}
    names = {c.concept_id: f"{c.name} [{c.concept_id}]" if c.name in shared else c.name for c in bank.concepts}
    told = f"{len(shared):,} names that several concepts share: these are written with the concept's id behind them."
    return names, [told] if shared else []


def _numbered(bank: Bank) -> dict[str, tuple[str, ...]]:
    """Ids of the concepts of every cluster by number: the number that ExRec gave it, else its place."""
    found = list(bank.clusters.items())
    given = [_EXREC_NAME.fullmatch(name) for name, _ in found]
    numbers = [int(match[1]) if match else -1 for match in given]
    if sorted(numbers) != list(range(len(found))):
        numbers = list(range(len(found)))
    return {str(number): concepts for number, (_, concepts) in sorted(zip(numbers, found, strict=True))}


def _entry(question: Question, names: Mapping[str, str]) -> dict[str, Any]:
    """One question; mathematics stands in double dollar signs, as in the data set."""
    options = dict(zip(islice(option_letters(), len(question.options)), question.options, strict=True))
    chosen = question.kind is QuestionKind.CHOICE or (question.kind is QuestionKind.UNKNOWN and bool(options))
    letter = {text: letter for letter, text in reversed(options.items())} if chosen else {}
    used = [concept for step in question.steps for concept in step.concepts]
    concepts = list(dict.fromkeys((*question.concepts, *used)))
    pairs = [f"{i}-{concepts.index(c) + 1}" for i, step in enumerate(question.steps, 1) for c in step.concepts]
    key = letter.get(question.key, _doubled(question.key))
    return {
        "question": _doubled(question.text),
        "type": CHOICE if chosen else FILL_IN,
        "answer": [key] if key else [],
        "options": {letter: _doubled(text) for letter, text in options.items()} or None,
        "analysis": "",
        "step_by_step_solution_list": [_doubled(step.text) for step in question.steps],
        "knowledge_concepts_list": [names[concept] for concept in concepts],
        MAPPING: ", ".join(pairs),
    }


def _doubled(text: str) -> str:
    return text.replace("$", "$$")


def _lost(bank: Bank) -> list[str]:
    questions, concepts = bank.questions, bank.concepts
    kinds = Counter(question.kind.value for question in questions if question.kind not in _HELD)
    ordered = ", ".join(f"{n:,} {kind}" for kind, n in sorted(kinds.items()))
    beyond = sum(any(set(s.concepts) - set(q.concepts) for s in q.steps) for q in questions)
    unserved = sum(not q.servable and bool(q.key) for q in questions)
    counts: Sequence[tuple[int, str]] = (
        (
            sum(kinds.values()),
            f"questions of kinds other than fill-in and single choice, written as fill-in: {ordered}",
        ),
        (sum(q.ordered or q.simplest for q in questions), "questions' marks that order or shortest form counts"),
        (sum(bool(q.accepted) for q in questions), "questions' other accepted wordings"),
        (sum(bool(step.result) for q in questions for step in q.steps), "results of steps, apart from their texts"),
        (beyond, "questions whose steps use KCs that the question has not: only the maps tell these apart"),
        (sum(len(q.hints) for q in questions), "hints"),
        (sum(len(q.distractors) for q in questions), "recognised wrong answers with their causes"),
        (len(bank.misconceptions), "misconceptions"),
        (sum(q.difficulty is not None for q in questions), "difficulties"),
        (sum(bool(q.family) for q in questions), "questions' families"),
        (sum(q.language != "en" for q in questions), "questions' languages other than English"),
        (unserved, "questions' marks that they are never served"),
        (sum(len(c.prerequisites) for c in concepts), "prerequisites"),
        (sum(bool(c.code or c.explanation) or c.grade is not None for c in concepts), "concepts' codes, grades, words"),
    )
    return [f"{n:,} {what}." for n, what in counts if n]
