"""A class from a script, the app over it, and a simulated browser."""

import asyncio
import gc
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

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
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENS = {"desktop": (1280, 800), "phone": (390, 844)}
START_SECONDS = 120.0


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
        gc.freeze()  # NiceGUI looks through all objects around each test; those that are there by now stay out of it
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


@pytest.fixture(scope="module")
def browser():
    # Not longer than a file: while Playwright runs, no asynchronous test can start an event loop in this process.
    found = os.environ.get("PRECEPTOR_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        reason = "no browser: set PRECEPTOR_BROWSER or put chromium on PATH (make browser)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def address():
    """The scripted class, served by a process of its own."""
    with served([str(FAKE)]) as base:
        yield base


@pytest.fixture(scope="session")
def real_address(tmp_path_factory):
    """A small built-in course with a trained model, served by the command line."""
    from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
    from preceptor.workflow.clock import system_clock
    from preceptor.workflow.training import train
    from preceptor.workflow.training_options import TrainOptions

    clock = system_clock()
    path = tmp_path_factory.mktemp("course") / "small"
    course = make_built_in_course(path, BuiltInOptions(students=24, days=20, questions_per_family=3), clock.now())
    train(course, TrainOptions(size="small"), clock, lambda stage, done, total: None)
    with served(["-m", "preceptor.cli", "serve", str(path), "--port"]) as base:
        yield base


@contextmanager
def served(arguments):
    """Run Python with arguments and a free port of this computer, until the app answers there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, *arguments, str(port)], stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{base}/api/v1/health", server)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(url, server):
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="module")
def contexts(browser):
    """One browser profile a screen and theme, so that files are fetched once."""
    opened = {}

    def context(screen, theme):
        if (screen, theme) not in opened:
            width, height = SCREENS[screen]
            opened[screen, theme] = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=theme,
                has_touch=screen == "phone",
                reduced_motion="reduce",
            )
        return opened[screen, theme]

    yield context
    for profile in opened.values():
        profile.close()


@pytest.fixture
def open_page(contexts, address):
    """Opens pages and afterwards asks that nothing left this computer and nothing broke."""
    pages, foreign, broken = [], [], []

    def watch(request):
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            foreign.append(request.url)

    def opened(path, screen="desktop", theme="light", base=address):
        page = contexts(screen, theme).new_page()
        pages.append(page)
        page.on("request", watch)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
        page.goto(base + path)
        page.wait_for_selector("main[data-ready]")
        return page

    yield opened
    for page in pages:
        page.close()
    assert foreign == []
    assert broken == []
