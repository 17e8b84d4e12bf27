"""The trainings of policies so far, for make targets.

FOLDER N prints "OBJECTIVE_ALGORITHM_CRITIC" lines of the best that took `MOST_SECONDS` at most, on average; FOLDER
OBJECTIVE the names of all policies for it.

A pair of algorithm and critic is as good as its mean rank on the validation students over the objectives it was
trained for; test students choose nothing.
"""

import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

MOST_SECONDS = 900.0
"""What takes longer at a fifth of the budget is not trained with all of it."""


def best(records: list[dict[str, Any]], n: int, most_seconds: float = math.inf) -> list[tuple[str, str]]:
    """The n best pairs of algorithm and critic, best first, by mean rank over objectives.

    Args:
        records: What `train-policy --json` told.
        n: How many.
        most_seconds: What takes longer, on average over objectives, is passed over; ranks count all.
    """
    seconds: dict[tuple[str, str], list[float]] = defaultdict(list)
    for record in records:
        seconds[record["algorithm"], record["critic"]].append(record["seconds"])
    ranks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for objective in sorted({record["objective"] for record in records}):
        own = [record for record in records if record["objective"] == objective]
        own.sort(key=lambda record: -max(record["scores"]))
        for rank, record in enumerate(own):
            ranks[record["algorithm"], record["critic"]].append(rank)
    affordable = [pair for pair in ranks if np.mean(seconds[pair]) <= most_seconds]
    return sorted(affordable, key=lambda pair: (float(np.mean(ranks[pair])), pair))[:n]


def judged(records: list[dict[str, Any]], objective: str) -> str:
    """What `evaluate policy --policies` takes for all that was trained for an objective, every seed of it."""
    names = (record["policy"].partition("/")[0] for record in records if record["objective"] == objective)
    return ",".join(f"{name}/*" for name in dict.fromkeys(names))


if __name__ == "__main__":
    folder, wanted = sys.argv[1:]
    found = [json.loads(path.read_text()) for path in sorted(Path(folder).glob("*.json"))]
    if not wanted.isdecimal():
        sys.stdout.write(judged(found, wanted))
        sys.exit()
    objectives = sorted({record["objective"] for record in found})
    for algorithm, critic in best(found, int(wanted), MOST_SECONDS):
        for objective in objectives:
            sys.stdout.write(f"{objective}_{algorithm}_{critic}\n")
