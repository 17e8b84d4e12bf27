"""One student's path under every policy: what was asked, and how the target moved (the case view of ExRec, Fig. 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank
from preceptor.evaluate.judges import Judge
from preceptor.evaluate.policy import Played
from preceptor.evaluate.policy_target import Targets
from preceptor.recommend import Objective

WIDTH, LEFT, RIGHT, TOP, CHART, ROW, LINE = 760, 132, 16, 56, 190, 26, 18
COLORS = ("#2563eb", "#dc2626", "#059669", "#ca8a04", "#7c3aed", "#0891b2", "#db2777", "#65a30d", "#6b7280", "#ea580c")
_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .head { font-weight: 600; font-size: 15px }
  .small { font-size: 11px }
  .page { fill: #ffffff }
  .grid { stroke: #d1d5db; stroke-width: 1 }
  .right { fill: #059669; fill-opacity: .22 }
  .wrong { fill: #dc2626; fill-opacity: .22 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb } .page { fill: #0b1220 } .grid { stroke: #374151 }
  }
"""


@dataclass(frozen=True)
class Asked:
    """One recommended question.

    Args:
        question_id: The question.
        text: Its text.
        concepts: The names of its KCs.
        correct: Whether the student was right.
        at_seconds: When, UTC seconds.
    """

    question_id: str
    text: str
    concepts: tuple[str, ...]
    correct: bool
    at_seconds: float


