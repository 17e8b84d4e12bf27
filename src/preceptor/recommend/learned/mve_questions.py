"""Model-based values of questions, all of a bank or those that may matter, for algorithms that choose among them."""

from collections.abc import Callable
from typing import Any, Self

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from preceptor.recommend.layout import Layout
from preceptor.recommend.learned.mve import gain, least
from preceptor.recommend.learned.mve_sight import Seen, Sights
from preceptor.recommend.learned.networks import nearest_questions
from preceptor.recommend.learned.tracer_copy import TracerCopy
from preceptor.recommend.vector_world import VectorWorld

Candidates = Callable[[Tensor], Tensor]
"""Questions int64 [n, m] that may matter in observations [n, width]: the same ones for the same observation."""

HYPOTHESES = 2_048
"""Most students after an answer that are held at once: 4 MB of activations of 128 wide states, about what a core's
cache keeps; changes no result."""


class MveQuestionValues(nn.Module):
    """Q(s, q) of questions, for Discrete SAC; see `preceptor.recommend.learned.mve`.

    Questions and state meet in a sum: W·z_q + b once a question, U·h once a student, what an answer adds once for all.
    What is left for each of n students, m questions and two outcomes is one state and its part of the head. Exact
    values of a whole large bank take long to learn from; so `candidates` can name the questions that may matter in a
    state. The others get the least a question can be worth, −ŷ, and should get no chance from the actor.

    Args:
        world: The calibrated tracer's world.
        layout: Where the parts of an observation stand.
        weights: [concepts], of an objective that looks at many concepts; None for one concept a student.
        twin: As `MveCritic` takes it.
        scale: What rewards are multiplied by.
        candidates: What may matter; None for every question.
    """

    def __init__(
        self,
        world: VectorWorld,
        layout: Layout,
        weights: Tensor | None = None,
        *,
        twin: int | None = None,
        scale: float = 1.0,
        candidates: Candidates | None = None,
    ) -> None:
        super().__init__()
        self._sights, self._scale, self._candidates = Sights(world, layout, weights), scale, candidates
        self.copy = TracerCopy(self._sights, twin)

    def forward(self, obs: Any, state: Any = None, info: Any = None) -> Tensor:
        """Values [n, questions] of every question in observations [n, layout.width]."""
        obs = self._sights.tensor(obs)
        if self._candidates is None:
            return self.of(obs, torch.arange(self._sights.world.questions, device=obs.device).expand(len(obs), -1))
        question = self._candidates(obs)
        rest = least(self._sights.seen(obs), self._scale).expand(-1, self._sights.world.questions)
        return rest.scatter(1, question, self.of(obs, question))

    def asked(self, obs: Any, question: Tensor) -> Tensor:
        """Values [n, 1] of one question of each student, int64 [n, 1], as `forward` has them: all that training needs.

        A question that is no candidate has the least value, and teaches nothing.
        """
        obs = self._sights.tensor(obs)
        found = self.of(obs, question)
        if self._candidates is None:
            return found
        near = (self._candidates(obs) == question).any(dim=1, keepdim=True)
        return torch.where(near, found, least(self._sights.seen(obs), self._scale))

    def of(self, obs: Any, question: Tensor) -> Tensor:
        """Values [n, m] of questions int64 [n, m]: all that is needed to learn from those that were asked."""
        seen = self._sights.seen(obs)
        known, place = torch.unique(question, return_inverse=True)
        read, parts = self.copy.read(self._sights.world.question_vectors[known]), self.copy.parts(seen)
        pieces = max(1, -(-2 * question.numel() // HYPOTHESES))
        own = place.tensor_split(min(pieces, question.shape[1]), dim=1)
        after = torch.cat([self._outcomes(seen, read, part, parts) for part in own], dim=1)
        return gain(seen, self._p_correct(seen, question), after, self._scale)

    def _outcomes(self, seen: Seen, read: Tensor, place: Tensor, parts: Tensor) -> Tensor:
        """Mastery [n, m, 2] after questions `read[place]`; computed again on the way back, which bounds memory."""

        def outcomes(read: Tensor, parts: Tensor) -> Tensor:
            return self.copy.outcomes(seen, read[place], parts)

        if not torch.is_grad_enabled() or 2 * place.numel() <= HYPOTHESES // 2:
            return outcomes(read, parts)
        return torch.as_tensor(checkpoint(outcomes, read, parts, use_reentrant=False))

    @torch.no_grad()
    def _p_correct(self, seen: Seen, question: Tensor) -> Tensor:
        world = self._sights.world
        return self._sights.probability(
            world.head.logits(world.head.student(seen.hidden), world.question_parts, question)
        )


class NearTarget:
    """The questions whose vectors are nearest to the target's by cosine.

    Args:
        world: The tracer's world.
        layout: Where the parts of an observation stand.
        most: How many.
        rows: int64 [bank], what may be asked; None for every question.
    """

    def __init__(self, world: VectorWorld, layout: Layout, most: int, rows: Tensor | None = None) -> None:
        self._rows = torch.arange(world.questions, device=world.device) if rows is None else rows
        self._bank, self._layout, self._most = world.question_vectors[self._rows], layout, most

    def __call__(self, obs: Tensor) -> Tensor:
        """int64 [n, most], nearest first."""
        return self._rows[nearest_questions(self._layout.target(obs), self._bank, self._most)]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self
