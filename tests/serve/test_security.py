import pytest
from starlette.websockets import WebSocketDisconnect

from preceptor.domain import UserError
from preceptor.serve.security import LoopbackOnly, require_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]"])
def test_this_computer_is_allowed(host):
    require_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org", ""])
def test_other_hosts_wait_for_accounts(host):
    with pytest.raises(UserError, match="until accounts exist"):
        require_loopback(host)


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:8080"])
def test_own_names_answer(api, host):
    assert api.get("/api/v1/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example:8080", "localhost", "localhost:9", "127.0.0.1.evil.example:8080", ""])
def test_rebound_names_are_refused(api, host):
    answer = api.get("/api/v1/health", headers={"host": host})
    assert answer.status_code == 403
    assert set(answer.json()["error"]) == {"given", "allowed", "mend"}


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:9", "http://evil.localhost:8080"])
def test_posts_from_other_pages_are_refused(api, classroom, origin):
    body = {"student_id": "s1", "question_id": "q0", "response": "5/8", "idempotency_key": "k"}
    assert api.post("/api/v1/answers", json=body, headers={"origin": origin}).status_code == 403
    assert classroom.calls == []


def test_posts_from_own_pages_pass(api):
    body = {"student_id": "s1", "question_id": "q0", "response": "5/8", "idempotency_key": "k"}
    assert api.post("/api/v1/answers", json=body, headers={"origin": "http://localhost:8080"}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site"])
@pytest.mark.parametrize("path", ["/api/v1/health", "/api/v1/students/s1/state", "/api/v1/openapi.json"])
def test_the_api_is_not_read_from_other_pages(api, site, path):
    assert api.get(path, headers={"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_the_api_is_read_from_own_pages_and_the_address_bar(api, site):
    assert api.get("/api/v1/health", headers={"sec-fetch-site": site}).status_code == 200


def test_a_link_on_another_page_may_lead_here(api):
    assert api.get("/teacher/students.csv", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_headers_stand_on_every_answer(api):
    for path in ("/api/v1/health", "/api/v1/students/nobody/next", "/nowhere"):
        headers = api.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy


async def echo(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close"})


def test_web_sockets_are_guarded_too(client_of):
    client = client_of(LoopbackOnly(echo))
    with client.websocket_connect("ws://localhost:8080/"):
        pass
    for headers in ({"host": "evil.example"}, {"origin": "http://evil.example"}):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("ws://localhost:8080/", headers=headers):
            pass
