"""The whole loop on the built-in course."""

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from preceptor import __version__
from preceptor.course import Course, replace_file, write_run
from preceptor.domain import UserError, digest
from preceptor.evaluate import PolicyDesign
from preceptor.progress import Progress
from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
from preceptor.workflow.clock import Clock
from preceptor.workflow.evaluating import evaluate_policy
from preceptor.workflow.simulating import live_answers
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

DEMO_FILE = "demo.json"
"""Written last: a course with this file is a finished demo."""

MEASURED = ("model", "test", "test_with_forgetting", "floor", "auc_gain", "auc_gain_with_forgetting")
"""What the demo repeats of its training, under the names that `train` uses."""


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What the demo does.

    Args:
        built_in: The course it makes.
        train: How it trains.
        design: How it compares policies.
    """

    built_in: BuiltInOptions = field(default_factory=BuiltInOptions)
    train: TrainOptions = field(default_factory=lambda: TrainOptions(size="small"))
    design: PolicyDesign = field(default_factory=PolicyDesign)

    @property
    def fingerprint(self) -> str:
        """Changes with the configuration and with the version."""
        return digest(__version__, MEASURED, json.dumps(asdict(self), sort_keys=True))


def demo(path: Path, options: DemoOptions, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Make, train and evaluate the built-in course, or return the stored result while nothing has changed.

    Args:
        path: The course folder; a finished or interrupted demo there is reused or made anew, any other course is
            refused.
        options: What to do.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        The shape that `--json` prints; `reused` says whether it was stored.
    """
    stored = stored_result(path, options)
    if stored is not None:
        return {**stored, "reused": True}
    _clear(path)
    start = clock.monotonic()
    path.mkdir(parents=True, exist_ok=True)
    replace_file(path / DEMO_FILE, b'{"finished": false}')
    course = make_built_in_course(path, options.built_in, clock.now(), progress)
    trained = train(course, options.train, clock, progress)
    arms = evaluate_policy(course, "global", options.design, clock, progress)
    seconds, measured = clock.monotonic() - start, trained.to_dict()
    result: dict[str, Any] = {
        **course.counts(),
        "simulated": True,
        **{name: measured[name] for name in MEASURED},
        "improvement": arms["improvement"],
        "paired": arms["paired"],
        "evaluated_students": arms["students"],
        "seconds": seconds,
    }
    config = asdict(options)
    write_run(course, "demo", config, course.data_hash, options.train.seed, result, seconds, at_seconds=clock.now())
    record = {"finished": True, "fingerprint": options.fingerprint, "data_hash": course.data_hash, "result": result}
    replace_file(path / DEMO_FILE, json.dumps(record, indent=1).encode())
    return {**result, "reused": False}


def stored_result(path: Path, options: DemoOptions) -> dict[str, Any] | None:
    """The result of a finished demo with the same configuration and data; None if there is none."""
    if not (path / DEMO_FILE).is_file():
        return None
    try:
        record = json.loads((path / DEMO_FILE).read_text())
        same = record["finished"] and record["fingerprint"] == options.fingerprint
        return record["result"] if same and record["data_hash"] == Course.open(path).data_hash else None
    except (ValueError, KeyError, TypeError, UserError):
        return None


def _clear(path: Path) -> None:
    """Remove an unfinished or outdated demo; never anything else."""
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return
    if not (path / DEMO_FILE).is_file():
        raise UserError(
            f"{path} exists and is no demo course.",
            mend="choose another folder with --course, or move this one away",
        )
    answers = live_answers(path)
    if answers:
        raise UserError(
            f"The demo in {path} is of another version or configuration, and students have answered {answers} "
            "questions in it.",
            mend="choose another folder with --course, or move this one away; making the demo anew would erase them",
        )
    shutil.rmtree(path)
