"""Whether a sentence points to the right option: by its text, its letter, its place, or by ruling out the others."""

import re
from dataclasses import dataclass

from preceptor.domain import Question
from preceptor.tutor.guard.context import asserted
from preceptor.tutor.guard.numerals import numerals
from preceptor.tutor.guard.plain import plain
from preceptor.tutor.guard.reading import mentions
from preceptor.tutor.guard.secret import secret_of

_NOUN = (
    r"(?:options?|answers?|choices?|letters?|possibilit\w+|candidates?|antwort(?:en)?|möglichkeit(?:en)?|optionen|"
    r"box(?:es)?|line|row|entry|item|bullet|zeile|feld|kästchen|"
    r"buchstaben?)"
)
_LETTER = re.compile(rf"\b{_NOUN}\s*[:(\"']*\s*([a-h])\b(?!')", re.IGNORECASE)
_LONE_CAPITAL = re.compile(
    r"(?<![\w'$\\{^-])(?:([B-H])|(?<=is )(A)|(?<=ist )(A)|(?<=not )(A)|\((A)\)|^(A)(?=\W*$)|(A)(?=[.,!)]))(?![\w'}$]|"
    r"\s*[=(^_])"
)
_ORDINALS = (
    "first|1st|erste|1\\.", "second|2nd|zweite|2\\.", "third|3rd|dritte|3\\.", "fourth|4th|vierte|4\\.",
    "fifth|5th|fünfte|5\\.", "sixth|6th|sechste|6\\.", "seventh|7th|siebte|7\\.",
)  # fmt: skip
_PLACED = tuple(
    re.compile(
        rf"\b(?:{words})[nrs]?(?:-| )(?:one\b|of (?:the|them|these)\b|from (?:the )?top|in the list|auf der liste|"
        rf"von oben|"
        rf"{_NOUN}\b)|\b(?:is|it's|take|choose|pick|go for|go with|not|ist|nimm|wähle|nicht) (?:the|die|der|das) "
        rf"(?:{words})[nrs]?"
        rf"(?=\W*$)|\b(?:the|die|der|das) (?:{words})[nrs]?"
        r"(?=\W+(?:(?:is|ist) (?:right|correct|it|the|better|best|good|richtig|korrekt|es|die|besser)|fits|works|passt|"
        r"stimmt|looks|it)\b)"
    )
    for words in _ORDINALS
)
_NUMBERED = re.compile(
    rf"\b(?:{_NOUN}|number|no\.?|nr\.?|nummer|pick|choose|take|nimm|wähle) (?:#|no\.? ?|nr\.? ?)?(\d)\b"
)
_LAST = re.compile(
    rf"\b(?:last|letzte|bottom|unterste|final)[nrs]? (?:one\b|{_NOUN}\b)|\bthe (?:one )?(?:at the bottom|bottom one)\b|"
    rf"\b(?:the|die|der|das) (?:last|letzte)(?=\W*$|\W+(?:is|ist|fits|works|passt|stimmt)\b)"
)
_TOP = re.compile(rf"\b(?:top|oberste|uppermost)[nrs]? (?:one\b|{_NOUN}\b)|\bthe one at the top\b")
_FROM_END = re.compile(
    r"\b(?:second (?:to|from)(?: the)? last|second from the bottom|next to last|penultimate|vorletzte\w*)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|n't|isn't|aren't|can't|cannot|wrong|incorrect|false|rule[sd]? out|eliminate|discard|cross(?:ed)? out|"
    r"drop|"
    r"out|neither|nor|exclude|falsch|nicht|weder|noch|ausschliess\w*|streich\w*|scheide\w*|kein\w*|fail\w*|too "
    r"(?:big|small|"
    r"large|low|high)|zu (?:gross|klein))\b"
)
_EXCEPT = re.compile(
    r"\b(?:all|every|everything|any|each|alle|jede)\b.{0,30}\b(?:except|but|other than|apart from|ausser|bis auf)\b(.*)"
)
_OTHERS_FALL = re.compile(
    r"\b(?:the )?(?:others?|other \w+|rest|remaining|andere\w*|übrige\w*)\b.{0,40}\b(?:wrong|out|false|incorrect|"
    r"fail|don't|not|"
    r"falsch|nicht|raus)\b"
)
_COMPARED = re.compile(
    r"[<>]|\b(?:larger|greater|bigger|smaller|less|more|fewer|higher|lower|better|closest|nearest|equal|equals|the "
    r"same as|"
    r"largest|greatest|biggest|smallest|least|most|grösser|kleiner|mehr|weniger|grösste\w*|kleinste\w*|gleich|likelier|"
    r"wahrscheinlicher|beats|wins)\b"
)
_CHOSEN = re.compile(
    r"\b(?:right|correct|best|looks? (?:good|fine|nice)|answer|true|works?|fits?|matches|choose|pick|select|take|go "
    r"(?:for|with)|bet|tick|"
    r"click|choice|"
    r"winner|it'?s|must be|should be|richtig|korrekt|passt|stimmt|wähle?|nimm|antwort|kreuze?|tippe?|is it|"
    r"favou?rite|look (?:"
    r"closely |hard |again )?at|consider|think (?:about|of)|focus on|convincing|promising|interesting|like|schau)\b"
)

