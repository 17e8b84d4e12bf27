"""The HTTP API of the tutor: the same dialogue as the page and the terminal, whole or streamed."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from preceptor.domain import UserError
from preceptor.serve.desk import Desk
from preceptor.workflow.transcripts import as_json
from preceptor.workflow.views import TutorTurnView

LONGEST_MESSAGE = 500
LONGEST_ID = 200
LONGEST_KEY = 100

StudentId = Annotated[str, Path(min_length=1, max_length=LONGEST_ID)]


class MessageRequest(BaseModel):
    """One message to the tutor.

    Args:
        message: What the student wrote.
        idempotency_key: The same key twice is one message.
        question_id: The question on the screen; empty for the waiting one. If another one waits, nothing is scored.
    """

    model_config = ConfigDict(extra="forbid")

    message: str = Field(min_length=1, max_length=LONGEST_MESSAGE)
    idempotency_key: str = Field(min_length=1, max_length=LONGEST_KEY)
    question_id: str = Field(default="", max_length=LONGEST_ID)


class ContestRequest(BaseModel):
    """An objection to a grade.

    Args:
        event_id: The answer, by its idempotency key.
        note: Why; may be empty.
    """

    model_config = ConfigDict(extra="forbid")

    event_id: str = Field(min_length=1, max_length=LONGEST_ID)
    note: str = Field(default="", max_length=LONGEST_MESSAGE)


def tutor_router(desk: Desk) -> APIRouter:
    """Build the tutor's API. Handlers are plain functions: the server runs them in worker threads."""
    router = APIRouter(prefix="/api/v1/students/{student_id}")
    classroom = desk.classroom

    @router.post("/tutor/open")
    def opened(student_id: StudentId) -> TutorTurnView:
        """Greet the student, and what was said in this session before."""
        return classroom.tutor_open(student_id, desk.clock())

    @router.post("/tutor/messages")
    def said(student_id: StudentId, request: MessageRequest) -> TutorTurnView:
        """Say something to the tutor and get the whole turn."""
        return classroom.tutor_say(
            student_id,
            request.message,
            idempotency_key=request.idempotency_key,
            at_seconds=desk.clock(),
            question_id=request.question_id,
        )

    @router.post("/tutor/stream", response_class=StreamingResponse)
    def streamed(student_id: StudentId, request: MessageRequest) -> StreamingResponse:
        """Say something and hear the reply as server-sent events: `text` for every piece, then `turn`."""
        pieces = classroom.tutor_stream(
            student_id,
            request.message,
            idempotency_key=request.idempotency_key,
            at_seconds=desk.clock(),
            question_id=request.question_id,
        )
        first = next(pieces)  # what is wrong with the message is told by the status, not in the stream
        return StreamingResponse(_events(first, pieces), media_type="text/event-stream")

    @router.get("/tutor/session")
    def session(student_id: StudentId) -> dict[str, Any]:
        """What was said in the student's latest session, with what it took."""
        return as_json(classroom.tutor_session(student_id))

    @router.post("/contests")
    def contested(student_id: StudentId, request: ContestRequest) -> dict[str, Any]:
        """Object to a grade: it is checked again, else the teacher decides."""
        return asdict(classroom.contest(student_id, request.event_id, request.note, desk.clock()))

    return router


def _events(first: str | TutorTurnView, rest: Iterator[str | TutorTurnView]) -> Iterator[str]:
    yield _event(first)
    try:
        for piece in rest:
            yield _event(piece)
    except UserError as error:
        yield f"event: error\ndata: {json.dumps({'given': error.given, 'mend': error.mend})}\n\n"


def _event(piece: str | TutorTurnView) -> str:
    if isinstance(piece, str):
        return f"event: text\ndata: {json.dumps({'text': piece}, ensure_ascii=False)}\n\n"
    return f"event: turn\ndata: {json.dumps(asdict(piece), ensure_ascii=False)}\n\n"
