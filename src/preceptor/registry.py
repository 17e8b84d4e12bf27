"""Names of interchangeable parts; a part is imported only when it is used."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from preceptor.domain import unknown_name


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
        """
        known = self._known()
        if name not in known:
            raise unknown_name(self.kind, name, known)
        module, _, attribute = known[name].partition(":")
        return getattr(import_module(module), attribute)

    def _known(self) -> dict[str, str]:
        outside = {entry.name: entry.value for entry in entry_points(group=self.group)}
        return {**outside, **self.own}
