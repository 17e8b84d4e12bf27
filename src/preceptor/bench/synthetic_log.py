"""A made-up log of answers as large as real ones: `python -m preceptor.bench.synthetic_log FILE N SEED`."""

import sys
from pathlib import Path

import numpy as np
import polars as pl

ANSWERS_OF_A_STUDENT = 250
QUESTIONS, CONCEPTS = 10_000, 200
_BEGIN_SECONDS, _PAUSE_SECONDS = 1_577_836_800, 3600.0


def synthetic_log(interactions: int, seed: int) -> pl.DataFrame:
    """Answers of many students, by student and time. Chance decides all of it: it has the size of real logs, not more.

    Args:
        interactions: Number of answers.
        seed: Seed of all randomness.

    Returns:
        The columns `student`, `question`, `concepts` (one or two), `correct`, `timestamp` (UTC seconds), `duration`.
    """
    rng = np.random.default_rng(seed)
    student = np.arange(interactions) // ANSWERS_OF_A_STUDENT
    question = rng.integers(QUESTIONS, size=interactions)
    pauses = rng.exponential(_PAUSE_SECONDS, interactions).cumsum().astype(np.int64)
    concepts = [f"KC-{first}" for first in range(CONCEPTS)]
    of_question = [
        concepts[q % CONCEPTS] + (f";{concepts[(q * 7 + 1) % CONCEPTS]}" if q % 4 == 0 else "")
        for q in range(QUESTIONS)
    ]
    begin_of_student = pauses[student * ANSWERS_OF_A_STUDENT]
    return pl.DataFrame({"student": student, "question": question}).select(
        student=pl.format("student-{}", "student"),
        question=pl.format("question-{}", "question"),
        concepts=pl.Series(of_question).gather(question),
        correct=pl.Series(rng.integers(2, size=interactions)),
        timestamp=pl.Series(_BEGIN_SECONDS + pauses - begin_of_student),
        duration=pl.Series(rng.integers(2, 120, size=interactions)),
    )


def main(arguments: list[str]) -> None:
    """Write a log as CSV.

    Args:
        arguments: File, number of answers, seed.
    """
    path, interactions, seed = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    synthetic_log(interactions, seed).write_csv(path)


if __name__ == "__main__":
    main(sys.argv[1:])
