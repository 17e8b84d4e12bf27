"""Why a question was chosen, in words of the question's language."""

from preceptor.domain import SECONDS_PER_DAY, Bank, ConceptRecall, Question, points_text, score_text
from preceptor.language import Sentences, sentences, written_number
from preceptor.recommend import Objective, Ranked

PACKAGE = "preceptor.workflow"


def why(
    bank: Bank,
    question: Question,
    recalls: dict[str, ConceptRecall],
    ranked: Ranked,
    objective: Objective,
    horizon_days: float,
    at_seconds: float,
) -> str:
    """Say where the student stands on the question's concepts and what one more question is expected to change.

    Args:
        bank: The bank.
        question: The question.
        recalls: What the mind knows, by concept id.
        ranked: What the planner expects of it.
        objective: What is to be improved.
        horizon_days: When the change is measured.
        at_seconds: Now, UTC.
    """
    say = sentences(PACKAGE, question.language)
    points = 100 * ranked.improvement
    gain = f"{points:.2f}" if abs(points) < 1 else f"{points:.1f}"
    return " ".join(
        [
            *(_state_of(bank, recalls[c], say, at_seconds) for c in question.concepts),
            say(
                "One question now is expected to change recall {of}, {days} days from now, by {gain} points of 100.",
                of=say(objective.recall_of),
                days=written_number(f"{horizon_days:g}", say.language),
                gain=written_number(gain, say.language),
            ),
            say(
                "The chance of a right answer is {chance}.",
                chance=written_number(f"{ranked.p_correct:.0%}", say.language),
            ),
            *([say("It counts for less now, because practice lasts longer after a pause.")] if ranked.delayed else []),
        ]
    )


def _state_of(bank: Bank, recall: ConceptRecall, say: Sentences, at_seconds: float) -> str:
    name, now = bank.concept[recall.concept_id].name, written_number(f"{recall.recall:.0%}", say.language)
    if not recall.attempts:
        return say("“{concept}” has not been practised yet; recall is estimated at {now}.", concept=name, now=now)
    was = written_number(f"{recall.mastery:.0%}", say.language)
    parts = {"concept": name, "now": now, "right": _score(recall, say), "was": was}
    if recall.last_practice_seconds is None:
        return say("Recall of “{concept}” is {now} ({right} so far).", **parts)
    when = _day(max(at_seconds - recall.last_practice_seconds, 0) / SECONDS_PER_DAY, say)
    if recall.forgotten >= 0.02:
        return say(
            "Recall of “{concept}” is {now}, down from {was} ({right} so far, last practised {when}).",
            when=when,
            **parts,
        )
    return say("Recall of “{concept}” is {now} ({right} so far, last practised {when}).", when=when, **parts)


def _day(days: float, say: Sentences) -> str:
    if days < 1:
        return say("today")
    return say("1 day ago") if round(days) == 1 else say("{days} days ago", days=f"{days:.0f}")


def _score(recall: ConceptRecall, say: Sentences) -> str:
    if say.language == "en":
        return score_text(recall.correct, recall.attempts)
    whole = abs(recall.correct - round(recall.correct)) < 1e-9
    credit = str(round(recall.correct)) if whole else written_number(points_text(recall.correct), say.language)
    sentence = "{credit} of {answers} right" if whole else "{credit} of {answers} points"
    return say(sentence, credit=credit, answers=recall.attempts)