@dataclass(frozen=True)
class CasePath:
    """What one policy did with the student.

    Args:
        asked: The questions in order; empty where nothing was asked.
        value: The objective's value before each question and after the last.
        target: The names of the KCs that weigh most in it, at most three.
    """

    asked: tuple[Asked, ...]
    value: tuple[float, ...]
    target: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One student's path under every policy.

    Args:
        student: The student.
        judge: Who answered and learned.
        objective: What was to be improved.
        simulated: Whether the judge is a latent truth.
        paths: By policy.
    """

    student: str
    judge: str
    objective: str
    simulated: bool
    paths: Mapping[str, CasePath]


def case_of(
    bank: Bank,
    judge: Judge,
    objective: Objective,
    student: int,
    times: NDArray[np.float64],
    played: Mapping[str, Played],
    targets: Mapping[str, Targets],
) -> Case:
    """Tell what every arm did with one student of the judge's cohort.

    Args:
        bank: The course's bank.
        judge: Who judged.
        objective: What was to be improved.
        student: The watched student, a row of the cohort.
        times: float64 [steps], when the student was asked.
        played: By arm, with the student's path.
        targets: By arm.
    """
    paths = {}
    for name, arm in played.items():
        weights = targets[name].weights[student]
        value = np.nan_to_num(arm.path) @ weights
        heaviest = [int(c) for c in np.argsort(-weights, kind="stable")[:3] if weights[c] > 0]
        asked = [
            _asked(bank, int(row), bool(right), float(at))
            for row, right, at in zip(arm.question[student], arm.correct[student], times, strict=True)
            if row >= 0
        ]
        names = tuple(bank.concepts[c].name for c in heaviest)
        paths[name] = CasePath(tuple(asked), tuple(float(v) for v in value), names)
    return Case(judge.cohort.student_ids[student], judge.name, objective.name, judge.simulated, paths)


def _asked(bank: Bank, row: int, correct: bool, at_seconds: float) -> Asked:
    question = bank.questions[row]
    names = tuple(bank.concept[concept].name for concept in question.concepts)
    return Asked(question.question_id, question.text, names, correct, at_seconds)


def case_picture(case: Case | Mapping[str, Any]) -> str:
    """Draw the objective's value step by step, and under it the KC of every question, right or wrong.

    Args:
        case: The case, or what `--json` printed of it.

    Returns:
        SVG that follows the reader's light or dark scheme.
    """
    told = case if isinstance(case, Case) else _read(case)
    numbers = _numbered(told)
    steps = max(len(path.value) for path in told.paths.values()) - 1
    across = (WIDTH - LEFT - RIGHT) / max(steps, 1)
    rows_at = TOP + CHART + 44
    legend_at = rows_at + ROW * len(told.paths) + 26
    height = legend_at + LINE * (-(-len(numbers) // 2)) + 12
    title = f"{told.objective}: student {told.student} before {told.judge}"
    parts = [f'<text class="head" x="12" y="20">{escape(title)}</text>', *_chart(told, across)]
    for i, (name, path) in enumerate(told.paths.items()):
        parts.append(_row(name, path, numbers, rows_at + ROW * i, across, COLORS[i % len(COLORS)]))
    for i, (concept, number) in enumerate(numbers.items()):
        x, y = 12 + (i % 2) * (WIDTH // 2), legend_at + LINE * (i // 2)
        parts.append(f'<text class="small" x="{x}" y="{y}">{number} {escape(concept[:58])}</text>')
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(title)}</title>'
        f'<style>{_STYLE}</style>\n<rect class="page" width="{WIDTH}" height="{height}"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _chart(case: Case, across: float) -> list[str]:
    values = [value for path in case.paths.values() for value in path.value]
    low, high = np.floor(min(values) * 10) / 10, np.ceil(max(values) * 10) / 10
    scale = CHART / max(high - low, 0.1)
    parts = [
        f'<text class="small" x="12" y="{TOP - 12}">recall of the target, before each question and at the end</text>'
    ]
    for tick in np.arange(low, max(high, low + 0.1) + 1e-9, 0.1 if high - low <= 0.6 else 0.2):
        y = TOP + CHART - (tick - low) * scale
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:.1f}</text>')
    for i, path in enumerate(case.paths.values()):
        points = " ".join(
            f"{LEFT + across * step:.1f},{TOP + CHART - (value - low) * scale:.1f}"
            for step, value in enumerate(path.value)
        )
        style = f"fill:none;stroke:{COLORS[i % len(COLORS)]};stroke-width:2"
        parts.append(f'<polyline points="{points}" style="{style}"/>')
    return parts


def _row(name: str, path: CasePath, numbers: Mapping[str, int], y: float, across: float, color: str) -> str:
    parts = [
        f'<circle cx="18" cy="{y + 9:.1f}" r="5" style="fill:{color}"/>',
        f'<text class="small" x="28" y="{y + 13:.1f}">{escape(name)}</text>',
    ]
    for step, asked in enumerate(path.asked):
        x, kind = LEFT + across * step, "right" if asked.correct else "wrong"
        outcome = f"{', '.join(asked.concepts)}: {kind}"
        told = f"<title>{escape(asked.text)} ({escape(outcome)})</title>"
        parts.append(
            f'<rect class="{kind}" x="{x + 1:.1f}" y="{y:.1f}" width="{across - 2:.1f}" height="20">{told}</rect>'
        )
        label = numbers[asked.concepts[0]] if asked.concepts else ""
        middle = x + across / 2
        parts.append(f'<text class="small" x="{middle:.1f}" y="{y + 14:.1f}" text-anchor="middle">{label}</text>')
    return "\n".join(parts)


def _numbered(case: Case) -> dict[str, int]:
    """KCs in the order in which they are first asked."""
    first: dict[str, int] = {}
    for path in case.paths.values():
        for asked in path.asked:
            for concept in asked.concepts[:1]:
                first.setdefault(concept, len(first) + 1)
    return first


def _read(content: Mapping[str, Any]) -> Case:
    def path(told: Mapping[str, Any]) -> CasePath:
        asked: Sequence[Mapping[str, Any]] = told["asked"]
        questions = tuple(Asked(**{**one, "concepts": tuple(one["concepts"])}) for one in asked)
        return CasePath(questions, tuple(told["value"]), tuple(told["target"]))

    paths = {name: path(told) for name, told in content["paths"].items()}
    return Case(content["student"], content["judge"], content["objective"], content["simulated"], paths)
