"""The tutor over HTTP: whole, streamed, contested, and told again."""

import json

import pytest
from fastapi.testclient import TestClient

from preceptor.serve.app import create_api
from preceptor.serve.desk import Desk
from preceptor.workflow.classroom import Classroom

STUDENT = "/api/v1/students/s1/tutor"


def message(text, key="k1", **more):
    return {"message": text, "idempotency_key": key, **more}


def events(body):
    """Server-sent events as pairs of name and content."""
    parts = [part.split("\n") for part in body.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in parts]


def test_a_dialogue_is_opened_and_answered(api, classroom):
    assert api.post(f"{STUDENT}/open").json()["messages"][0]["role"] == "tutor"
    turn = api.post(f"{STUDENT}/messages", json=message("5/8", question_id="q0")).json()
    assert turn["messages"][-1]["text"].startswith("Almost.")
    assert classroom.calls[-1] == ("tutor_say", ("5/8", "q0"))


def test_a_reply_is_heard_piece_by_piece_and_then_whole(api):
    answer = api.post(f"{STUDENT}/stream", json=message("5/8"))
    *texts, (last, turn) = events(answer.text)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert {name for name, _ in texts} == {"text"}
    assert len(texts) > 3
    assert "".join(piece["text"] for _, piece in texts) == turn["messages"][-1]["text"]
    assert last == "turn"


@pytest.mark.parametrize("path", ["messages", "stream"])
@pytest.mark.parametrize("body", [message(""), message("x" * 501), message("x", key=""), message("x", extra=1), {}])
def test_limits_of_the_shape(api, path, body):
    assert api.post(f"{STUDENT}/{path}", json=body).status_code == 422


@pytest.mark.parametrize("path", ["messages", "stream"])
def test_a_mistake_is_told_by_the_status(api, path):
    assert api.post(f"{STUDENT}/{path}", json=message("boom")).status_code == 422
    assert api.post(f"/api/v1/students/nobody/tutor/{path}", json=message("5/8")).status_code == 404


def test_a_real_session_is_held_contested_and_told_again(course_copy):
    with (
        Classroom.open(course_copy) as classroom,
        TestClient(create_api(Desk(classroom, lambda: 1_770_000_000.0)), base_url="http://localhost:8080") as api,
    ):
        base = "/api/v1/students/s0002"
        api.post(f"{base}/tutor/open")
        turn = api.post(f"{base}/tutor/messages", json=message("987654 and a half")).json()
        again = api.post(f"{base}/tutor/stream", json=message("987654 and a half"))
        session = api.get(f"{base}/tutor/session").json()
        refused = api.post(f"{base}/contests", json={"event_id": "none"})
    assert events(again.text)[-1][1]["messages"] == turn["messages"]
    assert session["turns"][-1]["message"] == "987654 and a half"
    assert refused.status_code == 422
