"""The end of a sitting: how it went and what comes back when."""

from preceptor.domain import points_text
from preceptor.serve.elements import Action, Press, bar, box, link, words
from preceptor.serve.tongue import figure, say
from preceptor.serve.words import count, percent, score, student_path
from preceptor.workflow.views import SittingView, StudentView

SHOWN = 6


def summary(sitting: SittingView, student: StudentView, again: Action) -> None:
    """Draw the summary.

    Args:
        sitting: The sitting that ended.
        student: The student now.
        again: Starts another sitting.
    """
    with box("section", "card summary", aria_labelledby="summary-title").mark("summary"):
        words("h1", say("Sitting finished"), id="summary-title", tabindex="-1", data_autofocus="")
        words("p", _result(sitting), "lead")
        with box("div", "stats"):
            _stat(say("Answered"), str(sitting.answered))
            _stat(say("Points"), figure(points_text(sitting.correct)))
            _stat(say("Average recall now"), percent(student.mean_recall))
        _reviews(student)
        with box("div", "actions"):
            Press(say("Practise again"), again, "primary", key="Enter").mark("again")
            link(say("See my map"), student_path(student.student_id, "map"), "button")


def _result(sitting: SittingView) -> str:
    if not sitting.answered:
        return say("Nothing answered this time. You can go on whenever you like.")
    return say(
        "You answered {questions} and earned {score}.",
        questions=count(sitting.answered, "question"),
        score=score(sitting.correct, sitting.answered),
    )


def _reviews(student: StudentView) -> None:
    due = sorted((concept for concept in student.concepts if concept.due), key=lambda concept: concept.recall)
    words("h2", say("Reviews due"))
    if not due:
        words("p", say("Nothing is due now. Come back in a day or two, before it fades."), "muted")
        return
    words("p", say("{concepts} would be good to practise soon.", concepts=count(len(due), "concept")), "muted")
    with box("ul", "due-list"):
        for concept in due[:SHOWN]:
            with box("li"):
                words("span", concept.name)
                bar(concept.recall, "", concept.band)
                words("span", percent(concept.recall), "number")


def _stat(name: str, value: str) -> None:
    with box("div", "stat"):
        words("span", value, "stat-value")
        words("span", name, "muted small")
