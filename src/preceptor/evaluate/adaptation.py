"""Whether turns differ as the rule table says, and whether students can be told from the words alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from preceptor.domain import Bank, ConceptRecall, Interaction, Question
from preceptor.evaluate.adaptation_pairs import RECENCY
from preceptor.tutor.intervals import wilson
from preceptor.tutor.last_answers import LastAnswersByConcept
from preceptor.tutor.lead import Purpose
from preceptor.tutor.rules import Action, Band, Last, action_on, band

_SAID = {Purpose.REVIEW: Action.REVIEW, Purpose.ADVANCE: Action.ADVANCE, Purpose.DIAGNOSE: Action.DIAGNOSE}
EQUAL_DIFFICULTY = 1e-9


@dataclass(frozen=True)
class Side:
    """One student of a pair and the turn they got.

    Args:
        recalls: What the mind knows, by concept id.
        ended: How the last answer on the pair's concept ended.
        question: The question of the turn.
        purpose: What its words say it is for, read from the text; None if they say nothing.
    """

    recalls: Mapping[str, ConceptRecall]
    ended: Last
    question: Question
    purpose: Purpose | None

    def expected(self, concept_id: str) -> Action:
        """The action of the rule table."""
        return action_on(self.recalls[concept_id], self.ended)

    @property
    def said(self) -> Action:
        """The action in the words; whatever is neither review nor advance is practice."""
        return _SAID.get(self.purpose, Action.PRACTISE) if self.purpose else Action.PRACTISE


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair before the rule table.

    Args:
        actions: What the table says for the two.
        held: Whether the two turns differ, or agree, as the table says, in everything that it says.
        asked: Whether the questions themselves moved in its direction: another concept, or an easier question.
    """

    actions: tuple[Action, Action]
    held: bool
    asked: bool

    @property
    def differ(self) -> bool:
        """Whether the table tells the two apart."""
        return self.actions[0] is not self.actions[1]


def table_action(bank: Bank, concept_id: str, history: Sequence[Interaction], mastery: float, recall: float) -> Action:
    """The action of the rule table on one concept.

    Args:
        bank: The questions.
        concept_id: The concept.
        history: The student's answers.
        mastery: P(correct) at the concept's last practice.
        recall: P(correct) now.
    """
    own = [event for event in history if concept_id in bank.question[event.question_id].concepts]
    ended = LastAnswersByConcept.of(bank, own[-1:]).ended(concept_id)
    known = ConceptRecall(concept_id, float(mastery), float(recall), 1.0, None, None, len(own), 0.0)
    return action_on(known, ended)


def judge(bank: Bank, differs: str, concept_id: str, one: Side, other: Side) -> Judged:
    """Hold two turns about one concept against the rule table.

    Args:
        bank: The questions and concepts.
        differs: In what the two students differ.
        concept_id: The concept that both ask for.
        one: The first.
        other: The second.
    """
    actions = one.expected(concept_id), other.expected(concept_id)
    words = (one.said, other.said) == actions
    sides = dict(zip(actions, (one, other), strict=True))
    if actions[0] is actions[1]:
        return Judged(actions, words, asked=False)
    if Action.ADVANCE in sides:
        ahead = sides.pop(Action.ADVANCE)
        (stays,) = sides.values()
        moved = concept_id not in ahead.question.concepts and _asks(bank, concept_id, stays)
        return Judged(actions, words and moved, moved)
    review, practise = sides[Action.REVIEW], sides[Action.PRACTISE]
    on_it = concept_id in review.question.concepts and _asks(bank, concept_id, practise)
    easier = _difficulty(practise.question) - _difficulty(review.question)
    back = concept_id not in practise.question.concepts
    harder = differs == RECENCY and not back and easier < -EQUAL_DIFFICULTY
    return Judged(actions, words and on_it and not harder, on_it and (back or easier > EQUAL_DIFFICULTY))


def guess(concept_id: str, turn: Side, minds: tuple[Side, Side]) -> int | None:
    """Tell by a turn's words and question, without any figure, which of two students it was made for.

    What is called solid fits the higher recall, what is called faded the higher loss, what is said to have gone wrong
    the student who missed, and practice that speaks of none of these the one who lost less, then the lower mastery.

    Args:
        concept_id: The concept the turn is about.
        turn: The turn; of it only purpose and question are looked at.
        minds: The students; of them only what the mind knows and the last answer.

    Returns:
        0 or 1; None for a tie.
    """
    scores = [_fits(turn, mind.recalls[concept_id], mind.ended) for mind in minds]
    return None if abs(scores[0] - scores[1]) < EQUAL_DIFFICULTY else int(scores[1] > scores[0])


def share(hits: float, trials: int) -> dict[str, object]:
    """A share with Wilson's 95 % interval, as JSON values."""
    if not trials:
        return {"count": 0, "share": None, "ci95": None}
    return {"count": trials, "share": hits / trials, "ci95": wilson(hits, trials)}


def _fits(turn: Side, known: ConceptRecall, ended: Last) -> float:
    missed = float(ended in (Last.MISSED, Last.MISCONCEPTION))
    match turn.purpose:
        case Purpose.ADVANCE:
            return known.recall - missed
        case Purpose.REVIEW:
            return known.forgotten
        case Purpose.AFTER_MISS:
            return missed - known.recall / 10
        case Purpose.STEP_BACK:
            return missed - known.mastery
    return -known.forgotten - known.mastery / 10


def _asks(bank: Bank, concept_id: str, side: Side) -> bool:
    """Whether a turn asks the concept, or after a miss at low mastery what it rests on."""
    if concept_id in side.question.concepts:
        return True
    known = side.recalls[concept_id]
    low = side.ended is Last.MISSED and band(max(known.mastery, known.recall)) is Band.LOW
    return low and not set(bank.concept[concept_id].prerequisites).isdisjoint(side.question.concepts)


def _difficulty(question: Question) -> float:
    return 0.0 if question.difficulty is None else question.difficulty
