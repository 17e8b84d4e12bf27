"""A class from a script, the app over it, and a simulated browser."""

import asyncio
import importlib.util
import os
import sys
import warnings
from pathlib import Path

import httpx
import pytest
from nicegui import Client, ui
from nicegui.functions.download import download
from nicegui.functions.navigate import Navigate
from nicegui.functions.notify import notify
from nicegui.testing import User
from nicegui.testing.general import nicegui_reset_globals

from preceptor.serve import Desk, create_api, create_app

with warnings.catch_warnings():
    # The client prefers a successor of httpx that is not needed here; it works with httpx as it is.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

FAKE = Path(__file__).parent / "fake_classroom.py"
NOW = 1_700_000_000.0


def _load_fake():
    spec = importlib.util.spec_from_file_location("preceptor_fake_classroom", FAKE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


FakeClassroom = _load_fake().FakeClassroom


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def classroom():
    return FakeClassroom()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def api(classroom, clock):
    with TestClient(create_api(Desk(classroom, clock)), base_url="http://localhost:8080") as client:
        yield client


@pytest.fixture
def client_of():
    """Builds a test client at the app's own address."""
    return lambda app: TestClient(app, base_url="http://localhost:8080")


@pytest.fixture
async def user(classroom, clock, caplog):
    """A user of the whole app, guards included, without a browser."""
    with nicegui_reset_globals():
        os.environ["NICEGUI_USER_SIMULATION"] = "true"
        app = create_app(classroom, clock)
        try:
            async with app.router.lifespan_context(app):
                transport = httpx.ASGITransport(app)
                async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
                    yield User(client)
        finally:
            os.environ.pop("NICEGUI_USER_SIMULATION", None)
            ui.navigate, ui.notify, ui.download = Navigate(), notify, download
            Client.page_routes.clear()  # else the reset would unload this package's modules
    errors = [record for record in caplog.get_records("call") if record.levelname == "ERROR"]
    assert not errors, errors


@pytest.fixture
def eventually():
    """Waits until something becomes true."""

    async def wait(holds):
        for _ in range(40):
            if holds():
                return
            await asyncio.sleep(0.05)
        assert holds()

    return wait
