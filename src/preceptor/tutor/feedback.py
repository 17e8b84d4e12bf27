"""What the tutor says about an answer, composed from the verdict, the worked steps and the student's past."""

from collections.abc import Sequence
from dataclasses import dataclass

from preceptor.answers import Verdict, VerdictOutcome
from preceptor.domain import SECONDS_PER_DAY, Bank, Interaction, Outcome, Question
from preceptor.tutor.memory import Memory, on_concepts
from preceptor.tutor.nudge import nudge, reveals
from preceptor.tutor.persona import PersonaEntry
from preceptor.tutor.words import begin, percent, pick, shown, spelled, spoken_span, within

TRIES = 2
LONG_GAP_DAYS = 2.0
STREAK = 3
OWN_CREDIT = 0.5  # below it, more came from the hints than from the student


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as the tutor hears it.

    Args:
        event_id: Its event id; also the seed of the phrasing.
        question_id: The question answered.
        response: What was typed or chosen.
        verdict: How checking ended.
        tries: Which try at this question it is, from 1.
        hints_opened: How many of the question's hints the student has seen.
    """

    event_id: str
    question_id: str
    response: str
    verdict: Verdict
    tries: int = 1
    hints_opened: int = 0

    @property
    def may_retry(self) -> bool:
        """Whether the same question stays open: a first miss, or an answer that could not be scored."""
        if self.verdict.scored is None:
            return True
        return self.verdict.outcome is not VerdictOutcome.CORRECT and self.tries < TRIES


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
    """

    text: str
    persona: tuple[PersonaEntry, ...] = ()
    memories: tuple[Memory, ...] = ()


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
            return Feedback(_unscored(answer))
    return _again(answer, question, background) if answer.may_retry else _whole_way(answer, question, background)


def _right(answer: Answer, question: Question, background: Background) -> Feedback:
    shown_the_way = _shown_the_way(answer, question)
    options = ("Yes, {} is right.", "That's right: {}.", "Correct, it is {}.", "{} it is. Well worked out.")
    opener = pick(options[:3] if shown_the_way else options, "right", answer.event_id)
    opener = opener.format(shown(question, answer.response))
    entry = _entry(question, background)
    if shown_the_way:
        overcome = Feedback("The hints showed the way, so a question like it will come again.")
    elif answer.tries > 1:
        overcome = Feedback("You got there on the next try.")
    else:
        overcome = _overcome(question, background)
    past = overcome.text or _streak_or_gap(question, background)
    text = _paragraphs(" ".join(part for part in (opener, past) if part), _standing(entry, answer.event_id))
    return Feedback(text, (entry,) if entry else (), overcome.memories)


def _shown_the_way(answer: Answer, question: Question) -> bool:
    """Whether more than half of the hints were open, so that the answer earns less than half a point."""
    return 2 * answer.hints_opened > len(question.hints)


def _again(answer: Answer, question: Question, background: Background) -> Feedback:
    cause = _cause(answer, question, background)
    help_text = cause.text or f"Here is a hint: {nudge(question, answer.hints_opened)}"
    again = pick(("Try it once more.", "Have another go.", "What do you get now?"), "again", answer.event_id)
    return Feedback(_paragraphs(_miss(answer, question), help_text, again), memories=cause.memories)


def _whole_way(answer: Answer, question: Question, background: Background) -> Feedback:
    cause = _cause(answer, question, background)
    steps = "\n".join(f"{number}. {step.text}" for number, step in enumerate(question.steps, 1))
    lead = pick(("Let's go through it together.", "Here is the way, step by step."), "way", answer.event_id)
    result = f"So the answer is {shown(question, question.key)}."
    entry = _entry(question, background)
    text = _paragraphs(
        _miss(answer, question),
        cause.text,
        f"{lead}\n\n{steps}" if steps else "",
        result,
        "" if cause.text else _faded(question, background),
        _standing(entry, answer.event_id),
    )
    return Feedback(text, (entry,) if entry else (), cause.memories)


