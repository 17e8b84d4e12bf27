"""Make a tracer for a course: which options it takes, what it needs, and what the course has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from preceptor.domain import Bank, Log, QMatrix, Question, UserError
from preceptor.embed import Encoder, LexicalEncoder
from preceptor.forgetting import curve_class
from preceptor.trace import QUESTION_INPUTS, VECTOR_MODES, QuestionVectors, Tracer, make_tracer, tracer_class
from preceptor.trace.neural import SIZES

_NONE = "none"
_WORD = re.compile(r"[^\W\d_]{2,}")
_QUESTION_LABEL = re.compile(r"^Question \S+(?: \((.*)\))?$")  # what readers call a question without a text
_CONCEPT_LABEL = re.compile(r"\bKC \S+(?=,|$)")


@dataclass(frozen=True, slots=True)
class TracerOptions:
    """A tracer and how to make it.

    Args:
        model: A registered tracer.
        size: "small", "base" or "large".
        questions: What is learned of single questions: "none", "difficulty" or "embedding".
        vectors: How text vectors are used: "none", "frozen" or "tuned"; a tracer that needs them gets "frozen" for
            "none".
        device: Where to compute, as torch spells it; empty for torch's own default.
        forgetting: The curve on top, as students are served; empty for the tracer alone.
    """

    model: str = "dkt"
    size: str = "base"
    questions: str = _NONE
    vectors: str = _NONE
    device: str = ""
    forgetting: str = ""

    @property
    def vectors_in_force(self) -> str:
        """`vectors`, or "frozen" for a tracer that cannot do without."""
        needed = self.vectors == _NONE and "vectors" in tracer_class(self.model).needs
        return "frozen" if needed else self.vectors


def available_inputs(bank: Bank, log: Log) -> frozenset[str]:
    """Which of "times", "durations", "question ids" and "vectors" a course can give a tracer.

    A log has question ids if some questions share their concepts; otherwise each KC stands as one question. It has
    texts for vectors if a question or concept says more than its number.
    """
    own = np.unique(np.sort(bank.q_matrix.concepts, axis=1), axis=0)
    texts = (*(question.text for question in bank.questions), *(concept.name for concept in bank.concepts))
    found = {
        "times": bool(np.isfinite(log.time_seconds).any()),
        "durations": bool(np.isfinite(log.duration_seconds).any()),
        "question ids": len(own) < len(bank.questions),
        "vectors": any(_WORD.search(_said(text)) for text in texts),
    }
    return frozenset(name for name, there in found.items() if there)


def missing_inputs(options: TracerOptions, available: frozenset[str]) -> tuple[str, ...]:
    """What a tracer cannot do without, by itself or as its options ask for it, and the course lacks."""
    fades = bool(options.forgetting) and curve_class(options.forgetting).forgets
    asked = {"question ids": options.questions != _NONE, "vectors": options.vectors != _NONE, "times": fades}
    needs = tracer_class(options.model).needs | {name for name in asked if asked[name]}
    return tuple(sorted(needs - available))


def inputs_of(options: TracerOptions, available: frozenset[str]) -> dict[str, list[str]]:
    """What a tracer `uses` of a course, what it would use if the course had it (`lacked`), and what was `left_out`."""
    known = tracer_class(options.model)
    left_out = {"question ids"} if "questions" in known.options and options.questions == _NONE else set()
    left_out |= {"vectors"} if options.vectors_in_force == _NONE else set()
    return {
        "uses": sorted((known.uses | known.needs) & available - left_out),
        "lacked": sorted((known.uses | known.needs) - available),
        "left_out": sorted(known.uses & available & left_out),
    }


def check_options(options: TracerOptions) -> None:
    """Refuse what cannot be made for any course.

    Raises:
        UserError: If the tracer is unknown, or takes no such option or no such value.
    """
    _check_values(options)
    takes, plain = tracer_class(options.model).options, TracerOptions(options.model)
    for name in ("size", "questions", "vectors", "device"):
        if getattr(options, name) != getattr(plain, name) and name not in takes:
            accepted = ", ".join(f"--{option}" for option in sorted(takes))
            raise UserError(
                f"The tracer {options.model!r} takes no --{name}.",
                allowed=accepted or "no options of its own",
                mend=f"leave --{name} out",
            )
    if options.forgetting and curve_class(options.forgetting).name != _NONE and tracer_class(options.model).time_aware:
        raise UserError(
            f"{options.model} knows time itself, and {options.forgetting} would count it twice.",
            allowed=f"{options.model} alone",
            mend="leave the curve out",
        )


def check_tracer(options: TracerOptions, available: frozenset[str]) -> None:
    """Refuse what cannot be made for a course.

    Raises:
        UserError: As `check_options`, or if the course lacks what the tracer or an option needs.
    """
    check_options(options)
    lacking = missing_inputs(options, available)
    if lacking:
        raise UserError(
            f"{options.model} needs {lacking[0]}; {_WITHOUT[lacking[0]]}.",
            allowed=f"a course with {lacking[0]}",
            mend="choose another tracer or other options",
        )


_WITHOUT = {
    "times": "no answer of this log has a time",
    "durations": "no answer of this log has a duration",
    "question ids": "this log has one question a KC",
    "vectors": "questions and concepts of this course are numbers without texts",
}


def build_tracer(
    options: TracerOptions, bank: Bank, q_matrix: QMatrix | None = None, origin: NDArray[np.int64] | None = None
) -> Tracer:
    """An unfitted tracer.

    Args:
        options: Checked by `check_tracer`.
        bank: Gives the texts.
        q_matrix: Questions other than the bank's own, over its concepts; None for the bank's.
        origin: int64 [questions of `q_matrix`], the bank's question behind each; None where they are the bank's.

    Raises:
        UserError: If a value is unknown or the device is not there.
    """
    takes = tracer_class(options.model).options
    given = {"size": options.size, "questions": options.questions}
    arguments: dict[str, object] = {name: value for name, value in given.items() if name in takes}
    if options.vectors_in_force != _NONE:
        arguments["vectors"] = text_vectors(bank, options.vectors_in_force == "tuned", origin)
    if options.device:
        arguments["device"] = device_named(options.device)
    return make_tracer(options.model, q_matrix or bank.q_matrix, **arguments)


def text_vectors(bank: Bank, tuned: bool, origin: NDArray[np.int64] | None = None) -> QuestionVectors:
    """Lexical vectors of a bank's texts, √width long.

    z_q = √d · normalise(½ · [v(text) + mean over steps of v(step)]), just √d · v(text) without steps, and
    z_c = √d · v(name), with v the unit vectors of an encoder fitted on all of these texts.

    A question that is known by number only is described by the names of its concepts, without the number.

    Args:
        bank: Gives the texts.
        tuned: Whether training may move the vectors.
        origin: int64, the questions wanted, repeats allowed; None for all in order.
    """
    names = [_said(concept.name) for concept in bank.concepts]
    texts = [text for q in bank.questions for text in (_said(q.text), *(step.text for step in q.steps))]
    encoder = LexicalEncoder().fit([*texts, *names])
    questions, concepts = _of_questions(bank.questions, encoder), encoder.encode(names)
    length = np.sqrt(np.float32(questions.shape[1]))
    chosen = questions if origin is None else questions[origin]
    return QuestionVectors(chosen * length, concepts * length, tuned)


def device_named(name: str) -> torch.device:
    """The device behind a name.

    Raises:
        UserError: If this machine has none of that name.
    """
    try:
        return torch.empty(0, device=torch.device(name)).device
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        first = str(error).splitlines()[0]
        raise UserError(f"--device is {name!r}: {first}", mend="leave --device out to use the default") from error


def _of_questions(questions: Sequence[Question], encoder: Encoder) -> NDArray[np.float32]:
    own = encoder.encode([_said(question.text) for question in questions])
    owner = np.repeat(np.arange(len(questions)), [len(question.steps) for question in questions])
    steps = encoder.encode([step.text for question in questions for step in question.steps])
    total = np.zeros_like(own)
    np.add.at(total, owner, steps)
    count = np.bincount(owner, minlength=len(questions))[:, None]
    joined = (own + total / np.maximum(count, 1)).astype(np.float32)
    return np.asarray(joined / np.maximum(np.linalg.norm(joined, axis=1, keepdims=True), 1e-6))


def _said(text: str) -> str:
    """A text without the numbers that readers put where there is none: of "Question 7 (Addition)" the concept."""
    label = _QUESTION_LABEL.match(text)
    return _CONCEPT_LABEL.sub("", (label[1] or "") if label else text).strip(", ")


def _check_values(options: TracerOptions) -> None:
    for name, allowed in (("size", SIZES), ("questions", QUESTION_INPUTS), ("vectors", VECTOR_MODES)):
        if getattr(options, name) not in allowed:
            raise UserError(f"--{name} is {getattr(options, name)!r}.", allowed=", ".join(allowed))
