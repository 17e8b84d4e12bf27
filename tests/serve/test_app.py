import re

import pytest

from preceptor.domain import UserError
from preceptor.serve import app as app_module
from preceptor.serve import run

PAGES = ["/", "/student/s1", "/student/s1/tutor", "/student/s1/map", "/teacher", "/teacher/class", "/teacher/questions"]
NAMESPACES = {"http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_names_another_server(user, path):
    response = await user.http_client.get(path)
    assert response.status_code == 200
    addresses = set(re.findall(r"""(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s"'<>\\)]*""", response.text))
    assert addresses <= NAMESPACES
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


async def test_assets_are_served_and_stay_at_home(user):
    page = (await user.http_client.get("/")).text
    assets = re.findall(r"/assets/[\w.]+\?\w+", page)
    assert len(assets) == 2
    for path in assets:
        response = await user.http_client.get(path)
        assert response.status_code == 200
        assert not re.search(r"https?://", response.text)


async def test_pages_refuse_a_rebound_name(user):
    response = await user.http_client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 403


def test_another_host_starts_nothing(classroom, clock):
    with pytest.raises(UserError, match="until accounts exist"):
        run(classroom, "0.0.0.0", 8080, clock)


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "http://127.0.0.1:8123/"), ("::1", "http://[::1]:8123/")])
def test_run_serves_and_opens_the_start_page(classroom, clock, monkeypatch, host, address):
    served, opened = [], []
    monkeypatch.setattr(app_module, "create_app", lambda classroom, clock: "app")
    monkeypatch.setattr(app_module.uvicorn, "run", lambda app, **options: served.append((app, options["host"])))

    class Timer:
        def __init__(self, seconds, action, arguments):
            opened.append(arguments[0])

        def start(self):
            opened.append("started")

    monkeypatch.setattr(app_module.threading, "Timer", Timer)
    run(classroom, host, 8123, clock)
    assert opened == []
    run(classroom, host, 8123, clock, open_browser=True)
    assert served == [("app", host)] * 2
    assert opened == [address, "started"]