def _unscored(answer: Answer) -> str:
    if answer.verdict.outcome is VerdictOutcome.UNREADABLE:
        opener = pick(("I could not read that.", "I can't make that out yet."), "unread", answer.event_id)
    else:
        opener = "I can't tell whether that is right."
    return _paragraphs(f"{opener} {answer.verdict.message}".strip(), "It does not count, so just type it again.")


def _miss(answer: Answer, question: Question) -> str:
    if answer.verdict.outcome is VerdictOutcome.DONT_KNOW:
        options = ("That's fine.", "Thanks for saying so.", "No problem, that is what practice is for.")
        return pick(options, "unknown", answer.event_id)
    options = ("Not quite: {} is not it.", "{} is not the answer yet.", "Not yet. {} does not fit.")
    return begin(pick(options, "miss", answer.event_id).format(shown(question, answer.response)))


def _cause(answer: Answer, question: Question, background: Background) -> Feedback:
    """Name the misconception and its remedy, and recall the day it was met before."""
    mistake = background.bank.misconception.get(answer.verdict.misconception_id)
    if mistake is None or (answer.may_retry and reveals(mistake.remedy, question)):
        return Feedback("")
    met = [m for m in background.memories if m.misconception_id == mistake.misconception_id]
    reminded = met[:1] if answer.tries == 1 else []
    recalled = f" The same mix-up happened {_when(met[0], background)}." if reminded else ""
    text = f"This answer often appears when someone {mistake.name}.{recalled}"
    return Feedback(_paragraphs(text, mistake.remedy), memories=tuple(reminded))


def _overcome(question: Question, background: Background) -> Feedback:
    """Recall the last miss on the same concept, where the answer before this one was that miss."""
    latest = _latest(question, background)
    missed = [m for m in background.memories if latest is not None and m.event_id == latest.event_id]
    if not missed or missed[0].outcome is Outcome.CORRECT:
        return Feedback("")
    when = begin(_when(missed[0], background))
    verb = "went wrong" if missed[0].outcome is Outcome.WRONG else "was still open"
    return Feedback(f"{when} a question like this {verb}. This time you had it.", memories=(missed[0],))


def _streak_or_gap(question: Question, background: Background) -> str:
    gap_days = _gap_days(question, background)
    if gap_days >= LONG_GAP_DAYS:
        gap = spoken_span(gap_days * SECONDS_PER_DAY)
        return f"You had not practised this for {gap}, and it was still there."
    run = 1
    for event in reversed(on_concepts(background.before, background.bank, question.concepts)):
        if event.correct < OWN_CREDIT:
            break
        run += 1
    if run < STREAK:
        return ""
    name = within(background.bank.concept[question.concepts[0]].name)
    return f"That makes {spelled(run)} in a row on {name}."


def _faded(question: Question, background: Background) -> str:
    """Say that time may be the reason, where the student knew it before a long gap."""
    latest, gap_days = _latest(question, background), _gap_days(question, background)
    if latest is None or latest.correct < OWN_CREDIT or gap_days < LONG_GAP_DAYS:
        return ""
    return f"You last practised this {spoken_span(gap_days * SECONDS_PER_DAY)} ago, so some of it may have faded."


def _standing(entry: PersonaEntry | None, seed: str) -> str:
    """Say where the student stands now on the question's concept."""
    if entry is None:
        return ""
    name = within(entry.name)
    options = (
        f"Your recall of {name} is now about {percent(entry.recall)}.",
        f"I now put your recall of {name} at about {percent(entry.recall)}.",
        f"With this, your recall of {name} stands at about {percent(entry.recall)}.",
    )
    return pick(options, "standing", seed)


def _entry(question: Question, background: Background) -> PersonaEntry | None:
    return next((entry for entry in background.persona if entry.concept_id in question.concepts), None)


def _when(memory: Memory, background: Background) -> str:
    if memory.time_seconds is None:
        return "before"
    return f"{spoken_span(background.at_seconds - memory.time_seconds)} ago"


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
