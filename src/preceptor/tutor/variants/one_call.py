"""The plain strategy: one call of a model, heard while it speaks."""

import re
from collections.abc import Generator, Iterable

from preceptor.llm import Failure, Reply, Request, heard
from preceptor.tutor.prompting import messages
from preceptor.tutor.sentences import SentenceSplitter
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Ended
from preceptor.tutor.variants.contract import TUTOR, Kit

_ENDED = re.compile(r"[.!?…][)\]”’»\"'*_$]*\s*$")
"""A reply that reached its longest breaks off within a sentence, which is left out."""


def one_call(situation: Situation, kit: Kit) -> Generator[str | Ended]:
    """Ask once; yield each sentence as soon as it is whole."""
    request = Request(
        messages(situation, kit), max_tokens=kit.budget.max_tokens, timeout_seconds=kit.budget.timeout_seconds
    )
    yield from sentences_heard(heard(kit.models[TUTOR], request), situation.language)


def sentences_heard(parts: Iterable[str | Reply | Failure], language: str) -> Generator[str | Ended]:
    """Yield each sentence of what a model says as soon as it is whole, then its failure if it fails."""
    splitter = SentenceSplitter(language)
    for part in parts:
        match part:
            case str():
                yield from splitter.feed(part)
            case Failure():
                yield Ended(part)
                return
            case Reply():
                yield from filter(_ENDED.search, splitter.rest())
