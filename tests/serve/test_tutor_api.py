"""The tutor over HTTP: whole, streamed, contested, and told again."""

import asyncio
import json

import pytest
from fastapi.testclient import TestClient

from preceptor.domain import UserError
from preceptor.serve.app import create_api
from preceptor.serve.desk import Desk
from preceptor.workflow.classroom import Classroom

HEARD = {"Accept": "text/event-stream"}
STUDENT = "/api/v1/students/s1/tutor"


def message(text, key="k1", **more):
    return {"message": text, "idempotency_key": key, **more}


def events(body):
    """Server-sent events as pairs of name and content."""
    parts = [part.split("\n") for part in body.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in parts]


def test_a_dialogue_is_opened_and_answered(api, classroom):
    assert api.post(STUDENT).json()["messages"][0]["role"] == "tutor"
    turn = api.post(f"{STUDENT}/messages", json=message("5/8", question_id="q0")).json()
    assert turn["messages"][-1]["text"].startswith("Yes")
    assert ("tutor_stream", ("5/8", "q0")) in classroom.calls


def test_a_reply_is_heard_piece_by_piece_and_then_whole(api):
    answer = api.post(f"{STUDENT}/messages", json=message("5/8"), headers=HEARD)
    *texts, (last, turn) = events(answer.text)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert {name for name, _ in texts} == {"words"}
    assert len(texts) > 1
    assert "".join(piece["text"] for _, piece in texts) == turn["messages"][-1]["text"]
    assert last == "turn"


@pytest.mark.parametrize("headers", [{}, HEARD])
@pytest.mark.parametrize("body", [message(""), message("x" * 501), message("x", key=""), message("x", extra=1), {}])
def test_limits_of_the_shape(api, headers, body):
    assert api.post(f"{STUDENT}/messages", json=body, headers=headers).status_code == 422


@pytest.mark.parametrize("headers", [{}, HEARD])
def test_a_mistake_is_told_by_the_status(api, headers):
    assert api.post(f"{STUDENT}/messages", json=message("boom"), headers=headers).status_code == 422
    elsewhere = "/api/v1/students/nobody/tutor/messages"
    assert api.post(elsewhere, json=message("5/8"), headers=headers).status_code == 404


def test_a_real_session_is_held_contested_and_told_again(course_copy):
    with (
        Classroom.open(course_copy) as classroom,
        TestClient(create_api(Desk(classroom, lambda: 1_770_000_000.0)), base_url="http://localhost:8080") as api,
    ):
        base = "/api/v1/students/s0002"
        api.post(f"{base}/tutor")
        turn = api.post(f"{base}/tutor/messages", json=message("987654 and a half")).json()
        again = api.post(f"{base}/tutor/messages", json=message("987654 and a half"), headers=HEARD)
        session = api.get(f"{base}/tutor/session").json()
        refused = api.post(f"{base}/contests", json={"event_id": "none"})
    assert events(again.text)[-1][1]["messages"] == turn["messages"]
    assert session["turns"][-1]["message"] == "987654 and a half"
    assert refused.status_code == 404


def test_a_grade_is_contested_and_decided(api, classroom):
    told = api.post("/api/v1/students/s1/contests", json={"event_id": "k1", "note": "but it is"}).json()
    assert told["status"] == "waiting"
    (waiting,) = api.get("/api/v1/contests").json()
    assert (waiting["event_id"], waiting["note"], waiting["second_right"]) == ("k1", "but it is", None)
    decided = api.post(f"/api/v1/contests/{waiting['contest_id']}/accept").json()
    assert (decided["status"], api.get("/api/v1/contests").json()) == ("corrected", [])
    assert api.post("/api/v1/contests/99/uphold").status_code == 422


@pytest.mark.parametrize(
    "body", [{}, {"event_id": ""}, {"event_id": "k", "note": "x" * 501}, {"event_id": "k", "x": 1}]
)
def test_limits_of_a_contest(api, body):
    assert api.post("/api/v1/students/s1/contests", json=body).status_code == 422


def test_a_session_is_summed_up(api):
    found = api.get("/api/v1/students/s1/tutor/summary", params={"sitting": 1}).json()
    assert found["concepts"][0]["review_days"] == 3
    assert api.get("/api/v1/students/s1/tutor/summary", params={"sitting": 0}).status_code == 422
    assert api.get("/api/v1/students/nobody/tutor/session").status_code == 404


def test_a_mistake_on_the_way_is_the_last_event(api, classroom):
    def breaks_off(student_id, message, **_):
        yield "Yes."
        raise UserError("The disk is full.", mend="free some space")

    classroom.tutor_stream = breaks_off
    answer = api.post(f"{STUDENT}/messages", json=message("5/8"), headers=HEARD)
    assert [name for name, _ in events(answer.text)] == ["words", "error"]
    assert events(answer.text)[-1][1]["mend"] == "free some space"


def test_a_turn_is_heard_to_its_end_whoever_stops_listening(classroom):
    ended = []

    def speaks():
        yield from ("one", "two")
        ended.append(True)

    async def listen_once():
        async for piece in Desk(classroom, lambda: 0.0).hear(speaks):
            assert piece == "one"
            break
        for _ in range(100):
            await asyncio.sleep(0.01)
            if ended:
                return

    asyncio.run(listen_once())
    assert ended


def test_no_other_web_page_says_anything(api):
    foreign = {"Origin": "http://example.org"}
    for path in (STUDENT, "/api/v1/students/s1/contests", "/api/v1/contests/1/accept"):
        assert api.post(path, headers=foreign, json={}).status_code == 403