_OPTION = re.compile(rf"\b{_NOUN}\b")
_FEW_WORDS = 4
_SAID = re.compile(r"\b(?:write|say|type|enter|put|mention|schreib\w*|sag\w*|nenn\w*|trag\w*)\b")


@dataclass(frozen=True, slots=True)
class _Named:
    """Options that a sentence names.

    Args:
        by_place: By letter or place.
        by_text: By their text, where in the sentence each first stands.
    """

    by_place: frozenset[int]
    by_text: dict[int, tuple[int, int]]

    @property
    def all(self) -> frozenset[int]:
        """Every option that is named."""
        return self.by_place | frozenset(self.by_text)


def points_to_option(sentence: str, before: tuple[str, ...], question: Question) -> str:
    """Find what tells the right option from the others.

    Args:
        sentence: What is to be shown.
        before: What was shown shortly before; options ruled out there count.
        question: A choice.

    Returns:
        What gives it away; empty for nothing.
    """
    key = _index(question)
    flat = numerals(plain(sentence, question.language))
    named = _named(sentence, flat, question)
    asks = sentence.rstrip().endswith("?")
    denies = bool(_NEGATED.search(flat))
    if match := _EXCEPT.search(flat):
        rest = sentence[-len(match[1]) :] if match[1].strip() else ""
        if key in _named(rest, match[1], question).all:
            return "all but one"
    if denies and named.all and _ruled_out((*before, sentence), question) >= _others(question):
        return "ruled out all others"
    if key not in named.all:
        return ""
    if named.all == {key}:
        return _only_the_key(named, flat, question, asks)
    if key in named.by_text and not denies and asserted(flat, *named.by_text[key]) and not asks:
        return "gives the option"
    compared = _COMPARED.search(flat) and not asks and not denies
    return "compares the options" if compared and len(named.all) <= 2 and _key_stands_out(named, key, flat) else ""


def _only_the_key(named: _Named, flat: str, question: Question, asks: bool) -> str:
    key = _index(question)
    if key in named.by_place:
        chooses = _CHOSEN.search(flat) or _OPTION.search(flat) or len(flat.split()) <= _FEW_WORDS
        return "names its place" if _CHOSEN.search(flat) or (chooses and not asks) else ""
    start, end = named.by_text[key]
    shown_anyway = _spaceless(question.options[key], question) in _spaceless(question.text, question)
    if (
        asserted(flat, start, end)
        or (_SAID.search(flat))
        or (_CHOSEN.search(flat) and not asks)
        or (_COMPARED.search(flat) and not asks)
    ):
        return "names the option"
    plain_word = question.options[key].replace(" ", "").isalpha()
    return "" if shown_anyway and plain_word else "names only this option"


