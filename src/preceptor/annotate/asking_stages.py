"""The three questions to a model about one question: its steps, its concepts, and which step uses which."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from preceptor.annotate import asking_prompts as prompts
from preceptor.annotate.asking_answers import Concepts, Links, NamedConcept, Solution
from preceptor.annotate.asking_links import Pairs, all_pairs, links_problem, pairs_of
from preceptor.annotate.asking_screen import (
    folded,
    gives_orders,
    name_problem,
    one_line,
    step_problem,
    tidy_name,
    tidy_step,
)
from preceptor.annotate.contract import Failed, Stage
from preceptor.answers import VerdictOutcome, Worker, check
from preceptor.domain import Concept, Question, QuestionKind, Step
from preceptor.llm import Failure, LanguageModel, Request
from preceptor.llm.typed import Problem, ask, request_for

SOLUTION_TOKENS, CONCEPT_TOKENS, LINK_TOKENS = 1024, 768, 512
"""Longest answers; what is written beyond is cut off, and asked for again."""


@dataclass(frozen=True, slots=True)
class Named:
    """A concept that a model named.

    Args:
        name: A plausible name; the framework's own where `known` says so.
        known: The framework's concept; None for a name of the model's own.
        confidence: As the model states it, 0..1.
        evidence: Its reason, in one line.
    """

    name: str
    known: Concept | None
    confidence: float
    evidence: str

    @property
    def identity(self) -> str:
        """What two spellings of the same concept share."""
        return identity(self.known, self.name)


@dataclass(frozen=True)
class Findings:
    """What a model found of one question.

    Args:
        question: The question.
        steps: Worked steps, without concepts yet.
        named: Its concepts; empty if they could not be found.
        pairs: Which step uses which concept; None if that could not be found.
        failures: What gave nothing.
        counts: What was refused or mended, by name.
    """

    question: Question
    steps: tuple[Step, ...] = ()
    named: tuple[Named, ...] = ()
    pairs: Pairs | None = None
    failures: tuple[Failed, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


class Inquiry:
    """Asks a model about one question.

    Args:
        model: What is asked.
        worker: Holds a solution's result against the key.
        question: The question.
        known: Concepts of the framework that may fit.
        framework: All concepts of the framework by folded code and name.
    """

    def __init__(
        self,
        model: LanguageModel,
        worker: Worker,
        question: Question,
        known: Sequence[Concept],
        framework: Mapping[str, Concept],
    ) -> None:
        self._model = model
        self._worker = worker
        self._question = question
        self._known = [by_what_names_it(concept, framework) for concept in known]
        self._orders = gives_orders("\n".join((question.text, question.key, *question.options)))
        self._framework = index_of(known) if self._orders else framework
        self._counts: Counter[str] = Counter()

    def run(self) -> Findings:
        """Ask all three; a stage that fails ends what builds on it."""
        if self._orders:
            self._counts["questions_giving_orders"] += 1
        steps = self._steps()
        if isinstance(steps, Failed):
            return Findings(self._question, failures=(steps,), counts=self._counts)
        named = self._concepts([step.text for step in steps])
        if isinstance(named, Failed):
            return Findings(self._question, steps, failures=(named,), counts=self._counts)
        pairs = self._links([step.text for step in steps], [concept.name for concept in named])
        if isinstance(pairs, Failed):
            return Findings(self._question, steps, named, failures=(pairs,), counts=self._counts)
        return Findings(self._question, steps, named, pairs, counts=self._counts)

    def first_request(self) -> Request:
        """What is asked first; where its answer is kept, an earlier run has begun with this question."""
        steps = [step.text for step in self._question.steps]
        if steps:
            messages = prompts.concepts_messages(self._question, steps, self._known)
            return request_for(messages, Concepts, CONCEPT_TOKENS)
        return request_for(prompts.steps_messages(self._question), Solution, SOLUTION_TOKENS)

    def _steps(self) -> tuple[Step, ...] | Failed:
        """The question's own steps if it has any, else the model's."""
        if self._question.steps:
            self._counts["questions_with_own_steps"] += 1
            return self._question.steps
        answer = ask(
            self._model,
            prompts.steps_messages(self._question),
            Solution,
            self._solution_problem,
            max_tokens=SOLUTION_TOKENS,
        )
        if isinstance(answer, Failure):
            return self._failed(Stage.STEPS, answer)
        return tuple(Step(tidy_step(step)) for step in answer.value.steps)

    def _solution_problem(self, solution: Solution) -> Problem | None:
        steps = [tidy_step(step) for step in solution.steps]
        problem = next((found for step in steps if (found := step_problem(step))), "")
        if not problem and len(set(steps)) < len(steps):
            problem = "a step stands there twice"
        if problem:
            return self._refused("steps_refused", problem)
        if contradicts(self._question, solution.result, self._worker):
            return self._refused("solutions_contradicting_the_key", "`result` is another value than `answer`")
        return None

    def _concepts(self, steps: Sequence[str]) -> tuple[Named, ...] | Failed:
        messages = prompts.concepts_messages(self._question, steps, self._known)
        answer = ask(self._model, messages, Concepts, self._concepts_problem, max_tokens=CONCEPT_TOKENS)
        if isinstance(answer, Failure):
            return self._failed(Stage.CONCEPTS, answer)
        named = [found for concept in answer.value.concepts if (found := self._named(concept))]
        first = {found.identity: found for found in reversed(named)}
        return tuple(found for found in named if first[found.identity] is found)

    def _concepts_problem(self, concepts: Concepts) -> Problem | None:
        """Refused names can be left out as long as another one stands."""
        resolved = [(known_as(self._framework, concept.name), tidy_name(concept.name)) for concept in concepts.concepts]
        problems = [problem for known, name in resolved if (problem := self._label_problem(known, name))]
        if problems:
            self._counts["labels_refused"] += len(problems)
            return Problem("; ".join(problems), mendable=len(problems) < len(resolved))
        names = [identity(known, name) for known, name in resolved]
        if len(set(names)) < len(names):
            self._counts["labels_repeated"] += 1
            return Problem("a concept stands there twice", mendable=True)
        return None

    def _label_problem(self, known: Concept | None, name: str) -> str:
        if known is not None:
            return ""
        if self._orders:
            return "only concepts of the field `known` are allowed here"
        return name_problem(name)

    def _named(self, concept: NamedConcept) -> Named | None:
        known, name = known_as(self._framework, concept.name), tidy_name(concept.name)
        if self._label_problem(known, name):
            return None
        return Named(known.name if known else name, known, concept.confidence, one_line(concept.because))

    def _links(self, steps: Sequence[str], concepts: Sequence[str]) -> Pairs | Failed:
        if len(steps) == 1 or len(concepts) == 1:
            return all_pairs(len(steps), len(concepts))
        messages = prompts.links_messages(steps, concepts)
        answer = ask(
            self._model,
            messages,
            Links,
            lambda links: self._links_problem(links, len(steps), len(concepts)),
            max_tokens=LINK_TOKENS,
        )
        return self._failed(Stage.LINKS, answer) if isinstance(answer, Failure) else pairs_of(answer.value)

    def _links_problem(self, links: Links, steps: int, concepts: int) -> Problem | None:
        problem = links_problem(links, steps, concepts)
        if problem is not None and not problem.mendable:
            self._counts["links_refused"] += 1
        return problem

    def _refused(self, count: str, problem: str) -> Problem:
        self._counts[count] += 1
        return Problem(problem)

    def _failed(self, stage: Stage, failure: Failure) -> Failed:
        return Failed(self._question.question_id, stage, failure.kind.value, failure.detail)


def contradicts(question: Question, result: str, worker: Worker) -> bool:
    """Whether a result is surely another answer than the key; what cannot be read or decided contradicts nothing."""
    if question.uncheckable or question.kind in (QuestionKind.TEXT, QuestionKind.UNKNOWN):
        return False
    return check(question, bare_result(result), worker=worker).outcome is VerdictOutcome.WRONG


def bare_result(result: str) -> str:
    """A result without the dollar signs around it."""
    return result.strip().removeprefix("$").removesuffix("$").strip()


def index_of(concepts: Sequence[Concept]) -> dict[str, Concept]:
    """Concepts by folded code and name; what two share means neither."""
    found: dict[str, Concept | None] = {}
    for concept in concepts:
        for key in {folded(concept.code), folded(concept.name)} - {""}:
            found[key] = None if key in found and found[key] != concept else concept
    return {key: concept for key, concept in found.items() if concept is not None}


def by_what_names_it(concept: Concept, framework: Mapping[str, Concept]) -> Concept:
    """The concept without its code where others share the code: then only its name says which is meant."""
    return concept if framework.get(folded(concept.code)) == concept else replace(concept, code="")


def identity(known: Concept | None, name: str) -> str:
    """What two spellings of the same concept share: the framework's id, or the folded name."""
    return known.concept_id if known else folded(name)


def known_as(framework: Mapping[str, Concept], name: str) -> Concept | None:
    """The concept that a model means: by code, by name, or by a code with words after it."""
    key = folded(name)
    return framework.get(key) or framework.get(folded(key.partition(" ")[0].rstrip(":-–")))
