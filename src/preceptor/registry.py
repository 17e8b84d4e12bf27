"""Names of interchangeable parts; a part is imported only when it is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from preceptor.domain import UserError, unknown_name


@dataclass(frozen=True, slots=True)
class Registry:
    """Maps names to `module:attribute` strings.

    Args:
        kind: What the parts are, for messages, for example "tracer".
        group: Entry-point group by which other packages add theirs, for example "preceptor.tracers".
        own: The parts of this package; another package cannot replace them.
    """

    kind: str
    group: str
    own: Mapping[str, str]

    def names(self) -> tuple[str, ...]:
        """All names, those of other packages included."""
        return tuple(sorted(self._known()))

    def resolve(self, name: str) -> Any:
        """Import what a name stands for.

        Raises:
            UnknownNameError: If nothing has this name.
            UserError: If another package's part cannot be imported.
        """
        known = self._known()
        if name not in known:
            raise unknown_name(self.kind, name, known)
        module, _, attribute = known[name].partition(":")
        try:
            return getattr(import_module(module), attribute)
        except (ImportError, AttributeError) as error:
            if name in self.own:
                raise
            raise UserError(
                f"The {self.kind} {name!r} is promised by another package as {known[name]}, which fails: {error}.",
                mend="install that package again, or remove it",
            ) from error

    def _known(self) -> dict[str, str]:
        outside = {entry.name: entry.value for entry in entry_points(group=self.group)}
        return {**outside, **self.own}


def require_taken(what: str, part: object, options: Any, flag: Callable[[str], str]) -> None:
    """Refuse what a part would ignore without a word.

    Args:
        what: The part as the user knows it.
        part: Says in `takes` which fields of the options it minds; one that says nothing minds all.
        options: What the user said, a dataclass whose fields all have defaults.
        flag: Turns a field into the option the user typed.

    Raises:
        UserError: If something was said that the part does not take.
    """
    takes, plain = getattr(part, "takes", None), type(options)()
    names = [entry.name for entry in fields(options)]
    minded = names if takes is None else [name for name in names if name in takes]
    foreign = [name for name in names if getattr(options, name) != getattr(plain, name) and name not in minded]
    if foreign:
        raise UserError(
            f"{what} takes no {flag(foreign[0])}.",
            allowed=", ".join(map(flag, minded)),
            mend=f"leave {flag(foreign[0])} out",
        )
