"""Which parameters of each family which log fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from preceptor.data import ReadOptions, make_reader
from preceptor.evaluate.minds.fit import Scale, Target
from preceptor.evaluate.minds.moments import Measure, gap_moments, learning_moments, option_moments
from preceptor.evaluate.minds.schedule import Share, schedule_of

LEVEL = {
    "base_logit": Scale("as it is", -3.0, 3.0),
    "ability_sd": Scale("log", 0.05, 3.0),
    "concept_sd": Scale("log", 0.05, 1.5),
    "initial_sd": Scale("log", 0.05, 2.5),
}
LEARNING = {
    **LEVEL,
    "slip_median": Scale("logit", 0.005, 0.25),
    "learning_rate": Scale("logit", 0.001, 0.7),
    "learning_rate_log_sd": Scale("log", 0.1, 2.0),
}
DAYS = Scale("log", 0.1, 200.0)
TIMES = {
    "logistic": "strength_median_days",
    "misconception": "relapse_median_days",
    "two-state": "scale_median_days",
}
OPTIONS = {
    "base_logit": LEVEL["base_logit"],
    "ability_sd": LEVEL["ability_sd"],
    "misconception_logit": Scale("as it is", -6.0, 1.0),
    "misconception_sd": Scale("log", 0.1, 5.0),
}


def forgetting(family: str) -> Mapping[str, Scale]:
    """What the gaps fit: the time of forgetting, and a level for each log; its growth by spacing they do not tell."""
    return {TIMES[family]: DAYS, "base_logit": LEVEL["base_logit"]}


@dataclass(frozen=True)
class Source:
    """A log that is fitted to.

    Args:
        reader: The reader of its files.
        share: The part that is used.
        options: Options of its questions; 0 where answers are open.
        measure: What is measured on it.
        own: Parameters that it alone fits.
    """

    reader: str
    share: Share
    options: int
    measure: Measure
    own: tuple[str, ...] = ()

    def target(self, folder: Path) -> Target:
        """Its part as a target.

        Args:
            folder: The data set's.
        """
        found = make_reader(self.reader).read([folder], ReadOptions())
        schedule = schedule_of(found.bank, found.log, self.share, self.options)
        return Target(folder.name, schedule, self.measure, self.measure is not option_moments, self.own)


GAPPED_SHARE = Share(students=100, concepts=25, answers=150, least=20)
GAPPED = ("assist2017_timestamped", "ednet_timestamped")
SOURCES = {
    "assist2009": Source("akt-folds", Share(students=300, concepts=25, answers=60), 0, learning_moments),
    "assist2017_timestamped": Source("timestamped-table", GAPPED_SHARE, 0, gap_moments, own=("base_logit",)),
    "ednet_timestamped": Source("timestamped-table", GAPPED_SHARE, 4, gap_moments, own=("base_logit",)),
    "eedi_nips34": Source("nips34", Share(300, 57, 150), 4, option_moments),
}


@dataclass(frozen=True)
class Stage:
    """One fit of a family; later stages start from what earlier ones found.

    Args:
        name: What it is about.
        free: The fitted parameters.
        kept: Those of them that the family takes over.
        logs: The logs.
        starts: From how many points.
    """

    name: str
    free: Mapping[str, Scale]
    kept: tuple[str, ...]
    logs: tuple[str, ...]
    starts: int = 2


def stages(family: str) -> tuple[Stage, ...]:
    """The fits of a family in their order; those to one log alone of the gaps show how far the logs agree."""
    times = forgetting(family)
    options = Stage("options", OPTIONS, ("misconception_logit", "misconception_sd"), ("eedi_nips34",))
    return (
        *((options,) if family == "misconception" else ()),
        Stage("learning", LEARNING, tuple(LEARNING), ("assist2009",)),
        Stage("gaps", times, (TIMES[family],), GAPPED),
        *(Stage(f"gaps of {log} alone", times, (), (log,), starts=1) for log in GAPPED),
    )
