"""The app: API, pages and guards over one class, in one process."""

import threading
import warnings
import webbrowser
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from nicegui import ui

from preceptor import __version__
from preceptor.domain import UserError
from preceptor.language import require_language
from preceptor.serve.api import api_router, downloads_router
from preceptor.serve.desk import Desk
from preceptor.serve.errors import answer_invalid, answer_mistake
from preceptor.serve.pages import register
from preceptor.serve.ports import ClassroomPort
from preceptor.serve.security import LoopbackOnly, require_loopback
from preceptor.serve.theme import mount_assets
from preceptor.serve.tongue import LOCALES
from preceptor.serve.tutor_api import tutor_router

RECONNECT_SECONDS = 30.0


def create_api(desk: Desk) -> FastAPI:
    """Build the API with its guards, without pages."""
    app = FastAPI(
        title=f"Preceptor: {desk.classroom.course_name}",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(api_router(desk))
    app.include_router(tutor_router(desk))
    app.include_router(downloads_router(desk))
    app.add_exception_handler(UserError, answer_mistake)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_middleware(LoopbackOnly)
    return app


def create_app(classroom: ClassroomPort, clock: Callable[[], float]) -> FastAPI:
    """Build the whole app. NiceGUI keeps its pages per process, so one process serves one class.

    Args:
        classroom: The class.
        clock: UTC seconds now.

    Raises:
        UnknownNameError: If the course is in a language the pages do not speak.
    """
    require_language(classroom.language)
    desk = Desk(classroom, clock)
    app = create_api(desk)
    mount_assets(app)
    register(desk)
    ui.run_with(
        app,
        title="Preceptor",
        dark=None,
        language=LOCALES[classroom.language],
        tailwind=False,
        reconnect_timeout=RECONNECT_SECONDS,
        show_welcome_message=False,
    )
    return app


def run(
    classroom: ClassroomPort,
    host: str,
    port: int,
    clock: Callable[[], float],
    open_browser: bool = False,
) -> None:
    """Serve until interrupted.

    Args:
        classroom: The class.
        host: A loopback address.
        port: The port to listen on.
        clock: UTC seconds now.
        open_browser: Whether to open the start page.

    Raises:
        UserError: If `host` is not this computer.
    """
    require_loopback(host)
    # NiceGUI looks at every object of the process to find its server; one of torch's complains about being looked at.
    warnings.filterwarnings("ignore", message="`torch.distributed.reduce_op`", category=FutureWarning)
    app = create_app(classroom, clock)
    if open_browser:
        address = f"http://{'[::1]' if host == '::1' else host}:{port}/"
        threading.Timer(1.0, webbrowser.open, [address]).start()
    uvicorn.run(app, host=host, port=port, log_level="warning", ws="websockets-sansio")
