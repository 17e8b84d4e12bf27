"""The page: the course, its four kinds of results, and all of its run files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from preceptor.evaluate.course_report.forgetting import forgetting
from preceptor.evaluate.course_report.policy import policy
from preceptor.evaluate.course_report.run_file import Part, RunFile, drawn
from preceptor.evaluate.course_report.tracing import tracing
from preceptor.evaluate.course_report.tutor import tutor
from preceptor.evaluate.report_parts import page, table, table_row

SIMULATED = "The students of this course are simulated: figures show how Preceptor works, not how people learn."
PIECES = ("evaluate-tracing-fold",)
"""Runs that are parts of another run."""


@dataclass(frozen=True)
class CourseFacts:
    """What the page says of the course itself.

    Args:
        title: Its name.
        path: Its folder, as the user gave it, for commands.
        counts: What it holds, by name.
        simulated: Whether its log was simulated.
        notes: What is unusual about it.
        models: Trained models, NAME/RUN.
        serving: The one in force; empty for none.
        policies: Policies that can recommend.
        day: When the page was made, an ISO date in UTC.
    """

    title: str
    path: str
    counts: Mapping[str, int]
    simulated: bool
    notes: Sequence[str]
    models: Sequence[str]
    serving: str
    policies: Sequence[str]
    day: str


@dataclass(frozen=True)
class _Kind:
    title: str
    anchor: str
    about: str
    draw: Callable[[Sequence[RunFile]], list[Part]]
    commands: tuple[str, ...]


_KINDS = (
    _Kind(
        "Tracing",
        "tracing",
        "How well answers are predicted before they are given. AUC: the chance that a right answer was given a higher "
        "prediction than a wrong one. Intervals are 95 % over students.",
        tracing,
        ("train COURSE", "evaluate tracing COURSE"),
    ),
    _Kind(
        "Forgetting",
        "forgetting",
        "What the time since the last practice adds to prediction, on students that nothing was fitted to.",
        forgetting,
        ("evaluate forgetting COURSE",),
    ),
    _Kind(
        "Policy",
        "policy",
        "Whether chosen questions raise knowledge, before judges that the policies do not look through and before "
        "their own tracer. A gain on the own tracer alone is no evidence.",
        policy,
        ("evaluate policy COURSE", "train-policy COURSE --objective practiced --algorithm sac"),
    ),
    _Kind(
        "Tutor",
        "tutor",
        "Whether the tutor teaches students whose minds are known, and whether its turns follow them.",
        tutor,
        ("evaluate tutor COURSE --family logistic", "evaluate adaptation COURSE"),
    ),
)


def course_report(facts: CourseFacts, runs: Sequence[RunFile]) -> str:
    """The whole page.

    Args:
        facts: What the course is.
        runs: Its run files, oldest first.
    """
    parts = [_head(facts), *(_kind(kind, facts, runs) for kind in _KINDS), _all(runs)]
    return page(f"Report on {escape(facts.title)}", parts)


def _head(facts: CourseFacts) -> str:
    tiles = "".join(f"<div><b>{count:,}</b> {escape(name)}</div>" for name, count in facts.counts.items())
    models = [f"{name} (serves)" if name == facts.serving else name for name in facts.models]
    told = [f"Models: {', '.join(models) or 'none'}.", f"Policies: {', '.join(facts.policies)}.", *facts.notes]
    links = [*((kind.title, kind.anchor) for kind in _KINDS), ("Run files", "runs")]
    ways = "".join(f'<a href="#{anchor}">{title}</a>' for title, anchor in links)
    warning = f'<p class="warning">{SIMULATED}</p>' if facts.simulated else ""
    notes = "".join(f"<li>{escape(one)}</li>" for one in told)
    return (
        f"<header><h1>{escape(facts.title)}</h1><p>Report of {facts.day}, made from the run files of the course.</p>"
        f'{warning}<nav>{ways}</nav></header><section id="course"><h2>Course</h2><div class="tiles">{tiles}</div>'
        f"<ul>{notes}</ul></section>"
    )


def _kind(kind: _Kind, facts: CourseFacts, runs: Sequence[RunFile]) -> str:
    parts = [drawn(part) for part in kind.draw(runs)]
    if not parts:
        commands = " or ".join(
            f"<code>preceptor {one.replace('COURSE', escape(facts.path))}</code>" for one in kind.commands
        )
        parts = [f'<p class="missing">Not measured yet: {commands}.</p>']
    return f'<section id="{kind.anchor}"><h2>{kind.title}</h2><p>{kind.about}</p>{"".join(parts)}</section>'


def _all(runs: Sequence[RunFile]) -> str:
    """Every run file, newest first; parts of another run are counted only."""
    whole = [run for run in reversed(runs) if run.command not in PIECES]
    rows = [table_row(run.command, [run.day, f"{run.record['seconds']:,.0f}", _link(run)]) for run in whole]
    parts = len(runs) - len(whole)
    more = f"<p>{parts} more hold single folds of a comparison.</p>" if parts else ""
    body = table(("command", "day", "seconds", "file"), rows) if rows else '<p class="missing">None yet.</p>'
    return f'<section id="runs"><h2>Run files</h2>{more}<div class="figures full">{body}</div></section>'


def _link(run: RunFile) -> str:
    earlier = " (earlier data)" if run.earlier else ""
    return f'<a href="{escape(run.link)}">{escape(run.link.rpartition("/")[2])}</a>{earlier}'
