"""What a teacher changed in a spreadsheet, as decisions.

Only rows whose cells differ from what was written count. One that was edited while the course went on is stale and
refused, like every other mistake; if there is any, nothing is recorded.
"""

from collections.abc import Mapping
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
from preceptor.workflow.review_sheets import (
    CONCEPT_COLUMNS,
    CONCEPTS,
    EDITED,
    PROPOSED,
    QUESTION_COLUMNS,
    QUESTIONS,
    STATE,
    YES,
    cell_name,
    cells_digest,
    concept_row,
    names_in,
    question_row,
    steps_in,
)
from preceptor.workflow.sheets import Table

MOST_TOLD = 20
STALE = "was changed in the course since this file was written"
Row = Mapping[str, str]


def decisions(path: Path, tables: Mapping[str, Table], now: Overview) -> tuple[Action, ...]:
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
    return tuple(action for _, action in reading.found)


@dataclass
class _Reading:
    """Reads rows and collects decisions and mistakes, each with its place."""

    now: Overview
    mistakes: list[tuple[str, str]] = field(default_factory=list)
    found: list[tuple[str, Action]] = field(default_factory=list)
    merges: list[tuple[str, Action]] = field(default_factory=list)
    renames: list[tuple[str, Action]] = field(default_factory=list)
    names: dict[str, ConceptRef] = field(default_factory=dict)

    def read(self, tables: Mapping[str, Table]) -> None:
        """Concepts first, because questions name them; new names and merges count last."""
        self.names = {
            folded(cell_name(name)): ref(self.now.concepts[concept_id]) for concept_id, name in self.now.called.items()
        }
        edited = self._edited(tables[CONCEPTS])
        for place, row in edited:
            self._attempt(place, self._name, place, row)
        for place, row in edited:
            self._attempt(place, self._neighbours, place, row)
        for place, row in self._edited(tables[QUESTIONS]):
            self._attempt(place, self._question, place, row)
        self.found += self.merges + self.renames
        if not self.mistakes:
            self._try()

    def _attempt(self, place: str, read: object, *given: object) -> None:
        try:
            read(*given)  # type: ignore[operator]
        except UserError as error:
            self.mistakes.append((place, f"{error.given} {error.mend}".strip()))

    def _edited(self, table: Table) -> list[tuple[str, Row]]:
        found, seen = [], set()
        for number, row in table.records():
            place = f"{table.name}, row {number}"
            name = row[QUESTION_COLUMNS[0] if table.name == QUESTIONS else CONCEPT_COLUMNS[0]]
            if name and name in seen:
                self.mistakes.append((place, f"{name} is there twice."))
            seen.add(name)
            cells = [row[column] for column in EDITED[table.name]]
            if row[STATE].partition("-")[0] != cells_digest(cells):
                found.append((place, row))
        return found

    def _concept(self, row: Row) -> Concept | None:
        """The concept of a row; None if the row is a new one."""
        concept_id = row["concept_id"]
        if not concept_id and not row[STATE]:
            return None
        concept = self.now.concepts.get(concept_id)
        if concept is None or concept_row(self.now, concept)[-1] != row[STATE]:
            raise UserError(f"The concept “{row['name']}” {STALE}.")
        return concept

    def _name(self, place: str, row: Row) -> None:
        concept, name = self._concept(row), checked_name(row["name"])
        if concept is None:
            if folded(name) in self.names:
                raise UserError(f"Another concept is called “{name}”.")
            self.names[folded(name)] = ConceptRef(name)
            self.found.append((place, AddConcept(name)))
        elif name != cell_name(self.now.called[concept.concept_id]):
            self.names.setdefault(folded(name), ref(concept))
            self.renames.append((place, RenameConcept(ref(concept), name)))

    def _neighbours(self, place: str, row: Row) -> None:
        concept = self._concept(row)
        own = ref(concept) if concept else ConceptRef(checked_name(row["name"]))
        links = self.now.state.reviewed.annotation.prerequisites if concept else ()
        before = {link.needs: link.source for link in links if concept and link.concept_id == concept.concept_id}
        kept = set()
        for name in names_in(row["prerequisites"]):
            needs = self._named(name.removeprefix(PROPOSED))
            kept.add(needs.concept_id)
            sure = before.get(needs.concept_id) not in (None, Source.PROPOSED)
            if not sure and not name.startswith(PROPOSED):
                self.found.append((place, ConfirmPrerequisite(own, needs)))
        for concept_id in before:
            if concept_id not in kept:
                self.found.append((place, RemovePrerequisite(own, ref(self.now.concepts[concept_id]))))
        if row["merge into"]:
            self.merges.append((place, MergeConcepts(own, self._named(row["merge into"]))))

    def _question(self, place: str, row: Row) -> None:
        question_id = row["question_id"]
        if question_id not in self.now.state.bank.question:
            raise unknown_name("question", question_id, self.now.state.bank.question)
        written = dict(zip(QUESTION_COLUMNS, question_row(self.now, question_id), strict=True))
        if written[STATE] != row[STATE]:
            raise UserError(f"The question {question_id} {STALE}.")
        self._labels(place, question_id, row, written)
        if row["steps"] != written["steps"]:
            steps = tuple(
                ReviewedStep(step.text, tuple(map(self._named, step.concepts)), step.result)
                for step in steps_in(row["steps"])
            )
            self.found.append((place, EditSteps(question_id, self.now.content(question_id), steps)))

    def _labels(self, place: str, question_id: str, row: Row, written: Row) -> None:
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
        if folded(row["checked"]) in YES and not written["checked"]:
            actions += [AcceptLabel(question_id, concept) for concept in after]
        self.found += [(place, action) for action in actions]

    def _named(self, name: str) -> ConceptRef:
        found = self.names.get(folded(name))
        if found is None:
            raise unknown_name("concept", name, (known.name for known in self.names.values()))
        return found

    def _try(self) -> None:
        """What only shows when all decisions come together: circles, names given twice, concepts nobody uses."""
        state = self.now.state
        events = [Event(f"row {i}", 0.0, "", action) for i, (_, action) in enumerate(self.found)]
        reviewed = replay(state.given, (*state.events, *events))
        place = {event.event_id: place for event, (place, _) in zip(events, self.found, strict=True)}
        self.mistakes += [
            (place[entry.event.event_id], entry.reason) for entry in reviewed.stranded if entry.event.event_id in place
        ]
        used = {folded(concept.name) for concept in reviewed.annotation.concepts}
        for where, action in self.found:
            if isinstance(action, AddConcept) and folded(action.name) not in used:
                self.mistakes.append((where, f"No question has the new concept “{action.name}”."))
