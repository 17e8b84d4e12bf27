"""Contested grades: checked again at once by other means, then by a teacher; a correction replays with its grade."""

from collections.abc import Mapping

from preceptor.answers import VerdictOutcome, as_typed, check, second_check, value_decides
from preceptor.domain import Interaction, Outcome, Question, UnknownNameError, UserError
from preceptor.language import sentences
from preceptor.store import Authority, Contest, Correction, TutorTurn
from preceptor.tutor import Intent
from preceptor.workflow.answering import credit
from preceptor.workflow.context import Context
from preceptor.workflow.reasons import PACKAGE
from preceptor.workflow.sittings import Sittings
from preceptor.workflow.views import ContestedAnswer, ContestStatus, ContestView

LOOKS_BACK = 10
"""Of so many last answers one may be meant where a student says to have been right without naming it."""
CLAIM = "I think I was right."
_BY_CHECKER = (
    "You were right: another check, by exact algebra, finds that your answer “{answer}” has the value of the key. It "
    "counts as right now, and all that I know of you has been worked out anew."
)
_BY_TEACHER = "Your teacher has looked at your answer “{answer}” and takes it for right. It counts as right now."
_FORM = (
    "Another check finds that your answer “{answer}” has the right value. The question may ask for a certain form, so "
    "your teacher decides. Until then the grade stays."
)
_UNSETTLED = (
    "No other check can settle whether “{answer}” is right, so your teacher will look at it. "
    "Until then the grade stays."
)
_CONFIRMED = (
    "Another check, by exact algebra, also finds that your answer “{answer}” has a different value from the key. The "
    "grade stays; your teacher can see that you disagree."
)
_UPHELD = "Your teacher has looked at your answer “{answer}”. The grade stays."
_NOTHING = "None of your last answers counts as wrong, so there is nothing to check again."


