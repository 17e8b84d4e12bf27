"""What the parts of the tutor's retrieval are worth, on simulated students whose misconceptions are known."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course, write_run
from preceptor.domain import Bank, Interaction, Log
from preceptor.embed import Encoder, make_encoder, make_reranker
from preceptor.evaluate.memory_retrieval import Asked, found_rates, wrong_answers_to_remember
from preceptor.mind import MindModel, Minds, replay_log
from preceptor.progress import Progress
from preceptor.tutor import Fading, MemoryIndex, Query, Ranking, misconception_of
from preceptor.tutor.memory import MemoryKind
from preceptor.tutor.memory_log import MemoryLog
from preceptor.workflow.annotating import DEFAULT_ENCODER
from preceptor.workflow.clock import Clock
from preceptor.workflow.models import load_trained
from preceptor.workflow.remembering import corpus_of, fading_of
from preceptor.workflow.simulating import load_truth

ANSWERS_EACH = 3
"""Wrong answers of each kind of one student."""
TEST_FOLD = 5
HALF_LIFE_DAYS, LEAST_LEFT = 14.0, 0.25
NEWEST = "the newest on its concepts, no search"


@dataclass(frozen=True, slots=True)
class Arm:
    """A way to rank memories.

    Args:
        weight: λ.
        fading: `fitted`, `half-life` (14 days whatever the concept), or `none`.
        reranker: `late-interaction`, a cross-encoder, or `none`.
    """

    weight: float
    fading: str
    reranker: str

    @property
    def name(self) -> str:
        """In words."""
        faded = {"none": "no fading", "half-life": "half-life of 14 days"}.get(self.fading, f"{self.fading} fading")
        looked = {"none": "no reranker"}.get(self.reranker, self.reranker.replace("late-i", "late i"))
        return f"λ = {self.weight:g}, {faded}, {looked}"


def arms(reranker: str) -> tuple[Arm, ...]:
    """The default one first; those that differ from it in one part; and other λ and fading without a reranker."""
    return (
        *(Arm(weight, "none", reranker) for weight in (0.5, 0.0, 1.0)),
        *(Arm(0.5, fading, reranker) for fading in ("fitted", "half-life")),
        *(Arm(weight, fading, "none") for fading in ("none", "fitted") for weight in (0.5, 0.0, 1.0)),
    )


def evaluate_retrieval(
    course: Course, encoder: str, reranker: str, students: int, seed: int, clock: Clock, progress: Progress
) -> dict[str, Any]:
    """Let students of the test fold give their wrong answers again and see which memories are kept for them.

    Args:
        course: A course with simulated students.
        encoder: A registered encoder, a folder, or a hub id; empty for the setting `encoder`, else the lexical one.
        reranker: A reranker, see `preceptor.embed.make_reranker`.
        students: How many students at most.
        seed: Of the draws and of the resamples.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If the students are not simulated, or the encoder or reranker is unknown or not installed.
    """
    start = clock.monotonic()
    load_truth(course)
    encoder = encoder or course.settings.resolve("encoder", "", None) or DEFAULT_ENCODER
    bank, log = course.load_bank(), course.load_log()
    model = load_trained(course, bank).model
    rng = np.random.default_rng(seed)
    asked, histories = _asked(bank, log, students, rng)
    made = _Known(make_encoder(encoder, corpus_of(bank)), histories, asked, bank, progress)
    hits = _hits(bank, model, log, asked, histories, made, reranker, progress)
    result: dict[str, Any] = {
        "course": course.name,
        "simulated": True,
        "encoder": encoder,
        "reranker": reranker,
        "curve": model.curve.to_dict()["name"],
        "students": len(histories),
        "kept": Ranking().kept,
        "candidates": Ranking().candidates,
        "reference": arms(reranker)[0].name,
        "kinds": found_rates(asked, hits, arms(reranker)[0].name, rng),
        "data_hash": course.data_hash,
    }
    seconds = clock.monotonic() - start
    config = {"encoder": encoder, "reranker": reranker, "students": students}
    run = write_run(course, "evaluate-retrieval", config, course.data_hash, seed, result, seconds,
                    at_seconds=clock.now())  # fmt: skip
    return {**result, "seconds": seconds, "run": str(run)}


def _asked(
    bank: Bank, log: Log, students: int, rng: np.random.Generator
) -> tuple[list[Asked], dict[int, list[Interaction]]]:
    """Wrong answers of test students, and these students' histories."""
    test = np.flatnonzero(log.student_fold == TEST_FOLD)
    chosen = sorted(rng.permutation(test)[:students].tolist())
    histories = {student: list(log.interactions(log.student_ids[student])) for student in chosen}
    asked = [
        one
        for student, history in histories.items()
        for one in wrong_answers_to_remember(history, bank, student, ANSWERS_EACH, rng)
    ]
    return asked, histories


