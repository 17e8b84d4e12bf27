"""Reviewing a course's annotation in a spreadsheet."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from preceptor.course import Course, write_run
from preceptor.workflow.clock import Clock
from preceptor.workflow.review_import import decisions
from preceptor.workflow.review_overview import Overview
from preceptor.workflow.review_sheets import concept_table, question_table
from preceptor.workflow.review_views import Decision, ReviewView
from preceptor.workflow.reviewing import Review, ReviewState
from preceptor.workflow.sheets import read_tables, require_format, write_tables

LEAST_SURE = 10


def export_review(course: Course, path: Path) -> dict[str, Any]:
    """Write what stands into a spreadsheet.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If the course was never annotated or the file cannot be written.
    """
    require_format(path)
    now = Overview(Review(course).state())
    tables = (question_table(now), concept_table(now))
    write_tables(path, tables)
    return told(now.view()) | {"file": str(path), "rows": {table.name: len(table.rows) for table in tables}}


def import_review(course: Course, path: Path, author: str, clock: Clock) -> dict[str, Any]:
    """Record what was changed in a spreadsheet and let the course use it: all of it or nothing.

    Args:
        course: The course.
        path: The file, written by `export_review` and edited.
        author: Who decided.
        clock: The clocks.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If any row cannot be used; every such row is told, and nothing is recorded.
    """
    start, before = clock.monotonic(), course.data_hash
    review, tables = Review(course), read_tables(path)
    with course.writing():
        state = review.state()
        found = decisions(path, tables, Overview(state))
        actions = [decision.action for decision in found]
        review.record(actions, author, clock.now(), [decision.row for decision in found])
        used = review.use()
    after = review.state()
    result = told(Overview(after).view()) | {"file": str(path), "recorded": len(actions), "used": used}
    result["emptied"] = emptied(state, after)
    config = {"file": str(path), "author": author}
    seconds = clock.monotonic() - start
    run = write_run(course, "review", config, before, None, result, seconds, at_seconds=clock.now())
    return {**result, "seconds": seconds, "run": str(run)}


def emptied(before: ReviewState, after: ReviewState) -> list[dict[str, str]]:
    """Questions that had a concept before and have none now, in the bank's order."""
    had, have = (
        {found.question_id for found in state.reviewed.annotation.questions if found.labels}
        for state in (before, after)
    )
    lost = [question for question in after.bank.questions if question.question_id in had - have]
    return [{"question_id": question.question_id, "text": question.text} for question in lost]


def review_of(course: Course) -> dict[str, Any]:
    """How far a review is.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If the course was never annotated or a file is damaged.
    """
    return told(Overview(Review(course).state()).view())


def told(view: ReviewView) -> dict[str, Any]:
    """A review in figures, with the concepts to look at first and the decisions that find nothing."""
    return {
        "annotator": view.annotator,
        "framework": view.framework,
        "concepts": len(view.concepts),
        "labels": view.labels,
        "decided": view.decided,
        "without_concept": len(view.open_questions),
        "decisions": len(view.history),
        "stranded": [_plain(decision) for decision in view.stranded],
        "torn": view.torn,
        "unused": view.unused,
        "least_sure": [asdict(line) for line in view.concepts[:LEAST_SURE]],
    }


def _plain(decision: Decision) -> dict[str, Any]:
    return {"event_id": decision.event_id, "decision": str(decision.told), "reason": decision.reason}
