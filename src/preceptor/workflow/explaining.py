"""Why a question was recommended, in plain English, with the answers behind it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from preceptor.domain import SECONDS_PER_DAY, Bank, Interaction, Question
from preceptor.mind import replay_without
from preceptor.recommend import Objective, Planner, Policy, Ranked
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.reasons import why
from preceptor.workflow.views import ConceptName, Evidence, Recommendation

EVIDENCE = 5
CONSIDERED = 8
"""Most answers that are left out one by one to see what each is worth."""

SHORT = 90


class Explainer:
    """Explains what a policy recommends by what the planner expects of it, so that all policies explain alike.

    Args:
        bank: The bank.
        planner: The planner that expects.
        objective: What is to be improved.
        policy: The policy that ranked; None for the planner itself.
    """

    def __init__(self, bank: Bank, planner: Planner, objective: Objective, policy: Policy | None = None) -> None:
        self._bank = bank
        self._planner = planner
        self._objective = objective
        self._policy = planner if policy is None else policy

    def explain(self, record: StudentRecord, ranked: Ranked, at_seconds: float) -> Recommendation:
        """Explain one ranked question; its evidence is not weighed yet, see `causes`.

        Args:
            record: The student.
            ranked: The question with its prediction.
            at_seconds: Now.
        """
        bank, model = self._bank, self._planner.model
        question = bank.question[bank.q_matrix.question_ids[ranked.question]]
        if self._policy is not self._planner:
            ranked = self._expected(record, ranked, at_seconds)
        recalls = model.concept_recalls(record.mind, at_seconds)
        judged = self._objective.judged_at(np.array([at_seconds]), self._planner.horizon_days)
        days = round(float(judged[0] - at_seconds) / SECONDS_PER_DAY, 2)
        return Recommendation(
            question_id=question.question_id,
            text=question.text,
            concepts=concept_names(bank, question),
            p_correct=ranked.p_correct,
            expected_improvement=ranked.improvement,
            why=why(bank, question, recalls, ranked, self._objective, days, at_seconds),
            evidence=tuple(
                _evidence(bank, record.history[position], at_seconds)
                for position in relevant_answers(bank, record.history, question)[:EVIDENCE]
            ),
            policy=self._policy.told,
        )

    def _expected(self, record: StudentRecord, ranked: Ranked, at_seconds: float) -> Ranked:
        """What the planner expects of a question that another policy chose."""
        at = np.array([at_seconds])
        improvement = self._planner.improvement_of(record.mind, ranked.question, self._objective, at)
        return replace(ranked, improvement=float(improvement[0]))

    def causes(self, record: StudentRecord, question_id: str, at_seconds: float) -> tuple[Evidence, ...]:
        """The answers that weigh most in a question's expected improvement, the most weighty first.

        Each answer is left out in turn and the rest of the history replayed, which takes a moment.
        """
        positions = relevant_answers(self._bank, record.history, self._bank.question[question_id])
        if not positions:
            return ()
        row = self._bank.q_matrix.question_index[question_id]
        without = replay_without(self._planner.model, record.history, positions)
        improvements = [
            self._planner.improvement_of(minds, row, self._objective, np.full(len(minds), at_seconds))
            for minds in (record.mind, without)
        ]
        effects = improvements[0] - improvements[1]
        found = [
            replace(_evidence(self._bank, record.history[position], at_seconds), effect=float(effect))
            for position, effect in zip(positions, effects, strict=True)
        ]
        return tuple(sorted(found, key=lambda evidence: -abs(evidence.effect or 0.0))[:EVIDENCE])


def relevant_answers(bank: Bank, history: Sequence[Interaction], question: Question) -> list[int]:
    """Positions of the last answers on the question's concepts; of those on their prerequisites if there are none."""
    own = set(question.concepts)
    before = {p for c in own for p in bank.concept[c].prerequisites}
    return _latest(bank, history, own) or _latest(bank, history, before)


def _latest(bank: Bank, history: Sequence[Interaction], wanted: set[str]) -> list[int]:
    """Positions of the last answers on one of the concepts, the newest first."""
    newest_first = reversed(range(len(history)))
    return list(islice((i for i in newest_first if _exercises(bank, history[i], wanted)), CONSIDERED))


def concept_names(bank: Bank, question: Question) -> tuple[ConceptName, ...]:
    """A question's concepts as labels."""
    return tuple(ConceptName(c, bank.concept[c].name) for c in question.concepts)


def recent_evidence(
    bank: Bank, history: Sequence[Interaction], at_seconds: float, most: int = EVIDENCE
) -> tuple[Evidence, ...]:
    """The last answers, newest first."""
    known = [event for event in reversed(history) if event.question_id in bank.question]
    return tuple(_evidence(bank, event, at_seconds) for event in known[:most])


def shortened(text: str) -> str:
    """The first words of a text, cut between words and never inside a formula."""
    flat = " ".join(text.split())
    if len(flat) <= SHORT:
        return flat
    cut = flat.rfind(" ", 0, SHORT)
    while cut > 0 and flat.count("$", 0, cut) % 2:
        cut = flat.rfind(" ", 0, cut)
    return flat[: max(cut, 0)] + " …" if cut > 0 else "…"


def _exercises(bank: Bank, event: Interaction, wanted: set[str]) -> bool:
    question = bank.question.get(event.question_id)
    return question is not None and not wanted.isdisjoint(question.concepts)


def _evidence(bank: Bank, event: Interaction, at_seconds: float) -> Evidence:
    question = bank.question[event.question_id]
    text = shortened(question.text) or ", ".join(bank.concept[c].name for c in question.concepts)
    days = None if event.time_seconds is None else max(at_seconds - event.time_seconds, 0) / SECONDS_PER_DAY
    return Evidence(event.event_id, event.question_id, text, event.correct, days)
