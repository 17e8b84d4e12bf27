"""A learned policy that serves: it needs torch alone, and the tracer it was trained on."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from preceptor.domain import UserError, digest
from preceptor.mind import MindModel, Minds
from preceptor.recommend.aims import aim_of
from preceptor.recommend.layout import Layout
from preceptor.recommend.learned.brain import Brain, Form
from preceptor.recommend.learned.episode import Episode
from preceptor.recommend.objectives import Objective
from preceptor.recommend.observation import layout_of, observe
from preceptor.recommend.policy import Choice, Policy, Ranked
from preceptor.recommend.worlds import world_for
from preceptor.trace import Tracer
from preceptor.trace.model_files import weights_version

CONFIG, WEIGHTS = "config.json", "weights.safetensors"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a policy comes from, as JSON values.

    Args:
        algorithm: The algorithm's name.
        critic: "plain" or "mve".
        objective: What it was trained for.
        tracer: The tracer's name.
        version: Of the tracer, see `tracer_version`.
        run: The model's run.
        released: Whether the objective was what ExRec's released code makes of it; it is so in use, too.
        terms: Of the objective, see `terms_of`; empty where they were not told.
    """

    algorithm: str
    critic: str
    objective: str
    tracer: str
    version: str
    run: str
    released: bool = False
    terms: str = ""

    @property
    def told(self) -> str:
        """The policy in a few words."""
        return f"{self.algorithm} ({self.critic} critic)"


