"""The tutoring dialogue: hints, reasons, feedback, free questions and the next question in one conversation."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from preceptor.answers import DONT_KNOW, Verdict
from preceptor.domain import Question
from preceptor.language import sentences
from preceptor.store import TutorTurn
from preceptor.tutor import Intent, MessageReply, Proposal, Said, Situation, reply_to_message
from preceptor.tutor.closing import closing
from preceptor.tutor.composer import Words
from preceptor.tutor.kind_words import kept_message
from preceptor.tutor.sentences import sentences_of
from preceptor.tutor.session import Spoken, spoken, tells
from preceptor.tutor.variants.sight import recalls_for
from preceptor.workflow.answering import Given, Taken
from preceptor.workflow.contesting import Contesting, statuses
from preceptor.workflow.context import Context
from preceptor.workflow.practice import Practice
from preceptor.workflow.reasons import PACKAGE
from preceptor.workflow.turns import measured, messages_of, resumed, turn_view
from preceptor.workflow.tutoring import Tutor
from preceptor.workflow.views import NextView, SittingView, TutorMessage, TutorTurnView
from preceptor.workflow.voice import Voice

CHANGED = "The question has changed in the meantime, so I did not count this. Here is the one that is open now."
KEPT_FROM_MODELS = frozenset({Intent.DISTRESS, Intent.PERSONAL, Intent.OFF_TOPIC})
"""Messages that no language model is told, not even as what was said before."""
MOST_PUT_ASIDE = 3
Piece = str | TutorTurnView


class Dialogue:
    """Tutors students; the next question always comes from the policy.

    Every turn is stored before a word of it is heard: the answer, the message, and each sentence of the reply.

    Args:
        context: The opened course.
        practice: Records answers and chooses questions.
        voice: Knows the student, and composes the deterministic words.
        tutor: Who speaks.
        contesting: Checks contested grades again.
    """

    def __init__(
        self, context: Context, practice: Practice, voice: Voice, tutor: Tutor, contesting: Contesting
    ) -> None:
        self._context = context
        self._practice = practice
        self._voice = voice
        self._tutor = tutor
        self._contesting = contesting

    def open(self, student_id: str, at_seconds: float) -> TutorTurnView:
        """Greet the student and put the waiting or a new question; what a killed server broke off is finished first."""
        self._finish_graded(student_id, at_seconds)
        upcoming = self._next(student_id, at_seconds)
        record = self._context.minds.record(student_id)
        turn = self._voice.opening(record, _proposal(upcoming), at_seconds, self._tutor.variant.knows)
        sitting = upcoming.sitting
        earlier = self._context.store.turns(student_id, sitting.sitting_id)
        opening = f"opening {sitting.sitting_id}"
        if all(told.turn_key != opening for told in earlier):
            stored = TutorTurn(
                student_id,
                opening,
                sitting.sitting_id,
                sitting.answered + 1,
                upcoming.question.question_id,
                "",
                "",
                turn.feedback,
                at_seconds,
                cites=turn.event_ids,
                next_question_id=upcoming.question.question_id,
                variant=self._tutor.name,
            )
            self._context.store.keep_turn(stored)
        view = turn_view((TutorMessage("tutor", turn.feedback, turn.event_ids),), upcoming)
        contests = statuses(self._context.store.contests(student_id))
        return replace(view, earlier=tuple(said for told in earlier for said in messages_of(told, contests)))

    def say(
        self, student_id: str, message: str, *, idempotency_key: str, at_seconds: float, question_id: str = ""
    ) -> TutorTurnView:
        """Reply to a message, in one piece; see `stream`."""
        *_, last = self.stream(
            student_id, message, idempotency_key=idempotency_key, at_seconds=at_seconds, question_id=question_id
        )
        assert isinstance(last, TutorTurnView)
        return last

    def stream(
        self, student_id: str, message: str, *, idempotency_key: str, at_seconds: float, question_id: str = ""
    ) -> Iterator[Piece]:
        """Reply to a message, piece by piece as the words come; the whole turn comes last.

        A hint, a reason, an answer to a free question, or feedback and the next question. A message sent twice counts
        once, and is answered with the words that were stored.

        Args:
            student_id: The student.
            message: What the student wrote.
            idempotency_key: The client's key of this message.
            at_seconds: Now, UTC.
            question_id: The question on the student's screen; empty for the waiting one. If another one waits by
                now, nothing is scored.
        """
        store = self._context.store
        known = store.turn(student_id, idempotency_key)
        if known is not None and known.whole:
            kept = kept_message(message)
            store.keep_turn(replace(known, message=kept))  # refuses another message under the same key
            yield known.reply
            yield self._again(known, message, at_seconds)
            return
        event = store.event(student_id, idempotency_key)
        if event is not None:
            question = self._context.question(event.question_id)
            response = _response(reply_to_message(message, question, self._context.bank, event.hints_used, ""))
            again = Given(student_id, event.question_id, response, idempotency_key, at_seconds)
            taken = self._practice.take(again)
            yield from self._speak_of(taken, message, at_seconds, known)
            return
        yield from self._reply(student_id, message, idempotency_key, at_seconds, question_id)

    def _finish_graded(self, student_id: str, at_seconds: float) -> None:
        """Finish the last turn if its answer is on record and its reply broke off: the client may not ask again."""
        last = next(reversed(self._context.store.turns(student_id)), None)
        if last is None or last.whole or not last.event_id:
            return
        event = self._context.store.event(student_id, last.event_id)
        if event is not None:
            taken = self._practice.take(
                Given(student_id, event.question_id, event.response, event.event_id, at_seconds)
            )
            deque(self._speak_of(taken, last.message, at_seconds, last), maxlen=0)

    def _reply(self, student_id: str, message: str, key: str, at_seconds: float, question_id: str) -> Iterator[Piece]:
        current = self._next(student_id, at_seconds)
        begun = self._begun(student_id, message, key, at_seconds, current)
        if question_id not in ("", current.question.question_id):
            told = sentences(PACKAGE, self._context.course.language)(CHANGED)
            yield from self._told(replace(begun, intent="changed", reply=told), message, current)
            return
        question = self._context.question(current.question.question_id)
        opened = len(current.hints_opened)
        reply = reply_to_message(message, question, self._context.bank, opened, current.recommendation.why)
        begun = replace(begun, intent=reply.intent.value)
        if reply.text:
            yield from self._at_once(self._hint(replace(begun, reply=reply.text), question, reply, message, current))
        elif reply.intent is Intent.QUESTION:
            yield from self._wonder(begun, question, message, current)
        elif reply.intent is Intent.CONTEST:
            yield from self._contest(begun, message, current)
        else:
            given = Given(student_id, question.question_id, _response(reply), key, at_seconds, opened)
            verdict = self._practice.check(given)
            yield from self._at_once(self._answer(begun, given, verdict, message, current))

    def _at_once(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        """Without a model nothing is slow and nothing heard before its end: a turn is one transaction."""
        if not self._tutor.models:
            with self._practice.together():
                pieces = iter(list(pieces))
        yield from pieces

    def _hint(
        self, begun: TutorTurn, question: Question, reply: MessageReply, message: str, current: NextView
    ) -> Iterator[Piece]:
        """Tell a hint, or a reason."""
        self._practice.open_hints(begun.student_id, reply.hints_opened)
        seen = question.hints[: reply.hints_opened]
        yield from self._told(begun, message, replace(current, hints_opened=seen))

    def _answer(
        self, begun: TutorTurn, given: Given, verdict: Verdict, message: str, current: NextView
    ) -> Iterator[Piece]:
        """Record an answer and speak of it; one that cannot be scored is only spoken of."""
        taken = self._practice.take(given, verdict)
        if taken.stored is None:
            yield from self._told(replace(begun, reply=verdict.message), message, current)
        else:
            yield from self._speak_of(taken, message, given.at_seconds, None)

    def _wonder(self, begun: TutorTurn, question: Question, message: str, current: NextView) -> Iterator[Piece]:
        """Answer a free question."""
        record = self._context.minds.record(begun.student_id)
        known = self._voice.wondered(record, question, message, begun.time_seconds, self._tutor.variant.knows)
        situation = replace(
            known, intent=Intent.QUESTION, hints_opened=len(current.hints_opened), **self._so_far(begun)
        )
        yield from self._speak(begun, situation, self._voice.words(situation), message, current)

    def _contest(self, begun: TutorTurn, message: str, current: NextView) -> Iterator[Piece]:
        """Check the grade of the last wrong answer again."""
        event_id = self._contesting.latest(begun.student_id)
        contest = None
        if event_id:
            contest = self._contesting.take(begun.student_id, event_id, message, begun.time_seconds)
        cites = (event_id,) if event_id else ()
        yield from self._told(replace(begun, reply=self._contesting.words(contest), cites=cites), message, current)

    def _speak_of(self, taken: Taken, message: str, at_seconds: float, known: TutorTurn | None) -> Iterator[Piece]:
        """Feedback on a stored answer and the question that follows, in the sitting of the answer."""
        stored = taken.stored
        assert stored is not None
        record = self._context.minds.record(stored.student_id)
        knows = self._tutor.variant.knows
        situation = self._voice.answered(record, stored, taken.verdict, at_seconds, knows)
        words = self._voice.words(situation)
        upcoming = self._unspoiled(stored.student_id, words.text, at_seconds)
        over = taken.sitting.finished
        begun = replace(
            known or self._begun(stored.student_id, message, stored.event_id, at_seconds, upcoming),
            sitting_id=taken.sitting.sitting_id,
            number=taken.sitting.answered,
            question_id=stored.question_id,
            intent=(Intent.DONT_KNOW if stored.outcome == "dont_know" else Intent.ANSWER).value,
            event_id=stored.event_id,
            outcome=stored.outcome.value,
            next_question_id="" if over else upcoming.question.question_id,
        )
        situation = replace(
            situation,
            message=message,
            intent=Intent(begun.intent),
            upcoming=_proposal(upcoming),
            **self._so_far(begun),
        )
        yield from self._speak(begun, situation, words, message, replace(upcoming, sitting=taken.sitting), known)

    def _speak(
        self,
        begun: TutorTurn,
        situation: Situation,
        words: Words,
        message: str,
        upcoming: NextView,
        broken: TutorTurn | None = None,
    ) -> Iterator[Piece]:
        """Say a turn; what a model says is stored before it is heard, and finished without one where it broke off."""
        meter = self._tutor.meter(self._context.worker)
        begun = replace(begun, cites=words.event_ids, shown_question_id=words.example_id)
        text = ""
        pieces = spoken(situation, words, None if broken else meter.speaker, self._tutor.guard)
        for piece in pieces:
            if isinstance(piece, Spoken):
                heard = text if meter.speaker and not broken else ""
                whole = measured(begun, self._tutor, meter, piece)
                yield from self._told(resumed(whole, words, broken), message, upcoming, heard)
                return
            text += piece
            if meter.speaker is not None and not broken:
                self._context.store.keep_turn(replace(begun, reply=text, whole=False, model=self._tutor.model_name))
                yield piece

    def _told(self, turn: TutorTurn, message: str, upcoming: NextView, heard: str = "") -> Iterator[Piece]:
        """Store a whole turn, then hand on what was not heard yet, and the view."""
        if turn.event_id:
            over = upcoming.sitting.finished
            behind = self._closing(turn, upcoming.sitting) if over else self._lead(turn, upcoming.recommendation.lead)
            turn = replace(turn, reply=f"{turn.reply}\n\n{behind}".rstrip())
        self._context.store.keep_turn(turn)
        yield turn.reply[len(heard) :]
        yield turn_view(messages_of(replace(turn, message=message)), upcoming)

    def _next(self, student_id: str, at_seconds: float, *, skip: bool = False) -> NextView:
        """The open question; a variant with a policy of its own does not choose by the tutor's rules."""
        return self._practice.next(student_id, at_seconds, skip=skip, tutored=not self._tutor.variant.policy)

    def _unspoiled(self, student_id: str, told: str, at_seconds: float) -> NextView:
        """The open question; one whose answer the words of this turn have just told is put aside for the sitting."""
        upcoming = self._next(student_id, at_seconds)
        for _ in range(MOST_PUT_ASIDE):
            question = self._context.question(upcoming.question.question_id)
            if not tells(told, question):
                break
            upcoming = self._next(student_id, at_seconds, skip=True)
        return upcoming

    def _lead(self, turn: TutorTurn, lead: str) -> str:
        """The words that lead to the next question, without a mistake that the feedback has just named."""
        named = [mistake.name for mistake in self._context.bank.misconceptions if mistake.name in turn.reply]
        kept = (said for said in sentences_of(lead) if not any(name in said for name in named))
        return "".join(kept).rstrip()

    def _closing(self, turn: TutorTurn, sitting: SittingView) -> str:
        events = self._context.store.events(turn.student_id, sitting.sitting_id)
        record = self._context.minds.record(turn.student_id)
        recalls = self._context.trained.model.concept_recalls(record.mind, turn.time_seconds)
        return closing(events, self._context.bank, recalls_for(recalls, self._tutor.variant.knows))

    def _again(self, known: TutorTurn, message: str, at_seconds: float) -> TutorTurnView:
        """The view of a turn that was whole already."""
        upcoming = self._next(known.student_id, at_seconds)
        if known.event_id:
            upcoming = replace(upcoming, sitting=self._practice.sitting_of(known.student_id, known.event_id))
        contests = statuses(self._context.store.contests(known.student_id))
        return turn_view(messages_of(replace(known, message=message), contests), upcoming)

    def _begun(self, student_id: str, message: str, key: str, at_seconds: float, current: NextView) -> TutorTurn:
        return TutorTurn(
            student_id,
            key,
            current.sitting.sitting_id,
            current.sitting.answered + 1,
            current.question.question_id,
            "",
            kept_message(message),
            "",
            at_seconds,
            next_question_id=current.question.question_id,
            variant=self._tutor.name,
        )

    def _so_far(self, begun: TutorTurn) -> dict[str, Any]:
        """Where the session stands, as a situation says it; what was said matters to a model and to free questions."""
        where = {"turn": begun.number, "turns": self._tutor.budget.turns}
        if begun.event_id and not self._tutor.models:
            return where
        told = self._context.store.turns(begun.student_id, begun.sitting_id)
        said = tuple(
            Said(message.role, message.text, turn.question_id)
            for turn in told
            if turn.turn_key != begun.turn_key and turn.intent not in KEPT_FROM_MODELS
            for message in messages_of(turn)
        )
        return {**where, "said": said}


def _response(reply: MessageReply) -> str:
    return DONT_KNOW if reply.intent is Intent.DONT_KNOW else reply.response


def _proposal(upcoming: NextView) -> Proposal:
    found = upcoming.recommendation
    return Proposal(upcoming.question.question_id, found.why, found.lead)
