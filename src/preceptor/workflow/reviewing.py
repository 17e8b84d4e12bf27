"""A course's annotation under a teacher's review."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from preceptor.annotate.apply import Review as Reviewer
from preceptor.annotate.apply import applied
from preceptor.annotate.contract import Annotation
from preceptor.annotate.review import Reviewed, replay
from preceptor.annotate.review_events import Action, Event, Undo
from preceptor.annotate.review_lines import from_line, to_line
from preceptor.course import Course
from preceptor.course.files import explained
from preceptor.course.journal import extend_journal, read_journal
from preceptor.domain import Bank, UserError, digest
from preceptor.workflow.annotating import course_annotation
from preceptor.workflow.clock import Clock
from preceptor.workflow.earlier_labels import undo

FILE = Path("annotations") / "reviews.jsonl"


class NotAnnotatedError(UserError):
    """A course whose questions nobody annotated."""


@dataclass(frozen=True)
class ReviewState:
    """Everything a review looks at, at one moment.

    Args:
        bank: The course's questions as they are used now.
        given: What the annotator gave.
        events: Every decision, oldest first.
        torn: Whether a decision was lost while it was written.
    """

    bank: Bank
    given: Annotation
    events: tuple[Event, ...]
    torn: bool = False

    @cached_property
    def reviewed(self) -> Reviewed:
        """What stands after all decisions."""
        return replay(self.given, self.events)

    @cached_property
    def wanted(self) -> Bank:
        """The bank with the labels that stand."""
        return applied(self.bank, self.reviewed.annotation)

    @cached_property
    def unused(self) -> bool:
        """Whether the course uses other labels than those that stand."""
        return self.wanted.content_hash != self.bank.content_hash


class Review:
    """Records decisions and gives what stands. Safe to call from several threads.

    Args:
        course: The course.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._lock = threading.Lock()

    def state(self) -> ReviewState:
        """Read everything.

        Raises:
            NotAnnotatedError: If the course was never annotated.
            UserError: If a file is damaged.
        """
        annotation = course_annotation(self._course)
        if annotation is None:
            raise NotAnnotatedError(
                f"The course {self._course.name!r} was never annotated.",
                mend=f"preceptor annotate {self._course.path}",
            )
        events, torn = read_events(self._course)
        return ReviewState(self._course.load_bank(), annotation, events, torn)

    def record(
        self, actions: Sequence[Action], author: str, at_seconds: float, rows: Sequence[str] = ()
    ) -> ReviewState:
        """Record decisions, all or none.

        Args:
            actions: What was decided, in order.
            author: Who decided.
            at_seconds: When, UTC seconds.
            rows: Hash of the spreadsheet's row behind each action; empty if there is no spreadsheet.

        Raises:
            UserError: If one finds no object or cannot be, or the course is being written to.
        """
        with self._lock, self._course.writing():
            before = self.state()
            number = len(before.events)
            added = tuple(
                Event("r" + digest(number + i, at_seconds, author, action), at_seconds, author, action, row)
                for i, (action, row) in enumerate(zip(actions, rows or [""] * len(actions), strict=True))
            )
            after = ReviewState(before.bank, before.given, (*before.events, *added))
            ids = {event.event_id for event in added}
            refused = [entry.reason for entry in after.reviewed.stranded if entry.event.event_id in ids]
            if refused:
                raise UserError(refused[0], mend="look at what stands now and decide again")
            if added:
                with explained("write to", self._course.path / FILE):
                    extend_journal(self._course.path / FILE, [to_line(event) for event in added])
            return after

    def undo(self, event_id: str, author: str, at_seconds: float) -> ReviewState:
        """Take a decision back.

        Raises:
            UserError: If there is no such decision.
        """
        return self.record((Undo(event_id),), author, at_seconds)

    def use(self) -> bool:
        """Write the labels that stand into the course; whether anything changed.

        Raises:
            UserError: If the course is being written to.
        """
        with self._lock, self._course.writing():
            state = self.state()
            if state.unused:
                self._course.replace(bank=state.wanted)
            return state.unused


def decided_in(course: Course) -> Reviewer:
    """A course's decisions as what stands between any annotation of it and its bank.

    Raises:
        UserError: If the file of the decisions is damaged.
    """
    events, _ = read_events(course)
    return lambda annotation: replay(annotation, events).annotation


def undo_annotation(course: Course, clock: Clock) -> dict[str, Any]:
    """Put back the bank as it was before the annotation in force; decisions stay, and are counted.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If no annotation can be undone, or the file of the decisions is damaged.
    """
    events, _ = read_events(course)
    return {**undo(course, clock), "decisions": len(events)}


def read_events(course: Course) -> tuple[tuple[Event, ...], bool]:
    """Every decision of a course, oldest first, and whether one was lost while it was written.

    Raises:
        UserError: If a line in the middle is damaged; nothing is guessed about what it said.
    """
    path = course.path / FILE
    with explained("read", path):
        journal = read_journal(path)
    events = []
    for number, line in enumerate(journal.lines, start=1):
        try:
            events.append(from_line(line))
        except ValueError as error:
            raise UserError(
                f"Line {number} of {path} is damaged: {error}.",
                allowed="decisions as this version writes them",
                mend="restore the file from a backup, or remove the line",
            ) from error
    return tuple(events), bool(journal.torn)
