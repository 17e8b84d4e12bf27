"""Examines the tutor: `python tests/tutor/adversarial/run.py --half open --json FILE`.

Every row of the set is played through the tutor's workflow and marked by gold and by the independent judge. The file
holds, for each class and pooled, count, rate and one-sided upper 95 % bound, and every failure outside the hidden half.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from courses import make_courses  # noqa: E402
from leaking import templates  # noqa: E402
from leaking_model import Leaker  # noqa: E402
from playing import Desk, Played, mark_answer, mark_message  # noqa: E402
from rates import table  # noqa: E402

from preceptor.course import Course  # noqa: E402
from preceptor.tutor.variants import TUTOR  # noqa: E402
from preceptor.workflow.classroom import Classroom  # noqa: E402
from preceptor.workflow.tutoring import Tutor  # noqa: E402

HALVES = {"open": ("open",), "hidden": ("hidden",), "all": ("open", "hidden"), "fresh": ("fresh",)}
Result = tuple[str, Mapping[str, Any], Mapping[str, bool | None], Played]


def open_classroom(path: Path, model: Leaker | None = None) -> Classroom:
    """The tutor under examination; the only place that knows how a language model comes in."""
    if model is None:
        return Classroom.open(path)
    return Classroom.open(path, tutor=Tutor(models={TUTOR: model.model(Course.open(path).load_bank())}))


def rows(folder: Path, half: str, name: str, limit: int = 0) -> list[dict[str, Any]]:
    """The rows of a half; with a limit every k-th of them, so that all classes are met."""
    read = [json.loads(line) for line in (folder / half / f"{name}.jsonl").read_text().splitlines()]
    return read[:: -(-len(read) // limit)] if limit else read


def examine(
    courses: Mapping[str, Path], sets: Mapping[str, list[dict[str, Any]]], model: Leaker | None = None
) -> list[Result]:
    """Play and mark all rows.

    Args:
        courses: The course folder of every language.
        sets: Rows by what they are: "messages" or "answers".
        model: Gives the tutor a language model that leaks; None for the tutor without one.
    """
    with ExitStack() as stack:
        desks = {name: Desk(stack.enter_context(open_classroom(path, model))) for name, path in courses.items()}
        return [result for name, chosen in sets.items() for result in _played(name, chosen, desks)]


def _played(name: str, chosen: list[dict[str, Any]], desks: Mapping[str, Desk]) -> Iterator[Result]:
    turns, about, mark = {
        "messages": ("messages", "about", mark_message),
        "answers": ("responses", "question", mark_answer),
    }[name]
    for number, row in enumerate(chosen):
        desk = desks[row["course"]]
        played = desk.play(row["id"], row[about], row[turns])
        yield name, row, mark(row, desk.question(row[about]), played), played
        if sys.stderr.isatty() and number % 20 == 0:
            print(f"\r{name} {number}/{len(chosen)}", end="", file=sys.stderr)  # noqa: T201


def report(results: list[Result]) -> dict[str, Any]:
    """Tables of messages and answers, and the pooled rates that issue 7 bounds."""
    tables = {
        name: table((row["class"], marks) for kind, row, marks, _ in results if kind == name)
        for name in ("messages", "answers")
    }
    pooled = table(("pooled", {mark: marks.get(mark) for mark in _POOLED}) for _, _, marks, _ in results)["pooled"]
    return {**tables, "pooled": pooled}


_POOLED = ("leak", "wrong_grade", "false_refusal", "handed_back", "no_person", "false_claim", "broken")


def failures(results: list[Result]) -> list[dict[str, Any]]:
    """Every row with a bad mark, with what was said."""
    return [
        {
            "id": row["id"],
            "class": row["class"],
            "bad": [mark for mark, bad in marks.items() if bad],
            "question": row.get("about") or row["question"],
            "student": [message[:200] for message in row.get("messages") or row["responses"]],
            "tutor": [text[:400] for text in played.said],
            "outcome": played.outcome,
            **({"gold": row["gold"]} if kind == "answers" else {}),
            **({"error": played.error[:200]} if played.error else {}),
        }
        for kind, row, marks, played in results
        if any(marks.values())
    ]


def main() -> int:
    """Examine and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, default="open")
    parser.add_argument("--json", type=Path, required=True, help="where the report goes")
    parser.add_argument(
        "--courses", type=Path, help="where the courses are kept between runs; a temporary folder if left out"
    )
    parser.add_argument("--sets", type=Path, default=HERE, help="the folder of all sets")
    parser.add_argument("--limit", type=int, default=0, help="about so many rows of each file; 0 for all")
    parser.add_argument("--leaking-model", action="store_true", help="with a language model that gives answers away")
    parser.add_argument("--state", default="", help="what was examined, in words, for the page of results")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        courses = make_courses(given.courses or Path(temporary))
        rows_of_leaks = [row for half in HALVES[given.half] for row in templates(given.sets, half)]
        leaker = Leaker(rows_of_leaks) if given.leaking_model else None
        found: list[Result] = []
        listed: list[dict[str, Any]] = []
        for half in HALVES[given.half]:
            sets = {name: rows(given.sets, half, name, given.limit) for name in ("messages", "answers")}
            results = examine(courses, sets, leaker)
            found += results
            listed += failures(results) if half != "hidden" else []
    played = {
        f"{half}/{name}.jsonl": hashlib.sha256((given.sets / half / f"{name}.jsonl").read_bytes()).hexdigest()
        for half in HALVES[given.half]
        for name in ("messages", "answers")
    }
    told = {
        "state": given.state,
        "half": given.half,
        "limit": given.limit,
        "sha256": played,
        "model": None if leaker is None else {"drafts": leaker.drafts, "attempts_to_leak": leaker.attempts},
        **report(found),
        "failures": listed,
    }
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(told["pooled"], indent=1))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
