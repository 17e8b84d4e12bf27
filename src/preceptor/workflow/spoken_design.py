"""A tutor experiment in which variants speak through a language model; the model belongs to the design."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from preceptor.course import Course
from preceptor.domain import digest
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.tutor.variants import TUTOR, SessionBudget
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.model_size import is_evidence, parameters_of
from preceptor.workflow.tutor_models import endpoint_for


@dataclass(frozen=True, slots=True)
class LabModel:
    """The model that every variant of an experiment speaks through. Its key comes from the environment alone.

    Args:
        name: Its name at the server.
        url: Base of the API; the same model elsewhere says the same.
        parameters: How many it has; None if nobody knows.
        timeout_seconds: Longest wait for all calls of a turn.
        budget_tokens: Tokens that an arm may take in a replicate; None for no limit.
    """

    name: str
    url: str = field(compare=False)
    parameters: int | None = field(compare=False)
    timeout_seconds: float
    budget_tokens: int | None = None

    @classmethod
    def named(
        cls, course: Course, url: str = "", name: str = "", size: str = "", budget_tokens: int | None = None
    ) -> "LabModel":
        """The model that options and the course's settings name.

        Args:
            course: Whose settings fill in what is empty, see `endpoint_for`.
            url: Base of an OpenAI-compatible API.
            name: The model's name there.
            size: How large it is; empty for what its name says.
            budget_tokens: Tokens that an arm may take in a replicate.

        Raises:
            UserError: If no model is named, or a size or budget is none.
        """
        if budget_tokens is not None:
            require_at_least(1, budget_tokens=budget_tokens)
        endpoint = endpoint_for(TUTOR, course.settings, url, name)
        timeout = course.settings.resolve("llm_timeout_seconds", SessionBudget().timeout_seconds)
        return cls(endpoint.model, endpoint.url, parameters_of(endpoint.model, size), timeout, budget_tokens)


@dataclass(frozen=True, slots=True)
class SpokenDesign(LabDesign):
    """How tutors are compared that speak through a model: as without it, with one model and one budget for all arms.

    Args:
        model: Who drafts the words of variants; controls keep their own.
    """

    model: LabModel = field(kw_only=True)

    @classmethod
    def of(cls, design: LabDesign, model: LabModel) -> "SpokenDesign":
        """A design with a model."""
        return cls(**_plain(design), model=model)

    @property
    def budget(self) -> SessionBudget:
        """What a turn may take, the same for every variant."""
        return SessionBudget(turns=self.turns, timeout_seconds=self.model.timeout_seconds)

    @property
    def config_hash(self) -> str:
        """Equal between arms that may be compared: the same design, model and budget."""
        model = self.model
        return digest(LabDesign(**_plain(self)).config_hash, model.name, self.budget.config_hash, model.budget_tokens)

    @property
    def about(self) -> dict[str, Any]:
        """As JSON values, with the hash."""
        return {
            **LabDesign(**_plain(self)).about,
            "language_model": self.model.name,
            "budget": asdict(self.budget),
            "budget_tokens": self.model.budget_tokens,
            "config_hash": self.config_hash,
        }


def _plain(design: LabDesign) -> dict[str, Any]:
    return {one.name: getattr(design, one.name) for one in fields(LabDesign)}


def model_told(design: LabDesign) -> dict[str, Any]:
    """What a result says of its model, and whether its figures are evidence; empty where none speaks."""
    if not isinstance(design, SpokenDesign):
        return {}
    parameters = design.model.parameters
    return {
        "language_model": design.model.name,
        "model_size_parameters": parameters,
        "evidence": is_evidence(parameters),
    }
