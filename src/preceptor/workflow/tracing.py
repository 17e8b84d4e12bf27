"""Make a tracer for a course: which options it takes, what it needs, and what the course has."""

import re
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from preceptor.domain import Bank, Log, QMatrix, UserError
from preceptor.embed import BankTexts
from preceptor.forgetting import curve_class
from preceptor.trace import QUESTION_INPUTS, VECTOR_MODES, Tracer, make_tracer, tracer_class
from preceptor.trace.neural import SIZES
from preceptor.workflow.vectors import TextSource, text_vectors

_NONE = "none"
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class TracerOptions:
    """A tracer and how to make it.

    Args:
        model: A registered tracer.
        size: "small", "base" or "large".
        questions: What is learned of single questions: "none", "difficulty" or "embedding".
        vectors: How text vectors are used: "none", "frozen" or "tuned"; empty for "frozen" where the tracer reads
            texts by nature, else "none".
        device: Where to compute, as torch spells it; empty for torch's own default.
        forgetting: The curve on top, as students are served; empty for the tracer alone.
    """

    model: str = "dkt"
    size: str = "base"
    questions: str = _NONE
    vectors: str = ""
    device: str = ""
    forgetting: str = ""

    @property
    def vectors_in_force(self) -> str:
        """`vectors`, or what empty stands for."""
        return self.vectors or ("frozen" if "vectors" in tracer_class(self.model).needs else _NONE)


def available_inputs(bank: Bank, log: Log) -> frozenset[str]:
    """Which of "times", "durations", "question ids" and "vectors" a course can give a tracer.

    A log has question ids if some questions share their concepts; otherwise each KC stands as one question. It has
    texts for vectors if a question or concept says more than its number.
    """
    own = np.unique(np.sort(bank.q_matrix.concepts, axis=1), axis=0)
    texts = BankTexts.of(bank)
    found = {
        "times": bool(np.isfinite(log.time_seconds).any()),
        "durations": bool(np.isfinite(log.duration_seconds).any()),
        "question ids": len(own) < len(bank.questions),
        "vectors": any(map(_WORD.search, (*texts.questions, *texts.concepts))),
    }
    return frozenset(name for name, there in found.items() if there)


def missing_inputs(options: TracerOptions, available: frozenset[str]) -> tuple[str, ...]:
    """What a tracer cannot do without, by itself or as its options ask for it, and the course lacks."""
    by_text = options.vectors_in_force != _NONE
    fades = bool(options.forgetting) and curve_class(options.forgetting).forgets
    asked = {"question ids": options.questions != _NONE, "vectors": by_text, "times": fades}
    needs = tracer_class(options.model).needs - ({"vectors"} if not by_text else set())
    return tuple(sorted((needs | {name for name in asked if asked[name]}) - available))


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
    options: TracerOptions,
    bank: Bank,
    q_matrix: QMatrix | None = None,
    origin: NDArray[np.int64] | None = None,
    source: TextSource | None = None,
) -> Tracer:
    """An unfitted tracer.

    Args:
        options: Checked by `check_tracer`.
        bank: Gives the texts.
        q_matrix: Questions other than the bank's own, over its concepts; None for the bank's.
        origin: int64 [questions of `q_matrix`], the bank's question behind each; None where they are the bank's.
        source: Where text vectors come from; None for an encoder fitted on the bank.

    Raises:
        UserError: If a value is unknown or the device is not there.
    """
    takes = tracer_class(options.model).options
    given = {"size": options.size, "questions": options.questions}
    arguments: dict[str, object] = {name: value for name, value in given.items() if name in takes}
    if options.vectors_in_force != _NONE:
        arguments["vectors"] = text_vectors(bank, options.vectors_in_force == "tuned", origin, source)
    if options.device:
        arguments["device"] = device_named(options.device)
    return make_tracer(options.model, q_matrix or bank.q_matrix, **arguments)


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


def _check_values(options: TracerOptions) -> None:
    given = {"size": options.size, "questions": options.questions, "vectors": options.vectors or _NONE}
    allowed = {"size": SIZES, "questions": QUESTION_INPUTS, "vectors": VECTOR_MODES}
    for name, value in given.items():
        if value not in allowed[name]:
            raise UserError(f"--{name} is {value!r}.", allowed=", ".join(allowed[name]))
