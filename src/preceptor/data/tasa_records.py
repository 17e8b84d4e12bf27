"""What TASA's records say, with every time in seconds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from preceptor.data.dialogues import ImportedDialogue, Utterance
from preceptor.data.doubts import LAST_TIME_SECONDS
from preceptor.data.problems import Problem
from preceptor.data.tasa_files import TasaFile, shown

T = TypeVar("T")

SECONDS_AS_MINUTES = frozenset({"assist2017", "nips_task34", "algebra2005"})
"""Sets whose fields named `…_minutes` hold seconds; those of the fourth set do hold minutes."""
_SECONDS_PER_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """One answer of a student.

    Args:
        student: The student.
        question: The question; empty where the record does not say.
        concept: Name of the KC.
        correct: 0 or 1.
        time_seconds: UTC seconds.
    """

    student: str
    question: str
    concept: str
    correct: int
    time_seconds: float


@dataclass(frozen=True, slots=True)
class Persona:
    """What TASA's persona says of one KC.

    Args:
        concept: Name of the KC.
        description: The sentence.
        correct: Right answers, the last one left out.
        total: Answers, the last one left out.
    """

    concept: str
    description: str
    correct: int
    total: int


@dataclass(frozen=True, slots=True)
class Method:
    """What one tracer gave for a case.

    Args:
        mastery: TASA's s.
        forgetting: TASA's F = (1 − s) · Δt / (Δt + τ).
        level: The word for it.
    """

    mastery: float
    forgetting: float
    level: str


@dataclass(frozen=True, slots=True)
class Case:
    """One student and the KC to be taught.

    Args:
        student: The student.
        concept: Name of the KC.
        gap_seconds: Between the last two answers on the KC, TASA's Δt.
        tau_seconds: TASA's τ.
        last_correct: The last answer, which stands in no memory.
        attempts: Answers on the KC, the last one included.
        memory: Answers on the KC, oldest first, the last one left out.
        methods: What each tracer gave.
    """

    student: str
    concept: str
    gap_seconds: float
    tau_seconds: float
    last_correct: int
    attempts: int
    memory: tuple[PastAnswer, ...]
    methods: Mapping[str, Method]

    def answers(self) -> Iterator[PastAnswer]:
        """The memory, and the last answer where the memory is whole, so that its time is known."""
        yield from self.memory
        if self.memory and len(self.memory) == self.attempts - 1:
            time = max(answer.time_seconds for answer in self.memory) + self.gap_seconds
            yield PastAnswer(self.student, "", self.concept, self.last_correct, time)


@dataclass
class Records:
    """What files say, and what is wrong with them."""

    problems: list[Problem] = field(default_factory=list)

    def answers(self, file: TasaFile) -> list[PastAnswer]:
        """The answers of a memory file or of last interactions."""
        rows = file.content.values() if isinstance(file.content, Mapping) else file.content
        return list(self._each(file, rows, _answer))

    def persona(self, file: TasaFile) -> list[Persona]:
        """The entries of a persona."""
        return list(self._each(file, file.content, _persona))

    def case(self, file: TasaFile) -> Case | None:
        """The case of a session file; None if it is wrong."""
        memory = tuple(self._each(file, file.content.get("memory", []), _session_answer))
        return next(self._each(file, [file.content], lambda whose, row: _case(whose, row, memory)), None)

    def dialogue(self, file: TasaFile) -> ImportedDialogue:
        """The dialogue of a dialogue file."""
        said = tuple(self._each(file, file.content["dialogue"], _utterance))
        tutor = str(file.content.get("method") or "TASA")
        about = str(file.content.get("concept_text") or file.content.get("concept") or "")
        return ImportedDialogue(file.student, shown(about), tutor, said)

    def _each(self, file: TasaFile, rows: Iterable[Any], read: Callable[[TasaFile, Any], T]) -> Iterator[T]:
        for number, row in enumerate(rows, 1):
            try:
                yield read(file, row)
            except KeyError as error:
                self.problems.append(Problem(file.path, number, f"{error.args[0]} is missing"))
            except (TypeError, ValueError, AttributeError) as error:
                self.problems.append(Problem(file.path, number, str(error)))


def _answer(file: TasaFile, row: Mapping[str, Any]) -> PastAnswer:
    return PastAnswer(
        file.student, file.within(row["question_id"]), shown(row["concept_text"]), _binary(row), _time(row)
    )


def _session_answer(file: TasaFile, row: Mapping[str, Any]) -> PastAnswer:
    return PastAnswer(file.student, "", shown(file.content["concept_text"]), _binary(row), _time(row))


def _binary(row: Mapping[str, Any], name: str = "response") -> int:
    if row[name] not in (0, 1):
        raise ValueError(f"{name} is {row[name]!r}, not 0 or 1")
    return int(row[name])


def _time(row: Mapping[str, Any]) -> float:
    """Timestamps are milliseconds in every file."""
    seconds = _number(row, "timestamp") / 1000.0
    if not 0 <= seconds < LAST_TIME_SECONDS:
        raise ValueError(f"timestamp is {row['timestamp']!r}, which as milliseconds does not lie between 1970 and 2100")
    return seconds


def _number(row: Mapping[str, Any], name: str) -> float:
    if isinstance(row[name], bool) or not isinstance(row[name], int | float):
        raise ValueError(f"{name} is {row[name]!r}, not a number")
    return float(row[name])


def _persona(_: TasaFile, row: Mapping[str, Any]) -> Persona:
    correct, total = int(row["stats"]["correct"]), int(row["stats"]["total"])
    if not 0 <= correct <= total:
        raise ValueError(f"stats say {correct} right answers of {total}")
    return Persona(shown(row["concept_text"]), shown(row["description"]), correct, total)


def _case(file: TasaFile, row: Mapping[str, Any], memory: tuple[PastAnswer, ...]) -> Case:
    unit = 1.0 if file.data_set in SECONDS_AS_MINUTES else _SECONDS_PER_MINUTE
    methods = {
        name: Method(_number(told, "s_tc"), _number(told, "fs"), str(told.get("level", "")))
        for name, told in row["methods"].items()
    }
    return Case(
        file.student,
        shown(row["concept_text"]),
        unit * _number(row, "delta_t_minutes"),
        unit * _number(row, "tau_minutes"),
        _binary(row, "last_response"),
        int(row["num_attempts"]),
        memory,
        methods,
    )


def _utterance(_: TasaFile, row: Mapping[str, Any]) -> Utterance:
    if row["role"] not in ("user", "assistant"):
        raise ValueError(f"role is {row['role']!r}, not user or assistant")
    told = [tuple(row.get(f"rewritten_{what}") or row.get(f"retrieved_{what}") or ()) for what in ("persona", "memory")]
    return Utterance(row["role"] == "assistant", int(row["round"]), str(row["content"]), told[0], told[1])
