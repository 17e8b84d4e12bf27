"""The misconception family of latent minds: a concept is known unless something else is believed in its place.

What a tutor puts right stays right only for a time: students relapse into what they believed before.
"""

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank
from preceptor.simulate.acts import NOTHING, Acts
from preceptor.simulate.family import sigmoid
from preceptor.simulate.lesson import Lesson, days_since, moved, strengthened, studied, times
from preceptor.simulate.misconception_state import MisconceptionParameters, MisconceptionState
from preceptor.simulate.tables import PADDING, normal_of, padded
from preceptor.simulate.taught import TaughtFamily


class MisconceptionMind(TaughtFamily[MisconceptionState, MisconceptionParameters]):
    """Students whose wrong answers follow the misconception that is active."""

    name: ClassVar[str] = "misconception"
    state_class: ClassVar[type[MisconceptionState]] = MisconceptionState
    parameters_class: ClassVar[type[MisconceptionParameters]] = MisconceptionParameters
    misled: ClassVar[bool] = True

    def __init__(self, bank: Bank, parameters: MisconceptionParameters | None = None) -> None:
        super().__init__(bank, parameters)
        self._named = len(bank.misconceptions)
        named = [bank.q_matrix.concept_index[m.concept_id] for m in bank.misconceptions]
        self._concept = np.array([*named, *range(len(bank.concepts))], dtype=np.int64)
        of: list[list[int]] = [[] for _ in bank.concepts]
        for column, concept in enumerate(self._concept.tolist()):
            of[concept].append(column)
        self._columns = padded(of)
        self._offset = np.array([normal_of(m.misconception_id) for m in bank.misconceptions])

    def initial(self, n: int, rng: np.random.Generator) -> MisconceptionState:
        """Draw rates, slips, what is believed and how soon students relapse; nothing has been put right."""
        own, count, named = self.parameters, len(self.bank.concepts), self._named
        drawn = self._drawn(n, rng, count + named)
        level = drawn.level + drawn.ability[:, None]
        liability = own.misconception_logit + own.misconception_sd * self._offset
        liability = liability + own.believer_sd * drawn.noise[:, count:]
        known = level[:, self._concept[:named]] - own.base_logit
        believed = np.concatenate([sigmoid(liability - known), sigmoid(-level)], axis=1)
        relapse = own.relapse_median_days * np.exp(own.relapse_log_sd * drawn.noise[:, :count])
        return MisconceptionState(
            grade=drawn.grade,
            slip=drawn.slip,
            last_practice_seconds=np.zeros((n, count)),
            practices=np.zeros((n, count), dtype=np.int64),
            learning_rate=drawn.rate,
            believed=believed,
            righted=np.zeros_like(believed),
            righted_seconds=np.zeros_like(believed),
            relapse_days=np.minimum(relapse, own.relapse_maximum_days),
        )

    def learn(
        self,
        state: MisconceptionState,
        questions: NDArray[Any],
        correct: NDArray[Any],
        acts: Acts,
        at_seconds: NDArray[Any] | float,
    ) -> MisconceptionState:
        """Learn from one turn; after a wrong answer the named misconception is put right as far as it is active.

        A misconception that does not tempt in the question, or that the student does not hold, is named in vain.
        """
        after, asked = super().learn(state, questions, correct, acts, at_seconds), np.asarray(questions)
        told_wrong = (asked != NOTHING) & ~np.asarray(correct, dtype=bool) & ~acts.told & (acts.verdict == 1)
        tempts = (self.questions.misconceptions[asked] == acts.misconception[:, None]).any(axis=1)
        rows = np.flatnonzero(told_wrong & tempts & (acts.misconception != NOTHING))
        named, at = acts.misconception[rows], times(at_seconds, len(state))[rows]
        share = self.parameters.correction * self._active(state, rows, named, at)
        return self._put_right(after, rows, named, at, share, np.ones(len(rows)))

    def respond(
        self,
        state: MisconceptionState,
        questions: NDArray[Any],
        at_seconds: NDArray[Any] | float,
        uniform: NDArray[Any],
        uniform2: NDArray[Any],
    ) -> tuple[NDArray[np.bool_], NDArray[np.object_]]:
        """Answer; each wrong answer as often as its misconception is active, slips and gaps giving any alike."""
        correct, text = super().respond(state, questions, at_seconds, uniform, uniform2)
        slot, _ = self._wrong(state, questions, at_seconds, uniform2)
        return correct, np.where(correct, text, self.questions.wrong_answers[questions, slot])

    def cause(
        self,
        state: MisconceptionState,
        questions: NDArray[Any],
        at_seconds: NDArray[Any] | float,
        uniform2: NDArray[Any],
    ) -> NDArray[np.int64]:
        """The misconception that a wrong answer came from; −1 where a slip or a gap gave it."""
        slot, believed = self._wrong(state, questions, at_seconds, uniform2)
        return np.where(believed, self.questions.misconceptions[questions, slot], NOTHING)

    def _wrong(
        self,
        state: MisconceptionState,
        questions: NDArray[Any],
        at_seconds: NDArray[Any] | float,
        uniform2: NDArray[Any],
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Which wrong answer is given, [n], and whether its misconception led to it.

        Every wrong answer has a part of the line that uniform2 is laid on: first what its misconception gives it, then
        its share of slips and gaps.
        """
        count, rows = self.questions.wrong_count[questions], np.arange(len(state))
        behind = self._behind(state, questions, at_seconds)
        weight = behind + (self._unnamed(state, questions, at_seconds) / count)[:, None]
        weight = np.where(np.arange(weight.shape[1]) < count[:, None], weight, 0.0)
        bound = np.cumsum(weight, axis=1)
        drawn = np.asarray(uniform2)[:, None] * bound[:, -1:]
        slot = np.minimum((drawn >= bound).sum(axis=1), count - 1)
        into = drawn[:, 0] - (bound[rows, slot] - weight[rows, slot])
        return slot, into < behind[rows, slot]

    def active_misconception(
        self, state: MisconceptionState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.int64]:
        """The misconception among the wrong answers that is most likely active at that time; −1 where none is."""
        asked = np.asarray(questions)
        active = self._behind(state, np.maximum(asked, 0), at_seconds)
        slot, rows = active.argmax(axis=1), np.arange(len(state))
        found = self.questions.misconceptions[np.maximum(asked, 0)][rows, slot]
        return np.where((asked != NOTHING) & (active[rows, slot] > 0), found, NOTHING)

    def _recall(
        self, state: MisconceptionState, rows: NDArray[np.int64], concepts: NDArray[np.int64], at_seconds: NDArray[Any]
    ) -> NDArray[np.float64]:
        """Nothing else is believed in the concept's place: Π over its misconceptions and its gap of 1 − active."""
        columns = self._columns[concepts]
        active = self._active(state, rows[..., None], np.maximum(columns, 0), at_seconds[..., None])
        known: NDArray[np.float64] = np.where(columns == PADDING, 1.0, 1 - active).prod(axis=-1)
        return known

    def _taught(self, state: MisconceptionState, lesson: Lesson) -> MisconceptionState:
        own, cell = self.parameters, (lesson.rows, lesson.concepts)
        left = self._left(state.last_practice_seconds[cell], state.practices[cell] > 0, lesson.at_seconds, state, cell)
        relapse = state.relapse_days.copy()
        spacing = lesson.success * (1 - left)
        relapse[cell] = strengthened(relapse[cell], spacing, own.relapse_growth, own.relapse_maximum_days)
        last, practices = studied(state, lesson)
        after = replace(state, relapse_days=relapse, last_practice_seconds=last, practices=practices)
        columns = self._columns[lesson.concepts]
        pair, slot = np.nonzero(columns != PADDING)
        column = columns[pair, slot]
        gain = np.where(column >= self._named, lesson.gain[pair], self._named_gain(lesson, pair, column))
        return self._put_right(after, lesson.rows[pair], column, lesson.at_seconds[pair], gain, lesson.refreshed[pair])

    def _named_gain(self, lesson: Lesson, pair: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.float64]:
        """Answering helps against the misconceptions that tempt in the question, explaining a little against all."""
        tempting = (self.questions.misconceptions[lesson.questions[pair]] == column[:, None]).any(axis=1)
        share = lesson.explained[pair] * self.parameters.explained_share + lesson.answered[pair] * tempting
        return np.asarray(np.minimum(lesson.rate[pair] * share, 1.0))

    def _put_right(
        self,
        state: MisconceptionState,
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
        at_seconds: NDArray[np.float64],
        gain: NDArray[np.float64],
        refreshed: NDArray[np.float64],
    ) -> MisconceptionState:
        righted, clock, cell = state.righted.copy(), state.righted_seconds.copy(), (rows, columns)
        before = righted[cell] > 0
        righted[cell] += gain * (1 - righted[cell])
        now = moved(clock[cell], before, at_seconds, refreshed)
        clock[cell] = np.where(righted[cell] > 0, now, clock[cell])
        return replace(state, righted=righted, righted_seconds=clock)

    def _known(
        self, state: MisconceptionState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """Every part that the question needs has to be known: Π_c recall_c ^ exp(parts_growth·difficulty)."""
        return self._together(state, questions, at_seconds, self.parameters.parts_growth)

    def _unnamed(
        self, state: MisconceptionState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """Slips and the gaps of the question's concepts, float64 [n]."""
        concepts = self.questions.concepts[questions]
        columns = self._named + np.maximum(concepts, 0)
        gaps = self._active(state, np.arange(len(state))[:, None], columns, times(at_seconds, len(state))[:, None])
        return np.asarray(state.slip + np.where(concepts == PADDING, 0.0, gaps).sum(axis=1))

    def _behind(
        self, state: MisconceptionState, questions: NDArray[Any], at_seconds: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """P(active) of the misconception behind each wrong answer, float64 [n, W]; 0 where there is none."""
        behind = self.questions.misconceptions[questions]
        rows = np.arange(len(state))[:, None]
        active = self._active(state, rows, np.maximum(behind, 0), times(at_seconds, len(state))[:, None])
        return np.where(behind == PADDING, 0.0, active)

    def _active(
        self, state: MisconceptionState, rows: NDArray[np.int64], columns: NDArray[np.int64], at_seconds: NDArray[Any]
    ) -> NDArray[np.float64]:
        """P(active) = believed·(1 − righted·(1 + t/relapse)⁻¹) with t days since it was put right."""
        cell, righted = (rows, columns), state.righted[rows, columns]
        left = self._left(state.righted_seconds[cell], righted > 0, at_seconds, state, (rows, self._concept[columns]))
        return np.asarray(state.believed[cell] * (1 - righted * left))

    def _left(
        self,
        last_seconds: NDArray[np.float64],
        before: NDArray[np.bool_],
        at_seconds: NDArray[np.float64],
        state: MisconceptionState,
        cell: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> NDArray[np.float64]:
        """(1 + t/relapse)⁻¹: the hazard of relapse 1/(relapse + t) falls with time."""
        return np.asarray(1 / (1 + days_since(last_seconds, before, at_seconds) / state.relapse_days[cell]))
