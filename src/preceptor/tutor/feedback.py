"""What the tutor says about an answer, composed from the verdict, the worked steps and the student's past."""

from collections.abc import Sequence
from dataclasses import dataclass

from preceptor.answers import VerdictOutcome, as_typed
from preceptor.domain import SECONDS_PER_DAY, Bank, Interaction, Outcome, Question
from preceptor.tutor.answer import Answer
from preceptor.tutor.diagnosis import OWN_CREDIT
from preceptor.tutor.guard import reveals
from preceptor.tutor.memory import Memory, on_concepts
from preceptor.tutor.nudge import nudge
from preceptor.tutor.persona import PersonaEntry
from preceptor.tutor.tongue import Tongue, tongue
from preceptor.tutor.words import begin, percent, shown

LONG_GAP_DAYS = 2.0
STREAK = 3

_RIGHT = ("Yes, {answer} is right.", "That's right: {answer}.", "Correct, it is {answer}.",
          "{answer} it is. Well done.")  # fmt: skip
_MISSED = ("Not quite: {answer} is not it.", "{answer} is not the answer yet.", "Not yet. {answer} does not fit.")
_UNKNOWN = ("That's fine.", "Thanks for saying so.", "No problem, that is what practice is for.")
_AGAIN = ("Try it once more.", "Have another go.", "What do you get now?")
_LEADS = ("Let's go through it together.", "Here is the way, step by step.")
_UNREAD = ("I could not read that.", "I can't make that out yet.")
_UNDECIDED = "I can't tell whether that is right."
_WENT_WRONG = "{when} a question like this went wrong. This time you had it."
_WAS_OPEN = "{when} a question like this was still open. This time you had it."
_STANDS = (
    "Your recall of {concept} is now about {recall}.",
    "I now put your recall of {concept} at about {recall}.",
    "With this, your recall of {concept} stands at about {recall}.",
)


