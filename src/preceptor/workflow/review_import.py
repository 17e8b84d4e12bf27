"""What a teacher changed in a spreadsheet, as decisions.

Only rows whose cells differ from what was written count, and only once: one whose decisions stand already, because the
file was given back before, says nothing new. One that was edited while the course went on is stale and refused, like
every other mistake; if there is any, nothing is recorded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from preceptor.annotate.contract import Source
from preceptor.annotate.review import replay
from preceptor.annotate.review_events import (
    AcceptLabel,
    Action,
    AddConcept,
    AddLabel,
    ConceptRef,
    ConfirmPrerequisite,
    EditSteps,
    Event,
    MergeConcepts,
    MoveLabel,
    RemoveLabel,
    RemovePrerequisite,
    RenameConcept,
    ReviewedStep,
    folded,
    ref,
)
from preceptor.domain import Concept, UserError, unknown_name
from preceptor.workflow.review_overview import Overview
from preceptor.workflow.review_room import checked_name
from preceptor.workflow.review_rows import Row, is_checked, rows_in_use, rows_of
from preceptor.workflow.review_sheets import (
    CONCEPT_COLUMNS,
    CONCEPTS,
    EDITED,
    PROPOSED,
    QUESTION_COLUMNS,
    QUESTIONS,
    STATE,
    cell_name,
    concept_row,
    names_in,
    question_row,
    steps_in,
)
from preceptor.workflow.review_views import StepView
from preceptor.workflow.sheets import Table

MOST_TOLD = 20
STALE = "was changed in the course since this file was written"
NEW = "A new concept needs a row of its own in the concepts: its name, without a concept_id."


@dataclass(frozen=True)
class Found:
    """One decision.

    Args:
        place: The row it stands in, as a message names it.
        action: What was decided.
        row: Hash of that row.
    """

    place: str
    action: Action
    row: str


def decisions(path: Path, tables: Mapping[str, Table], now: Overview) -> tuple[Found, ...]:
    """The decisions in a spreadsheet.

    Args:
        path: Its name, to tell.
        tables: What it holds.
        now: What stands.

    Raises:
        UserError: If a table or column is missing, or any row cannot be used; every such row is told.
    """
    for name, columns in ((QUESTIONS, QUESTION_COLUMNS), (CONCEPTS, CONCEPT_COLUMNS)):
        if name not in tables:
            raise UserError(f"{path} has no {name}.", mend="export it again and edit that file")
        needed = {columns[0], STATE, *EDITED[name]}
        if missing := sorted(needed - set(tables[name].header)):
            raise UserError(f"The {name} of {path} lack the column {missing[0]!r}.", mend="export it again")
    reading = _Reading(now)
    reading.read(tables)
    if reading.mistakes:
        told = [f"{place}: {what}" for place, what in reading.mistakes[:MOST_TOLD]]
        more = len(reading.mistakes) - len(told)
        told += [f"and {more} more"] if more > 0 else []
        raise UserError(
            f"{path} cannot be used; nothing was changed.\n" + "\n".join(told),
            mend="correct these rows, or export again if the course has moved on",
        )
    return tuple(reading.found)


@dataclass
class _Reading:
    """Reads rows and collects decisions and mistakes, each with its place."""

    now: Overview
    mistakes: list[tuple[str, str]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    merges: list[Found] = field(default_factory=list)
    renames: list[Found] = field(default_factory=list)
    names: dict[str, ConceptRef] = field(default_factory=dict)

    def read(self, tables: Mapping[str, Table]) -> None:
        """Concepts first, because questions name them; new names and merges count last."""
        self.names = {
            folded(cell_name(name)): ref(self.now.concepts[concept_id]) for concept_id, name in self.now.called.items()
        }
        edited = self._edited(tables[CONCEPTS])
        for row in edited:
            self._attempt(self._name, row)
        for row in edited:
            self._attempt(self._neighbours, row)
        for row in self._edited(tables[QUESTIONS]):
            self._attempt(is_checked, row)
            self._attempt(self._question, row)
        self.found += self.merges + self.renames
        if not self.mistakes:
            self._try()

    def _attempt(self, read: Callable[[Row], object], row: Row) -> None:
        try:
            read(row)
        except UserError as error:
            parts = (error.given, error.mend, f"Allowed: {error.allowed}." if error.allowed else "")
            told = (row.place, " ".join(filter(None, parts)))
            if told not in self.mistakes:
                self.mistakes.append(told)

    def _edited(self, table: Table) -> list[Row]:
        """Rows that say something new; a row of a question nobody knows is told even if its cells are as written."""
        used = rows_in_use(self.now.state.reviewed, self.now.state.events)
        found, seen = [], set()
        for row in rows_of(table):
            if row.key and row.key in seen:
                self.mistakes.append((row.place, f"{row.key} is there twice."))
            seen.add(row.key)
            if table.name == QUESTIONS:
                self._attempt(self._require_question, row)
            if row.edited and row.hash not in used:
                found.append(row)
        return found

    def _require_question(self, row: Row) -> None:
        if row.key not in self.now.state.bank.question:
            raise unknown_name("question", row.key, self.now.state.bank.question)

    def _concept(self, row: Row) -> Concept | None:
        """The concept of a row; None if the row is a new one."""
        if not row.key and not row[STATE]:
            return None
        concept = self.now.concepts.get(row.key)
        if concept is None or concept_row(self.now, concept)[-1] != row[STATE]:
            raise UserError(f"The concept “{row['name']}” {STALE}.")
        return concept

    def _name(self, row: Row) -> None:
        concept, name = self._concept(row), checked_name(row["name"])
        if concept is None:
            if folded(name) in self.names:
                raise UserError(f"Another concept is called “{name}”.")
            self.names[folded(name)] = ConceptRef(name)
            self.found.append(Found(row.place, AddConcept(name), row.hash))
        elif name != cell_name(self.now.called[concept.concept_id]):
            self.names.setdefault(folded(name), ref(concept))
            self.renames.append(Found(row.place, RenameConcept(ref(concept), name), row.hash))

    def _neighbours(self, row: Row) -> None:
        concept = self._concept(row)
        own = ref(concept) if concept else ConceptRef(checked_name(row["name"]))
        links = self.now.state.reviewed.annotation.prerequisites if concept else ()
        before = {link.needs: link.source for link in links if concept and link.concept_id == concept.concept_id}
        actions: list[Action] = []
        kept = set()
        for name in names_in(row["prerequisites"]):
            needs = self._named(name.removeprefix(PROPOSED))
            kept.add(needs.concept_id)
            sure = before.get(needs.concept_id) not in (None, Source.PROPOSED)
            if not sure and not name.startswith(PROPOSED):
                actions.append(ConfirmPrerequisite(own, needs))
        gone = [concept_id for concept_id in before if concept_id not in kept]
        actions += [RemovePrerequisite(own, ref(self.now.concepts[concept_id])) for concept_id in gone]
        self.found += [Found(row.place, action, row.hash) for action in actions]
        if row["merge into"]:
            self.merges.append(Found(row.place, MergeConcepts(own, self._named(row["merge into"])), row.hash))

    def _question(self, row: Row) -> None:
        self._require_question(row)
        question_id = row.key
        written = dict(zip(QUESTION_COLUMNS, question_row(self.now, question_id), strict=True))
        if written[STATE] != row[STATE]:
            raise UserError(f"The question {question_id} {STALE}.")
        actions = self._labels(row, written)
        if row["steps"] != written["steps"]:
            steps = tuple(map(self._step, steps_in(row["steps"])))
            actions.append(EditSteps(question_id, self.now.content(question_id), steps))
        if written["checked"] and not actions and not is_checked(row):
            raise UserError(f"{question_id} is checked already.", mend="Undo that on the page of `preceptor serve`.")
        self.found += [Found(row.place, action, row.hash) for action in actions]

    def _step(self, step: StepView) -> ReviewedStep:
        if not step.text:
            raise UserError("A step has no text.", "`text || concepts || result`, one step a line")
        return ReviewedStep(step.text, tuple(map(self._named, step.concepts)), step.result)

    def _labels(self, row: Row, written: Mapping[str, str]) -> list[Action]:
        question_id = row.key
        before = [self._named(name) for name in names_in(written["concepts"])]
        after = list(dict.fromkeys(self._named(name) for name in names_in(row["concepts"])))
        gone = [concept for concept in before if concept not in after]
        new = [concept for concept in after if concept not in before]
        actions: list[Action] = []
        if len(gone) == len(new) == 1:
            actions.append(MoveLabel(question_id, gone[0], new[0]))
        else:
            actions += [AddLabel(question_id, concept, self.now.content(question_id)) for concept in new]
            actions += [RemoveLabel(question_id, concept) for concept in gone]
        if is_checked(row) and not written["checked"]:
            actions += [AcceptLabel(question_id, concept) for concept in after]
        return actions

    def _named(self, name: str) -> ConceptRef:
        found = self.names.get(folded(name))
        if found is None:
            error = unknown_name("concept", name, (known.name for known in self.names.values()))
            raise UserError(error.given, error.allowed, f"{error.mend} {NEW}".strip())
        return found

    def _try(self) -> None:
        """What only shows when all decisions come together: circles, names given twice, concepts nobody uses."""
        state = self.now.state
        events = [Event(f"row {i}", 0.0, "", found.action) for i, found in enumerate(self.found)]
        reviewed = replay(state.given, (*state.events, *events))
        place = {event.event_id: found.place for event, found in zip(events, self.found, strict=True)}
        self.mistakes += [
            (place[entry.event.event_id], entry.reason) for entry in reviewed.stranded if entry.event.event_id in place
        ]
        used = {folded(concept.name) for concept in reviewed.annotation.concepts}
        for found in self.found:
            if isinstance(found.action, AddConcept) and folded(found.action.name) not in used:
                self.mistakes.append((found.place, f"No question has the new concept “{found.action.name}”."))
