"""How far a sitting is: shared by the practise page and the tutor."""

from preceptor.serve.elements import box, words
from preceptor.serve.tongue import say
from preceptor.workflow.views import SittingView


def progress(sitting: SittingView, number: int) -> None:
    """Draw which question this is, and a dot for each.

    Args:
        sitting: The sitting.
        number: The question's place in it, from 1.
    """
    number = min(number, sitting.goal)
    words("span", say("Question {number} of {goal}", number=number, goal=sitting.goal), "progress-text")
    with box(
        "div",
        "progress-track",
        role="progressbar",
        aria_label=say("Progress of this sitting"),
        aria_valuemin="0",
        aria_valuemax=str(sitting.goal),
        aria_valuenow=str(sitting.answered),
    ):
        for i in range(sitting.goal):
            box("span", f"progress-dot {'done' if i < sitting.answered else 'here' if i < number else ''}")
