"""TASA (Wu et al., 2026): personas, memories, last interactions, sessions and dialogues of its students."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

import polars as pl

from preceptor.data.answers_table import ROWS
from preceptor.data.dialogues import ImportedDialogue
from preceptor.data.problems import settle
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.rows import imported_rows
from preceptor.data.tasa_files import Part, TasaFile, find_files
from preceptor.data.tasa_records import SECONDS_AS_MINUTES, Case, PastAnswer, Persona, Records
from preceptor.domain import UserError

DEFAULT_SOURCE = "tasa"
_SEPARATOR = "\x1f"  # stands in no name


class TasaReader:
    """Reads any of TASA's files; every time becomes UTC seconds.

    Answers come from the memories, the last interactions, which TASA leaves out of the memories, and the memories of
    sessions. An answer that several files hold is one answer, and an answer on several KCs that takes a row a KC is
    one, too. Personas hold no answers: their counts are held against the answers.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read the files named and those in the folders named.

        Args:
            sources: Files or folders, for example TASA's folder `bank`.
            options: Takes `source`, `encoding` and `on_bad_row`.

        Raises:
            UserError: If files are missing or damaged, or there is not one answer in them.
        """
        found = _Found()
        for file in find_files(sources, options.encoding):
            found.add(file)
        rejects = settle(found.records.problems, options.on_bad_row)
        answers = found.answers()
        if not answers:
            raise UserError(
                f"{sources[0]} holds no answers.",
                allowed=f"files of TASA with answers: {Part.MEMORY}, {Part.LAST}, {Part.SESSION}",
                mend="name the folder `bank` as a whole",
            )
        options = replace(options, concept_separator=_SEPARATOR)
        imported = imported_rows(_rows(answers), options.source or DEFAULT_SOURCE, options, rejects=rejects)
        return replace(
            imported,
            report={**imported.report, **found.counts(answers)},
            notes=(*imported.notes, *found.notes()),
            dialogues=tuple(found.dialogues),
        )


_Key = tuple[str, str, float, int]
"""Student, KC, time and credit: what tells whether two records are of one answer."""


@dataclass
class _Found:
    """What the files say, by student."""

    records: Records = field(default_factory=Records)
    remembered: list[PastAnswer] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    personas: dict[str, list[Persona]] = field(default_factory=dict)
    dialogues: list[ImportedDialogue] = field(default_factory=list)
    sets: set[str] = field(default_factory=set)
    """Those of the sessions."""

    def add(self, file: TasaFile) -> None:
        """Read one file."""
        match file.part:
            case Part.MEMORY | Part.LAST:
                self.remembered += self.records.answers(file)
            case Part.PERSONA:
                self.personas[file.student] = self.records.persona(file)
            case Part.DIALOGUE:
                self.dialogues.append(self.records.dialogue(file))
            case Part.SESSION:
                self.sets.add(file.data_set)
                case = self.records.case(file)
                self.cases += [case] if case else []

    def answers(self) -> list[PastAnswer]:
        """All answers, those of sessions where no memory holds them already."""
        known = Counter(map(_key, self.remembered))
        more: list[PastAnswer] = []
        for case in self.cases:
            spare = known.copy()
            for answer in case.answers():
                if spare[_key(answer)]:
                    spare[_key(answer)] -= 1
                else:
                    more.append(answer)
        return [*self.remembered, *more]

    def counts(self, answers: Iterable[PastAnswer]) -> dict[str, int]:
        """What is worth telling."""
        tally: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for answer in answers:
            tally[answer.student, answer.concept][0] += 1
            tally[answer.student, answer.concept][1] += answer.correct
        differing = sum(
            not _fits(entry, *tally[student, entry.concept])
            for student, entries in self.personas.items()
            for entry in entries
            if (student, entry.concept) in tally
        )
        entries = sum(map(len, self.personas.values()))
        return {
            "persona_entries": entries,
            "persona_entries_that_differ": differing,
            "sessions": len(self.cases),
            "dialogues": len(self.dialogues),
        }

    def notes(self) -> tuple[str, ...]:
        """What was decided without asking."""
        told = []
        if self.sets & SECONDS_AS_MINUTES:
            names = ", ".join(sorted(self.sets & SECONDS_AS_MINUTES))
            told.append(f"Fields named delta_t_minutes and tau_minutes hold seconds in {names}, and were read as such.")
        if "" in self.sets:
            told.append("Some sessions name no data set, so their fields in minutes were taken to hold minutes.")
        return tuple(told)


def _fits(entry: Persona, answers: int, correct: int) -> bool:
    """Whether a persona's counts are those of the answers, which may hold the last one that a persona leaves out."""
    more = answers - entry.total
    return more in (0, 1) and 0 <= correct - entry.correct <= more


def _key(answer: PastAnswer) -> _Key:
    return answer.student, answer.concept, answer.time_seconds, answer.correct


def _rows(answers: Iterable[PastAnswer]) -> pl.DataFrame:
    """One row an answer, KCs of one answer together."""
    rows: dict[tuple[str, str, float, int, int], list[str]] = defaultdict(list)
    seen: Counter[PastAnswer] = Counter()
    for answer in answers:
        again = seen[answer]
        seen[answer] += 1
        question = answer.question or f"of {answer.concept}"
        concepts = rows[answer.student, question, answer.time_seconds, answer.correct, again]
        concepts.append(answer.concept)
    place: Counter[str] = Counter()
    table = []
    for number, ((student, question, time, correct, _), concepts) in enumerate(rows.items(), 1):
        table.append((number, place[student], student, question, float(correct), _SEPARATOR.join(concepts), time))
        place[student] += 1
    columns = ("row", "place", "student", "question", "correct", "concepts", "time")
    frame = pl.DataFrame(table, schema={name: ROWS[name] for name in columns}, orient="row")
    absent = [pl.lit(None, kind).alias(name) for name, kind in ROWS.items() if name not in columns]
    return frame.with_columns(absent).select(ROWS.names()).with_columns(file=pl.lit(0, pl.Int64))
