"""Judges of dialogues at work: models and people over one file of cases."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from preceptor.annotate.asking_pool import at_once
from preceptor.course import Course, write_run
from preceptor.domain import UserError
from preceptor.evaluate.judging_dialogues.agreement import agreement_rows
from preceptor.evaluate.judging_dialogues.cases import Case, read_cases
from preceptor.evaluate.judging_dialogues.judge import judge, judgement, match, pairs_of, require_pairs
from preceptor.evaluate.judging_dialogues.judgement import Judgement
from preceptor.evaluate.judging_dialogues.rates import rate_rows
from preceptor.evaluate.judging_dialogues.swap import match_rows, strangers, swap_rows, swapped
from preceptor.llm import Failure
from preceptor.progress import Progress
from preceptor.tutor.variants import SELECTION
from preceptor.workflow.asked_model import AskOptions, Connection, connected, spent
from preceptor.workflow.clock import Clock
from preceptor.workflow.rating_sheets import Pair, read_ratings, write_sheets
from preceptor.workflow.tutor_models import endpoint_for

DEFAULT_REFERENCE = "vanilla-icl"
ROLE = "judge"


@dataclass(frozen=True, slots=True)
class JudgeOptions:
    """What is judged, and by whom.

    Args:
        dialogues: File of cases, see `preceptor.evaluate.judging_dialogues.cases`.
        reference: The arm that others are held against, a rival also where only its selection is there; "all" for
            every pair.
        models: Names of judging models; empty for the one that settings name, unless people judge.
        url: Base of an OpenAI-compatible API; empty for the settings'.
        probe: Whether to swap profiles too.
        sheets: Folder to write a rating sheet into.
        ratings: Filled sheets, one a rater.
        budget_tokens: Tokens that each judging model may take.
        seed: Draws resamples, strangers and the rows of sheets.
    """

    dialogues: Path
    reference: str = DEFAULT_REFERENCE
    models: tuple[str, ...] = ()
    url: str = ""
    probe: bool = False
    sheets: Path | None = None
    ratings: tuple[Path, ...] = ()
    budget_tokens: int | None = None
    seed: int = 0

    @property
    def asks(self) -> bool:
        """Whether a model judges."""
        return bool(self.models) or not (self.sheets or self.ratings)


def judge_dialogues(course: Course, options: JudgeOptions, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Let models and people say which of two tutors fits a student better.

    Args:
        course: Whose settings name the judging model, and where the run file goes.
        options: What and by whom.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        `judges`, one a model or rater with its `rows` and, of a model, `failures`, `matches`, `swaps` and `asked`;
        `agreement` between them; `reference`, the arm that was used; `without_stranger`, how many cases the probe left
        out; and the `sheets` that were written.

    Raises:
        UserError: If a file is not as it should be, no model is named, or nothing could be judged.
    """
    start = clock.monotonic()
    cases = read_cases(options.dialogues)
    reference = _reference(cases, options.reference)
    pairs = require_pairs(cases, pairs_of(cases, reference))
    others = strangers(cases, options.seed) if options.probe else {}
    sheets = write_sheets(options.sheets, pairs, options.seed) if options.sheets else ()
    judged: dict[str, list[Judgement]] = {}
    judges = []
    for path in options.ratings:
        name = _new_name(path.stem, judged)
        judged[name] = read_ratings(path, pairs, options.seed)
        judges.append({"judge": name, "people": True, "rows": rate_rows(judged[name], _rng(options))})
    for model in (options.models or ("",)) if options.asks else ():
        endpoint = endpoint_for(ROLE, course.settings, options.url, model)
        name = _new_name(endpoint.model, judged)
        with connected(course, endpoint, AskOptions(budget_tokens=options.budget_tokens)) as connection:
            bench = _Bench(connection, name, cases, pairs, others, options, progress)
            judged[name] = bench.judged()
            judges.append(bench.told(judged[name]))
    result: dict[str, Any] = {
        "course": course.title,
        "dialogues": options.dialogues.name,
        "cases": len(cases),
        "students": len({case.student_id for case in cases}),
        "reference": reference,
        "judges": judges,
        "agreement": agreement_rows(judged, _rng(options)),
        "without_stranger": len(cases) - len(others) if options.probe else None,
        "sheets": [str(path) for path in sheets],
        "simulated": course.simulated,
        "seed": options.seed,
    }
    seconds = clock.monotonic() - start
    config = {"reference": reference, "models": options.models, "probe": options.probe}
    run = write_run(course, "evaluate-judge", config, course.data_hash, options.seed, result, seconds,
                    at_seconds=clock.now())  # fmt: skip
    return {**result, "seconds": seconds, "run": str(run)}


