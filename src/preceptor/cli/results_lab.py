"""The page of what tutors teach, written from the run files under `results/lab/` and from nothing else."""

import json
import sys
from pathlib import Path
from typing import Any

from preceptor.cli.output import with_interval
from preceptor.cli.results_lab_cells import corrected, estimated
from preceptor.cli.results_lab_pictures import PICTURES, picture_name
from preceptor.cli.results_lab_short import in_short
from preceptor.cli.results_lab_words import DESIGNS, HEAD, MEASURES, SECTION
from preceptor.cli.spoken import SPOKEN_HEAD, spoken_cells
from preceptor.course import replace_file
from preceptor.domain import UserError
from preceptor.evaluate.tutoring.claims import claims
from preceptor.markdown import markdown_table
from preceptor.tutor.variants import DEFAULT_VARIANT as OURS
from preceptor.workflow.reproducing.tasa_arms import RIVALS

Run = dict[str, Any]
REFERENCE = {"parts": OURS, "tracers": OURS}
"""What arms are held against by design; `random` in the others."""
FULL = "full"
TIMES = {"now": "at once", "day1": "1 day", "day7": "7 days", "day30": "30 days"}
AGAIN = "again"
MAIN, TURNS, SWEEPS = "main", "turns", ("sweep", "loose")


def lab_page(folder: Path) -> str:
    """The page in Markdown.

    Args:
        folder: Holds what `evaluate tutor` printed with `--json`, as `DESIGN-FAMILY.json` with the designs of
            `DESIGNS`.

    Raises:
        UserError: If there is no run or a file cannot be read.
    """
    found = {name: _runs(folder, name) for name in DESIGNS}
    if not any(found.values()):
        raise UserError(f"{folder} holds no run.", mend="make lab-results")
    short = in_short(found)
    parts = [HEAD, short] if short else [HEAD]
    for name, runs in found.items():
        if runs or name == FULL:
            sections = _again(found[MAIN], runs) if name == AGAIN else _sections(name, runs)
            parts += [f"## {DESIGNS[name]}\n", *sections]
    return "\n".join(parts)


def _runs(folder: Path, design: str) -> dict[str, Run]:
    """Family → run."""
    found = {}
    for file in sorted(folder.glob(f"{design}-*.json")):
        try:
            found[file.stem.removeprefix(f"{design}-")] = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise UserError(f"{file} is no run file: {error}.", mend="measure again") from error
    return found


def _sections(name: str, runs: dict[str, Run]) -> list[str]:
    if name in SWEEPS:
        return [SECTION[name], *(_sweep(name, family, run) for family, run in runs.items())]
    if name == TURNS:
        return [_about(runs), *(_turns(family, run) for family, run in runs.items())]
    return _full(runs) if name == FULL else _compared(name, runs)


def _full(runs: dict[str, Run]) -> list[str]:
    """The full forms; of a model that is too small no row is shown."""
    proving = {family: run for family, run in runs.items() if run.get("evidence")}
    parts = [SECTION["full"]]
    for family, run in runs.items():
        if family not in proving:
            model, size = run.get("language_model"), run.get("model_size_parameters")
            told = "size unknown" if size is None else f"{size:,} parameters"
            parts.append(
                SECTION["plumbing"].format(family=family, model=f"`{model}`" if model else "no model", size=told)
            )
    if proving:
        return [*parts, *_compared(FULL, proving)]
    head = ("arm", "before", *TIMES.values(), "tokens", "fell back")
    rows = [[f"`{arm}`", *("–" for _ in head[1:])] for arm in (*RIVALS, OURS)]
    return [*parts, SECTION["empty"], markdown_table(head, rows) + "\n"]


def _compared(name: str, runs: dict[str, Run]) -> list[str]:
    parts = [_about(runs), _claims(runs)] if len(runs) > 1 else [_about(runs)]
    for family, run in runs.items():
        reference = REFERENCE.get(name, "random")
        parts.append(f"### Family `{family}`\n")
        parts += [_picture(name, family)] if name == MAIN else []
        parts += [_differences(run, kind, reference) for kind in ("accuracy", "recall")]
        if name == MAIN:
            parts += [_differences(run, "transfer", reference)] if _measured(run, "transfer_pre") else []
            parts += [_gains(run), _measures(run), _path(run)]
        parts += [_spoken(run)] if name == FULL else []
    return parts


def _again(runs: dict[str, Run], again: dict[str, Run]) -> list[str]:
    """Our tutor less `random` in both courses of a family."""
    rows = []
    for family in again:
        for run in (one[family] for one in (runs, again) if family in one):
            less = {
                row["outcome"]: row for row in run["differences"] if (row["arm"], row["reference"]) == (OURS, "random")
            }
            cells = [corrected(less[name]) for name in ("accuracy_day7", "recall_day7")]
            rows.append([f"`{family}`", f"`{run['model']}`", *cells])
    head = ("family", "tracer", "accuracy after 7 days", "true recall after 7 days")
    return [SECTION["again"], markdown_table(head, rows, left=2) + "\n"]


def _about(runs: dict[str, Run]) -> str:
    rows = [
        [
            f"`{family}`", str(run["design"]["students"]), str(run["seeds"]), str(run["design"]["turns"]),
            f"`{run['model']}`", f"`{run['design']['config_hash']}`", f"{run['power']['detectable']:.3f}",
            f"{run['power_measured']['detectable']:.3f}" if run["power_measured"] else "–",
        ]
        for family, run in runs.items()
    ]  # fmt: skip
    head = ("family", "students", "replicates", "turns", "tracer", "design", "detectable", "as measured")
    return f"{SECTION['about']}\n{markdown_table(head, rows)}\n"


