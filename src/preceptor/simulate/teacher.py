"""The historical teacher: what each simulated student was asked, and when, before any planner existed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, UserError
from preceptor.simulate.tables import ConceptTable

TERM_START_SECONDS = 1_756_684_800.0  # Monday 2025-09-01T00:00:00Z
SITTINGS_PER_DAY = 0.2  # 12 sittings in 60 days
SITTINGS_LOG_SD = 0.25
ANSWERS_PER_SITTING = 13.0
ANSWERS_LOG_SD = 0.3
LEAST_SITTINGS, LEAST_ANSWERS = 3, 5
WEEKEND_WEIGHT = 0.35  # a weekend day holds a sitting this often, relative to a weekday
FIRST_HOUR, HOURS = 14.0, 5.0  # sittings start between 14:00 and 19:00 UTC
SHORTEST_GAP_SECONDS, GAP_RANGE_SECONDS = 20.0, 100.0
REVIEW_SHARE, EXPLORATION_SHARE = 0.36, 0.1  # the rest is the current topic
GOLDEN_RATIO = (5**0.5 - 1) / 2  # steps of this part of a range visit all of it evenly
CLASSES_PER_GRADE = 8
SPREAD_SHARE = 0.8  # classes stand anywhere in this first part of their grade's scheme of work
REVIEWED_TOPICS = 30.0  # review reaches back this far, measured in topics of mean length
CONTENT_POWER = 0.7  # a topic with twice the questions takes 2 ** 0.7 times the time


@dataclass(frozen=True)
class Plan:
    """What one student is asked.

    Args:
        question: int64 [answers], question indices.
        time_seconds: float64 [answers], ascending UTC seconds of each answer.
        duration_seconds: float64 [answers], part of the time since the previous answer.
        uniform: float64 [answers, 2], the chance numbers of the answers.
    """

    question: NDArray[np.int64]
    time_seconds: NDArray[np.float64]
    duration_seconds: NDArray[np.float64]
    uniform: NDArray[np.float64]


class Teacher:
    """A fixed scheme of work: the class's topic, mixed review of older concepts, a little exploration.

    Each class stands somewhere in its grade's scheme of work and moves along the order of concepts at its own pace; a
    concept with more questions takes longer. Each student is somewhat ahead of or behind the class. Review goes
    evenly through the earlier concepts, as far back as `REVIEWED_TOPICS`. Nothing depends on the answers, as in a
    class that keeps its timetable.

    Args:
        bank: The questions to choose from.
        concepts: The bank's concepts as arrays.
        days: Length of the course in days.
        seed: Seed of the classes' timetables.
        asked: bool [questions], those that are asked if they have a concept; None for those that can be served.

    Raises:
        UserError: If there is no such question.
    """

    def __init__(
        self, bank: Bank, concepts: ConceptTable, days: int, seed: int, asked: NDArray[np.bool_] | None = None
    ) -> None:
        self.days = days
        self.seed = seed
        self.concepts = concepts
        first = bank.q_matrix.concepts[:, 0]
        servable = np.array([question.servable for question in bank.questions], dtype=bool)
        served = (servable if asked is None else asked) & (first >= 0)
        self.questions_of = {int(c): np.flatnonzero(served & (first == c)) for c in np.unique(first[served])}
        self.order = np.array([c for c in concepts.order if int(c) in self.questions_of], dtype=np.int64)
        if not self.order.size:
            raise UserError("The bank has no question that could be asked.", "questions with a key and a concept")
        length = np.array([len(self.questions_of[int(c)]) for c in self.order], dtype=np.float64) ** CONTENT_POWER
        self.start = np.concatenate([[0.0], np.cumsum(length / length.mean())])

    def plan(self, grade: int, rng: np.random.Generator) -> Plan:
        """Plan all sittings of one student.

        Args:
            grade: The student's school grade.
            rng: The student's own generator.
        """
        day, answer_day, time, duration = self._times(rng)
        topic = self._topics(grade, day, rng)
        concept = self._concepts(topic[answer_day], rng)
        question = self._questions(concept, rng)
        return Plan(question, time, duration, rng.random((len(question), 2)))

    def _times(
        self, rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Days of the sittings; for each answer its sitting, time and duration."""
        weight = np.where(np.arange(self.days) % 7 < 5, 1.0, WEEKEND_WEIGHT)
        wanted = SITTINGS_PER_DAY * self.days * np.exp(SITTINGS_LOG_SD * rng.standard_normal())
        sittings = int(np.clip(round(wanted), min(LEAST_SITTINGS, self.days), self.days))
        day = np.sort(rng.choice(self.days, size=sittings, replace=False, p=weight / weight.sum()))
        usual = ANSWERS_PER_SITTING * np.exp(ANSWERS_LOG_SD * rng.standard_normal())
        answers = np.maximum(rng.poisson(usual, size=sittings), LEAST_ANSWERS)
        start = TERM_START_SECONDS + SECONDS_PER_DAY * (day + (FIRST_HOUR + HOURS * rng.random(sittings)) / 24)
        gap = SHORTEST_GAP_SECONDS + GAP_RANGE_SECONDS * rng.random(int(answers.sum())) ** 2
        sitting = np.repeat(np.arange(sittings), answers)
        since_start = np.cumsum(gap)
        before = (since_start - gap)[np.concatenate([[0], np.cumsum(answers)[:-1]])]
        time = np.floor(start[sitting] + since_start - before[sitting])
        return day, sitting, time, np.round(gap * (0.5 + 0.45 * rng.random(len(gap))), 1)

    def _topics(self, grade: int, day: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
        """Place in the scheme of work at each sitting, measured in topics of mean length."""
        classroom = int(rng.integers(CLASSES_PER_GRADE))
        timetable = np.random.default_rng([self.seed, grade, classroom])
        grades = self.concepts.grade[self.order]
        first = int(np.argmax(grades >= grade))
        own_length = self.start[first + int((grades == grade).sum())] - self.start[first]
        ahead, topics_per_week = SPREAD_SHARE * own_length * timetable.random(), timetable.uniform(1.0, 1.7)
        own_pace = np.exp(0.15 * rng.standard_normal())
        place: NDArray[np.float64] = self.start[first] + ahead + topics_per_week * own_pace * day / 7
        reached: NDArray[np.float64] = np.minimum(place, self.start[-1])
        return reached

    def _concepts(self, place: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Concept index of each answer, given the place in the scheme of work at that time."""
        kind, within = rng.random((2, len(place)))
        through = (rng.random() + GOLDEN_RATIO * np.cumsum(kind < REVIEW_SHARE)) % 1
        back = np.minimum(place, REVIEWED_TOPICS)
        review_or_topic = np.where(kind < REVIEW_SHARE, place - back * (1 - through), place)
        asked = np.where(kind >= 1 - EXPLORATION_SHARE, within * self.start[-1], review_or_topic)
        position = np.searchsorted(self.start, asked, side="right") - 1
        concept: NDArray[np.int64] = self.order[np.minimum(position, len(self.order) - 1)]
        return concept

    def _questions(self, concept: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Question of each answer: each concept's questions in a shuffled order, all before any again."""
        question = np.empty(len(concept), dtype=np.int64)
        for one in np.unique(concept):
            rows = np.flatnonzero(concept == one)
            shuffled = rng.permutation(self.questions_of[int(one)])
            question[rows] = shuffled[np.arange(len(rows)) % len(shuffled)]
        return question
