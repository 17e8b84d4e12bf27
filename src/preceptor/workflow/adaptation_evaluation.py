"""How far the tutor's turns follow the student: random pairs before the rule table."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from preceptor.course import Course, write_run
from preceptor.domain import UserError
from preceptor.evaluate.adaptation import Judged, Side, guess, judge, share, table_action
from preceptor.evaluate.adaptation_pairs import DIFFERENCES, Pair, draw_pair, minds_of
from preceptor.mind import Minds
from preceptor.progress import Progress
from preceptor.tutor.lead import purpose_of
from preceptor.tutor.steering import Steering
from preceptor.tutor.student_model import StudentModel
from preceptor.workflow.choosing import Choosing
from preceptor.workflow.clock import Clock
from preceptor.workflow.context import Context
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.steered import Steered

AT_ONCE = 100
MOST_DRAWN = 10_000
"""Pairs of a kind that are drawn at most to find those that the table tells apart."""


def evaluate_adaptation(course: Course, pairs: int, seed: int, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Give random pairs of students a turn about one concept each, and hold the turns against the rule table.

    Args:
        course: A course with a bank and a trained model.
        pairs: Pairs that the table tells apart, over all three differences.
        seed: Draws them.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        `rows`, one a difference and one for all: `held` and `asked` of the pairs that the table tells apart, `matched`,
        and `same`, of pairs that it does not, whether the action stays.

    Raises:
        UserError: If there is no trained model, or nothing to tell apart.
    """
    require_at_least(len(DIFFERENCES), pairs=pairs)
    start = clock.monotonic()
    context = Context.open(course.path)
    try:
        if context.trained.run is None:
            raise UserError("The course has no trained model.", mend=f"preceptor train {course.path}")
        rig = _Rig(context, clock.now(), np.random.default_rng(seed))
        wanted = [pairs // len(DIFFERENCES) + (i < pairs % len(DIFFERENCES)) for i in range(len(DIFFERENCES))]
        found = {differs: rig.run(differs, count, progress) for differs, count in zip(DIFFERENCES, wanted, strict=True)}
    finally:
        context.close()
    everything = [entry for entries in found.values() for entry in entries]
    rows = [_row(differs, entries) for differs, entries in (*found.items(), ("all", everything))]
    result: dict[str, Any] = {
        "course": course.title,
        "seed": seed,
        "rows": rows,
        "model": context.trained.run.parent.name,
        "model_run": context.trained.run.name,
        "objective": rig.choosing.objective,
        "told": rig.choosing.told,
        "simulated": True,
    }
    seconds, config = clock.monotonic() - start, {"pairs": pairs, "seed": seed}
    run = write_run(
        course, "evaluate-adaptation", config, course.data_hash, seed, result, seconds, at_seconds=clock.now()
    )
    return {**result, "seconds": seconds, "run": str(run)}


class _Rig:
    """Draws pairs and gives them turns, by the same objects as a served course."""

    def __init__(self, context: Context, at_seconds: float, rng: np.random.Generator) -> None:
        self.context, self.at_seconds, self.rng = context, at_seconds, rng
        bank, trained = context.bank, context.trained
        self.choosing = Choosing.of(context.course, bank, trained)
        self.steered = Steered(Steering(bank, trained.model), self.choosing, self._known)
        self.candidates = context.candidates()
        self.rows = np.flatnonzero(self.candidates)

    def _known(self, record: StudentRecord) -> StudentModel:
        return StudentModel.of(self.context.bank, record.history)

    def run(self, differs: str, wanted: int, progress: Progress) -> list[tuple[Judged, float]]:
        """Judge pairs until as many as wanted are told apart by the table, and as many that are not, if they come.

        Each comes with how it was matched.
        """
        judged: list[tuple[Judged, float]] = []
        left = {True: wanted, False: wanted}
        for _ in range(0, MOST_DRAWN, AT_ONCE):
            for pair, minds, apart in self._drawn(differs):
                if left[apart]:
                    left[apart] -= 1
                    sides = self._sides(pair, minds)
                    judged.append(
                        (judge(self.context.bank, differs, pair.concept_id, *sides), self._matched(pair, sides))
                    )
            progress(f"pairs that differ in {differs}", wanted - left[True], wanted)
            if not left[True]:
                break
        return judged

    def _drawn(self, differs: str) -> Iterator[tuple[Pair, Minds, bool]]:
        """Pairs with their minds, and whether the table tells the two apart."""
        bank, model, at = self.context.bank, self.context.trained.model, self.at_seconds
        pairs = [draw_pair(bank, self.rows, differs, at, self.rng) for _ in range(AT_ONCE)]
        minds = minds_of(model, [history for pair in pairs for history in pair.histories])
        now = np.full(len(minds), at)
        recall, mastery = model.recall(minds, now), model.mastery(minds, now)
        for i, pair in enumerate(pairs):
            c = model.q_matrix.concept_index[pair.concept_id]
            actions = {
                table_action(bank, pair.concept_id, history, mastery[row, c], recall[row, c])
                for row, history in enumerate(pair.histories, 2 * i)
            }
            yield pair, minds.take(np.array([2 * i, 2 * i + 1])), len(actions) > 1

    def _sides(self, pair: Pair, minds: Minds) -> tuple[Side, Side]:
        one, other = (self._side(pair, minds, side) for side in (0, 1))
        return one, other

    def _side(self, pair: Pair, minds: Minds, side: int) -> Side:
        history = pair.histories[side]
        record = StudentRecord(str(side), history, minds.take(np.array([side])), len(history))
        context, at = self.context, self.at_seconds
        objective = context.trained.objectives[self.choosing.objective]
        turn, student = self.steered.choose(record, self.candidates, objective, at, pair.concept_id)
        question = context.bank.question[turn.question_id]
        return Side(
            context.trained.model.concept_recalls(record.mind, at),
            student.last_answers.ended(pair.concept_id),
            question,
            purpose_of(turn.lead, question.language),
        )

    def _matched(self, pair: Pair, sides: tuple[Side, Side]) -> float:
        """1 if the student behind one of the two turns is found, ½ for a tie; order and turn are drawn."""
        truth, turned = int(self.rng.integers(2)), bool(self.rng.integers(2))
        shown = (sides[1], sides[0]) if turned else sides
        hidden = tuple(replace(side, question=sides[truth].question, purpose=None) for side in shown)
        found = guess(pair.concept_id, sides[truth], (hidden[0], hidden[1]))
        return 0.5 if found is None else float((found ^ turned) == truth)


def _row(differs: str, entries: list[tuple[Judged, float]]) -> dict[str, Any]:
    apart = [(judged, matched) for judged, matched in entries if judged.differ]
    same = [judged for judged, _ in entries if not judged.differ]
    return {
        "differs": differs,
        "pairs": len(apart),
        "held": share(sum(judged.held for judged, _ in apart), len(apart)),
        "asked": share(sum(judged.asked for judged, _ in apart), len(apart)),
        "matched": share(sum(matched for _, matched in apart), len(apart)),
        "same": share(sum(judged.held for judged in same), len(same)),
        "actions": _actions(judged for judged, _ in apart),
    }


def _actions(judged: Iterable[Judged]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in judged:
        name = " | ".join(sorted(action.value for action in entry.actions))
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))
