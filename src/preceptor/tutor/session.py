"""One turn's words: the verdict, a speaker's sentences past a guard, the deterministic text where they end.

Pure: nothing here knows a clock, a store or a network; a speaker may.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

from preceptor.answers import VerdictOutcome, as_typed
from preceptor.domain import Question
from preceptor.llm import Failure, FailureKind
from preceptor.tutor.composer import Words
from preceptor.tutor.counters import Counters
from preceptor.tutor.feedback import result_of
from preceptor.tutor.guard import Guard, Reason, Refused, Release, Shown, reveals
from preceptor.tutor.sentences import LONGEST_SENTENCE, sentences_of
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Counted, Ended, Speaker
from preceptor.tutor.tongue import tongue

LONGEST_COMMON_KEY = 3
"""Characters of a key up to which a text may hold it by chance: a number, a word like "yes"."""
_SIGNS = re.compile(r"[\s$\\{}]+")
_SAFE = "I can't answer that without giving too much away. Ask for a hint, and I open the next one for this question."


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a turn's words came about.

    Args:
        text: All of them, as shown.
        counters: What was released, refused and failed.
        by_model: Whether any released sentence is a model's.
    """

    text: str
    counters: Counters = field(default_factory=Counters)
    by_model: bool = False


def shown_before(situation: Situation) -> Shown:
    """What the student sees while this turn is spoken, and what must stay hidden."""
    tutor = tuple(said.text for said in situation.said if said.role == "tutor")
    student = (*(said.text for said in situation.said if said.role == "student"), situation.message)
    if situation.closed:
        upcoming = situation.bank.question[situation.upcoming.question_id] if situation.upcoming else None
        return Shown(upcoming, tutor, closed=situation.question, student_said=student)
    hints = len(situation.question.hints)
    complete = 0 < hints <= situation.hints_opened
    return Shown(situation.question, tutor, situation.hints_opened, complete, student_said=student)


def tells(text: str, question: Question) -> bool:
    """Whether a text says the answer of a question word for word, other than by chance.

    Feedback speaks about the question that is over; what it says may be the answer of another one.
    """
    key, said = _plain(as_typed(question.key, question)), _plain(text)
    return len(key) > LONGEST_COMMON_KEY and key in said


def _plain(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


def spoken(situation: Situation, words: Words, speaker: Speaker | None, guard: Guard) -> Iterator[str | Spoken]:
    """Say a turn, piece by piece; put together, the pieces are the text of the `Spoken` that comes last.

    The verdict is always the first piece and always deterministic. Where a sentence is refused or a model fails, what
    was released stays, and the deterministic text of the turn follows, whole but for the verdict.

    Args:
        situation: What the tutor may know.
        words: The deterministic words of this turn.
        speaker: Drafts the words behind the verdict; None for the deterministic words.
        guard: Every drafted sentence has to pass it.
    """
    shown = shown_before(situation)
    if speaker is None:
        text, counters = _checked(situation, words, guard, shown)
        yield from (words.verdict, text[len(words.verdict) :]) if words.verdict else (text,)
        yield Spoken(text, counters)
        return
    drafting = _Drafting(guard, shown, words.verdict)
    if words.verdict:
        yield words.verdict
    yield from drafting.released(speaker, situation)
    if drafting.fell_back:
        text, refused = _checked(situation, words, guard, shown)
        drafting.counters += refused
        rest = text[len(words.verdict) :]
        yield drafting.add(f"\n\n{rest.strip()}" if drafting.sentences else rest)
    elif situation.closed and _still_owes_the_answer(situation, drafting.text):
        yield drafting.add(f"\n\n{result_of(situation.question)}")
    yield Spoken(drafting.text, drafting.counters, drafting.sentences > 0)


def _checked(situation: Situation, words: Words, guard: Guard, shown: Shown) -> tuple[str, Counters]:
    """The deterministic text; one that answers a free question passes the guard, too, or gives way to a sentence."""
    if situation.answer is not None:
        return words.text, Counters()
    told: tuple[str, ...] = ()
    for sentence in sentences_of(words.text, situation.language):
        release = guard.check(sentence.strip(), _with(shown, told))
        if isinstance(release, Refused):
            return tongue(situation.question)(_SAFE), Counters.of_refusal(release)
        told = (*told, sentence)
    return words.text, Counters()


def _with(shown: Shown, told: tuple[str, ...]) -> Shown:
    texts = (*shown.texts, "".join(told)) if told else shown.texts
    return Shown(shown.question, texts, shown.hints_opened, shown.may_show_key, shown.closed, shown.student_said)


def _still_owes_the_answer(situation: Situation, text: str) -> bool:
    """Whether a question that was not answered rightly is over without its answer having been told."""
    right = situation.answer is not None and situation.answer.verdict.outcome is VerdictOutcome.CORRECT
    return not right and not reveals(text, situation.question)


class _Drafting:
    """Lets a speaker's sentences pass the guard, one by one, and keeps count."""

    def __init__(self, guard: Guard, shown: Shown, verdict: str) -> None:
        self.text = verdict
        self.sentences = 0
        self.counters = Counters()
        self.fell_back = False
        self._guard, self._shown, self._between = guard, shown, " " if verdict else ""

    def add(self, piece: str) -> str:
        self.text += piece
        return piece

    def released(self, speaker: Speaker, situation: Situation) -> Iterator[str]:
        """Yield what may be shown, up to the first refusal or failure; nothing is asked for behind a refusal."""
        failure: Failure | None = None
        with closing(speaker.speak(situation)) as draft:
            for item in draft:
                if isinstance(item, Ended):
                    failure = item.failure
                    break
                if isinstance(item, Counted):
                    self.counters += Counters(dropped={item.what: item.count})
                    continue
                release = self._checked(item)
                if isinstance(release, Refused):
                    self.counters += Counters.of_refusal(release)
                    self.fell_back = True
                    return
                self.sentences += 1
                self.counters += Counters.of_release()
                between, self._between = self._between, _gap(item)
                yield self.add(between + release.text)
        if failure is None and not self.sentences:
            failure = Failure(FailureKind.INVALID, "the draft is empty")
        if failure is not None:
            self.counters += Counters.of_failure(failure)
            self.fell_back = True

    def _checked(self, sentence: str) -> Release:
        """What the guard says; a text without an end is no sentence."""
        if len(sentence) >= LONGEST_SENTENCE:
            return Refused(Reason.FORM, "it has no end")
        return self._guard.check(sentence.strip(), _with(self._shown, (self.text,) if self.text else ()))


def _gap(sentence: str) -> str:
    """The white space behind a sentence: a paragraph, a line or a space."""
    behind = sentence[len(sentence.rstrip()) :]
    if "\n" in behind:
        return "\n\n" if "\n\n" in behind else "\n"
    return " "
