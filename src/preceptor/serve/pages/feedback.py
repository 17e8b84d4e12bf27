"""What came of an answer: verdict, worked steps, change in recall."""

from nicegui import ui

from preceptor.serve.elements import Press, bar, box, disclosure, markup, maths, words
from preceptor.serve.maths import maths_html
from preceptor.serve.pages.question_card import Submit
from preceptor.serve.prose import prose_html
from preceptor.serve.tongue import say
from preceptor.serve.words import percent, points
from preceptor.workflow.views import AnswerView

VERDICTS = {"correct": "That's right", "wrong": "Not quite", "dont_know": "Good to know"}
_RING = '<circle cx="12" cy="12" r="10.2" fill="none" stroke="currentColor" stroke-width="2"></circle>'
_TICK = "M7.5 12.5l3 3 6-6.5"
_DASH = "M8 12h8"


def verdict(answer: AnswerView, said: str, key: str) -> None:
    """Draw the verdict with the feedback text; where that text explains all, nothing is said twice.

    Args:
        answer: What came of the answer.
        said: What the student typed or chose, for display; empty for "I don't know".
        key: The right answer, for display; empty while the student may try again.
    """
    right = answer.outcome == "correct"
    explained = right or explains(answer)
    with box("section", f"verdict {answer.outcome}", role="status", aria_live="polite").mark("verdict"):
        markup("span", _icon(_TICK if right else _DASH), "verdict-icon")
        with box("div", "verdict-text"):
            words("h2", say(VERDICTS[answer.outcome]))
            if said and not explained:
                _pair(say("You answered"), said)
            if key and not explained:
                _pair(say("The answer is"), key)
            markup("div", prose_html(answer.feedback), "verdict-feedback")


def explains(answer: AnswerView) -> bool:
    """Whether the feedback itself goes through the worked solution."""
    return bool(answer.steps) and all(step in answer.feedback for step in answer.steps)


def worked_steps(answer: AnswerView) -> None:
    """Draw the worked solution, folded away after a right answer; nothing where the feedback went through it."""
    if answer.steps and not explains(answer):
        is_open = answer.outcome != "correct"
        with disclosure(say("Worked solution"), "steps", is_open=is_open), box("ol", "step-list"):
            for step in answer.steps:
                markup("li", maths_html(step))


def recall_change(answer: AnswerView) -> None:
    """Draw how the recall of the question's concepts moved."""
    before, after = percent(answer.recall_before), percent(answer.recall_after)
    change = points(answer.recall_before, answer.recall_after)
    with box("div", "recall-change"):
        words("span", say("Recall over the topics of this question"), "muted")
        bar(answer.recall_after, "")
        words("span", f"{before} → {after} ({change})", "recall-figures")
    if answer.outcome != "correct" and answer.recall_after > answer.recall_before:
        words("p", say("Practice freshens the memory up, even after an answer that was not right."), "muted")


def report_form(submit: Submit) -> None:
    """Draw the fold that reports a wrong question.

    Args:
        submit: Receives the note.
    """
    with disclosure(say("Something wrong with this question?"), "report"):
        note = ui.textarea(placeholder=say("What is wrong? A few words are enough.")).props("outlined autogrow")
        note.classes("field").mark("report-note").props["aria-label"] = say("What is wrong")
        note.props["maxlength"] = "500"

        async def send() -> None:
            await submit((note.value or "").strip())
            note.value = ""
            ui.notify(say("Thank you. Your teacher will see it."), type="positive", position="top")

        Press(say("Send to the teacher"), send).mark("report-send")


def _pair(name: str, value: str) -> None:
    with box("p", "pair"):
        words("span", name, "muted")
        maths("span", value, "pair-value")


def _icon(path: str) -> str:
    mark = f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"></path>'
    return f'<svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">{_RING}{mark}</svg>'
