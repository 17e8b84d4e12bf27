"""Why this question: the reason, the expectation and the answers it rests on."""

from preceptor.serve.desk import Desk
from preceptor.serve.elements import box, disclosure, maths, words
from preceptor.serve.tongue import figure, say
from preceptor.serve.words import days_ago, percent
from preceptor.workflow.views import Evidence, Recommendation

SHOWN = 5
LEAST_EFFECT = 0.0005
"""Effects that would read as 0.0 points are left out."""


def why_panel(desk: Desk, student_id: str) -> None:
    """Draw the closed fold; the reason is asked for when it is first opened, since weighing answers takes a moment.

    Args:
        desk: The services.
        student_id: The student whose waiting question is explained.
    """
    with disclosure(say("Why this question?"), "why") as details:
        reason = box("div")
    loaded = False

    async def load() -> None:
        nonlocal loaded
        if loaded:
            return
        loaded = True
        recommendation = await desk.ask(desk.classroom.explain, student_id, desk.clock())
        with reason:
            why(recommendation)

    details.mark("why").on("toggle", load, [])


def why(recommendation: Recommendation) -> None:
    """Draw the reason, the two figures and the evidence."""
    maths("p", recommendation.why)
    with box("dl", "figures"):
        _figure(say("Chance that you get it right"), percent(recommendation.p_correct))
        gain = say("{gain} points", gain=figure(f"{100 * recommendation.expected_improvement:+z.1f}"))
        _figure(say("What answering it is expected to add to your recall"), gain)
    words("p", say("Chosen by {policy}.", policy=recommendation.policy), "muted small")
    if not recommendation.evidence:
        words("p", say("You have not answered anything related yet."), "muted")
        return
    words("p", say("It rests on these answers:"), "muted")
    with box("ul", "evidence"):
        for evidence in recommendation.evidence[:SHOWN]:
            right = evidence.correct >= 0.5
            with box("li", "right" if right else "wrong"):
                maths("span", evidence.text)
                words("span", ", ".join(_told(evidence)), "muted small")


def _told(evidence: Evidence) -> list[str]:
    told = [say("right" if evidence.correct >= 0.5 else "wrong"), days_ago(evidence.days_ago)]
    if evidence.effect is not None and abs(evidence.effect) >= LEAST_EFFECT:
        told.append(say("{gain} points of the gain are due to it", gain=figure(f"{100 * evidence.effect:+z.1f}")))
    return told


def _figure(name: str, value: str) -> None:
    with box("div"):
        words("dt", name)
        words("dd", value)
