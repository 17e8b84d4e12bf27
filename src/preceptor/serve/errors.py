"""A user's mistake as an HTTP answer."""

from fastapi import Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from preceptor.domain import ConflictError, UnknownNameError, UserError

ADDRESSED = frozenset({"student", "question", "answer"})


def status_of(error: UserError) -> int:
    """The HTTP status of a mistake: 404 what is not there, 409 a reused key, 422 the rest."""
    if isinstance(error, UnknownNameError) and error.kind in ADDRESSED:
        return 404
    return 409 if isinstance(error, ConflictError) else 422


def answer_mistake(_request: Request, error: Exception) -> JSONResponse:
    """Answer a `UserError` raised anywhere behind the API."""
    if not isinstance(error, UserError):
        raise error
    return JSONResponse({"error": body_of(error)}, status_of(error))


def body_of(error: UserError) -> dict[str, str]:
    """A mistake in three sentences."""
    return {"given": error.given, "allowed": error.allowed, "mend": error.mend}


def answer_invalid(_request: Request, error: Exception) -> JSONResponse:
    """Answer a request that does not have the documented shape, in the same words as any other mistake."""
    if not isinstance(error, RequestValidationError):
        raise error
    first = jsonable_encoder(error.errors()[0])
    place = ".".join(str(part) for part in first["loc"])
    body = {"given": f"{place}: {first['msg']}", "allowed": "the shape in /api/v1/openapi.json", "mend": ""}
    return JSONResponse({"error": body}, 422)
