"""The tutor over HTTP: open a dialogue, say something, read the session, contest a grade."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from preceptor.domain import UserError
from preceptor.serve.api import LONGEST_ID, LONGEST_KEY, LONGEST_RESPONSE, KeyHeader, StudentId, one_key
from preceptor.serve.desk import Desk
from preceptor.serve.errors import body_of
from preceptor.workflow.transcripts import as_json
from preceptor.workflow.views import ContestedAnswer, ContestView, SessionSummary, TutorTurnView

EVENTS = "text/event-stream"
_TURN = TypeAdapter(TutorTurnView)
_WORDS = TypeAdapter(dict[str, str])

Accept = Annotated[str, Header()]
Sitting = Annotated[int | None, Query(ge=1, le=2**53)]
ContestId = Annotated[int, Path(ge=1, le=2**53)]


class MessageRequest(BaseModel):
    """What a student says.

    Args:
        message: The student's words.
        question_id: The question on the student's screen; empty for the waiting one. If another one waits by now,
            nothing is scored.
        idempotency_key: The same key twice is one message; may stand in the `Idempotency-Key` header instead.
    """

    model_config = ConfigDict(extra="forbid")

    message: str = Field(min_length=1, max_length=LONGEST_RESPONSE)
    question_id: str = Field(default="", max_length=LONGEST_ID)
    idempotency_key: str | None = Field(default=None, min_length=1, max_length=LONGEST_KEY)


class ContestRequest(BaseModel):
    """A grade that a student takes for wrong.

    Args:
        event_id: The answer: its idempotency key.
        note: The student's words.
    """

    model_config = ConfigDict(extra="forbid")

    event_id: str = Field(min_length=1, max_length=LONGEST_KEY)
    note: str = Field(default="", max_length=LONGEST_RESPONSE)


def tutor_router(desk: Desk) -> APIRouter:
    """Build the tutor's part of the API."""
    router = APIRouter(prefix="/api/v1")
    classroom = desk.classroom

    @router.post("/students/{student_id}/tutor")
    def open_dialogue(student_id: StudentId) -> TutorTurnView:
        """Open the dialogue where it was left: what was said in this session, and the question that waits."""
        return classroom.tutor_open(student_id, desk.clock())

    @router.post(
        "/students/{student_id}/tutor/messages",
        response_model=TutorTurnView,
        responses={200: {"content": {EVENTS: {}}}},
    )
    async def messages(
        student_id: StudentId, request: MessageRequest, key: KeyHeader = None, accept: Accept = ""
    ) -> TutorTurnView | Response:
        """Say something to the tutor; the reply comes whole, or as server-sent events if they are accepted."""
        pieces = desk.hear(
            classroom.tutor_stream,
            student_id,
            request.message,
            idempotency_key=one_key(key, request.idempotency_key),
            at_seconds=desk.clock(),
            question_id=request.question_id,
        )
        first = await anext(pieces)  # what is refused is refused before anything is sent
        if EVENTS in accept:
            return StreamingResponse(_events(first, pieces), media_type=EVENTS, headers={"Cache-Control": "no-store"})
        turn = first
        async for piece in pieces:
            turn = piece
        assert isinstance(turn, TutorTurnView)
        return turn

    @router.get("/students/{student_id}/tutor/session")
    def session(student_id: StudentId, sitting: Sitting = None) -> dict[str, Any]:
        """What was said in a session, as `preceptor tutor --transcript` writes it; the latest if none is named."""
        return as_json(classroom.tutor_session(student_id, sitting))

    @router.get("/students/{student_id}/tutor/summary")
    def summary(student_id: StudentId, sitting: Sitting = None) -> SessionSummary:
        """What a session changed: recall before and now, and when each concept should come back."""
        return classroom.tutor_summary(student_id, desk.clock(), sitting)

    @router.post("/students/{student_id}/contests")
    def contest(student_id: StudentId, request: ContestRequest) -> ContestView:
        """Contest the grade of an answer; it is checked again at once, and an answer is contested only once."""
        return classroom.contest(student_id, request.event_id, request.note, desk.clock())

    @router.get("/contests")
    def contests() -> tuple[ContestedAnswer, ...]:
        """Contested grades that a teacher may still decide."""
        return classroom.contests()

    @router.post("/contests/{contest_id}/accept")
    def accept_contest(contest_id: ContestId) -> ContestView:
        """A teacher takes a contested answer for right."""
        return classroom.accept_contest(contest_id, desk.clock())

    @router.post("/contests/{contest_id}/uphold")
    def uphold_contest(contest_id: ContestId) -> ContestView:
        """A teacher lets a contested grade stand."""
        return classroom.uphold_contest(contest_id, desk.clock())

    return router


async def _events(first: str | TutorTurnView, rest: AsyncIterator[str | TutorTurnView]) -> AsyncIterator[bytes]:
    """Words as they come, then the turn; a mistake that shows only on the way is the last event."""
    try:
        yield _event(first)
        async for piece in rest:
            yield _event(piece)
    except UserError as error:
        yield _sent("error", _WORDS.dump_json(body_of(error)))


def _event(piece: str | TutorTurnView) -> bytes:
    if isinstance(piece, TutorTurnView):
        return _sent("turn", _TURN.dump_json(piece))
    return _sent("words", _WORDS.dump_json({"text": piece}))


def _sent(name: str, data: bytes) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)
