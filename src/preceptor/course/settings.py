"""Settings: flag > environment > course.toml > default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from preceptor.domain import UserError

PREFIX = "PRECEPTOR_"
T = TypeVar("T", bool, int, float, str)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one course in one process.

    Args:
        stored: The `[settings]` table of course.toml.
        environment: The process environment; `PRECEPTOR_NAME` overrides the stored `name`.
    """

    stored: Mapping[str, object]
    environment: Mapping[str, str]

    def resolve(self, name: str, default: T, flag: T | None = None) -> T:
        """Find the value in force.

        Args:
            name: Name in course.toml; `PRECEPTOR_` plus the name in capitals is the environment variable.
            default: Used if nobody says otherwise; its type is the setting's type.
            flag: What the command line says; None if it says nothing.

        Raises:
            UserError: If the environment or course.toml holds a value of another type.
        """
        if flag is not None:
            return flag
        variable = PREFIX + name.upper()
        if variable in self.environment:
            return _parsed(variable, self.environment[variable], default)
        if name not in self.stored:
            return default
        value = self.stored[name]
        if isinstance(default, float) and type(value) is int:
            return type(default)(value)
        if type(value) is not type(default):
            raise _wrong_type(f"{name} in course.toml", value, default)
        return type(default)(value)


def _parsed(variable: str, text: str, default: T) -> T:
    try:
        if isinstance(default, bool):
            return type(default)({"1": True, "true": True, "0": False, "false": False}[text.lower()])
        return type(default)(text)
    except (KeyError, ValueError) as error:
        raise _wrong_type(variable, text, default) from error


def _wrong_type(where: str, value: object, default: object) -> UserError:
    kinds = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    return UserError(f"{where} is {value!r}.", allowed=kinds[type(default)], mend=f"for example {default!r}")
