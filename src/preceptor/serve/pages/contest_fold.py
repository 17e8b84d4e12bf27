"""Where a student says that a grade is wrong, and what became of it."""

from collections.abc import Awaitable, Callable

from preceptor.serve.elements import Press, box, disclosure, field, words
from preceptor.serve.tongue import say
from preceptor.workflow.views import ContestView

CONTESTS = {
    "corrected": "Counts as right now",
    "waiting": "Your teacher will look at it",
    "confirmed": "Checked again: the grade stays",
    "upheld": "Your teacher let the grade stand",
}


def contest_fold(contest: Callable[[str], Awaitable[ContestView]]) -> None:
    """Draw the fold in which a grade is contested; what became of it takes its place.

    Args:
        contest: Receives the student's words, which may be empty.
    """
    with box("div") as place, disclosure(say("I think I was right"), "inline-fold contest") as fold:
        fold.mark("contest")
        words("p", say("Your answer is checked again in another way. If that cannot settle it, your teacher does."))
        with box("div", "inline-form", data_own_enter=""):
            note = field(say("Why? You may leave this empty."), hidden_label=True, classes="grow")
            note.mark("contest-note").props["placeholder"] = say("Why? You may leave this empty.")

            async def send() -> None:
                found = await contest((note.value or "").strip())
                place.clear()  # with this button: nothing can be said from here any more
                with place:
                    standing(found.status)

            Press(say("Check it again"), send, "small").mark("contest-send")


def standing(status: str) -> None:
    """Draw what became of a contest."""
    words("span", say(CONTESTS[status]), f"chip contested {status}").mark("contested")
