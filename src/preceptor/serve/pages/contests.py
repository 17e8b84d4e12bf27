"""Contested grades, for a teacher to decide."""

from preceptor.serve.desk import Desk
from preceptor.serve.elements import Action, Press, box, disclosure, markup, maths, words
from preceptor.serve.prose import prose_html
from preceptor.serve.tongue import say
from preceptor.serve.words import days_ago
from preceptor.workflow.views import ContestedAnswer

SECONDS_PER_DAY = 86_400.0


def contested_grades(desk: Desk, contests: tuple[ContestedAnswer, ...], decided: Action) -> None:
    """Draw the fold with all that may still be decided.

    Args:
        desk: The services.
        contests: What is contested.
        decided: Called after every decision.
    """
    with disclosure(say("Contested grades ({number})", number=len(contests)), is_open=bool(contests)):
        if not contests:
            words("p", say("Nobody has contested a grade."), "muted")
        for contest in contests:
            _contest(desk, contest, decided)


def _contest(desk: Desk, contest: ContestedAnswer, decided: Action) -> None:
    async def accept() -> None:
        await desk.ask(desk.classroom.accept_contest, contest.contest_id, desk.clock())
        await decided()

    async def uphold() -> None:
        await desk.ask(desk.classroom.uphold_contest, contest.contest_id, desk.clock())
        await decided()

    with box("article", "card report-card").mark("contest-card"):
        markup("div", prose_html(contest.text), "stem small-stem")
        _pair(say("The student answered"), contest.response)
        _pair(say("Answer in the bank"), contest.key)
        words("p", _second(contest.second_right), "muted small")
        words("blockquote", contest.note or say("No note."))
        days = (desk.clock() - contest.time_seconds) / SECONDS_PER_DAY
        words("p", days_ago(max(days, 0.0)), "muted small")
        with box("div", "report-acts"):
            Press(say("Count as right"), accept, "small").mark("accept-contest")
            Press(say("The grade stays"), uphold, "quiet small").mark("uphold-contest")


def _second(right: bool | None) -> str:
    """What the second check says."""
    if right is None:
        return say("The second check cannot say.")
    if right:
        return say("The second check finds the right value; the form may be another.")
    return say("The second check finds another value, too.")


def _pair(name: str, value: str) -> None:
    with box("p", "pair"):
        words("span", name, "muted")
        maths("span", value, "pair-value")
