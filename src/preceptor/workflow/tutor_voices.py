"""Tutors of an experiment that speak through a language model, as a served dialogue does, with what it took."""

import weakref
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from preceptor.answers import Worker
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.llm import Failure, LanguageModel, Ledger, MeteredModel, Reply, Request
from preceptor.tutor import Intent, Said, Situation
from preceptor.tutor.composer import Words
from preceptor.tutor.counters import Counters
from preceptor.tutor.session import Spoken, spoken
from preceptor.tutor.variants import TUTOR, Variant
from preceptor.workflow.asked_model import FOLDER, AskOptions, reached
from preceptor.workflow.spoken_design import SpokenDesign
from preceptor.workflow.tutor_models import endpoint_for
from preceptor.workflow.tutoring import Tutor

ANSWERS = "tutor.sqlite"
"""What models said in experiments; nobody real is in it, so that a killed run need not pay for it again."""


def make_answers_file(course: Course) -> None:
    """Make the file of answers, which workers that begin at the same moment could not."""
    Ledger(course.path / FOLDER / ANSWERS).close()


class Speaking:
    """The voice of one arm: a variant's own prompts and strategy, its model and the guard, with counts of all turns.

    Unlike a student, an experiment waits: a busy model is asked again, and every answer is heard whole and kept.

    Args:
        course: Whose settings say how to ask, and which keeps what was answered.
        variant: Who speaks.
        design: The model and the budget.
    """

    def __init__(self, course: Course, variant: Variant, design: SpokenDesign) -> None:
        stack = ExitStack()
        weakref.finalize(self, stack.close)  # an arm has no end of its own: what it holds open goes with it
        endpoint = endpoint_for(TUTOR, course.settings, design.model.url, design.model.name)
        options = AskOptions(budget_tokens=design.model.budget_tokens)
        connection = stack.enter_context(reached(course, endpoint, options, course.path / FOLDER / ANSWERS))
        self._worker = stack.enter_context(Worker())
        self._model = MeteredModel(connection.model)
        self._tutor = Tutor(variant, {TUTOR: _InOnePiece(self._model)}, endpoint.model, budget=design.budget)
        self._turns = self._fallbacks = 0
        self._counters = Counters()

    def words(self, situation: Situation, words: Words) -> str:
        """What reaches the student in a turn.

        Args:
            situation: What the tutor may know.
            words: The deterministic words, which stand in where a sentence is refused or the model fails.
        """
        meter = self._tutor.meter(self._worker)
        *_, told = spoken(situation, words, meter.speaker, self._tutor.guard)
        assert isinstance(told, Spoken)
        self._turns += 1
        self._fallbacks += told.counters.fell_back
        self._counters += told.counters
        return told.text

    def require_heard(self) -> None:
        """Refuse a session in which nobody spoke: an outage is no tutor.

        Raises:
            UserError: If calls failed and no sentence of the model ever reached a student.
        """
        if self._counters.failed and not self._counters.released:
            kinds = ", ".join(f"{count} {kind}" for kind, count in self._counters.failed.items())
            raise UserError(
                f"The language model {self._tutor.model_name!r} said nothing in {self._turns} turns: {kinds}.",
                mend="see that the model answers, and call again; pieces that are done are kept",
            )

    @property
    def turns(self) -> int:
        """Questions in a session."""
        return self._tutor.budget.turns

    @property
    def tokens(self) -> int:
        """Read and written in all turns so far, answers that were kept included."""
        return self._model.spent.tokens

    @property
    def told(self) -> dict[str, Any]:
        """How the turns came about, as JSON values."""
        counted = self._counters
        return {
            "model": self._tutor.model_name,
            "turns": self._turns,
            "fallbacks": self._fallbacks,
            "released": counted.released,
            "refused": dict(counted.refused),
            "failed": dict(counted.failed),
            "dropped": dict(counted.dropped),
        }


class _InOnePiece:
    """A model that is heard whole: one that streams keeps and counts only what somebody listened to."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def complete(self, request: Request) -> Reply | Failure:
        """Ask."""
        return self._model.complete(request)


class Talks:
    """What was said in the sessions of some students so far, as the model is told it.

    Args:
        speaking: Who speaks.
        students: How many sessions there are.
    """

    def __init__(self, speaking: Speaking, students: int) -> None:
        self._speaking = speaking
        self._said: list[list[Said]] = [[] for _ in range(students)]

    def lead(self, question_ids: Sequence[str], leads: Sequence[str]) -> None:
        """Note the words before each student's next question; they stand behind the last reply, as in a dialogue."""
        for said, question_id, words in zip(self._said, question_ids, leads, strict=True):
            if words and said:
                said[-1] = replace(said[-1], text=f"{said[-1].text}\n\n{words}")
            elif words:
                said.append(Said("tutor", words, question_id))

    def reply(self, student: int, turn: int, situation: Situation, words: Words) -> str:
        """What a student hears about an answer. The next question is not chosen yet, so no reply can hint at it.

        Args:
            student: Which of them.
            turn: Which turn, from 0.
            situation: What is known of the student and the answer.
            words: The deterministic words.
        """
        assert situation.answer is not None
        response, question_id = situation.answer.response, situation.question.question_id
        situation = replace(
            situation,
            turn=turn + 1,
            turns=self._speaking.turns,
            message=response,
            intent=Intent.ANSWER,
            said=tuple(self._said[student]),
        )
        text = self._speaking.words(situation, words)
        self._said[student] += [Said("student", response, question_id), Said("tutor", text, question_id)]
        return text


def spoken_rows(pieces: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row an arm that spoke: tokens, turns, and how many of them the deterministic words took over.

    Args:
        pieces: What the pieces of one design hold.
    """
    by_arm: dict[str, list[Mapping[str, Any]]] = {}
    for piece in pieces:
        if piece["spoken"]:
            by_arm.setdefault(piece["arm"], []).append(piece)
    return [_row(arm, own) for arm, own in by_arm.items()]


def _row(arm: str, pieces: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    told = [piece["spoken"] for piece in pieces]
    turns, fallbacks = (sum(one[name] for one in told) for name in ("turns", "fallbacks"))
    counted = sum((Counters(0, one["refused"], one["failed"], one["dropped"]) for one in told), Counters())
    return {
        "arm": arm,
        "tokens": sum(piece["tokens"] for piece in pieces),
        "turns": turns,
        "fallbacks": fallbacks,
        "fallback_share": fallbacks / turns,
        "refused": dict(counted.refused),
        "failed": dict(counted.failed),
        "dropped": dict(counted.dropped),
    }
