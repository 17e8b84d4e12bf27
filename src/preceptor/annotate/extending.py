"""New questions made from others, admitted only where a second way confirms the key (ExRec, appendix H)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from preceptor.annotate import asking_prompts as prompts
from preceptor.annotate.asking import own_concept
from preceptor.annotate.asking_answers import Links, Result, Variation, Variations
from preceptor.annotate.asking_links import all_pairs, linked, links_problem, pairs_of, repaired
from preceptor.annotate.asking_pool import at_once
from preceptor.annotate.asking_screen import name_problem, step_problem, tidy_name, tidy_step
from preceptor.annotate.asking_stages import LINK_TOKENS, SOLUTION_TOKENS, bare_result, index_of, known_as
from preceptor.annotate.content import content_of
from preceptor.annotate.contract import Annotation, Failed, Label, QuestionLabels, Stage
from preceptor.annotate.varying import VARIED, chosen_of, new_question, worked_out
from preceptor.annotate.wording import template
from preceptor.answers import VerdictOutcome, Worker, check, vet
from preceptor.domain import Concept, Question, Step
from preceptor.embed import Encoder
from preceptor.llm import Failure, LanguageModel, Message, Request
from preceptor.llm.typed import Problem, ask, request_for
from preceptor.progress import Progress, silent

_ADDED = 0.5
"""Stated confidence of a concept that a variation adds: the model wrote the question for it, nobody checked that."""


@dataclass(frozen=True)
class Extension:
    """What varying questions gave.

    Args:
        questions: New questions, vetted.
        labels: Their labels, in the same order.
        concepts: Concepts that the annotation did not have before.
        failures: Questions that gave no variation at all.
        counts: What was admitted and what was refused, by reason.
    """

    questions: tuple[Question, ...] = ()
    labels: tuple[QuestionLabels, ...] = ()
    concepts: tuple[Concept, ...] = ()
    failures: tuple[Failed, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Origin:
    question: Question
    labels: QuestionLabels


class Extender:
    """Asks a model for three variations of a question, and admits those whose key is confirmed.

    The first variation has the question's concepts, the other two one more each. A key is confirmed by our own algebra
    where the question is a formula to work out, else by a second solution of the model that does not see it. A key
    that is contradicted or that nothing confirms is refused and counted.

    Args:
        model: What is asked.
        worker: Compares answers.
        encoder: Mends links.
        annotation: Labels of the questions; new names are looked up among its concepts.
        framework: All concepts of the framework.
        concurrency: Questions under way at the same time.
    """

    def __init__(
        self,
        model: LanguageModel,
        worker: Worker,
        encoder: Encoder,
        annotation: Annotation,
        framework: Sequence[Concept],
        concurrency: int = 4,
    ) -> None:
        self._model = model
        self._worker = worker
        self._encoder = encoder
        self._labels = {found.question_id: found for found in annotation.questions}
        self._concepts = {concept.concept_id: concept for concept in (*framework, *annotation.concepts)}
        self._known = index_of(tuple(self._concepts.values()))
        self._used = {concept.concept_id for concept in annotation.concepts}
        self._concurrency = concurrency

    def extend(self, questions: Sequence[Question], most: int, progress: Progress = silent) -> Extension:
        """Vary up to `most` questions, spread evenly over those that can be varied."""
        chosen = chosen_of([q for q in questions if q.question_id in self._labels], most)
        origins = [_Origin(question, self._labels[question.question_id]) for question in chosen]
        seen = {template(question.text) for question in questions}
        found = list(at_once(self._varied, origins, self._concurrency, "questions varied", progress))
        counts = sum((Counter(one.counts) for one in found), Counter[str]())
        questions_, labels = [], []
        for question, label in ((q, one) for part in found for q, one in zip(part.questions, part.labels, strict=True)):
            if template(question.text) in seen:
                counts["variations_that_are_not_new"] += 1
                continue
            seen.add(template(question.text))
            questions_.append(question)
            labels.append(label)
        counts["variations_admitted"] = len(questions_)
        new = {label.concept_id for one in labels for label in one.labels} - self._used
        concepts = {one.concept_id: one for part in found for one in part.concepts if one.concept_id in new}
        failures = tuple(failed for part in found for failed in part.failures)
        return Extension(tuple(questions_), tuple(labels), tuple(concepts.values()), failures, dict(counts))

    def first_request(self, question: Question) -> Request:
        """What is asked first to vary a question that has labels."""
        messages = self._messages(_Origin(question, self._labels[question.question_id]))
        return request_for(messages, Variations, 2 * SOLUTION_TOKENS)

    def _messages(self, origin: _Origin) -> tuple[Message, ...]:
        names = [self._concepts[label.concept_id].name for label in origin.labels.labels]
        steps = [step.text for step in origin.labels.steps or origin.question.steps]
        return tuple(prompts.variations_messages(origin.question, steps, names))

    def _varied(self, origin: _Origin) -> Extension:
        messages = self._messages(origin)
        answer = ask(self._model, messages, Variations, self._problem, max_tokens=2 * SOLUTION_TOKENS)
        if isinstance(answer, Failure):
            failed = Failed(origin.question.question_id, Stage.EXTENSION, answer.kind.value, answer.detail)
            return Extension(failures=(failed,))
        parts = [self._admitted(origin, number, one) for number, one in enumerate(answer.value.variations)]
        counts = sum((Counter(one.counts) for one in parts), Counter[str]())
        return Extension(
            tuple(question for one in parts for question in one.questions),
            tuple(label for one in parts for label in one.labels),
            tuple(concept for one in parts for concept in one.concepts),
            counts=counts,
        )

    def _problem(self, variations: Variations) -> Problem | None:
        """The first variation adds no concept, the others one each; a single bad variation can be left out."""
        for number, variation in enumerate(variations.variations):
            if problem := self._variation_problem(number, variation):
                return Problem(f"variation {number + 1}: {problem}", mendable=True)
        return None

    def _variation_problem(self, number: int, variation: Variation) -> str:
        added = tidy_name(variation.added_concept)
        if bool(added) != bool(number):
            return "`added_concept` must be empty in the first variation and name a concept in the others"
        if added and not known_as(self._known, added) and (problem := name_problem(added)):
            return problem
        if not variation.question.strip() or step_problem(" ".join(variation.question.split())):
            return "the question is empty or holds a link, markup or an order"
        return next((found for step in variation.steps if (found := step_problem(tidy_step(step)))), "")

    def _admitted(self, origin: _Origin, number: int, variation: Variation) -> Extension:
        if self._variation_problem(number, variation):
            return _refused("variations_refused")
        question = vet(new_question(origin.question, number, variation), self._worker)
        if question.uncheckable or question.kind not in VARIED:
            return _refused("variations_with_uncheckable_keys")
        verdict = self._confirmed(question)
        if isinstance(verdict, Failure):
            return _refused(f"variations_unconfirmed_{verdict.kind.value}")
        if not verdict.startswith("confirmed"):
            return _refused(f"variations_{verdict}")
        return self._labelled(origin, question, tidy_name(variation.added_concept), verdict)

    def _confirmed(self, question: Question) -> str | Failure:
        """How the key was confirmed, or why it was not."""
        by_algebra = worked_out(question, self._worker)
        if by_algebra is not None:
            return "confirmed_by_algebra" if by_algebra else "contradicted_by_algebra"
        answer = ask(self._model, prompts.solve_messages(question), Result, max_tokens=SOLUTION_TOKENS)
        if isinstance(answer, Failure):
            return answer
        outcome = check(question, bare_result(answer.value.result), worker=self._worker).outcome
        told = {VerdictOutcome.CORRECT: "confirmed_by_a_second_solution", VerdictOutcome.WRONG: "contradicted"}
        return told.get(outcome, "unconfirmed")

    def _labelled(self, origin: _Origin, question: Question, added: str, verdict: str) -> Extension:
        concept = (known_as(self._known, added) or own_concept(added)) if added else None
        labels = tuple(
            replace(label, evidence=f"as the question it was made from; key {verdict.replace('_', ' ')}")
            for label in origin.labels.labels
        )
        if concept and concept.concept_id not in {label.concept_id for label in labels}:
            labels += (Label(concept.concept_id, _ADDED, "the question was written for it"),)
        ids = [label.concept_id for label in labels]
        names = [concept.name if concept and one == concept.concept_id else self._concepts[one].name for one in ids]
        steps, repairs = self._linked(question.steps, ids, names)
        found = QuestionLabels(question.question_id, content_of(question), labels, steps)
        counts = {f"variations_{verdict}": 1, "links_repaired": repairs}
        concepts = (concept,) if concept else ()
        return Extension((replace(question, steps=()),), (found,), concepts, counts=counts)

    def _linked(self, steps: Sequence[Step], ids: Sequence[str], names: Sequence[str]) -> tuple[tuple[Step, ...], int]:
        """Steps with the concepts they use, asked for as for any question; without an answer they name none."""
        texts = [step.text for step in steps]
        if len(steps) == 1 or len(ids) == 1:
            return linked(steps, ids, all_pairs(len(steps), len(ids))), 0
        answer = ask(
            self._model,
            prompts.links_messages(texts, names),
            Links,
            lambda links: links_problem(links, len(steps), len(ids)),
            max_tokens=LINK_TOKENS,
        )
        if isinstance(answer, Failure):
            return linked(steps, ids, frozenset()), 0
        pairs, added = repaired(pairs_of(answer.value), texts, names, self._encoder)
        return linked(steps, ids, pairs), added


def _refused(reason: str) -> Extension:
    return Extension(counts={reason: 1})
