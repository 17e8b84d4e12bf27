"""The table of `docs/scale.md`: what a million students cost, computed from run files under `results/bench/`.

`python -m preceptor.cli.scale_plan` writes it anew; the assumptions below are the page's own.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from preceptor.bench.kept import read_run
from preceptor.markdown import markdown_table

PAGE, RUNS = Path("docs/scale.md"), Path("results/bench")
BEGIN, END = "<!-- table plan -->\n", "<!-- end -->"
STUDENTS, ANSWERS_A_DAY, SCHOOL_DAYS, BUSY_HOURS, PEAK = 1_000_000, 30, 180, 6, 3
NODES, CORES = 1_000, 2
TURNS, ARMS, FAMILIES, SEEDS = 10, 10, 3, 5
HIDDEN, CONCEPTS, NUMBERS_A_CONCEPT = 200, 110, 4
SHARD_ANSWERS, MEMORY_ANSWERS, TRAINED_ANSWERS, EPOCHS = 4_000_000, 10_000_000, 100_000_000, 20
"""Answers of the import that was measured, of the training whose memory was, and sampled for training; passes."""
USED = {
    "update": ("online-dkt", "dkt, update + mastery after 200 answers, median"),
    "look-ahead": ("planner-exact", "exact look-ahead, one concept, median"),
    "planner": ("planner-planner", "planner, recall in 7 days, one concept, median"),
    "turn": ("tutor-turn", "turn without a model, mean"),
    "import": ("import-4M", "4M interactions: time"),
    "import memory": ("import-4M", "4M interactions: peak memory"),
    "train": ("tracing-dkt", "dkt"),
    "train memory": ("training-memory-dkt", "dkt, 10,000,000 interactions: peak memory"),
}
"""What the plan rests on: run file and row."""
PER_ANSWER = {
    "update": "tracing an answer",
    "look-ahead": "choosing a question by exact look-ahead",
    "planner": "choosing a question by the planner",
    "turn": "a turn of the tutor without a model",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of the table.

    Args:
        measured: `USED` by name, in the units of the run files.
    """

    measured: Mapping[str, float]

    @property
    def answers_a_year(self) -> int:
        """Answers of all students in a school year."""
        return STUDENTS * ANSWERS_A_DAY * SCHOOL_DAYS

    @property
    def peak(self) -> float:
        """Answers a second at the busiest time of a school day."""
        return STUDENTS * ANSWERS_A_DAY / (BUSY_HOURS * 3_600) * PEAK

    def cores(self, name: str) -> float:
        """Cores that keep up with the peak, if every answer needs the work `name`, which is in milliseconds."""
        return self.peak * self.measured[name] / 1_000

    def rows(self) -> list[tuple[str, str, str]]:
        """What, from what it is computed, and what it comes to."""
        return [*self._load(), *self._batch(), *self._sweeps()]

    def _load(self) -> list[tuple[str, str, str]]:
        state = (HIDDEN * 2 + CONCEPTS * NUMBERS_A_CONCEPT) * 4
        kept = f"{HIDDEN} · 2 hidden numbers, {NUMBERS_A_CONCEPT} for each of {CONCEPTS} concepts, 4 bytes each"
        year = f"{STUDENTS:,} students · {ANSWERS_A_DAY} a day · {SCHOOL_DAYS} days"
        return [
            ("answers a school year", year, f"{self.answers_a_year / 1e9:.1f} · 10⁹"),
            (
                "answers a second at the peak",
                f"{BUSY_HOURS} busy hours a day, {PEAK} times the mean",
                _count(self.peak),
            ),
            *(
                (f"cores at the peak: {what}", self._from(name, "ms each"), _count(self.cores(name)))
                for name, what in PER_ANSWER.items()
            ),
            ("states of all students", kept, f"{state * STUDENTS / 1e9:.1f} · 10⁹ bytes"),
        ]

    def _batch(self) -> list[tuple[str, str, str]]:
        shards = math.ceil(self.answers_a_year / SHARD_ANSWERS)
        on_all = math.ceil(shards / NODES) * self.measured["import"]
        rate, memory = self.measured["train"], self.measured["train memory"] / MEMORY_ANSWERS
        sample = (
            f"{TRAINED_ANSWERS / 1e6:.0f} · 10⁶ answers, {EPOCHS} passes, {self._from('train', 'answers a second')}"
        )
        hours, days = TRAINED_ANSWERS * EPOCHS / rate / 3_600, self.answers_a_year * EPOCHS / rate / 86_400
        return [
            (
                "importing a year",
                f"{shards:,} shards of {SHARD_ANSWERS / 1e6:.0f} · 10⁶ answers, {self._from('import', 's each')}",
                f"{shards * self.measured['import'] / 3_600:.1f} node hours, {on_all:.0f} s on {NODES:,} nodes",
            ),
            ("training on a sample, one node", sample, f"{hours:.0f} h, {TRAINED_ANSWERS * memory:.0f} · 10⁹ bytes"),
            (
                "training on the year, one node",
                "the same rate, and memory in proportion",
                f"{days:.0f} days, {self.answers_a_year * memory / 1_000:.1f} · 10¹² bytes",
            ),
        ]

    def _sweeps(self) -> list[tuple[str, str, str]]:
        one = STUDENTS * TURNS * self.measured["turn"] / 1_000 / 3_600
        every = one * ARMS * FAMILIES * SEEDS
        return [
            (
                "one tutor before all students, simulated",
                f"{TURNS} turns, {self._from('turn', 'ms each')}",
                f"{_count(one)} core hours, {one * 60 / NODES / CORES:.1f} min on {NODES:,} nodes",
            ),
            (
                "all tutors, families and seeds",
                f"{ARMS} arms · {FAMILIES} families · {SEEDS} seeds",
                f"{_count(every)} core hours, {every / NODES / CORES:.1f} h on {NODES:,} nodes",
            ),
        ]

    def _from(self, name: str, unit: str) -> str:
        value = self.measured[name]
        return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def scale_page(page: str, folder: Path) -> str:
    """The page with its table written anew.

    Args:
        page: The page, with the table between `BEGIN` and `END`.
        folder: Holds the run files of `preceptor bench`.

    Raises:
        UserError: If a run file is damaged.
    """
    measured = {}
    for name, (file, row) in USED.items():
        found = read_run(folder / f"{file}.json")["rows"]
        measured[name] = next(float(one["ours"]) for one in found if one["name"] == row)
    table = markdown_table(("what", "from", "comes to"), Plan(measured).rows(), left=2)
    before, rest = page.split(BEGIN, 1)
    return f"{before}{BEGIN}{table}\n{END}{rest.split(END, 1)[1]}"


def _count(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


if __name__ == "__main__":
    PAGE.write_text(scale_page(PAGE.read_text(encoding="utf-8"), RUNS), encoding="utf-8")
