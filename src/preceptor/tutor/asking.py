"""Tells a question about the course from one about the choice of a question, and from an answer."""

import re
from dataclasses import dataclass

from preceptor.tutor.intent import Intent


@dataclass(frozen=True)
class _Words:
    """How students of a language ask.

    Args:
        why: Words that ask for a reason.
        choice: Words of a sentence that asks why this question was chosen, and no other words.
        polite: Words that may stand before a question.
        asks: How a question begins.
    """

    why: frozenset[str]
    choice: frozenset[str]
    polite: frozenset[str]
    asks: tuple[str, ...]


_ENGLISH = _Words(
    frozenset([
         "why"]),
    frozenset(
        [
         "but", "and", "so", "why", "now", "again", "me", "do", "i", "this", "that", "these", "is", "it",
         "another", "such", "a", "an", "should", "have", "to", "need", "are", "you", "asking", "question",
         "exercise", "task", "one", "get", "did", "choose", "for", "what", "good", "learn", "practise",
         "practice", "the", "must", "in"]
    ),
    frozenset([
         "please", "hey", "hello", "hi", "ok", "okay", "but", "and", "so", "sorry", "wait", "well", "um"]),
    (
     "what", "whats", "what's", "how", "when", "where", "which", "who", "why", "explain", "define", "tell me",
     "show me", "give me", "can you", "could you", "would you", "will you", "do i", "do we", "do you", "does",
     "is there", "are there", "another", "i have a question", "one more example", "example", "an example",
     "for example"),
)  # fmt: skip
_GERMAN = _Words(
    frozenset([
         "warum", "wieso", "weshalb", "wozu"]),
    frozenset(
        [
         "aber", "und", "warum", "wieso", "weshalb", "wozu", "das", "diese", "dieser", "dieses", "jetzt",
         "gerade", "schon", "wieder", "ich", "muss", "brauche", "soll", "aufgabe", "frage", "übung", "so",
         "eine", "ein", "ist", "lerne", "lernen", "kommt", "die", "der", "gut", "machen", "man", "mache"]
    ),
    frozenset([
         "bitte", "hallo", "hi", "ok", "okay", "aber", "und", "also", "entschuldigung", "moment", "na"]),
    (
     "was", "wie", "wann", "wo", "welche", "welcher", "welches", "wer", "warum", "wieso", "weshalb", "wozu",
     "erklär", "erkläre", "erklären", "kannst du", "könntest du", "würdest du", "sag mir", "zeig mir", "gib mir",
     "gibt es", "muss ich", "muss man", "darf ich", "darf man", "noch ein beispiel", "noch eins",
     "beispiel", "ein beispiel", "ich habe eine frage"),
)  # fmt: skip
_LANGUAGES = {"en": (_ENGLISH,), "de": (_GERMAN, _ENGLISH)}
_ASKS = re.compile(r"^[^\d=]*\w[^\d=]*(\s[^\d=\s]+){3,}\?+$")
"""Four words or more without a number, and a question mark."""


def asked(message: str, language: str) -> Intent | None:
    """Whether a message asks why this question was chosen, or something about the course; None for neither.

    Args:
        message: In small letters, spaces single.
        language: Language of the course, as an ISO 639-1 code.
    """
    words = re.findall(r"[\w']+", message)
    for known in _LANGUAGES.get(language, (_ENGLISH,)):
        if known.choice.issuperset(words) and (known.why.intersection(words) or {"what", "for"} <= set(words)):
            return Intent.WHY
        begin = " ".join(words)
        while words and words[0] in known.polite:
            words = words[1:]
            begin = " ".join(words)
        if len(words) > 1 and any(begin == asks or begin.startswith(f"{asks} ") for asks in known.asks):
            return Intent.QUESTION
    return Intent.QUESTION if _ASKS.search(message) else None


_POINTING = {
    "en": frozenset([
        "a", "about", "again", "an", "and", "another", "any", "are", "be", "but", "can", "could", "did", "do",
        "does", "doing", "done", "else", "example", "examples", "explain", "for", "from", "get", "give", "go",
        "going", "have", "help", "here", "how", "i", "in", "is", "it", "its", "like", "me", "mean", "means",
        "more", "my", "need", "next", "not", "of", "on", "one", "or", "other", "please", "question", "questions",
        "same", "say", "should", "show", "so", "some", "something", "tell", "than", "that", "the", "their", "them",
        "then", "there", "these", "they", "thing", "this", "those", "to", "too", "understand", "us", "use", "want",
        "was", "way", "we", "what", "when", "where", "which", "who", "why", "will", "with", "work", "works",
        "would", "you", "your",
    ]),
    "de": frozenset([
        "anderes", "anschauliches", "etwas", "geben", "mal", "nennen", "sagen", "weiteres", "würdest", "zeigen",
        "aber", "als", "an", "auch", "auf", "aufgabe", "aus", "bei", "beispiel", "beispiele", "bitte", "da", "das",
        "dass", "dem", "den", "denn", "der", "die", "dies", "diese", "diesen", "dieser", "dieses", "doch", "du",
        "ein", "eine", "einen", "einer", "eines", "eins", "er", "erklär", "erkläre", "erklären", "es", "frage",
        "für", "ganz", "geht", "gib", "gibt", "hier", "ich", "im", "in", "ist", "ja", "jetzt", "kann", "kannst",
        "machen", "macht", "man", "mehr", "mein", "mir", "mit", "muss", "nicht", "noch", "nur", "oder", "sag",
        "sie", "sind", "so", "soll", "um", "und", "uns", "verstehe", "versteht", "von", "vor", "warum", "was",
        "weiter", "wenn", "wer", "werden", "wie", "wieso", "wir", "wird", "wo", "wozu", "zeig", "zu", "zum", "zur",
        "ähnliche",
    ]),
}  # fmt: skip


def points_to_the_question(message: str, language: str) -> bool:
    """Whether a message names nothing itself, so that it is about the open question: "another example?"."""
    pointing = _POINTING["en"] | _POINTING.get(language, frozenset())
    return pointing.issuperset(re.findall(r"[^\W\d_]+(?='\w)?", message.casefold().replace("\u2019", "'")))
