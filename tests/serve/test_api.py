import pytest

from preceptor.domain import UnknownNameError, UserError
from preceptor.serve.errors import answer_invalid, answer_mistake, status_of

ANSWER = {"student_id": "s1", "question_id": "q0", "response": "5/8"}


def post(api, key="k1", **changes):
    return api.post("/api/v1/answers", json=ANSWER | changes, headers={"Idempotency-Key": key} if key else {})


def test_health_names_the_course(api):
    assert api.get("/api/v1/health").json() == {"status": "ok", "course": "Mathematics, grades 4–7"}


def test_an_answer_comes_back_judged(api, classroom):
    answer = post(api, hints_used=2, duration_seconds=12.5)
    assert answer.status_code == 200
    assert answer.json()["outcome"] == "correct"
    assert answer.json()["sitting"]["answered"] == 1
    assert classroom.calls == [("answer", ("5/8", "k1", 2, 12.5))]


def test_the_same_key_is_one_answer(api, classroom):
    assert post(api).json() == post(api).json()
    assert classroom.people["s1"].sitting.answered == 1


def test_the_same_key_with_other_content_conflicts(api):
    post(api)
    answer = post(api, response="3/8")
    assert answer.status_code == 409
    assert set(answer.json()["error"]) == {"given", "allowed", "mend"}


def test_the_key_may_stand_in_the_body(api):
    assert post(api, key=None, idempotency_key="k2").status_code == 200
    assert post(api, key="k2", idempotency_key="k2").status_code == 200


@pytest.mark.parametrize(("key", "body"), [(None, None), ("k1", "k2")])
def test_exactly_one_key_is_needed(api, key, body):
    assert post(api, key=key, idempotency_key=body).status_code == 422


def test_dont_know_needs_no_response(api):
    assert post(api, response="", dont_know=True).json()["outcome"] == "dont_know"


@pytest.mark.parametrize("changes", [{"student_id": "nobody"}, {"question_id": "none"}])
def test_unknown_names_are_not_found(api, changes):
    assert post(api, **changes).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [{"response": "1" * 501}, {"hints_used": -1}, {"duration_seconds": -1}, {"student_id": ""}, {"extra": 1}],
)
def test_limits_of_the_shape(api, classroom, changes):
    answer = post(api, **changes)
    assert answer.status_code == 422
    assert "body" in answer.json()["error"]["given"]
    assert classroom.calls == []


def test_next_and_state(api):
    shown = api.get("/api/v1/students/s1/next", params={"objective": "weakest"}).json()
    assert shown["question"]["question_id"] == shown["recommendation"]["question_id"]
    assert "key" not in shown["question"]
    state = api.get("/api/v1/students/s1/state").json()
    assert len(state["concepts"]) == 34
    assert api.get("/api/v1/students/nobody/state").status_code == 404


def test_any_sign_of_an_id_survives_the_address(api, classroom):
    classroom.people["a#b?c%d"] = classroom.people["s1"]
    assert api.get("/api/v1/students/a%23b%3Fc%25d/state").json()["student_id"] == "a#b?c%d"
    assert api.get("/api/v1/students/a%23b%3Fc%25d/next", params={"objective": "global"}).status_code == 200
    assert post(api, student_id="a#b?c%d").status_code == 200


def test_an_unknown_objective_is_a_mistake_not_a_missing_page(api):
    assert api.get("/api/v1/students/s1/next", params={"objective": "luck"}).status_code == 422
    assert api.get("/api/v1/students/s1/next", params={"objective": "<b>"}).status_code == 422


def test_the_roster_downloads_as_csv(api):
    answer = api.get("/teacher/students.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert len(answer.text.strip().splitlines()) == 41


def test_the_schema_is_served_and_no_page_loads_from_elsewhere(api):
    schema = api.get("/api/v1/openapi.json").json()
    assert set(schema["paths"]) == {
        "/api/v1/health",
        "/api/v1/answers",
        "/api/v1/students/{student_id}/next",
        "/api/v1/students/{student_id}/state",
        *(f"/api/v1/students/{{student_id}}/tutor{verb}" for verb in ("", "/messages", "/session", "/summary")),
        "/api/v1/students/{student_id}/contests",
        *(f"/api/v1/contests{verb}" for verb in ("", "/{contest_id}/accept", "/{contest_id}/uphold")),
    }
    assert api.get("/docs").status_code == 404
    assert api.get("/redoc").status_code == 404


def test_only_addressed_names_are_not_found():
    assert status_of(UnknownNameError("student", "?")) == 404
    assert status_of(UnknownNameError("objective", "?")) == 422
    assert status_of(UserError("?")) == 422


def test_bugs_are_not_dressed_as_mistakes():
    for handler in (answer_mistake, answer_invalid):
        with pytest.raises(ValueError, match="bug"):
            handler(None, ValueError("bug"))
