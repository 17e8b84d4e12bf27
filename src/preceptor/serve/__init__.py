"""The HTTP API and the web app, over one class."""

from preceptor.serve.app import create_api, create_app, run
from preceptor.serve.desk import Desk
from preceptor.serve.ports import DONT_KNOW, ClassroomPort

__all__ = ["DONT_KNOW", "ClassroomPort", "Desk", "create_api", "create_app", "run"]