class _Known:
    """An encoder that has seen all texts of an evaluation in one pass."""

    def __init__(
        self,
        encoder: Encoder,
        histories: Mapping[int, Sequence[Interaction]],
        asked: Sequence[Asked],
        bank: Bank,
        progress: Progress,
    ) -> None:
        self.encoder, self.key = encoder, encoder.key
        remembered = (memory for history in histories.values() for memory in MemoryLog.of(bank, history).memories)
        texts = dict.fromkeys(text for memory in remembered for text in (memory.text, memory.keywords))
        texts |= dict.fromkeys(_query(histories[one.student][one.position], bank).text(bank) for one in asked)
        every = sorted(texts, key=len)
        self._row: dict[str, NDArray[np.float32]] = {}
        for first in range(0, len(every), 256):
            part = every[first : first + 256]
            self._row |= zip(part, encoder.encode(part), strict=True)
            progress("texts", first + len(part), len(every))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts that are known."""
        return np.stack([self._row[text] for text in texts])


def _query(event: Interaction, bank: Bank) -> Query:
    return Query(bank.question[event.question_id], event.response, misconception_of(bank, event))


def _hits(
    bank: Bank,
    model: MindModel,
    log: Log,
    asked: Sequence[Asked],
    histories: Mapping[int, Sequence[Interaction]],
    encoder: _Known,
    reranker: str,
    progress: Progress,
) -> dict[str, NDArray[np.bool_]]:
    """Whether each arm keeps the target of every wrong answer."""
    every = arms(reranker)
    close = {arm.reranker: make_reranker(arm.reranker, encoder.encoder) for arm in every}
    hits = {name: np.zeros(len(asked), dtype=bool) for name in (*(arm.name for arm in every), NEWEST)}
    students = np.array([one.student for one in asked])
    minds = replay_log(model, log, students, log.offsets[students] + [one.position for one in asked], keep_seen=False)
    index = _indices(asked, histories, encoder, bank)
    for i, (one, remembered) in enumerate(zip(asked, index, strict=True)):
        history = histories[one.student]
        event, target = history[one.position], history[one.target].event_id
        query, at = _query(event, bank), event.time_seconds or 0.0
        later = [other.event_id for other in history[one.position :]]
        for arm in every:
            fading = _fading(arm.fading, model, minds.take(np.array([i])))
            ranking = Ranking(arm.weight, fading=fading, reranker=close[arm.reranker])
            found = remembered.search(query, bank, at, ranking, later)
            told = (each.memory for each in found)
            hits[arm.name][i] = any(m.event_id == target and m.kind is not MemoryKind.SITTING for m in told)
        hits[NEWEST][i] = target in _newest(history[: one.position], query, bank)
        progress("wrong answers", i + 1, len(asked))
    return hits


def _indices(
    asked: Sequence[Asked], histories: Mapping[int, Sequence[Interaction]], encoder: Encoder, bank: Bank
) -> Iterator[MemoryIndex]:
    """The memories of the student of every wrong answer; a student's answers stand together."""
    index, owner = MemoryIndex(encoder), -1
    for one in asked:
        if one.student != owner:
            index, owner = MemoryIndex(encoder), one.student
            index.extend(MemoryLog.of(bank, histories[owner]).memories)
        yield index


def _fading(name: str, model: MindModel, mind: Minds) -> Fading | None:
    half_life: Fading = lambda concept_id, days: np.maximum(LEAST_LEFT, 0.5 ** (days / HALF_LIFE_DAYS))  # noqa: E731
    made: dict[str, Callable[[], Fading | None]] = {
        "fitted": lambda: fading_of(model, mind),
        "half-life": lambda: half_life,
        "none": lambda: None,
    }
    return made[name]()


def _newest(history: Sequence[Interaction], query: Query, bank: Bank) -> set[str]:
    """The three newest answers on the question's concepts: what needs no search."""
    concepts = set(query.question.concepts)
    own = [e.event_id for e in history if not concepts.isdisjoint(bank.question[e.question_id].concepts)]
    return set(own[-Ranking().kept :])
