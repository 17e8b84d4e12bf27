"""The language models of a tutor: one for each role, named by settings, with a budget over all that is stored."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from preceptor.course import Course, Settings
from preceptor.domain import UserError
from preceptor.llm import KEY_VARIABLE, Budget, Endpoint, LanguageModel, Ledger, Price, ThriftyModel
from preceptor.tutor.variants import DEFAULT_VARIANT, TUTOR, SessionBudget, named_variant
from preceptor.workflow.clock import Clock
from preceptor.workflow.tutoring import Tutor

ROLES = (TUTOR, "rewriter", "student", "grader", "judge")
"""Who a model may be: who speaks, who rewords what is known of a student, who plays one, who grades, who judges."""
LEDGER = "answers.sqlite"


@dataclass(frozen=True, slots=True)
class TutorOptions:
    """Who tutors.

    What is None or empty is a setting: PRECEPTOR_LLM_TUTOR_URL, PRECEPTOR_LLM_TUTOR_NAME, else PRECEPTOR_MODEL_URL and
    PRECEPTOR_MODEL_NAME, or the same in small letters in course.toml.

    Args:
        with_model: Whether a language model drafts the words.
        url: Base of an OpenAI-compatible API.
        model: The tutor's model there.
        variant: A registered variant; empty for ours.
        turns: Questions in a session.
        timeout_seconds: Longest wait for a turn's calls.
        budget_tokens: Tokens of all dialogues of this course at most.
        price_in: Of a million tokens read.
        price_out: Of a million tokens written.
    """

    with_model: bool = False
    url: str = ""
    model: str = ""
    variant: str = ""
    turns: int | None = None
    timeout_seconds: float | None = None
    budget_tokens: int | None = None
    price_in: float | None = None
    price_out: float | None = None


def endpoint_for(role: str, settings: Settings, url: str = "", model: str = "") -> Endpoint:
    """The model of a role: its own settings, else the general ones; its key from the environment alone.

    Raises:
        UserError: If no model is named for it, or course.toml holds a key.
    """
    own = f"llm_{role}"
    if "model_key" in settings.stored or f"{own}_key" in settings.stored:
        raise UserError(
            "course.toml holds a key.", mend=f"remove it there and set the environment variable {KEY_VARIABLE}"
        )
    found_url = settings.resolve(f"{own}_url", settings.resolve("model_url", ""), url or None)
    name = settings.resolve(f"{own}_name", settings.resolve("model_name", ""), model or None)
    if not found_url or not name:
        raise UserError(
            f"No language model is named for the {role}.",
            allowed="the URL of an OpenAI-compatible API and the name of a model",
            mend=f"--model-url http://127.0.0.1:8080/v1 --model-name NAME, or set PRECEPTOR_LLM_{role.upper()}_URL and "
            f"PRECEPTOR_LLM_{role.upper()}_NAME",
        )
    key = settings.environment.get(f"PRECEPTOR_LLM_{role.upper()}_KEY") or settings.environment.get(KEY_VARIABLE, "")
    return Endpoint(found_url, name, key)


@contextmanager
def tutor_of(course: Course, options: TutorOptions, clock: Clock, roles: Sequence[str] = (TUTOR,)) -> Iterator[Tutor]:
    """Make a tutor, connect its models, and let them go afterwards.

    Raises:
        UserError: If a variant or a model is not known.
    """
    settings = course.settings
    variant = named_variant(settings.resolve("tutor_variant", DEFAULT_VARIANT, options.variant or None))
    plain = SessionBudget()
    budget = SessionBudget(
        turns=options.turns or plain.turns,
        timeout_seconds=settings.resolve("llm_timeout_seconds", plain.timeout_seconds, options.timeout_seconds),
    )
    if not options.with_model:
        yield Tutor(variant, budget=budget, monotonic=clock.monotonic)
        return
    price = Price(
        settings.resolve("model_price_in", 0.0, options.price_in),
        settings.resolve("model_price_out", 0.0, options.price_out),
    )
    limit = settings.resolve("tutor_budget_tokens", 0, options.budget_tokens)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="preceptor-tutor-")))
        ledger = Ledger(folder / LEDGER)
        stack.callback(ledger.close)
        models: dict[str, LanguageModel] = {}
        for role in roles:
            endpoint = endpoint_for(role, settings, options.url, options.model)
            models[role] = stack.enter_context(_asked(endpoint, ledger, Budget(limit or None, None, price)))
        name = endpoint_for(TUTOR, settings, options.url, options.model).model
        yield Tutor(variant, models, name, price, budget, monotonic=clock.monotonic)


@contextmanager
def _asked(endpoint: Endpoint, ledger: Ledger, budget: Budget) -> Iterator[LanguageModel]:
    """A model that is asked once: a student does not wait while it is asked again.

    What it says is about a student: it is kept for this process only, and what is shown with the student's turns.
    """
    from preceptor.llm.openai_compatible import OpenAICompatibleModel

    direct = OpenAICompatibleModel(endpoint)
    try:
        yield ThriftyModel(direct, endpoint.model, ledger, budget)
    finally:
        direct.close()
