"""Only this computer may talk to the app, and only from its own pages.

A page on the internet can point a name it owns at 127.0.0.1 (DNS rebinding) or post a form to it. The first is
stopped by the Host header, the second by the Origin header; both are checked for web sockets too. A link or an image
elsewhere sends no Origin header: it may lead to a page, but not to the API.
"""

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from preceptor.domain import UserError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
API_PATH = "/api/"
OWN_SITES = frozenset({"same-origin", "none"})  # "none": typed into the address bar
DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}

# The interface compiles its templates and runs its start-up script in the page, hence the two exceptions for
# scripts; nothing may be loaded from or sent to anywhere else.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


_FOREIGN_PAGE = "another web page tried to use this app"


def require_loopback(host: str) -> None:
    """Refuse to listen to other computers.

    Raises:
        UserError: If `host` is not this computer.
    """
    if host not in {*LOOPBACK, "::1"}:
        raise UserError(
            f"The host {host!r} would let other computers in.",
            allowed="127.0.0.1, localhost or ::1 until accounts exist",
            mend="leave --host out",
        )


class LoopbackOnly:
    """Refuse foreign hosts and origins, and add the security headers to every answer.

    Args:
        app: The application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request or web socket and pass it on."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        refusal = _refusal(scope)
        if not refusal:
            await self._app(scope, receive, send_with_headers)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": refusal})
        else:
            await _refuse(refusal, send_with_headers)


def _refusal(scope: Scope) -> str:
    """Why a request is refused; empty if it is not."""
    own = _own_hosts(scope)
    hosts = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
    if len(hosts) != 1 or hosts[0] not in own:
        return "this app answers only to its own address on this computer"
    origins = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"origin"]
    if any(origin not in {f"{scheme}://{host}" for scheme in ("http", "https") for host in own} for origin in origins):
        return _FOREIGN_PAGE
    sites = {value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"sec-fetch-site"}
    return _FOREIGN_PAGE if scope["path"].startswith(API_PATH) and sites - OWN_SITES else ""


def _own_hosts(scope: Scope) -> set[str]:
    default = DEFAULT_PORTS[scope.get("scheme", "http")]
    server = scope.get("server")
    port = (server[1] if server else None) or default
    hosts = {f"{name}:{port}" for name in LOOPBACK}
    return hosts | set(LOOPBACK) if port == default else hosts


async def _refuse(refusal: str, send: Send) -> None:
    error = {"given": refusal, "allowed": ", ".join(LOOPBACK), "mend": "open the address the server printed"}
    body = json.dumps({"error": error}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
