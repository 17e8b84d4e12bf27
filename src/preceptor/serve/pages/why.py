"""Why this question: the reason, the expectation and the answers it rests on."""

from preceptor.serve.elements import box, disclosure, maths, words
from preceptor.serve.words import days_ago, percent
from preceptor.workflow.views import Recommendation

SHOWN = 5


def why_panel(recommendation: Recommendation) -> None:
    """Draw the closed fold with the reason inside."""
    with disclosure("Why this question?", "why"):
        why(recommendation)


def why(recommendation: Recommendation) -> None:
    """Draw the reason, the two figures and the evidence."""
    maths("p", recommendation.why)
    with box("dl", "figures"):
        _figure("Chance that you get it right", percent(recommendation.p_correct))
        gain = 100 * recommendation.expected_improvement
        _figure("What answering it is expected to add to your recall", f"{gain:+.1f} points")
    if not recommendation.evidence:
        words("p", "You have not answered anything related yet.", "muted")
        return
    words("p", "It rests on these answers:", "muted")
    with box("ul", "evidence"):
        for evidence in recommendation.evidence[:SHOWN]:
            right = evidence.correct >= 0.5
            with box("li", "right" if right else "wrong"):
                maths("span", evidence.text)
                words("span", f"{'right' if right else 'wrong'}, {days_ago(evidence.days_ago)}", "muted small")


def _figure(name: str, value: str) -> None:
    with box("div"):
        words("dt", name)
        words("dd", value)
