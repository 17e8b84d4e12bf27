"""The HTTP API: what other programs may ask and tell."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from preceptor.domain import UserError
from preceptor.serve.csv_text import roster_csv
from preceptor.serve.desk import Desk
from preceptor.serve.ports import DONT_KNOW
from preceptor.workflow.views import AnswerView, NextView, StudentView

LONGEST_RESPONSE = 500
LONGEST_ID = 200
LONGEST_KEY = 100

StudentId = Annotated[str, Path(min_length=1, max_length=LONGEST_ID)]
Objective = Annotated[str, Query(min_length=1, max_length=40, pattern=r"^[a-z_-]+$")]
KeyHeader = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=LONGEST_KEY)]


class AnswerRequest(BaseModel):
    """One answer.

    Args:
        student_id: The student.
        question_id: The question that waits for this student.
        response: What was typed or chosen.
        dont_know: The student says "I don't know"; then `response` is not needed.
        idempotency_key: The same key twice is one answer; may stand in the `Idempotency-Key` header instead.
        hints_used: How many hints were opened.
        duration_seconds: Time spent; unknown if left out.
    """

    model_config = ConfigDict(extra="forbid")

    student_id: str = Field(min_length=1, max_length=LONGEST_ID)
    question_id: str = Field(min_length=1, max_length=LONGEST_ID)
    response: str = Field(default="", max_length=LONGEST_RESPONSE)
    dont_know: bool = False
    idempotency_key: str | None = Field(default=None, min_length=1, max_length=LONGEST_KEY)
    hints_used: int = Field(default=0, ge=0, le=50)
    duration_seconds: float | None = Field(default=None, ge=0, le=86_400, allow_inf_nan=False)


class Health(BaseModel):
    """That the server is up, and for which course."""

    status: str
    course: str


def api_router(desk: Desk) -> APIRouter:
    """Build the API over one class. Handlers are plain functions: the server runs them in worker threads."""
    router = APIRouter(prefix="/api/v1")
    classroom = desk.classroom

    @router.get("/health")
    def health() -> Health:
        """Whether the server is up."""
        return Health(status="ok", course=classroom.course_name)

    @router.post("/answers")
    def answers(request: AnswerRequest, key: KeyHeader = None) -> AnswerView:
        """Record one answer and return what came of it."""
        return classroom.answer(
            request.student_id,
            request.question_id,
            DONT_KNOW if request.dont_know else request.response,
            idempotency_key=one_key(key, request.idempotency_key),
            at_seconds=desk.clock(),
            hints_used=request.hints_used,
            duration_seconds=request.duration_seconds,
        )

    @router.get("/students/{student_id}/next")
    def next_question(student_id: StudentId, objective: Objective = "") -> NextView:
        """The question that waits for the student, or a newly chosen one."""
        return classroom.next(student_id, desk.clock(), objective)

    @router.get("/students/{student_id}/state")
    def state(student_id: StudentId) -> StudentView:
        """What is known of the student now."""
        return classroom.student(student_id, desk.clock())

    return router


def downloads_router(desk: Desk) -> APIRouter:
    """Build the teacher's file downloads."""
    router = APIRouter(include_in_schema=False)

    @router.get("/teacher/students.csv")
    def students_csv() -> Response:
        """The roster as a CSV file."""
        headers: dict[str, Any] = {"Content-Disposition": 'attachment; filename="students.csv"'}
        text = roster_csv(desk.classroom.roster(desk.clock()))
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    return router


def one_key(header: str | None, body: str | None) -> str:
    """The idempotency key of a request, from its header or its body.

    Raises:
        UserError: If there is none, or two different ones.
    """
    keys = {key for key in (header, body) if key is not None}
    if len(keys) != 1:
        raise UserError(
            "The request has two different idempotency keys." if keys else "The request has no idempotency key.",
            allowed="one key, in the Idempotency-Key header or in the field idempotency_key",
            mend="make a new random key for each answer or message, and send it again when you try again",
        )
    return keys.pop()
