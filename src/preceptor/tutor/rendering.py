"""What is known of one concept, in words and figures that can be read back.

Every figure is rounded once, in `figures_of`; the text holds these figures and no others, and `parse` finds them again.
"""

from dataclasses import dataclass

from preceptor.domain import Bank, ConceptRecall, Outcome
from preceptor.tutor.last_answers import LastAnswers
from preceptor.tutor.read_back import FIGURE, read_back
from preceptor.tutor.rules import Action, Last, action_on
from preceptor.tutor.tongue import Tongue, tongue_of
from preceptor.tutor.words import measured, shown

_STATE = "{concept}: recall now {recall} %, mastery {mastery} %, forgotten {forgotten} points of 100."
_NEW = "{concept}: not practised yet, recall now {recall} %."
_SCORE = "Answers right: {right} of {answers}."
_SINCE = "Last practised {span} ago."
_ERROR = "Last error: {given}."
_ERROR_CAUSE = "Last error: {given} ({cause})."
_ERROR_SINCE = "Last error, {span} ago: {given}."
_ERROR_SINCE_CAUSE = "Last error, {span} ago: {given} ({cause})."
_UNKNOWN = "“I don't know”"
_UNKEPT = "an answer that was not kept"
_REVIEW = "To do: review."
_PRACTISE = "To do: practise."
_ADVANCE = "To do: advance."
_DIAGNOSE = "To do: find out where to start."
_TO_DO = {
    Action.REVIEW: _REVIEW,
    Action.PRACTISE: _PRACTISE,
    Action.ADVANCE: _ADVANCE,
    Action.DIAGNOSE: _DIAGNOSE,
}
_UNIT_NAMES = ("second", "seconds", "minute", "minutes", "hour", "hours", "day", "days")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a rendered concept.

    Args:
        recall: Recall now, whole per cent.
        mastery: Mastery, whole per cent; None for a concept that was not practised.
        forgotten: Mastery less recall, in points of 100, of the rounded figures.
        right: Sum of credit, at most one decimal.
        answers: Answers on the concept.
        since: Number and unit of the time since the last practice; None if unknown.
        action: What to do.
    """

    recall: int
    mastery: int | None = None
    forgotten: int | None = None
    right: float = 0.0
    answers: int = 0
    since: tuple[float, str] | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class ConceptState:
    """What is to be rendered: one concept's own recall, last answers and action, and no other's.

    Args:
        name: The concept's name.
        known: What the mind knows of it.
        last: Its last answers; None if there are none.
        action: What to do about it.
    """

    name: str
    known: ConceptRecall
    last: LastAnswers | None
    action: Action


def state_of(bank: Bank, known: ConceptRecall, last: LastAnswers | None) -> ConceptState:
    """The state of one concept, its action by the rule table."""
    ended = last.ended if last else Last.NONE
    return ConceptState(bank.concept[known.concept_id].name, known, last, action_on(known, ended))


def figures_of(state: ConceptState, at_seconds: float) -> Figures:
    """Round everything, once."""
    known = state.known
    recall = round(100 * known.recall)
    if not known.attempts:
        return Figures(recall, action=state.action)
    mastery = round(100 * known.mastery)
    last = known.last_practice_seconds
    since = None if last is None else measured(at_seconds - last)
    return Figures(recall, mastery, mastery - recall, round(known.correct, 1), known.attempts, since, state.action)


def render(state: ConceptState, bank: Bank, at_seconds: float, language: str) -> str:
    """Say what is known of a concept and what to do.

    Args:
        state: The concept.
        bank: The questions, for the last error.
        at_seconds: Now, UTC.
        language: ISO 639-1 code.
    """
    say, figures = tongue_of(language), figures_of(state, at_seconds)
    to_do = say(_TO_DO[state.action])
    if figures.mastery is None:
        return f"{say(_NEW, concept=state.name, recall=figures.recall)} {to_do}"
    parts = [
        say(_STATE, concept=state.name, recall=figures.recall, mastery=figures.mastery, forgotten=figures.forgotten),
        say(_SCORE, right=say.number(figures.right), answers=figures.answers),
    ]
    if state.known.last_practice_seconds is not None:
        parts.append(say(_SINCE, span=say.figures(at_seconds - state.known.last_practice_seconds)))
    parts.append(to_do)
    error = _error(state.last, bank, say, at_seconds)
    return " ".join([*parts, error]) if error else " ".join(parts)


def _error(last: LastAnswers | None, bank: Bank, say: Tongue, at_seconds: float) -> str:
    """The last miss in words; it stands last, for it quotes what a student typed."""
    if last is None or last.missed is None:
        return ""
    missed = last.missed
    if missed.outcome is Outcome.DONT_KNOW:
        given = say(_UNKNOWN)
    else:
        given = shown(bank.question[missed.question_id], missed.response) if missed.response else say(_UNKEPT)
    cause = bank.misconception[last.misconception_id].name if last.misconception_id else ""
    if missed.time_seconds is None:
        return say(_ERROR_CAUSE, given=given, cause=cause) if cause else say(_ERROR, given=given)
    span = say.figures(at_seconds - missed.time_seconds)
    if cause:
        return say(_ERROR_SINCE_CAUSE, span=span, given=given, cause=cause)
    return say(_ERROR_SINCE, span=span, given=given)


def parse(text: str, name: str, language: str) -> Figures | None:
    """Read the figures of a rendered text; None if it is no such text about this concept.

    The text is read from its beginning, sentence by sentence, so that nothing a student typed can pass for a figure.

    Args:
        text: What `render` gave, perhaps with more behind it.
        name: The concept's name.
        language: ISO 639-1 code.
    """
    say = tongue_of(language)
    reader = _Reader(text, say)
    head = reader.next(_STATE, concept=name)
    if head is None:
        head = reader.next(_NEW, concept=name)
        return None if head is None else Figures(int(head["recall"]), action=reader.action())
    score = reader.next(_SCORE)
    if score is None:
        return None
    since = reader.next(_SINCE)
    return Figures(
        int(head["recall"]),
        int(head["mastery"]),
        int(head["forgotten"]),
        _number(score["right"]),
        int(score["answers"]),
        None if since is None else _span(since["span"], say),
        reader.action(),
    )


class _Reader:
    """Reads one known sentence after the other."""

    def __init__(self, text: str, say: Tongue) -> None:
        self._rest, self._say = text, say

    def next(self, sentence: str, **known: str) -> dict[str, str] | None:
        """The parts of the next sentence, if it is this one; then it is behind us."""
        found = read_back(sentence, self._rest, self._say, FIGURE, **known)
        if found is None:
            return None
        self._rest = self._rest[found.end() :]
        return found.groupdict()

    def action(self) -> Action | None:
        """The next sentence as an action."""
        return next((action for action, sentence in _TO_DO.items() if self.next(sentence) is not None), None)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _span(text: str, say: Tongue) -> tuple[float, str] | None:
    number, unit = text.split(" ", 1)
    found = next((name for name in _UNIT_NAMES if say(name) == unit), None)
    return None if found is None else (_number(number), found.removesuffix("s"))
