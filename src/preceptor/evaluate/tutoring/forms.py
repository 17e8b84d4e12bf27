"""What a session is about, and the parallel tests around it: drawn by seed and student, equal for all arms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, UserError, claims_nothing
from preceptor.evaluate.tutoring.design import FORMS, LabDesign, chance
from preceptor.simulate.acts import NOTHING

SCOPE, ITEMS, TRANSFER = 1, 2, 8
"""What randomness is drawn for."""
LEAST_LEFT = 3
"""Questions of a concept that are left for the session, at least."""


@dataclass(frozen=True)
class Forms:
    """The scopes and tests of n students.

    Args:
        scope: int64 [n, k], rows of the bank's concepts.
        items: int64 [n, forms, k · items], rows of the bank's questions; no row twice for a student, none answered
            before, each on one concept of the scope alone.
        candidates: bool [n, questions], what a session may ask: questions on the scope that stand in no form.
        transfer: int64 [n, k · items], rows of questions that ask a concept of the scope together with one outside it,
            none answered before; −1 behind the last where the bank has fewer.
    """

    scope: NDArray[np.int64]
    items: NDArray[np.int64]
    candidates: NDArray[np.bool_]
    transfer: NDArray[np.int64]


def draw_forms(
    bank: Bank,
    seen: NDArray[np.bool_],
    practised: NDArray[np.bool_],
    students: NDArray[np.int64],
    design: LabDesign,
    seed: int,
) -> Forms:
    """Draw scopes and forms.

    Args:
        bank: The questions.
        seen: bool [n, questions], what each student has answered before.
        practised: bool [n, concepts].
        students: int64 [n], the students' numbers; a student's draw depends on the number and the seed alone.
        design: How many concepts and items.
        seed: The replicate.

    Raises:
        UserError: If a student has too few concepts with enough unseen questions.
    """
    pool = _Pool(bank)
    drawn = [pool.draw(seen[i], practised[i], int(who), design, seed) for i, who in enumerate(students)]
    scope = np.stack([one for one, _ in drawn])
    items = np.stack([forms for _, forms in drawn])
    candidates = np.stack([pool.on(concepts) for concepts in scope])
    candidates[np.arange(len(items))[:, None], items.reshape(len(items), -1)] = False
    transfer = [pool.joining(seen[i], scope[i], int(who), design, seed) for i, who in enumerate(students)]
    return Forms(scope, items, candidates, np.stack(transfer))


class _Pool:
    """The questions of a bank that tests can be made of."""

    def __init__(self, bank: Bank) -> None:
        q_matrix = bank.q_matrix
        self._servable = np.array([question.servable for question in bank.questions])
        self._dense = q_matrix.dense > 0
        self._difficulty = np.array([question.difficulty or 0.0 for question in bank.questions])
        self._alone = self._servable & (self._dense.sum(axis=1) == 1)
        self._named = np.array([not claims_nothing(concept.concept_id) for concept in bank.concepts])

    def on(self, concepts: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Questions that exercise one of the concepts, bool [questions]."""
        return np.asarray(self._servable & self._dense[:, concepts].any(axis=1))

    def draw(
        self, seen: NDArray[np.bool_], practised: NDArray[np.bool_], student: int, design: LabDesign, seed: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The scope [k] and the forms [forms, k · items] of one student."""
        fresh = self._alone & ~seen
        needed = len(FORMS) * design.items
        enough = (self._dense[fresh].sum(axis=0) >= needed) & (self._dense.sum(axis=0) >= needed + LEAST_LEFT)
        able = np.flatnonzero(practised & enough & self._named)
        if len(able) < design.concepts:
            raise UserError(
                f"Student {student} has practised {len(able)} concepts with {needed} unseen questions.",
                allowed=f"{design.concepts} or more of them for every student",
                mend="take fewer --items-per-concept, or a bank with more questions a concept",
            )
        scope = np.sort(chance(seed, student, SCOPE).permutation(able)[: design.concepts])
        rng = chance(seed, student, ITEMS)
        parts = [self._parallel(np.flatnonzero(fresh & self._dense[:, c]), design.items, rng) for c in scope]
        return scope, np.concatenate(parts, axis=1)

    def joining(
        self, seen: NDArray[np.bool_], scope: NDArray[np.int64], student: int, design: LabDesign, seed: int
    ) -> NDArray[np.int64]:
        """Questions on the scope and on something else, by lot, int64 [k · items]."""
        elsewhere = np.ones(self._dense.shape[1], dtype=bool)
        elsewhere[scope] = False
        both = self._dense[:, scope].any(axis=1) & self._dense[:, elsewhere].any(axis=1)
        drawn = chance(seed, student, TRANSFER).permutation(np.flatnonzero(self._servable & both & ~seen))
        found = np.full(design.concepts * design.items, NOTHING)
        found[: len(drawn)] = drawn[: len(found)]
        return found

    def _parallel(self, pool: NDArray[np.int64], items: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """Parallel forms of one concept, int64 [forms, items]: equally hard questions, shared out by lot."""
        drawn = rng.permutation(pool)[: len(FORMS) * items]
        by_difficulty = drawn[np.argsort(self._difficulty[drawn], kind="stable")].reshape(items, len(FORMS))
        return np.asarray(rng.permuted(by_difficulty, axis=1).T)