def _key_stands_out(named: _Named, key: int, flat: str) -> bool:
    """Whether the right option comes first in a comparison, or one of the words that choose stands there."""
    if key in named.by_text and len(named.by_text) > 1:
        return bool(_CHOSEN.search(flat) or _COMPARED.search(flat))
    return bool(_CHOSEN.search(flat))


def _index(question: Question) -> int:
    return question.options.index(question.key) if question.key in question.options else -1


def _others(question: Question) -> frozenset[int]:
    return frozenset(range(len(question.options))) - {_index(question)}


def _ruled_out(texts: tuple[str, ...], question: Question) -> frozenset[int]:
    """The options that texts deny, each sentence by itself."""
    found: set[int] = set()
    for text in texts:
        for sentence in re.split(r"(?<=[.!?;])\s+", text):
            flat = numerals(plain(sentence, question.language))
            if _NEGATED.search(flat):
                named = _named(sentence, flat, question)
                found |= named.by_place | {at for at, span in named.by_text.items() if _denied(flat, *span)}
    return frozenset(found)


def _denied(flat: str, start: int, end: int) -> bool:
    """Whether a negation stands right beside an option."""
    before, after = flat[max(0, start - 25) : start], flat[end : end + 30]
    return bool(_NEGATED.search(before) or re.match(r"\W*(?:\w+\W+){0,2}?" + _NEGATED.pattern, after))


def _named(raw: str, flat: str, question: Question) -> _Named:
    count = len(question.options)
    places = {int(place) - 1 for place in _NUMBERED.findall(flat)}
    places |= {index for index, pattern in enumerate(_PLACED[:count]) if pattern.search(flat)}
    places |= {count - 1} if _LAST.search(flat) and not _FROM_END.search(flat) else set()
    places |= {0} if _TOP.search(flat) else set()
    places |= {count - 2} if _FROM_END.search(flat) else set()
    places |= {ord(letter.casefold()) - ord("a") for letter in _LETTER.findall(raw)}
    chooses = _CHOSEN.search(flat) or _NEGATED.search(flat) or len(flat.split()) <= _FEW_WORDS
    if chooses and not _own_letters(question):
        places |= {ord(next(filter(None, found))) - ord("A") for found in _LONE_CAPITAL.findall(raw)}
    by_text = {index: span for index, option in enumerate(question.options) if (span := _span(option, flat, question))}
    return _Named(frozenset(place for place in places if 0 <= place < count), by_text)


def _own_letters(question: Question) -> bool:
    """Whether the options are told apart by letters of their own: Bag A, Bag B."""
    return all(re.search(r"(?<!\w)[A-H](?!\w)", option) and len(option) < 30 for option in question.options)


def _span(option: str, flat: str, question: Question) -> tuple[int, int] | None:
    """Where an option stands in a sentence: in its words, or a number by its value."""
    wanted = numerals(plain(option, question.language)).strip(" .")
    if not wanted:
        return None
    pattern = r"\s*".join(re.escape(sign) for sign in wanted if not sign.isspace())
    if " " in wanted and wanted.replace(" ", "").isalpha():
        pattern = re.escape(wanted).replace(r"\ ", r"\s+")
    match = re.search(rf"(?<![\w.]){pattern}(?!\w|\.\d|/\d)", flat)
    if match:
        return match.start(), match.end()
    values = [mention for mention in mentions(wanted) if mention.end - mention.start == len(wanted)]
    if len(values) != 1:
        return None
    stem = secret_of(question)
    same = (one for one in mentions(flat) if one.value == values[0].value and not stem.in_stem(one.form))
    return next(((mention.start, mention.end) for mention in same), None)


def _spaceless(text: str, question: Question) -> str:
    return numerals(plain(text, question.language)).replace(" ", "")
