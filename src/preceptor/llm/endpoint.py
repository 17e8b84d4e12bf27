"""Where a language model answers, and with which key."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from preceptor.domain import UserError

KEY_VARIABLE = "PRECEPTOR_MODEL_KEY"
"""The one place a key is read from: never a flag, never a file."""

_EXAMPLE = "for example http://127.0.0.1:8080/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server and one of its models.

    Args:
        url: Base of the API, up to and without `/chat/completions`.
        model: The model's name there.
        key: Sent as a bearer token; empty for none. It is no part of the text that this value shows.

    Raises:
        UserError: If the URL cannot be used, holds a secret itself, or would carry the key unencrypted to another
            computer; or if the model has no name.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse what would fail, or tell a secret, later."""
        try:
            parts = urlsplit(self.url)
            host, _ = parts.hostname or "", parts.port
        except ValueError as error:
            raise UserError("The model's URL cannot be read.", allowed=_EXAMPLE) from error
        if parts.username or parts.password or parts.query or parts.fragment:
            # not shown: whatever stands there may be the secret
            raise UserError(
                "The model's URL has a user, a query or a fragment.",
                allowed=f"a plain URL, {_EXAMPLE}",
                mend=f"put the key into the environment variable {KEY_VARIABLE}",
            )
        if parts.scheme not in ("http", "https") or not host:
            raise UserError(f"The model's URL is {self.url!r}.", allowed=f"an http or https URL, {_EXAMPLE}")
        if not self.model.strip():
            raise UserError("The model has no name.", mend="name one with --model")
        if any(not "!" <= character <= "~" for character in self.key):
            raise UserError(f"{KEY_VARIABLE} holds a character that no key has.", mend="copy the key again")
        if self.key and parts.scheme == "http" and not _is_here(host):
            raise UserError(
                f"The key would travel to {host} unencrypted.",
                allowed="https for other computers",
                mend=f"use https, or unset {KEY_VARIABLE}",
            )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
