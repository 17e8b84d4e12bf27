"""What is said about text that cannot be read: a sentence with places, so that other languages can say it too."""

from preceptor.language import Catalogue

Part = str | int | tuple[str, ...]
_ENGLISH = Catalogue()


class Unreadable(Exception):  # noqa: N818 - an outcome that is returned as well as raised
    """What was typed lies outside the grammar.

    Args:
        template: What to tell the student, a whole sentence; with `parts`, their names in braces.
        position: Index of the character where reading stopped.
        parts: What stands in the places: text as it is, or words of this package's own as a tuple, joined by "or".
    """

    def __init__(self, template: str, position: int = 0, **parts: Part) -> None:
        self.template = template
        self.parts = parts
        self.message = self.said(_ENGLISH)
        self.position = position
        super().__init__(self.message)

    def said(self, speech: Catalogue) -> str:
        """The sentence in the language of a catalogue."""
        sentence = speech(self.template)
        return sentence.format(**{n: _said(p, speech) for n, p in self.parts.items()}) if self.parts else sentence

    def moved_into(self, speech: Catalogue) -> "Unreadable":
        """The same outcome with its message in the language of a catalogue."""
        return Unreadable(self.said(speech), self.position)


def _said(part: Part, speech: Catalogue) -> str:
    return speech(" or ").join(map(speech, part)) if isinstance(part, tuple) else str(part)