class Contesting:
    """Takes contests and decisions about them.

    Args:
        context: The opened course.
        sittings: Tell the score after a correction.
    """

    def __init__(self, context: Context, sittings: Sittings) -> None:
        self._context = context
        self._sittings = sittings

    def contest(self, student_id: str, event_id: str, note: str, at_seconds: float) -> ContestView:
        """Contest the grade of an answer, and tell so in the transcript of its session.

        Raises:
            UserError: If there is no such live answer, or it was not graded wrong.
        """
        contest = self.take(student_id, event_id, note, at_seconds)
        say = sentences(PACKAGE, self._question(contest).language)
        self._tell(contest, f"contest {event_id}", note or say(CLAIM), at_seconds)
        return self.view(contest)

    def take(self, student_id: str, event_id: str, note: str, at_seconds: float) -> Contest:
        """As `contest`, without a word about it; an answer that is contested already stays as it is."""
        self._context.minds.record(student_id)
        store = self._context.store
        known = store.contest_of(student_id, event_id)
        if known is not None:
            return known
        answer = self._answer(student_id, event_id)
        if answer.outcome is not Outcome.WRONG:
            raise UserError(
                "This answer was not graded wrong.",
                allowed="an answer that was graded wrong",
                mend="contest the answer that you were right about",
            )
        question = self._context.question(answer.question_id)
        second = second_check(question, answer.response, judge=self._context.worker)
        right = second is True and self._key_agrees(question, answer.response)
        correction = _correction(answer, question, Authority.CHECKER, at_seconds) if right else None
        return store.contest(student_id, event_id, note, second, at_seconds, correction)

    def latest(self, student_id: str) -> str:
        """The answer that a student means who says to have been right; empty if none can be meant."""
        recent = reversed(self._context.store.events(student_id)[-LOOKS_BACK:])
        return next((event.event_id for event in recent if event.outcome is Outcome.WRONG), "")

    def view(self, contest: Contest) -> ContestView:
        """What a student sees of a contest."""
        sitting = self._sittings.of_event(contest.student_id, contest.event_id)
        return ContestView(contest.event_id, status_of(contest).value, self.words(contest), sitting)

    def words(self, contest: Contest | None) -> str:
        """What becomes of a contest, in the language of its question; None where nothing can be meant."""
        if contest is None:
            return sentences(PACKAGE, self._context.course.language)(_NOTHING)
        question = self._question(contest)
        answer = self._answer(contest.student_id, contest.event_id)
        return sentences(PACKAGE, question.language)(_sentence(contest), answer=answer.response)

    def open_contests(self) -> tuple[ContestedAnswer, ...]:
        """What waits for a teacher: first where the second checker does not agree with the grade, then the oldest."""
        found = [contest for contest in self._context.store.contests() if not contest.settled]
        known = [contest for contest in found if self._known(contest)]
        return tuple(map(self._contested, sorted(known, key=lambda contest: contest.second_right is False)))

    def accept(self, contest_id: int, at_seconds: float) -> ContestView:
        """A teacher takes the answer for right; one that counts as right already stays as it is."""
        contest = self._by_id(contest_id)
        answer = self._answer(contest.student_id, contest.event_id)
        question = self._context.question(answer.question_id)
        self._context.store.correct(_correction(answer, question, Authority.TEACHER, at_seconds))
        return self._decided(contest_id, at_seconds)

    def uphold(self, contest_id: int, at_seconds: float) -> ContestView:
        """A teacher lets the grade stand.

        Raises:
            UserError: If it has been corrected already: a correction is not taken back.
        """
        if self._by_id(contest_id).correction is not None:
            raise UserError("This grade has been corrected already.", mend="reload the list of contests")
        self._context.store.uphold(contest_id)
        return self._decided(contest_id, at_seconds)

    def _decided(self, contest_id: int, at_seconds: float) -> ContestView:
        contest = self._by_id(contest_id)
        self._tell(contest, f"decision {contest.event_id}", "", at_seconds)
        return self.view(contest)

    def _tell(self, contest: Contest, key: str, message: str, at_seconds: float) -> None:
        """Write what became of a contest into the transcript, once, if the answer was given in a dialogue."""
        store = self._context.store
        turn = store.turn(contest.student_id, contest.event_id)
        if turn is None or store.turn(contest.student_id, key) is not None:
            return
        told = TutorTurn(
            contest.student_id,
            key,
            turn.sitting_id,
            turn.number,
            turn.question_id,
            Intent.CONTEST.value,
            message,
            self.words(contest),
            at_seconds,
            cites=(contest.event_id,),
            next_question_id=turn.next_question_id,
            variant=turn.variant,
        )
        store.keep_turn(told)

    def _key_agrees(self, question: Question, response: str) -> bool:
        """Whether an answer of the key's value is right: in every form, or in its own by today's key."""
        if value_decides(question):
            return True
        return check(question, response, worker=self._context.worker).outcome is VerdictOutcome.CORRECT

    def _answer(self, student_id: str, event_id: str) -> Interaction:
        answer = self._context.store.event(student_id, event_id)
        if answer is None:
            raise UnknownNameError(
                "answer",
                f"There is no answer with the key {event_id!r}.",
                allowed="an answer that was given here",
                mend="name the idempotency key of the answer",
            )
        return answer

    def _by_id(self, contest_id: int) -> Contest:
        found = next((known for known in self._context.store.contests() if known.contest_id == contest_id), None)
        if found is None:
            raise UserError(f"There is no contest {contest_id}.", mend="reload the list of contests")
        return found

    def _question(self, contest: Contest) -> Question:
        return self._context.question(self._answer(contest.student_id, contest.event_id).question_id)

    def _known(self, contest: Contest) -> bool:
        answer = self._context.store.event(contest.student_id, contest.event_id)
        return answer is not None and answer.question_id in self._context.bank.question

    def _contested(self, contest: Contest) -> ContestedAnswer:
        answer, question = self._answer(contest.student_id, contest.event_id), self._question(contest)
        return ContestedAnswer(
            contest_id=contest.contest_id,
            student_id=contest.student_id,
            event_id=contest.event_id,
            question_id=question.question_id,
            text=question.text,
            key=as_typed(question.key, question),
            response=answer.response,
            note=contest.note,
            second_right=contest.second_right,
            time_seconds=contest.time_seconds,
        )


def status_of(contest: Contest) -> ContestStatus:
    """Where a contest stands."""
    if contest.correction is not None:
        return ContestStatus.CORRECTED
    if contest.upheld:
        return ContestStatus.UPHELD
    return ContestStatus.CONFIRMED if contest.second_right is False else ContestStatus.WAITING


def statuses(contests: tuple[Contest, ...]) -> Mapping[str, str]:
    """Where contests stand, by the answers' event ids."""
    return {contest.event_id: status_of(contest).value for contest in contests}


def _sentence(contest: Contest) -> str:
    match status_of(contest):
        case ContestStatus.CORRECTED:
            assert contest.correction is not None
            return _BY_CHECKER if contest.correction.by is Authority.CHECKER else _BY_TEACHER
        case ContestStatus.UPHELD:
            return _UPHELD
        case ContestStatus.CONFIRMED:
            return _CONFIRMED
    return _FORM if contest.second_right else _UNSETTLED


def _correction(answer: Interaction, question: Question, by: Authority, at_seconds: float) -> Correction:
    """The credit that the answer would have got from the start."""
    earned = credit(Outcome.CORRECT, answer.hints_used, len(question.hints))
    return Correction(answer.student_id, answer.event_id, earned, Outcome.CORRECT, by, at_seconds)
