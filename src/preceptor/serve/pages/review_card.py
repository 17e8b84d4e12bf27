"""One question of a concept under review."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from preceptor.serve.elements import Press, bar, box, disclosure, markup, maths, words
from preceptor.serve.pages.review_parts import name_field, sureness
from preceptor.serve.pages.review_steps import StepsEditor
from preceptor.serve.ports import ReviewPort
from preceptor.serve.prose import prose_html
from preceptor.serve.tongue import say
from preceptor.serve.words import percent
from preceptor.workflow.review_views import LabelledQuestion, StepView

Do = Callable[..., Awaitable[None]]
Tick = Callable[[str, bool], None]


class QuestionCard:
    """A question with its label, the buttons that judge it, and its steps.

    Args:
        review: Where decisions go.
        concept_id: The concept under review.
        do: Calls a verb of the review and shows what stands then.
    """

    def __init__(self, review: ReviewPort, concept_id: str, do: Do) -> None:
        self._review, self._concept_id, self._do = review, concept_id, do
        self._shown: tuple[str, LabelledQuestion, bool] | None = None
        self._right: Press | None = None
        self._box = box("article", "card report-card").mark("question-card")

    def show(self, concept: str, question: LabelledQuestion, tick: Tick | None) -> None:
        """Draw the card, or leave it alone if nothing of it changed.

        Args:
            concept: Name of the concept under review.
            question: The question.
            tick: Called when the question is ticked or not; None where nothing can be ticked.
        """
        wanted = concept, question, tick is not None
        if wanted == self._shown:
            return
        self._shown, self._concept, self._question = wanted, concept, question
        self._box.clear()
        with self._box:
            if tick is not None:
                self._checkbox(tick)
            markup("div", prose_html(question.text), "stem small-stem")
            if question.options:
                maths("p", " · ".join(question.options), "muted")
            self._label()
            self._acts = box("div", "report-acts")
            with self._acts:
                self._buttons()
            self._steps()

    def focus(self) -> None:
        """Lead the keyboard to the first button."""
        if self._right is not None:
            self._right.run_method("focus")

    def remove(self) -> None:
        """Take the card away."""
        self._box.delete()

    def _checkbox(self, tick: Tick) -> None:
        box_ = ui.checkbox(say("Move this question")).classes("tick").mark("tick")
        box_.on_value_change(lambda event: tick(self._question.question_id, bool(event.value)))

    def _label(self) -> None:
        question = self._question
        with box("div", "label-line"):
            if question.decided:
                words("span", say("Checked"), "chip checked")
            else:
                bar(question.confidence, "", sureness(question.confidence))
                words("span", say("{confidence} sure", confidence=percent(question.confidence)), "number")
                maths("span", question.evidence, "muted small evidence-text")
            if question.changed:
                words("span", say("changed since it was annotated: annotate again"), "chip due")
            for other in question.others:
                maths("span", say("also: {concept}", concept=other), "chip")

    def _buttons(self) -> None:
        question, concept_id = self._question, self._concept_id
        self._right = None
        if not question.decided:
            accept = self._review.accept
            self._right = Press(say("Right"), lambda: self._do(accept, question.question_id, concept_id), "small")
            self._right.mark("right")
        Press(say("Wrong"), lambda: self._do(self._review.remove, question.question_id, concept_id), "small").mark(
            "wrong"
        )
        Press(say("Move to…"), self._ask_where, "small").mark("move")

    async def _ask_where(self) -> None:
        self._acts.clear()
        with self._acts:
            name = name_field(say("Its concept"))
            name.props["data-autofocus"] = ""
            question_id, concept_id = self._question.question_id, self._concept_id
            Press(
                say("Move"), lambda: self._do(self._review.move, question_id, concept_id, name.value or ""), "small"
            ).mark("move-there")
            Press(say("Has both"), lambda: self._do(self._review.add, question_id, name.value or ""), "small").mark(
                "add-too"
            )
            Press(say("Cancel"), self._back, "quiet small").mark("cancel-move")

    async def _back(self) -> None:
        self._acts.clear()
        with self._acts:
            self._buttons()

    def _steps(self) -> None:
        steps = self._question.steps
        with disclosure(say("Steps ({number})", number=len(steps)), "inline-fold"):
            self._editor = box("div", "stack")
            with self._editor:
                if steps:
                    with box("ol", "step-list"):
                        for step in steps:
                            _step(step)
                Press(say("Change the steps"), self._edit_steps, "small").mark("edit-steps")

    async def _edit_steps(self) -> None:
        self._editor.clear()
        with self._editor:
            names = (self._concept, *self._question.others)

            async def save(steps: tuple[StepView, ...]) -> None:
                await self._do(self._review.steps, self._question.question_id, steps)

            StepsEditor(self._question.steps, names, save).draw()


def _step(step: StepView) -> None:
    with box("li"):
        maths("span", step.text)
        if step.concepts:
            with box("div", "chips"):
                for name in step.concepts:
                    maths("span", name, "chip small")
