"""One call of a model, with fields of a variant's own in the prompt."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

from preceptor.tutor.prompting import messages
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Draft
from preceptor.tutor.variants.contract import Kit
from preceptor.tutor.variants.one_call import sentences_heard
from preceptor.tutor.variants.turn_calls import TurnCalls


@dataclass(frozen=True)
class CallWith:
    """A strategy: as `one_call`, with more fields.

    Args:
        fields: The fields by name, of what the variant may know.
    """

    fields: Callable[[Situation, Kit], Mapping[str, str]]

    def __call__(self, situation: Situation, kit: Kit) -> Generator[Draft]:
        """Ask once; see `Speaker.speak`."""
        told = messages(situation, kit, **self.fields(situation, kit))
        yield from sentences_heard(TurnCalls(kit, 1).heard(told), situation.language)
