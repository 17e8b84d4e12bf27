"""What an evaluation of tracers is asked to do."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from preceptor.domain import UserError, unknown_name
from preceptor.evaluate import PROTOCOLS
from preceptor.trace import tracer_class, tracer_names
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.tracing import TracerOptions

FLOOR = "average of each concept"
_OPTIONS = ("size", "questions", "vectors", "forgetting")


@dataclass(frozen=True, slots=True)
class TracingOptions:
    """How to compare tracers.

    Args:
        models: Tracers, each a name or a name with options such as `dkt:questions=embedding:forgetting=level`.
        protocol: One of `PROTOCOLS`, for example "leak-free".
        folds: Number of folds.
        run_folds: The folds to run; empty for all.
        splits: A table of students and folds to use in place of the protocol's own; None for none.
        device: Where to compute; empty for torch's own default.
        seed: Seeds folds, initial weights, order and intervals.
        resume: Whether to take up what an interrupted evaluation has finished.
        backend: Where pieces run, see `preceptor.parallel.map`.
    """

    models: tuple[str, ...] = ("dkt",)
    protocol: str = "leak-free"
    folds: int = 5
    run_folds: tuple[int, ...] = ()
    splits: Path | None = None
    device: str = ""
    seed: int = 0
    resume: bool = False
    backend: str = "here"

    def tracers(self) -> dict[str, TracerOptions]:
        """The tracers by label.

        Raises:
            UserError: If the protocol, a number or the spelling of a model is wrong.
        """
        if self.protocol not in PROTOCOLS:
            raise unknown_name("protocol", self.protocol, PROTOCOLS)
        require_at_least(PROTOCOLS[self.protocol].fewest_folds, folds=self.folds)
        if not self.models:
            raise UserError("--models names no tracer.", mend="for example --models history,dkt")
        tracers = {label: parse_model(label) for label in self.models}
        if self.protocol == "pykt" and any(tracer.forgetting for tracer in tracers.values()):
            raise UserError("--protocol pykt reads tracers alone.", mend="leave forgetting= out, or take leak-free")
        return {label: replace(tracer, device=self._device(tracer)) for label, tracer in tracers.items()}

    def _device(self, tracer: TracerOptions) -> str:
        """`device` for a tracer that can choose one; others compute where they always do."""
        known = tracer.model in tracer_names() and "device" in tracer_class(tracer.model).options
        return self.device if known else ""


def parse_model(label: str) -> TracerOptions:
    """Read a model such as `dkt:questions=embedding:size=large`.

    Raises:
        UserError: If an option is unknown or has no value.
    """
    name, *given = label.split(":")
    options: dict[str, Any] = {}
    for part in given:
        key, _, value = part.partition("=")
        if key not in _OPTIONS or not value:
            raise UserError(
                f"{label!r} has the option {part!r}.",
                allowed=" ".join(f"{option}=VALUE" for option in _OPTIONS),
                mend="for example dkt:questions=embedding:size=large",
            )
        options[key] = value
    return TracerOptions(name, **options)


def what_matters(options: TracerOptions) -> dict[str, Any]:
    """The part of a tracer's options that results depend on."""
    return asdict(replace(options, device="", vectors=options.vectors_in_force))
