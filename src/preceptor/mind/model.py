"""The model behind every mind: one tracer, one forgetting curve, and the formula that joins them."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import ConceptRecall, Interaction, Log, QMatrix
from preceptor.forgetting import ForgettingCurve, NoForgetting, Practice, practice_log, practice_now
from preceptor.mind.state import RECENT, Minds
from preceptor.trace import Answers, Tracer, question_rows

CURVE_ANSWERS = 500_000
"""From how many answers at most a forgetting curve is fitted."""


class MindModel:
    """Replay, answer, recall.

    The tracer gives P(correct) from the order of answers; recalibrated, this is mastery m. What is left of it is
    recall, between m and the guess floor, which the curve finds from its retention since the concept's last practice.
    A tracer that knows time itself is used as it is: no curve is applied and nothing counts twice.

    Args:
        tracer: A fitted tracer.
        curve: A fitted curve; ignored for a time-aware tracer.
    """

    def __init__(self, tracer: Tracer, curve: ForgettingCurve) -> None:
        self.tracer = tracer
        self.curve = NoForgetting(0) if tracer.time_aware else curve
        self._last_recalls: tuple[Minds | None, float, dict[str, ConceptRecall]] = (None, 0.0, {})

    @property
    def knows_time(self) -> bool:
        """Whether recall can change while nobody answers: by the curve, or because the tracer knows time itself."""
        return self.tracer.time_aware or self.curve.forgets

    @property
    def q_matrix(self) -> QMatrix:
        """The questions and concepts the model knows."""
        return self.tracer.q_matrix

    def fit_curve(self, log: Log) -> "MindModel":
        """Fit the curve on students the tracer was not trained on; returns itself.

        Of a log with more than `CURVE_ANSWERS` answers every n-th student counts: a fit holds about a kilobyte for each
        answer, and the curve's few numbers are known long before.
        """
        students = np.unique(log.student)
        log = log.of_students(students[:: -(-len(log) // CURVE_ANSWERS) or 1])
        rows = question_rows(log, self.q_matrix)
        self.curve.fit(practice_log(log, rows, self.q_matrix, self.tracer.score(log)))
        return self

    def initial(self, n: int, *, keep_seen: bool = True) -> Minds:
        """Minds of n students who have answered nothing; what they will see is kept unless told otherwise."""
        questions = len(self.q_matrix.question_ids) if keep_seen else 0
        concepts = len(self.q_matrix.concept_ids)
        return Minds(
            self.tracer.initial(n),
            self.curve.nothing(n, concepts),
            np.full((n, RECENT), -1, dtype=np.int32),
            np.full((n, questions), -1, dtype=np.int32),
            np.zeros(n, dtype=np.int32),
        )

    def answer(self, minds: Minds, answers: Answers) -> Minds:
        """Minds after one more answer of each student, in constant time."""
        practice = self._witnessed(minds, answers) if self.curve.knows_students else minds.practice
        last_seen = minds.last_seen.copy()
        if last_seen.shape[1]:  # without columns, what has been seen is not kept
            last_seen[np.arange(len(minds)), answers.question] = minds.answered
        return Minds(
            self.tracer.update(minds.tracer_state, answers),
            self.practised(practice, answers),
            np.concatenate([minds.recent[:, 1:], answers.question[:, None]], axis=1).astype(np.int32),
            last_seen,
            minds.answered + 1,
        )

    def practised(self, practice: Practice, answers: Answers) -> Practice:
        """Practice after one more answer of each student, whose outcome says nothing new of the student."""
        exercised = self.q_matrix.dense[answers.question]
        return self.curve.practised(practice, exercised, answers.correct, answers.time_seconds)

    def _witnessed(self, minds: Minds, answers: Answers) -> Practice:
        """What the answers say of how well their students remember, seen from before them."""
        asked, at = answers.question[:, None], answers.time_seconds
        before = practice_now(
            minds.practice,
            self.q_matrix.concepts[answers.question],
            at,
            mastery=self.tracer.predict(minds.tracer_state, asked, at)[:, 0],
            guess=self.q_matrix.guess[answers.question],
            correct=answers.correct,
        )
        return self.curve.witnessed(minds.practice, before)

    def answer_alike(self, minds: Minds, interaction: Interaction) -> Minds:
        """Minds after all of them gave this answer; unchanged if the bank no longer has the question."""
        row = self.q_matrix.question_index.get(interaction.question_id)
        if row is None:
            return minds
        n = len(minds)
        seconds = np.nan if interaction.time_seconds is None else interaction.time_seconds
        duration = np.nan if interaction.duration_seconds is None else interaction.duration_seconds
        answers = Answers(
            np.full(n, row),
            np.full(n, interaction.correct, dtype=np.float32),
            np.full(n, seconds),
            np.full(n, duration, dtype=np.float32),
        )
        return self.answer(minds, answers)

    def replay(self, history: Iterable[Interaction]) -> Minds:
        """A single student's mind from the whole history: same history, same mind, bit for bit."""
        mind = self.initial(1)
        for interaction in history:
            mind = self.answer_alike(mind, interaction)
        return mind

    def retention(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """H of every concept at `at_seconds` [n], float64 [n, concepts]; 1 where never practised."""
        return self.retention_of(minds.practice, at_seconds)

    def retention_of(self, practice: Practice, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """As `retention`, from the counters alone."""
        every = np.arange(practice.attempts.shape[1])[None]
        held = self.curve.retained(every, practice, practice.elapsed_days(at_seconds))
        return np.where(practice.attempts > 0, held, 1.0)

    def retention_since(self, mind: Minds, concept: int, elapsed_days: NDArray[np.float64]) -> NDArray[np.float64]:
        """H of one concept of a single student after each of several spans, float64 [n], as practice left it by now.

        1 where the concept was never practised. Nothing depends on any other concept.
        """
        own = mind.practice.entries(np.array([0]), np.array([[concept]]))
        if not own.attempts[0, 0]:
            return np.ones(len(elapsed_days))
        held = self.curve.retained(np.array([[concept]]), own, elapsed_days[None])
        return np.broadcast_to(held[0], len(elapsed_days))

    def _strength_days(self, practice: Practice) -> NDArray[np.float64]:
        return self.curve.strength_days(np.arange(practice.attempts.shape[1])[None], practice)

    def mastery(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """P(correct) right after practice, of every concept, float64 [n, concepts]."""
        concepts = np.arange(len(self.q_matrix.concept_ids))
        raw = self.tracer.mastery(minds.tracer_state, concepts, at_seconds)
        return self.curve.recalibrate(raw, minds.practice.attempts > 0, minds.practice.student_effects)

    def recall(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """P(correct) at `at_seconds` [n], of every concept, float64 [n, concepts]."""
        mastery, retention = self.mastery(minds, at_seconds), self.retention(minds, at_seconds)
        return self.curve.fade(mastery, retention, self.curve.guess_floor)

    def left(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of what was mastered above guessing that is left at `at_seconds` [n], float64 [n, concepts].

        (recall − g)/(mastery − g) where mastery m > g; 1 where nothing was practised or nothing stands above g.
        """
        return self._left(minds, self.mastery(minds, at_seconds), self.recall(minds, at_seconds))

    def _left(self, minds: Minds, mastery: NDArray[np.float64], recall: NDArray[np.float64]) -> NDArray[np.float64]:
        above, now = mastery - self.curve.guess_floor, recall - self.curve.guess_floor
        return np.divide(now, above, out=np.ones_like(now), where=(above > 0) & (minds.practice.attempts > 0))

    def recall_of(
        self, tracer_state: Any, practice: Practice, concepts: NDArray[Any], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Recall of some concepts alone, from the parts that an answer changes, float64 [n, k].

        Args:
            tracer_state: The tracer's, of n students.
            practice: Of the same students on the same k concepts, see `Practice.entries`.
            concepts: int [n, k], each student's own; what is said of the padding −1 means nothing.
            at_seconds: float64 [n].
        """
        raw = self.tracer.mastery_of(tracer_state, np.maximum(concepts, 0), at_seconds)
        return self._recall_by(raw, practice, concepts, at_seconds)

    def _recall_by(
        self, raw: NDArray[Any], practice: Practice, concepts: NDArray[Any], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        mastery = self.curve.recalibrate(raw, practice.attempts > 0, practice.student_effects)
        held = self.curve.retained(concepts, practice, practice.elapsed_days(at_seconds))
        retention = np.where(practice.attempts > 0, held, 1.0)
        return self.curve.fade(mastery, retention, self.curve.guess_floor)

    def recall_after(
        self,
        minds: Minds,
        student: NDArray[Any],
        answers: Answers,
        at_seconds: NDArray[np.float64],
        raw: NDArray[Any] | None = None,
    ) -> NDArray[np.float64]:
        """Recall of a question's own concepts, if a student answered it so, as it is `at_seconds`.

        The answer is practice here: what it would say of the student, see `ForgettingCurve.witnessed`, is left out.

        Args:
            minds: Of n students; left as they are.
            student: int [m], who answers; the same student may answer many questions.
            answers: m answers.
            at_seconds: float64 [m].
            raw: [m, k], the tracer's P(correct) on these concepts after the answer, where somebody knows a quick guess;
                None to ask the tracer.

        Returns:
            float64 [m, k], k the most concepts a question has; what is said of padding means nothing.
        """
        concepts = self.q_matrix.concepts[answers.question]
        practice = minds.practice.entries(student, concepts)
        practice = self.curve.practised(practice, concepts >= 0, answers.correct, answers.time_seconds)
        if raw is not None:
            return self._recall_by(raw, practice, concepts, at_seconds)
        state = self.tracer.branches(minds.tracer_state, student, answers)
        return self.recall_of(state, practice, concepts, at_seconds)

    def p_correct(self, minds: Minds, questions: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """P(correct) at `at_seconds` [n] on `questions` [n, m], float64 [n, m].

        A question fades as the mean retention of its concepts; its guess floor is its own.
        """
        raw = self.tracer.predict(minds.tracer_state, questions, at_seconds)
        return self._fade(raw, minds.practice, self.retention(minds, at_seconds), questions)

    def _fade(
        self, raw: NDArray[Any], practice: Practice, retention: NDArray[np.float64], questions: NDArray[Any]
    ) -> NDArray[np.float64]:
        concepts = self.q_matrix.concepts[questions]
        real = concepts >= 0
        student = np.arange(len(questions))[:, None, None]
        own = np.maximum(concepts, 0)
        mean_retention = (retention[student, own] * real).sum(-1) / np.maximum(real.sum(-1), 1)
        practised = np.asarray(((practice.attempts[student, own] > 0) & real).any(-1))
        guess = self.q_matrix.guess[questions]
        floor = np.where(np.isnan(guess), self.curve.guess_floor, guess)
        mastery = self.curve.recalibrate(raw, practised, practice.student_effects)
        return self.curve.fade(mastery, mean_retention, floor)

    def score(self, log: Log) -> NDArray[np.float64]:
        """P(correct) of every row of `log` from its student's earlier rows, float64 [rows]."""
        rows = question_rows(log, self.q_matrix)
        return self.curve.predict(practice_log(log, rows, self.q_matrix, self.tracer.score(log)))

    def concept_recalls(self, mind: Minds, at_seconds: float) -> dict[str, ConceptRecall]:
        """Everything known of a single student's concepts at one moment, by concept id.

        Several parts of one turn ask for the same; what was said last is kept.
        """
        known, when, found = self._last_recalls
        if known is not mind or when != at_seconds:
            found = self._concept_recalls(mind, at_seconds)
            self._last_recalls = (mind, at_seconds, found)
        return dict(found)

    def _concept_recalls(self, mind: Minds, at_seconds: float) -> dict[str, ConceptRecall]:
        at = np.array([at_seconds])
        mastered = self.mastery(mind, at)
        recalled = self.curve.fade(mastered, self.retention(mind, at), self.curve.guess_floor)
        mastery, now, left = mastered[0], recalled[0], self._left(mind, mastered, recalled)[0]
        strength = self._strength_days(mind.practice)[0]
        practice, timed = mind.practice, ~np.isnan(mind.practice.last_seconds[0])
        return {
            concept_id: ConceptRecall(
                concept_id=concept_id,
                mastery=float(mastery[c]),
                recall=float(now[c]),
                retention=float(left[c]),
                strength_days=float(strength[c]) if timed[c] and np.isfinite(strength[c]) else None,
                last_practice_seconds=float(practice.last_seconds[0, c]) if timed[c] else None,
                attempts=int(practice.attempts[0, c]),
                correct=float(practice.credit[0, c]),
            )
            for c, concept_id in enumerate(self.q_matrix.concept_ids)
        }
