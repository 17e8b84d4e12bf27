"""What asking a language model will take, told before anything is asked."""

from collections.abc import Set
from typing import TYPE_CHECKING

from preceptor.annotate import Framework
from preceptor.answers import Worker
from preceptor.domain import Bank, Question
from preceptor.embed import Encoder
from preceptor.llm import ThriftyModel

if TYPE_CHECKING:
    from preceptor.annotate.forecasting import Forecast


def foreseen(
    bank: Bank, framework: Framework, encoder: Encoder, worker: Worker, model: ThriftyModel, extend: int
) -> "Forecast":
    """What asking will take; questions whose first answer is kept count as done, to annotate and to vary alike."""
    from preceptor.annotate.asking import AskingAnnotator
    from preceptor.annotate.forecasting import forecast

    annotator = AskingAnnotator(framework, encoder, model, worker)
    known = annotator.candidates(bank.questions)
    open_ = {
        question.question_id: (question, offered)
        for question, offered in zip(bank.questions, known, strict=True)
        if not model.holds(annotator.first_request(question, offered))
    }
    unvaried = _unvaried(bank, open_.keys(), framework, encoder, worker, model, extend) if extend else []
    return forecast(
        [question for question, _ in open_.values()],
        [offered for _, offered in open_.values()],
        unvaried,
        model.budget.price,
    )


def _unvaried(
    bank: Bank,
    open_: Set[str],
    framework: Framework,
    encoder: Encoder,
    worker: Worker,
    model: ThriftyModel,
    extend: int,
) -> list[Question]:
    """Questions to vary of which no variations are kept.

    What is asked for a variation depends on the labels, so that these are made of the answers that are kept.

    Args:
        bank: All questions.
        open_: Ids of those that will be annotated first.
        framework: Names the concepts.
        encoder: As for annotating.
        worker: Compares answers.
        model: Knows what is kept.
        extend: Most questions to vary.
    """
    from preceptor.annotate.asking import AskingAnnotator
    from preceptor.annotate.extending import Extender
    from preceptor.annotate.varying import chosen_of

    holding = model.kept_only()
    kept = [question for question in bank.questions if question.question_id not in open_]
    annotation = AskingAnnotator(framework, encoder, holding, worker).annotate(kept)
    labelled = {found.question_id for found in annotation.questions}
    extender = Extender(holding, worker, encoder, annotation, framework.concepts)
    chosen = chosen_of([q for q in bank.questions if q.question_id in labelled or q.question_id in open_], extend)
    return [q for q in chosen if q.question_id not in labelled or not model.holds(extender.first_request(q))]