class LearnedPolicy(Policy):
    """Asks what a trained network scores highest.

    Args:
        model: The model behind the minds.
        brain: The network.
        origin: Where it comes from.
        episode: What it was trained under; its rules hold here too.
    """

    name: ClassVar[str] = "learned"

    def __init__(self, model: MindModel, brain: Brain, origin: Origin, episode: Episode | None = None) -> None:
        super().__init__(model)
        self.brain, self.origin = brain.eval(), origin
        self.episode = episode or Episode()
        self.world = world_for(model, timed=self.episode.timed)
        self._bank = b""

    def choose(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> Choice:
        """The best question of each student.

        Raises:
            UserError: If nothing may be asked, or the policy was trained for another objective.
        """
        allowed = self._allowed(minds, candidates, at_seconds)
        scores = self.scores(minds, candidates, objective, at_seconds, rng)
        question = np.where(allowed, scores, -np.inf).argmax(axis=1)
        p_correct = self.model.p_correct(minds, question[:, None], at_seconds)[:, 0]
        return Choice(question, p_correct, np.full(len(minds), np.nan))

    @property
    def told(self) -> str:
        """Algorithm and critic."""
        return self.origin.told

    @property
    def remaining(self) -> float:
        """Steps left as a share of an episode of the training; the whole where more are left, or nobody counts."""
        return 1.0 if self.left is None else min(1.0, self.left / self.episode.horizon)

    def rank(
        self,
        mind: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: float,
        k: int,
        rng: np.random.Generator | None = None,
    ) -> list[Ranked]:
        """The k best questions of a single student, scored once, at most one of each set of concepts."""
        at = np.array([at_seconds])
        allowed = self._allowed(mind, candidates, at)[0]
        scores = self.scores(mind, candidates, objective, at, np.random.default_rng(0) if rng is None else rng)[0]
        found: list[int] = []
        while len(found) < k and allowed.any():
            found.append(int(np.where(allowed, scores, -np.inf).argmax()))
            allowed &= self.concept_set != self.concept_set[found[-1]]
        p_correct = self.model.p_correct(mind, np.array([found], dtype=np.int64), at)[0]
        return [Ranked(question, float(p), float("nan")) for question, p in zip(found, p_correct, strict=True)]

    def scores(
        self,
        minds: Minds,
        candidates: NDArray[np.bool_],
        objective: Objective,
        at_seconds: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> NDArray[np.float32]:
        """What the network says of every candidate, float32 [n, questions]; −∞ for the others.

        The network's bank is what may be asked of anybody.

        Raises:
            UserError: See `require`.
        """
        self.require(objective)
        rows = self._use(np.asarray(candidates.reshape(-1, candidates.shape[-1]).any(axis=0)))
        with torch.no_grad(), torch.random.fork_rng(devices=[]):
            torch.manual_seed(int(rng.integers(2**62)))
            found = self.brain.scores(
                self._observed(minds, objective, at_seconds, rng), sampled=not self.brain.form.deterministic
            )
        scores = np.full((len(minds), candidates.shape[-1]), -np.inf, dtype=np.float32)
        scores[:, rows] = found.cpu().numpy()
        return np.where(candidates, scores, -np.inf).astype(np.float32, copy=False)

    def require(self, objective: Objective) -> None:
        """Refuse an objective that the policy was not trained for.

        Raises:
            UserError: If it has another name, or what somebody sets of it has changed since.
        """
        origin = self.origin
        if objective.name != origin.objective:
            raise UserError(
                f"This policy was trained for the objective {origin.objective!r}, not for {objective.name!r}.",
                allowed=f"--objective {origin.objective}",
                mend=f"preceptor train-policy COURSE --objective {objective.name}",
            )
        if origin.terms and origin.terms != terms_of(objective):
            raise UserError(
                f"The weights of {objective.name!r} have changed since this policy was trained.",
                allowed="the weights it was trained for",
                mend=f"preceptor train-policy COURSE --objective {objective.name} --algorithm {origin.algorithm} "
                f"--critic {origin.critic}",
            )

    def _use(self, asked: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Let the brain choose among these questions, bool [questions], and return their rows.

        Gathering thousands of vectors takes longer than an answer may: the bank of the last call stays, and what
        follows from it.
        """
        rows, key = np.flatnonzero(asked), asked.tobytes()
        if key != self._bank:
            self.brain.use(self.world.question_vectors[torch.as_tensor(rows, device=self.world.device)])
            self.brain.settle()
            self._bank = key
        return rows

    def _observed(
        self, minds: Minds, objective: Objective, at_seconds: NDArray[np.float64], rng: np.random.Generator
    ) -> Tensor:
        when, remaining = self.episode.moments(objective, at_seconds, self.remaining, self.world.device)
        state = self.world.start(minds)
        drawn = torch.as_tensor(rng.random(len(minds)))
        aimed = objective.as_released() if self.origin.released else objective
        sight = aim_of(aimed, self.world).start(state, minds.recent, drawn, when)
        return observe(self.world, state, sight, when, remaining, timed=self.episode.timed)

    def _allowed(
        self, minds: Minds, candidates: NDArray[np.bool_], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """What may be asked by the rules, and is not the last question; where that is nothing, without the rules."""
        askable = self.askable(minds, candidates)
        allowed = askable & self.episode.allowed(self.world, minds, candidates, at_seconds)
        return np.where(allowed.any(axis=1, keepdims=True), allowed, askable)

    def save(self, folder: Path) -> None:
        """Write network and origin into an existing folder."""
        weights = {name: value.contiguous() for name, value in self.brain.network.state_dict().items()}
        save_file(weights, folder / WEIGHTS)
        config = {
            "form": self.brain.form.to_dict(),
            "origin": asdict(self.origin),
            "episode": self.episode.to_dict(self.model.q_matrix),
        }
        (folder / CONFIG).write_text(json.dumps(config))

    @classmethod
    def load(cls, folder: Path, model: MindModel) -> "LearnedPolicy":
        """Read what `save` wrote.

        Raises:
            UserError: If it was trained on another tracer, or is damaged.
        """
        form, origin, trained_under = _config(folder)
        _require_tracer(folder, origin, model.tracer)
        try:
            episode = Episode.from_dict(trained_under, model.q_matrix) if trained_under else Episode()
            world = world_for(model, timed=episode.timed)
            _require_width(folder, form, layout_of(world, timed=episode.timed))
            brain = Brain(form, world.question_vectors)
            brain.network.load_state_dict(load_file(folder / WEIGHTS))
        except (OSError, RuntimeError, KeyError, TypeError, SafetensorError) as error:
            raise _damaged(folder, error) from error
        return cls(model, brain.to(world.device), origin, episode)


def saved_origin(folder: Path) -> Origin:
    """Where a saved policy comes from.

    Raises:
        UserError: If it is damaged.
    """
    return _config(folder)[1]


def terms_of(objective: Objective) -> str:
    """Digest of what somebody has set of an objective: a policy is trained for that."""
    return digest(sorted(objective.chosen.items()))


def tracer_version(tracer: Tracer) -> str:
    """Digest of what a tracer has learned, questions and concepts apart: a bank may grow under a policy."""
    rows = tracer.by_question | tracer.by_concept
    return weights_version(tracer.name, {}, {name: w for name, w in tracer.weights().items() if name not in rows})


def _config(folder: Path) -> tuple[Form, Origin, dict[str, Any]]:
    try:
        content = json.loads((folder / CONFIG).read_text())
        kept = content["origin"]
        origin = {own.name: kept[own.name] for own in fields(Origin) if own.name in kept}
        return Form(**content["form"]), Origin(**origin), content.get("episode", {})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, error) from error


def _damaged(folder: Path, error: Exception) -> UserError:
    return UserError(f"The policy {folder} is damaged: {error!r}.", mend="train it again")


def _require_width(folder: Path, form: Form, layout: Layout) -> None:
    if form.layout != layout:
        raise UserError(
            f"The policy {folder.parent.name}/{folder.name} was trained on a bank with other concepts: it reads what "
            "is known of each.",
            mend="train it again",
        )


def _require_tracer(folder: Path, origin: Origin, tracer: Tracer) -> None:
    if origin.version != tracer_version(tracer):
        raise UserError(
            f"The policy {folder.parent.name}/{folder.name} was trained on the tracer {origin.tracer} of the run "
            f"{origin.run}, and the course is now served by another {tracer.name}.",
            allowed="a policy and the very tracer it was trained on: it reads the tracer's state",
            mend=f"preceptor train-policy COURSE --objective {origin.objective} --algorithm {origin.algorithm}",
        )