@dataclass(frozen=True)
class _Bench:
    """One judging model with everything it judges."""

    connection: Connection
    name: str
    cases: Sequence[Case]
    pairs: Sequence[Pair]
    others: Mapping[str, tuple[str, ...]]
    options: JudgeOptions
    progress: Progress

    def judged(self) -> list[Judgement]:
        """The model's judgements.

        Raises:
            UserError: If it judged nothing.
        """
        found = self._ask(self.pairs, f"judge {self.name}")
        if all(entry.outcome is None for entry in found):
            failure = next(verdict for verdict in found[0].verdicts if isinstance(verdict, Failure))
            raise UserError(
                f"The judge {self.name!r} judged nothing: {failure.kind}. {failure.detail}",
                mend="see that the model answers, and can write JSON by a schema",
            )
        return found

    def told(self, judged: Sequence[Judgement]) -> dict[str, Any]:
        """What becomes of its judgements, with the probes if they are wanted."""
        rows = rate_rows(judged, _rng(self.options))
        probes = self._probes(judged) if self.options.probe else {}
        failures = Counter(str(v.kind) for entry in judged for v in entry.verdicts if isinstance(v, Failure))
        return {
            "judge": self.name,
            "people": False,
            "rows": rows,
            "failures": dict(failures),
            **probes,
            "asked": spent(self.connection),
        }

    def _probes(self, judged: Sequence[Judgement]) -> dict[str, Any]:
        """The same with profiles swapped: matching words to students, and judging by a stranger's profile."""
        strange = [
            (swapped(case, self.others[case.case_id]), arm, reference)
            for case, arm, reference in self.pairs
            if case.case_id in self.others
        ]
        told = [(case, arm) for case in self.cases if case.case_id in self.others for arm in sorted(case.arms)]

        def matched(one: tuple[Case, str]) -> Judgement:
            case, arm = one
            return judgement(case, arm, arm, match(self.connection.model, case, arm, self.others[case.case_id]))

        matches: dict[str, list[Judgement]] = {}
        for entry in self._at_once(matched, told, f"match {self.name}"):
            matches.setdefault(entry.arm, []).append(entry)
        swaps = swap_rows(judged, self._ask(strange, f"judge {self.name}, profiles swapped"), _rng(self.options))
        return {"matches": match_rows(matches, _rng(self.options)), "swaps": swaps}

    def _ask(self, pairs: Sequence[Pair], what: str) -> list[Judgement]:
        return self._at_once(lambda pair: judge(self.connection.model, *pair), pairs, what)

    def _at_once(self, work: Callable[[Any], Judgement], items: Sequence[Any], what: str) -> list[Judgement]:
        return list(at_once(work, items, self.connection.concurrency, what, self.progress))


def _reference(cases: Sequence[Case], name: str) -> str:
    """The arm that others are held against: where no case has it by its plain name, its selection."""
    arms = {arm for case in cases for arm in case.arms}
    selection = f"{name}{SELECTION}"
    return selection if name not in arms and selection in arms else name


def _rng(options: JudgeOptions) -> np.random.Generator:
    return np.random.default_rng(options.seed)


def _new_name(name: str, judged: dict[str, list[Judgement]]) -> str:
    if name in judged:
        raise UserError(f"Two judges are called {name!r}.", allowed="every model and every sheet once")
    return name
