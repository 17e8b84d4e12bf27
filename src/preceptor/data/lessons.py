"""The `lessons` format: a folder with one TOML file a KC, written by hand. Holds questions only."""

import random
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from preceptor.data.reader import Imported, ReadOptions
from preceptor.domain import (
    Bank,
    Concept,
    Distractor,
    Log,
    Misconception,
    Question,
    QuestionKind,
    Step,
    UserError,
    question_id,
    topological_order,
    unknown_name,
)
from preceptor.language import LANGUAGES, require_language

KINDS = (QuestionKind.CHOICE, QuestionKind.TEXT, QuestionKind.ORDER)
ITEMS_APART = ", "


class LessonsReader:
    """Reads a folder of lessons.

    The folder's name is the name of the source unless another one is given. A folder that is named after a language
    holds a translation: the name of the folder above it counts, so that translations share their questions' ids.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"source"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read one folder.

        Args:
            sources: One folder with files that end in `.toml`.
            options: `source` is used.

        Raises:
            UserError: If a file is missing, damaged or incomplete, or names what no file has.
        """
        if len(sources) != 1:
            raise UserError(f"{len(sources)} sources were given.", allowed="one folder of lessons")
        bank = read_lessons(sources[0], options.source or _course_name(sources[0].resolve()))
        counts = {"lessons": len(bank.concepts), "misconceptions": len(bank.misconceptions)}
        return Imported(bank, Log.empty(), counts)


def read_lessons(folder: Path, source: str) -> Bank:
    """Read a folder of lessons.

    Args:
        folder: Holds one TOML file for every KC.
        source: Part of every question's identity, so that translations of a course share their identities.

    Returns:
        The bank; a KC stands behind all its prerequisites.

    Raises:
        UserError: If a file is missing, damaged or incomplete, or names what no file has.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise UserError(f"{folder} holds no lesson.", allowed="a folder with one .toml file for every KC")
    lessons = [_Lesson(file, source) for file in files]
    concepts = {lesson.concept.concept_id: lesson.concept for lesson in lessons}
    for concept in concepts.values():
        for name in concept.prerequisites:
            if name not in concepts:
                raise unknown_name("prerequisite", name, concepts)
    order = {concept_id: place for place, concept_id in enumerate(topological_order(concepts.values()))}
    lessons.sort(key=lambda lesson: order[lesson.concept.concept_id])
    bank = Bank(
        tuple(lesson.concept for lesson in lessons),
        tuple(question for lesson in lessons for question in lesson.questions()),
        tuple(misconception for lesson in lessons for misconception in lesson.misconceptions.values()),
    )
    _require_once("KC", (lesson.concept.concept_id for lesson in lessons))
    _require_once("question", (f"{q.family}/{q.text}" for q in bank.questions))
    _require_once("misconception", (m.misconception_id for m in bank.misconceptions))
    return bank


class _Lesson:
    """One file."""

    def __init__(self, file: Path, source: str) -> None:
        self._file, self._source = file, source
        try:
            self._content = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UserError(f"{file} cannot be read: {error}.", mend="mend the file") from error
        self._language = self._content.get("language", "en")
        require_language(self._language)
        self.concept = self._concept()
        self.misconceptions = {
            name: Misconception(name, self.concept.concept_id, *self._pair(texts, f"the misconception {name!r}"))
            for name, texts in self._content.get("misconceptions", {}).items()
        }

    def questions(self) -> tuple[Question, ...]:
        """Its questions, in the order of the file."""
        found = [self._question(row) for row in self._content.get("question", [])]
        _require_once("question", (question.question_id for question in found))
        return tuple(found)

    def _concept(self) -> Concept:
        own = self._content
        return Concept(
            self._text(own, "id", "the lesson"),
            self._text(own, "name", "the lesson"),
            grade=own.get("grade"),
            explanation=self._text(own, "explanation", "the lesson"),
            prerequisites=tuple(own.get("prerequisites", ())),
        )

    def _question(self, row: Mapping[str, Any]) -> Question:
        name = self._text(row, "id", "a question")
        place = f"the question {name!r}"
        kind = self._kind(row, place)
        key = self._text(row, "key", place)
        wrong = tuple(self._distractor(entry, place) for entry in row.get("wrong", ()))
        steps = self._texts(row, "steps", place)
        if not steps:
            raise self._error(place, "has no steps", "the worked steps, of which the last one tells the answer")
        identity = question_id(self._source, f"{self.concept.concept_id}/{name}")
        return Question(
            question_id=identity,
            text=self._text(row, "text", place),
            kind=kind,
            key=key,
            concepts=(self.concept.concept_id,),
            options=_options(kind, key, wrong, random.Random(identity)),
            ordered=kind is QuestionKind.ORDER,
            accepted=self._texts(row, "accept", place),
            steps=tuple(Step(step, (self.concept.concept_id,)) for step in steps),
            hints=(*self._texts(row, "hints", place), steps[-1]),
            distractors=tuple(distractor for distractor in wrong if distractor.misconception_id),
            difficulty=row.get("difficulty"),
            family=self.concept.concept_id,
            language=self._language,
        )

    def _kind(self, row: Mapping[str, Any], place: str) -> QuestionKind:
        given = self._text(row, "kind", place)
        if given not in KINDS:
            raise self._error(place, f"has the kind {given!r}", ", ".join(KINDS))
        return QuestionKind(given)

    def _distractor(self, entry: object, place: str) -> Distractor:
        answer, misconception = self._pair(entry, place)
        if misconception and misconception not in self.misconceptions:
            raise self._error(place, f"names the misconception {misconception!r}", ", ".join(self.misconceptions))
        return Distractor(answer, misconception)

    def _pair(self, entry: object, place: str) -> tuple[str, str]:
        match entry:
            case [str(first), str(second)]:
                return first, second
        raise self._error(place, f"holds {entry!r}", "a pair of texts")

    def _texts(self, row: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
        found = row.get(name, [])
        if not isinstance(found, list) or not all(isinstance(text, str) and text for text in found):
            raise self._error(place, f"has {name} = {found!r}", "a list of texts")
        return tuple(found)

    def _text(self, row: Mapping[str, Any], name: str, place: str) -> str:
        found = row.get(name)
        if not isinstance(found, str) or not found.strip():
            raise self._error(place, f"has no {name}", "a text")
        return found

    def _error(self, place: str, problem: str, allowed: str) -> UserError:
        return UserError(f"{self._file}: {place} {problem}.", allowed=allowed, mend="mend the file")


def _course_name(folder: Path) -> str:
    return folder.parent.name if folder.name in LANGUAGES else folder.name


def _options(kind: QuestionKind, key: str, wrong: Sequence[Distractor], rng: random.Random) -> tuple[str, ...]:
    """What is shown to choose from or to put in order, shuffled; an order is never shown already right."""
    if kind is QuestionKind.TEXT:
        return ()
    items = [key, *(distractor.answer for distractor in wrong)]
    if kind is QuestionKind.ORDER:
        items = key.split(ITEMS_APART)
    shuffled = list(items)
    rng.shuffle(shuffled)
    while kind is QuestionKind.ORDER and shuffled == items and len(set(items)) > 1:
        rng.shuffle(shuffled)
    return tuple(shuffled)


def _require_once(kind: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UserError(f"The {kind} {name!r} is there twice.", mend=f"give every {kind} a name of its own")
        seen.add(name)
