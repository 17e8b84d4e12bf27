"""A review as two tables: what a teacher edits in a spreadsheet."""

from collections.abc import Iterable, Sequence

from preceptor.annotate.contract import QuestionLabels, Source
from preceptor.domain import Concept, Step, digest
from preceptor.workflow.review_overview import Overview
from preceptor.workflow.review_views import StepView
from preceptor.workflow.sheets import Table, as_meant

QUESTIONS, CONCEPTS = "questions", "concepts"
BETWEEN, WITHIN = " | ", " || "
PROPOSED = "(proposed) "
STATE = "state"
QUESTION_COLUMNS = ("question_id", "text", "concepts", "checked", "steps", "confidence", "evidence", STATE)
CONCEPT_COLUMNS = ("concept_id", "name", "code", "cluster", "prerequisites", "merge into", "questions", STATE)
KEY = {QUESTIONS: QUESTION_COLUMNS[0], CONCEPTS: CONCEPT_COLUMNS[0]}
"""Table → the column that names what a row is about."""
EDITED = {QUESTIONS: ("concepts", "checked", "steps"), CONCEPTS: ("name", "prerequisites", "merge into")}
"""Table → the columns a teacher edits; the others are only read."""


def question_table(now: Overview) -> Table:
    """One row a question of the bank, in its order."""
    rows = [question_row(now, question_id) for question_id in now.state.bank.question]
    return Table(QUESTIONS, QUESTION_COLUMNS, tuple(rows), hidden=frozenset({STATE}))


def concept_table(now: Overview) -> Table:
    """One row a concept, by name."""
    concepts = sorted(now.concepts.values(), key=lambda concept: concept.name.casefold())
    rows = [concept_row(now, concept) for concept in concepts]
    return Table(CONCEPTS, CONCEPT_COLUMNS, tuple(rows), hidden=frozenset({STATE}))


def question_row(now: Overview, question_id: str) -> tuple[str, ...]:
    """A question with its labels, surest first, and its steps, one a line."""
    found = now.questions.get(question_id) or QuestionLabels(question_id, "", ())
    names = [cell_name(now.called[label.concept_id]) for label in found.labels]
    decided = [(question_id, label.concept_id) in now.state.reviewed.decided for label in found.labels]
    edited = (
        BETWEEN.join(names),
        "yes" if decided and all(decided) else "",
        "\n".join(_step_line(now, step) for step in now.state.wanted.question[question_id].steps),
    )
    return (
        question_id,
        now.state.bank.question[question_id].text,
        *edited,
        BETWEEN.join(f"{label.confidence:.2f}" for label in found.labels),
        BETWEEN.join(cell_name(label.evidence) for label in found.labels),
        state_of(edited, now.content(question_id)),
    )


def concept_row(now: Overview, concept: Concept) -> tuple[str, ...]:
    """A concept with what should be known before; what is only proposed is marked so."""
    links = [e for e in now.state.reviewed.annotation.prerequisites if e.concept_id == concept.concept_id]
    needs = [
        f"{PROPOSED if link.source is Source.PROPOSED else ''}{cell_name(now.called[link.needs])}" for link in links
    ]
    edited = (cell_name(now.called[concept.concept_id]), BETWEEN.join(needs), "")
    name, prerequisites, merge_into = edited
    questions = str(now.line(concept.concept_id).questions)
    state = state_of(edited, concept.concept_id)
    return (concept.concept_id, name, concept.code, concept.cluster, prerequisites, merge_into, questions, state)


def state_of(edited: Iterable[str], rest: str) -> str:
    """What a row said when it was written: of the cells a teacher edits, and of what these rest on."""
    return f"{cells_digest(edited)}-{digest(rest)}"


def cells_digest(edited: Iterable[str]) -> str:
    """Hash of the cells a teacher edits."""
    return digest(*map(as_meant, edited))


def cell_name(name: str) -> str:
    """A name as a cell holds it, where an upright stroke parts one from the next."""
    return " ".join(name.replace("|", "/").split())


def names_in(cell: str) -> list[str]:
    """The names in a cell, each once."""
    return list(dict.fromkeys(name for part in cell.split(BETWEEN.strip()) if (name := " ".join(part.split()))))


def steps_in(cell: str) -> tuple[StepView, ...]:
    """The steps in a cell: one a line, `text || concepts || result`."""
    return tuple(_step(line) for line in cell.split("\n") if line.strip())


def _step(line: str) -> StepView:
    text, *more = line.rsplit(WITHIN.strip(), 2)
    concepts, result = (*more, "", "")[:2]
    return StepView(text.strip(), tuple(names_in(concepts)), result.strip())


def _step_line(now: Overview, step: Step) -> str:
    names: Sequence[str] = [cell_name(now.called[concept]) for concept in step.concepts if concept in now.called]
    text, result = (" ".join(part.split()) for part in (step.text, step.result))
    parts = [text, BETWEEN.join(names), result]
    while len(parts) > 1 and not parts[-1] and WITHIN.strip() not in text:
        parts.pop()
    return WITHIN.join(parts)
