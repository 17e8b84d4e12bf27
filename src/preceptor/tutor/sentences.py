"""Cuts a stream of text into sentences, each as soon as it is whole."""

import re
from collections.abc import Iterator

LONGEST_SENTENCE = 600
"""Characters after which a text without an end is handed on as it is; a guard will not release it."""
LONGEST_MATHEMATICS = 300
"""A dollar sign without its partner within so many characters is a dollar sign."""
LONGEST_UNENDED = LONGEST_SENTENCE + LONGEST_MATHEMATICS

_END = re.compile(r"[.!?…]+[)\]”’»\"'*_]*(?=\s)|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(„“\"'])(?:e\.g|i\.e|etc|vs|cf|approx|resp|no|nos|fig|eq|dr|mr|mrs|ms|prof|st|"
    r"z|z\.\s?b|d|d\.\s?h|u|u\.\s?a|o|o\.\s?ä|bzw|ca|evtl|ggf|nr|abb|vgl|inkl|sog|usf|geb)\.$",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"(?:^|\n)\s*\d{1,2}\.$")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_WITHIN = rf"{{0,{LONGEST_MATHEMATICS}}}"
_SPAN = re.compile(
    rf"\$\$(?:(?!\n\n)[^$]){_WITHIN}\$\$|\$(?:(?!\n\n)[^$]){_WITHIN}\$"
    rf"|\\\((?:(?!\\\)|\n\n).){_WITHIN}\\\)|\\\[(?:(?!\\\]|\n\n).){_WITHIN}\\\]",
    re.DOTALL,
)
_OPENING = re.compile(r"\$|\\[(\[]")


class SentenceSplitter:
    """Takes text part by part and gives its sentences; put together they are the text, white space included.

    A point does not end a sentence within a number, behind an abbreviation or a list's counter, nor anything within
    mathematics between dollar signs. A line ends one. How the text is parted does not matter.

    Args:
        language: ISO 639-1 code. German writes ordinals with a point, so there no number ends a sentence.
    """

    def __init__(self, language: str = "en") -> None:
        self._ordinals = language == "de"
        self._held = ""

    def feed(self, part: str) -> Iterator[str]:
        """Yield the sentences that are whole now, white space behind them included."""
        self._held += part
        yield from self._cut(over=False)

    def rest(self) -> Iterator[str]:
        """Yield what is left at the end."""
        yield from self._cut(over=True)
        if self._held:
            yield self._held
        self._held = ""

    def _cut(self, *, over: bool) -> Iterator[str]:
        while (end := self._whole(over=over)) is not None:
            sentence, self._held = self._held[:end], self._held[end:]
            yield sentence

    def _whole(self, *, over: bool) -> int | None:
        """Where the first sentence ends; None while it may go on."""
        text = self._held
        spans = [found.span() for found in _SPAN.finditer(text)]
        open_from = len(text) if over else self._unclosed(text, spans)
        for found in _END.finditer(text):
            if any(start < found.end() < stop for start, stop in spans):
                continue
            if found.end() > LONGEST_UNENDED:
                break
            if found.start() >= open_from:
                return None
            if self._ends(text[: found.end()], found[0]):
                behind = re.search(r"\S", text[found.end() :])
                return None if behind is None else found.end() + behind.start()
        return LONGEST_SENTENCE if len(text) > LONGEST_UNENDED else None

    def _unclosed(self, text: str, spans: list[tuple[int, int]]) -> int:
        """Where mathematics begins that may still be closed; the text's length if none does."""
        for found in _OPENING.finditer(text):
            within = any(start <= found.start() < stop for start, stop in spans)
            paragraph_over = "\n\n" in text[found.start() :]
            if not within and not paragraph_over and len(text) - found.start() <= LONGEST_MATHEMATICS:
                return found.start()
        return len(text)

    def _ends(self, before: str, mark: str) -> bool:
        if mark == "\n":
            return bool(before.strip())
        if not mark.startswith(".") or mark.startswith(".."):
            return True
        counter = _ORDINAL if self._ordinals else _COUNTS
        return not (_ABBREVIATION.search(before) or counter.search(before))


def sentences_of(text: str, language: str = "en") -> tuple[str, ...]:
    """All sentences of a text, white space behind them included."""
    splitter = SentenceSplitter(language)
    found = [*splitter.feed(text), *splitter.rest()]
    return tuple(found)
