"""What simulated students truly know of each concept, and what can be read of it without knowing that."""

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Log
from preceptor.evaluate.latent_world import LatentWorld
from preceptor.simulate import LatentTruth
from preceptor.trace import question_rows


def true_mastery(
    true_bank: Bank, truth: LatentTruth, students: NDArray[np.int64], at_seconds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean over all questions of a true concept of the latent P(correct), float64 [students, concepts of the bank].

    Args:
        true_bank: The bank with the true concepts.
        truth: The latent truth.
        students: int64 [n], rows of the truth.
        at_seconds: float64 [n], the time for each.
    """
    world, state = LatentWorld.of(true_bank, truth), truth.state.take(students)
    p_correct = np.zeros((len(students), len(true_bank.questions)))
    for question, latent in enumerate(world.question):
        if latent >= 0:
            p_correct[:, question] = world.latent.p_correct(state, np.full(len(students), latent), at_seconds)
    return np.asarray(p_correct @ question_shares(true_bank).T)


def question_shares(bank: Bank) -> NDArray[np.float64]:
    """Share of every question in each concept's mean, [concepts, questions]; 0 for a concept without questions."""
    dense = bank.q_matrix.dense.T.astype(np.float64)
    return np.asarray(dense / np.maximum(dense.sum(axis=1, keepdims=True), 1))


def through_questions(true_bank: Bank, bank: Bank) -> NDArray[np.float64]:
    """Weights of a bank's concepts in each true concept, [true concepts, concepts].

    w(c, k) = mean over the questions q of c of [k is a concept of q] / number of q's concepts. Where the bank has the
    true concepts themselves, w is 1 on them and 0 elsewhere.
    """
    if set(true_bank.concept) <= set(bank.concept):
        index = bank.q_matrix.concept_index
        weights = np.zeros((len(true_bank.concepts), len(bank.concepts)))
        for row, concept in enumerate(true_bank.concepts):
            weights[row, index[concept.concept_id]] = 1.0
        return weights
    dense = bank.q_matrix.dense.astype(np.float64)
    each = dense / np.maximum(dense.sum(axis=1, keepdims=True), 1)
    place = [bank.q_matrix.question_index[question.question_id] for question in true_bank.questions]
    return np.asarray(question_shares(true_bank) @ each[place])


def own_accuracy(
    true_bank: Bank, log: Log, students: NDArray[np.int64], stop: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Each student's share of right answers on every true concept; where there is none, on all questions.

    Args:
        true_bank: The bank with the true concepts.
        log: The answers.
        students: int64 [n], indices into the log's students.
        stop: int64 [n], the log row before which a student's answers end.
    """
    exercised = true_bank.q_matrix.dense[question_rows(log, true_bank.q_matrix)].astype(np.float64)
    found = np.empty((len(students), len(true_bank.concepts)))
    for row, (start, end) in enumerate(zip(log.offsets[students], stop, strict=True)):
        own, correct = exercised[start:end], log.correct[start:end].astype(np.float64)
        attempts = own.sum(axis=0)
        found[row] = np.where(attempts > 0, correct @ own / np.maximum(attempts, 1), correct.mean())
    return found