def _claims(runs: dict[str, Run]) -> str:
    found = claims({family: run["differences"] for family, run in runs.items()}, "accuracy_day7")
    rows = [
        [f"`{one['arm']}`", f"`{one['reference']}`", *(", ".join(one[side]) or "–" for side in ("above", "below")),
         one["verdict"]]
        for one in found
    ]  # fmt: skip
    return f"{SECTION['claims']}\n{markdown_table(('arm', 'than', 'above in', 'below in', 'verdict'), rows, left=5)}\n"


def _differences(run: Run, kind: str, reference: str) -> str:
    means = {(row["arm"], row["outcome"]): row["mean"] for row in run["rows"]}
    less = {(row["arm"], row["outcome"]): row for row in run["differences"] if row["reference"] == reference}
    rows = []
    for arm in run["arms"]:
        cells = [f"{means[arm, f'{kind}_pre']:.3f}"]
        for form in TIMES:
            mean, one = means[arm, f"{kind}_{form}"], less.get((arm, f"{kind}_{form}"))
            cells.append(f"{mean:.3f}" if one is None else f"{mean:.3f}, {corrected(one)}")
        rows.append([f"`{arm}`", *cells])
    text = SECTION[kind].format(reference=reference)
    return f"{text}\n{markdown_table(('arm', 'before', *TIMES.values()), rows)}\n"


def _measured(run: Run, outcome: str) -> bool:
    """A bank may have no question that joins concepts."""
    return any(row["outcome"] == outcome for row in run["rows"])


def _gains(run: Run) -> str:
    found = {(row["arm"], row["form"]): row for row in run["gains"]}
    rows = [
        [f"`{arm}`", *(estimated(found[arm, form]["group_gain"]) for form in TIMES),
         *(estimated(found[arm, "day7"].get(kind)) for kind in ("normalised_gain", "symmetric_change"))]
        for arm in run["arms"]
    ]  # fmt: skip
    head = ("arm", *(f"group, {words}" for words in TIMES.values()), "each, 7 days", "symmetric, 7 days")
    return f"{SECTION['gains']}\n{markdown_table(head, rows)}\n"


def _measures(run: Run) -> str:
    means = {(row["arm"], row["outcome"]): row for row in run["rows"]}
    ece = {row["arm"]: row["ece"] for row in run["calibration"] if row["form"] == "day7"}
    rows = [
        [
            f"`{arm}`",
            *(estimated(means.get((arm, outcome)), digits) for outcome, (_, digits) in MEASURES.items()),
            f"{ece[arm]:.3f}" if arm in ece else "–",
            f"{run.get('tokens', {}).get(arm, 0):,}",
            f"{run['milliseconds_per_turn'][arm]:.1f}",
        ]
        for arm in run["arms"]
    ]
    head = ("arm", *(words for words, _ in MEASURES.values()), "ECE, 7 days", "tokens", "ms a turn")
    return f"{SECTION['measures']}\n{markdown_table(head, rows)}\n"


def _path(run: Run) -> str:
    found = {(row["arm"], row["turns"]): row for row in run["path"]}
    last = max(row["turns"] for row in run["path"])
    turns = range(2, last + 1, 2)
    rows = [[f"`{arm}`", *(with_interval(found[arm, turn], 3) for turn in turns)] for arm in run["arms"]]
    return f"{SECTION['path']}\n{markdown_table(('arm', *(f'{turn} turns' for turn in turns)), rows)}\n"


def _spoken(run: Run) -> str:
    rows = [[f"`{arm}`", *cells] for arm, *cells in map(spoken_cells, run["spoken"])]
    return f"{SECTION['spoken']}\n`{run['language_model']}`:\n\n{markdown_table(SPOKEN_HEAD, rows)}\n"


def _sweep(name: str, family: str, run: Run) -> str:
    """Each arm less random, a row a number and end of its range."""
    found = {
        (row["parameter"], row["value"], row["arm"]): row for row in run["sweep"] if row["outcome"] == "recall_day7"
    }
    arms = list(dict.fromkeys(arm for _, _, arm in found))
    rows = [
        [
            f"`{number}`" if number else "as fitted",
            "–" if value is None else f"{value:g}",
            *(with_interval(found[number, value, arm], 3) if (number, value, arm) in found else "0" for arm in arms),
        ]
        for number, value in dict.fromkeys((number, value) for number, value, _ in found)
    ]
    head = ("number", "value", *(f"`{arm}`" for arm in arms))
    return f"### Family `{family}`\n\n{_picture(name, family)}\n{markdown_table(head, rows)}\n"


def _turns(family: str, run: Run) -> str:
    return f"### Family `{family}`\n\n{_picture(TURNS, family)}\n{_path(run)}"


def _picture(design: str, family: str) -> str:
    return f"![{DESIGNS[design]}, family {family}](../{picture_name(design, family)})\n"


def write_pages(results: Path, docs: Path) -> None:
    """Write the page and its pictures."""
    folder = results / "lab"
    page = lab_page(folder)
    for design, drawn in PICTURES.items():
        for family, run in _runs(folder, design).items():
            replace_file(docs / picture_name(design, family), drawn(family, run).encode())
    replace_file(docs / "results" / "evaluate-tutor.md", page.encode())


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), Path(sys.argv[2]))
