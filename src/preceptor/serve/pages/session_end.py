"""The end of a session with the tutor: what it changed, and what comes back when."""

from preceptor.domain import points_text
from preceptor.serve.elements import Action, Press, bar, box, link, words
from preceptor.serve.tongue import figure, say
from preceptor.serve.words import percent, points, student_path
from preceptor.workflow.views import ConceptProgress, SessionSummary


def session_end(summary: SessionSummary, student_id: str, again: Action) -> None:
    """Draw the summary.

    Args:
        summary: What the session changed.
        student_id: The student.
        again: Starts another session.
    """
    sitting = summary.sitting
    with box("div", "session-end").mark("session-end"):
        words("h2", say("Session finished"), tabindex="-1", data_autofocus="")
        with box("div", "stats"):
            _stat(say("Answered"), str(sitting.answered))
            _stat(say("Points"), figure(points_text(sitting.correct)))
        with box("div", "actions"):
            Press(say("Go on"), again, "primary", key="Enter").mark("again")
            link(say("See my map"), student_path(student_id, "map"), "button")
        if summary.concepts:
            words("h3", say("What changed"))
            with box("ul", "gains"):
                for concept in summary.concepts:
                    _concept(concept)


def _concept(concept: ConceptProgress) -> None:
    before, now = percent(concept.recall_before), percent(concept.recall_now)
    with box("li"):
        words("span", concept.name, "gain-name")
        words("span", f"{before} → {now}", "number gain-right")
        bar(concept.recall_now, "")
        words("span", points(concept.recall_before, concept.recall_now), "muted small")
        words("span", _review(concept.review_days), "muted small gain-right")


def _review(days: int | None) -> str:
    """When a concept should come back."""
    if days is None:
        return say("stays fresh for a month or more")
    if days < 2:
        return say("comes back tomorrow") if days else say("comes back today")
    return say("comes back in {days} days", days=days)


def _stat(name: str, value: str) -> None:
    with box("div", "stat"):
        words("span", value, "stat-value")
        words("span", name, "muted small")