@dataclass(frozen=True, slots=True)
class Background:
    """What the tutor knows when it answers.

    Args:
        bank: The questions.
        before: The student's interactions before this answer, in order.
        persona: The persona entries retrieved for this turn.
        memories: The memories retrieved for this turn.
        at_seconds: Now, UTC.
    """

    bank: Bank
    before: Sequence[Interaction]
    persona: tuple[PersonaEntry, ...]
    memories: tuple[Memory, ...]
    at_seconds: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback and what it rests on.

    Args:
        text: Paragraphs parted by empty lines, mathematics in dollar signs.
        persona: The persona entries it uses.
        memories: The memories it uses.
        verdict: The beginning of the text that says whether the answer is right.
    """

    text: str
    persona: tuple[PersonaEntry, ...] = ()
    memories: tuple[Memory, ...] = ()
    verdict: str = ""


def feedback(answer: Answer, background: Background) -> Feedback:
    """Speak about an answer.

    A first miss gets one nudge and another try; a second one, the whole way. What could not be scored is said to be
    so. Nothing of any other question than the answered one is used.
    """
    question = background.bank.question[answer.question_id]
    match answer.verdict.outcome:
        case VerdictOutcome.CORRECT:
            return _right(answer, question, background)
        case VerdictOutcome.UNREADABLE | VerdictOutcome.UNDECIDED:
            return Feedback(_unscored(answer, tongue(question)))
    return _again(answer, question, background) if answer.may_retry else _whole_way(answer, question, background)


def _right(answer: Answer, question: Question, background: Background) -> Feedback:
    shown_the_way = _shown_the_way(answer, question)
    say, given = tongue(question), shown(question, answer.response)
    opener = say.pick(_RIGHT[:3] if shown_the_way else _RIGHT, "right", answer.event_id, answer=given)
    entry = _entry(question, background)
    if shown_the_way:
        overcome = Feedback(say("The hints showed the way, so a question like it will come again."))
    elif answer.tries > 1:
        overcome = Feedback(say("You got there on the next try."))
    else:
        overcome = _overcome(question, background)
    past = overcome.text or _streak_or_gap(question, background)
    text = _paragraphs(" ".join(part for part in (opener, past) if part), _standing(entry, say, answer.event_id))
    return Feedback(text, (entry,) if entry else (), overcome.memories, opener)


def _shown_the_way(answer: Answer, question: Question) -> bool:
    """Whether more than half of the hints were open, so that the answer earns less than half a point."""
    return 2 * answer.hints_opened > len(question.hints)


def _again(answer: Answer, question: Question, background: Background) -> Feedback:
    cause = _cause(answer, question, background)
    say = tongue(question)
    help_text = cause.text or say("Here is a hint: {hint}", hint=nudge(question, answer.hints_opened))
    again = say.pick(_AGAIN, "again", answer.event_id)
    missed = _miss(answer, question)
    return Feedback(_paragraphs(missed, help_text, again), memories=cause.memories, verdict=missed)


def _whole_way(answer: Answer, question: Question, background: Background) -> Feedback:
    cause = _cause(answer, question, background)
    steps = "\n".join(f"{number}. {step.text}" for number, step in enumerate(question.steps, 1))
    say = tongue(question)
    lead = say.pick(_LEADS, "way", answer.event_id)
    entry, missed = _entry(question, background), _miss(answer, question)
    text = _paragraphs(
        missed,
        cause.text,
        f"{lead}\n\n{steps}" if steps else "",
        result_of(question),
        "" if cause.text else _faded(question, background),
        _standing(entry, say, answer.event_id),
    )
    return Feedback(text, (entry,) if entry else (), cause.memories, missed)


def result_of(question: Question) -> str:
    """The sentence that gives the answer of a closed question."""
    return tongue(question)("So the answer is {key}.", key=shown(question, as_typed(question.key, question)))


def _unscored(answer: Answer, say: Tongue) -> str:
    unread = answer.verdict.outcome is VerdictOutcome.UNREADABLE
    opener = say.pick(_UNREAD if unread else (_UNDECIDED,), "unread", answer.event_id)
    again = say("It does not count, so just type it again.")
    return _paragraphs(f"{opener} {answer.verdict.message}".strip(), again)


def _miss(answer: Answer, question: Question) -> str:
    say = tongue(question)
    if answer.verdict.outcome is VerdictOutcome.DONT_KNOW:
        return say.pick(_UNKNOWN, "unknown", answer.event_id)
    return begin(say.pick(_MISSED, "miss", answer.event_id, answer=shown(question, answer.response)))


def _cause(answer: Answer, question: Question, background: Background) -> Feedback:
    """Name the misconception and its remedy, and recall the day it was met before."""
    mistake = background.bank.misconception.get(answer.verdict.misconception_id)
    if mistake is None or (answer.may_retry and reveals(mistake.remedy, question)):
        return Feedback("")
    met = [m for m in background.memories if m.misconception_id == mistake.misconception_id]
    reminded = met[:1] if answer.tries == 1 else []
    say = tongue(question)
    text = say("This answer often appears when someone {does}.", does=mistake.name)
    if reminded:
        text += " " + say("The same mix-up happened {when}.", when=_when(met[0], say, background))
    return Feedback(_paragraphs(text, mistake.remedy), memories=tuple(reminded))


def _overcome(question: Question, background: Background) -> Feedback:
    """Recall the last miss on the same concept, where the answer before this one was that miss."""
    latest = _latest(question, background)
    missed = [m for m in background.memories if latest is not None and m.event_id == latest.event_id]
    if not missed or missed[0].outcome is Outcome.CORRECT:
        return Feedback("")
    say = tongue(question)
    when = begin(_when(missed[0], say, background))
    wrong = missed[0].outcome is Outcome.WRONG
    sentence = _WENT_WRONG if wrong else _WAS_OPEN
    return Feedback(say(sentence, when=when), memories=(missed[0],))


def _streak_or_gap(question: Question, background: Background) -> str:
    say, gap_days = tongue(question), _gap_days(question, background)
    if gap_days >= LONG_GAP_DAYS:
        gap = say.span(gap_days * SECONDS_PER_DAY)
        return say("You had not practised this for {gap}, and it was still there.", gap=gap)
    run = 1
    for event in reversed(on_concepts(background.before, background.bank, question.concepts)):
        if event.correct < OWN_CREDIT:
            break
        run += 1
    if run < STREAK:
        return ""
    name = say.within(background.bank.concept[question.concepts[0]].name)
    return say("That makes {count} in a row on {concept}.", count=say.spelled(run), concept=name)


def _faded(question: Question, background: Background) -> str:
    """Say that time may be the reason, where the student knew it before a long gap."""
    latest, gap_days = _latest(question, background), _gap_days(question, background)
    if latest is None or latest.correct < OWN_CREDIT or gap_days < LONG_GAP_DAYS:
        return ""
    say = tongue(question)
    gap = say.span(gap_days * SECONDS_PER_DAY)
    return say("You last practised this {gap} ago, so some of it may have faded.", gap=gap)


def _standing(entry: PersonaEntry | None, say: Tongue, seed: str) -> str:
    """Say where the student stands now on the question's concept."""
    if entry is None:
        return ""
    return say.pick(_STANDS, "standing", seed, concept=say.within(entry.name), recall=percent(entry.recall))


def _entry(question: Question, background: Background) -> PersonaEntry | None:
    return next((entry for entry in background.persona if entry.concept_id in question.concepts), None)


def _when(memory: Memory, say: Tongue, background: Background) -> str:
    if memory.time_seconds is None:
        return say("before")
    return say("{gap} ago", gap=say.span(background.at_seconds - memory.time_seconds))


def _latest(question: Question, background: Background) -> Interaction | None:
    events = on_concepts(background.before, background.bank, question.concepts)
    return events[-1] if events else None


def _gap_days(question: Question, background: Background) -> float:
    latest = _latest(question, background)
    if latest is None or latest.time_seconds is None:
        return 0.0
    return (background.at_seconds - latest.time_seconds) / SECONDS_PER_DAY


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
