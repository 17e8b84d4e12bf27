"""The HTTP API and the web app, over one class."""

from preceptor.serve.app import create_api, create_app, run
from preceptor.serve.desk import Desk
from preceptor.serve.ports import DONT_KNOW, ClassroomPort
from preceptor.serve.security import require_loopback

__all__ = ["DONT_KNOW", "ClassroomPort", "Desk", "create_api", "create_app", "require_loopback", "run"]
