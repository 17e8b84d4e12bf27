"""The process behind `head`: the factorised head and a dense one over the same weights, forward and backward."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

from preceptor.bench.head_sizes import CONCEPTS, LIFT, STATE, STUDENTS, VECTOR
from preceptor.trace.semantic_dkt_head import FactorisedHead

PRODUCT = 2_048
"""Rows and columns of the product by which the computer's speed is known."""


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, float]]:
    """Make both heads.

    Args:
        arguments: `seed` and `threads`.

    Returns:
        Answers `do` with the seconds it took: "forward", "table", "backward" or "both" of `side` "ours" or "dense",
        the latter with `chunk` concepts at a time and at most `most` of them; "product" with operations a second.
    """
    torch.set_num_threads(arguments["threads"])
    heads = Heads(arguments["seed"])
    return lambda request: {"seconds": heads.seconds(**request)}


class Heads:
    """64 students and 1,377 concepts.

    Args:
        seed: Draws weights, states, vectors and gradients.
        concepts: Number of concepts.
    """

    def __init__(self, seed: int, concepts: int = CONCEPTS) -> None:
        torch.manual_seed(seed)
        self.head = FactorisedHead(STATE, VECTOR, LIFT)
        self.hidden = torch.randn(STUDENTS, STATE).requires_grad_()
        self.vectors, self.grad = torch.randn(concepts, VECTOR), torch.randn(STUDENTS, concepts)
        own = self.head
        self.lift = lift_in_one(own)
        with torch.inference_mode():
            self.table = own.question(self.vectors)

    def seconds(self, do: str, side: str = "", chunk: int = 0, most: int = CONCEPTS, calls: int = 1) -> float:
        """Mean time of `calls` calls."""
        if do == "product":
            return operations_a_second()
        work = {"ours": self._ours, "dense": self._dense}[side]
        return sum(work(do, chunk, most) for _ in range(calls)) / calls

    def ours(self, do: str) -> Tensor:
        """Logits [students, concepts] by the factorised head; its table is made anew unless `do` is "forward"."""
        table = self.table if do == "forward" else self.head.question(self.vectors)
        return self.head.pairs(self.head.student(self.hidden), table)

    def dense(self, part: slice) -> Tensor:
        """The same for some concepts by one layer after the other, as they stand in the paper, for every pair."""
        return dense_logits(self.head, self.lift, self.hidden, self.vectors[part])

    def wanted(self, side: str) -> list[Tensor]:
        """What gradients are asked of: the states and every weight of the head."""
        own = self.head
        layers = (own.of_state, own.of_vector, own.out)
        lift = [own.lift_state.weight, own.lift_vector.weight] if side == "ours" else [self.lift]
        return [self.hidden, *lift, own.lift_vector.bias, *(p for layer in layers for p in layer.parameters())]

    def _ours(self, do: str, chunk: int, most: int) -> float:
        if do in ("forward", "table"):
            with torch.inference_mode():
                return timed(lambda: self.ours(do))
        return self._trained(do, "ours", [lambda: self.ours("table")], [self.grad])

    def _dense(self, do: str, chunk: int, most: int) -> float:
        parts = [slice(i, min(i + chunk, most)) for i in range(0, most, chunk)]
        if do in ("forward", "table"):
            with torch.inference_mode():
                return timed(lambda: [self.dense(part) for part in parts])
        made = [(lambda part=part: self.dense(part)) for part in parts]
        return self._trained(do, "dense", made, [self.grad[:, part] for part in parts])

    def _trained(self, do: str, side: str, make: Sequence[Callable[[], Tensor]], grads: Sequence[Tensor]) -> float:
        """Time of the way back alone, or of both ways; gradients of all parts are added up."""
        spent, wanted = 0.0, self.wanted(side)
        for tensor in wanted:
            tensor.grad = None
        for one, grad in zip(make, grads, strict=True):
            start = time.perf_counter()
            logits = one()
            made = time.perf_counter()
            torch.autograd.backward(logits, grad, inputs=wanted)
            spent += time.perf_counter() - (start if do == "both" else made)
        return spent


def dense_logits(head: FactorisedHead, lift: Tensor, hidden: Tensor, vectors: Tensor) -> Tensor:
    """Logits [students, concepts] by one layer after the other, as they stand in the paper, for every pair.

    Args:
        head: The layers, but for the first half of the last but one.
        lift: What `lift_in_one` gave.
        hidden: [students, width].
        vectors: [concepts, length].
    """
    pairs = (len(hidden), len(vectors))
    state = hidden[:, None].expand(*pairs, -1).flatten(0, 1)
    vector = vectors[None].expand(*pairs, -1).flatten(0, 1)
    return dense_logit(head, lift, state, vector).reshape(pairs)


def dense_logit(head: FactorisedHead, lift: Tensor, state: Tensor, vector: Tensor) -> Tensor:
    """Logits [pairs] of states [pairs, width] and vectors [pairs, length], likewise."""
    both = torch.cat([torch.relu(head.of_state(state)), torch.relu(head.of_vector(vector))], dim=1)
    lifted = torch.relu(linear(both, lift, head.lift_vector.bias))
    return torch.as_tensor(head.out(lifted))[:, 0]


def lift_in_one(head: FactorisedHead) -> nn.Parameter:
    """The last layer but one in one piece, for students and concepts joined."""
    return nn.Parameter(torch.cat([head.lift_state.weight, head.lift_vector.weight], dim=1).detach())


def operations_a_second() -> float:
    """Of a product of large matrices."""
    left, right = torch.randn(PRODUCT, PRODUCT), torch.randn(PRODUCT, PRODUCT)
    return 2 * PRODUCT**3 / min(timed(lambda: left @ right) for _ in range(5))


def timed(work: Callable[[], object]) -> float:
    """Seconds of a call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
