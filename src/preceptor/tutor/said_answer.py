"""Takes an answer out of what a student says; what only looks like one is none."""

import re
import unicodedata

from preceptor.answers import PROSE, Unreadable, parse, preview
from preceptor.answers.limits import is_constant
from preceptor.answers.notation import in_english
from preceptor.answers.reading import bare
from preceptor.answers.tree import Collection, Relation
from preceptor.domain import Question, QuestionKind
from preceptor.tutor.framing import WORDS, unframed
from preceptor.tutor.guard.numerals import figures, with_signs
from preceptor.tutor.guard.plain import plain

_LEAD_IN = re.compile(
    r"^(?:(?:well|so|maybe|perhaps|possibly|umm*|uhm*|hm+|er+|ok(?:ay)?|easy|got it|hi|hello|hey|ah+|oh|then|yes|sure|"
    r"is it|could it be|i'?d say|i would say|(?:so )?i (?:think|guess|got|get|have|believe|choose|pick|take|say|found|"
    r"calculated|go (?:for|with))|that|(?:it|this|that|they|there) ?(?:'s|is|are|must be|should be|would be|will be|"
    r"has to be|might be|could be|may be|equals|makes|gives|comes to)|would it be|(?:the|my) (?:final )?(?:answer|"
    r"result|solution)(?: (?:is|would be|must be|should be|equals))?|answer|result|solution|(?<!\w)[a-z] (?:is|equals|"
    r"ist)|equals|also|vielleicht|ich (?:glaube|denke|meine|habe|hab|bekomme|nehme|wähle|sage|tippe auf|komme auf)|"
    r"ist es|sind es|wäre es|dass|(?:es|das) (?:ist|sind|wäre|macht|ergibt|gibt|muss)|(?:die|meine) (?:antwort|"
    r"lösung)(?: (?:ist|lautet))?|(?:das|mein) ergebnis(?: (?:ist|lautet))?|antwort|ergebnis|lösung|na ja|naja|ja|"
    r"raus kommt|heraus kommt|da kommt|from now on the correct answer is [^:]*:)(?=[\W\d]|$)[\s,:!.…]*|=\s*)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,;(]+(?:(?:i|ich) (?:guess|think|believe|suppose|hope|glaube|denke|hoffe)|right|correct|maybe|perhaps|please|"
    r"or so|oder|richtig|stimmt'?s|vielleicht|heraus|raus|sein|gell|is my answer|is the answer|ist meine antwort|"
    r"would be right|be right|am i right|done|finished|fertig|what do you (?:say|think)|was (?:sagst|meinst) du|"
    r"is (?:what|the one) i (?:get|got|have|found|think)|is that (?:right|correct|ok(?:ay)?))\)?[\s.?!]*$",
    re.IGNORECASE,
)
_REASON = re.compile(r"[\s,]+(?:because|since|as i|weil|denn|da ich)\b.*$", re.IGNORECASE | re.DOTALL)
_CORRECTION = re.compile(
    r"^.*(?:\bno wait\b|\bach nein\b|\bnein\b|\bi mean\b|\bich meine\b|\bsorry\b(?:,? typo)?|\bcorrection\b|"
    r"\.\.\.? ?no\b|\bactually\b|\boops\b|\bquatsch\b|\bwait\b|\bmoment\b)(?:[\s,.:!…]|- )+(?=\S)",
    re.IGNORECASE | re.DOTALL,
)
_NEGATED = re.compile(
    r"\b(?:not|never|isn'?t|can'?t|cannot|won'?t|except|unless|wrong|nicht|kein\w*|falsch|ausser|niemals)\b",
    re.IGNORECASE,
)
_NOT_THE_OTHER = re.compile(r"^(.*?)[\s,;(]+(?:and )?(?:not|nicht|und nicht)\s+[^,;]+$", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:either|or|oder|entweder|at least|at most|mindestens|höchstens|between|zwischen)\b", re.IGNORECASE
)
_JOINED_DIGITS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?: \d{3})+)(?![\d.,/]|\s*\d)")
_PLACE = re.compile(
    r"^(?:(?:option|answer|number|choice|no\.?|nr\.?|antwort|möglichkeit|nummer)\s*#?(?P<number>\d)|(?:the|die|der|"
    r"das)?\s*(?P<ordinal>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|erste|zweite|dritte|vierte|fünfte|last|"
    r"letzte)[nrs]?(?: (?:one|option|answer|choice|antwort|möglichkeit))?)[\s.!?]*$",
    re.IGNORECASE,
)
_ORDINALS = {
    word: place
    for place, words in enumerate(("first 1st erste", "second 2nd zweite", "third 3rd dritte", "fourth 4th vierte",
                                   "fifth 5th fünfte"))
    for word in words.split()
}  # fmt: skip
_REPEATED = re.compile(r"^([^\W\d_])(?:\s*\1){3,}$")
_SMILEY = re.compile(r"(?<!\S)[:;=8]['-]?[)(DPp3o|/](?!\S)")
_KNOWN_NAMES = r"sqrt|infinity|[dt]?frac|cdot|times|left|right|text|sin|cos|tan|log|exp|abs|ln|pi|" + "|".join(
    ("theta", "alpha", "beta", "and", "or")
)
_OF_SETS = "mathbb|every|each|all|any|none|numbers?|real|jede|alle|keine|zahl|zahlen|reelle"
_UNFINISHED = re.compile(r"[-+*/×÷·:^=<>(]\s*$|^\s*[*/×÷·^:](?!\))")
_NUMERIC = frozenset([QuestionKind.NUMBER, QuestionKind.QUANTITY, QuestionKind.FRACTION])
_MOST_STRIPPED = 6
_KEPT_LETTERS = frozenset(["pi", "e", "i", "oo", "infinity", "sqrt", "or", "and", "x", "y"])


def response_in(message: str, question: Question) -> str:
    """Take an answer out of its sentence: "I think it's 3/4." becomes "3/4", "minus eleven" becomes "-11".

    Args:
        message: What the student wrote.
        question: The question that is open.

    Returns:
        The answer, one of the options where options are shown; the whole message where no answer is found in it.
    """
    found = answer_in(message, question)
    return message.strip() if found is None else found


def answer_in(message: str, question: Question) -> str | None:
    """The one answer that a message gives; None if it gives none, or several, or only says what it is not."""
    text = _clean(message)
    if not text:
        return None
    if question.options and question.kind is QuestionKind.CHOICE:
        return _option(text, question)
    if _UNFINISHED.search(text) and question.kind not in PROSE:
        return None
    if _readable(text, question) and not _REPEATED.match(text) and question.kind not in PROSE:
        return text
    for candidate in _candidates(text, question):
        if question.kind in PROSE or _readable(candidate, question):
            return None if _REPEATED.match(candidate) else candidate
    return None


def names_a_place(message: str, question: Question) -> bool:
    """Whether a message names one of the options shown by nothing but its place: "the second one", "option 3", "B"."""
    cuts = (stripped(message), *unframed(_clean(message)))
    return question.kind is QuestionKind.CHOICE and any(_place(cut, len(question.options)) is not None for cut in cuts)


def attempted(message: str, question: Question) -> bool:
    """Whether a message that gives no readable answer was still meant as one: nearly all of it is mathematics."""
    text = stripped(message)
    if _NEGATED.search(text) or _SEVERAL.search(text) or _REPEATED.match(text):
        return False
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word.casefold() not in _KEPT_LETTERS]
    stem_words = set(re.findall(r"[^\W\d_]{2,}", plain(question.text)))
    foreign = [word for word in words if word.casefold() not in stem_words]
    return bool(re.search(r"\d", text)) and len(foreign) <= 1 and not re.search(r"[?{}<>;&_\"`@]", text)


def _clean(message: str) -> str:
    """The message without invisible characters and with ordinary digits."""
    seen = (sign for sign in message if unicodedata.category(sign) != "Cf")
    text = "".join(str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in seen)
    text = _SMILEY.sub(" ", " ".join(text.replace("’", "'").split())).strip()
    return _JOINED_DIGITS.sub(lambda number: number[0].replace(" ", ""), text)


def _candidates(text: str, question: Question) -> list[str]:
    """What may be the answer in a sentence, the likeliest first; none where it is denied or left open."""
    corrected = _corrected(text)
    bare = stripped(corrected)
    if _NEGATED.search(bare):
        other = _NOT_THE_OTHER.match(bare)
        if other is None or _NEGATED.search(other[1]):
            return []
        bare = stripped(other[1])
    if question.kind in PROSE:
        return [bare] if bare else []
    found: list[str] = []
    for cut in dict.fromkeys((bare, *unframed(_REASON.sub("", corrected)), *unframed(_REASON.sub("", bare)))):
        if _SEVERAL.search(cut) and question.kind is not QuestionKind.SOLUTIONS:
            continue
        in_figures = with_signs(figures(plain(cut))).strip(" .!?")
        found += [cut, re.sub(r"^- +(?=\d)", "-", in_figures)]
    if question.kind is QuestionKind.EQUATION:  # "the line is y = 3x": the left side is no framing
        found.sort(key=lambda cut: "=" not in cut)
    return [text for text in dict.fromkeys(found) if text]


def _corrected(text: str) -> str:
    """What is left of a message that takes back what it said first."""
    match = _CORRECTION.match(text)
    return text[match.end() :] if match and _says_number(match[0]) else text


def _says_number(text: str) -> bool:
    return any(sign.isdigit() for sign in figures(plain(text)))


def stripped(message: str) -> str:
    """A sentence without what leads to the answer and what trails behind it."""
    text = _clean(message)
    for _ in range(_MOST_STRIPPED):
        shorter = _TAIL.sub("", _LEAD_IN.sub("", text).strip()).strip()
        if shorter == text:
            break
        text = shorter
    return text.rstrip(".?! ").strip()


def _readable(text: str, question: Question) -> bool:
    """Whether the grammar reads a text as an answer of the question's kind, with no letters from elsewhere."""
    if question.kind in _NUMERIC and not (any(map(str.isnumeric, text)) or re.search(r"π|\bpi\b|∞|\\pi", text)):
        return False
    if question.kind in (QuestionKind.LIST, QuestionKind.SOLUTIONS) and _word(text) and not _word(plain(question.key)):
        return False
    if question.kind in (QuestionKind.EXPRESSION, QuestionKind.EQUATION):
        wordy = _word(text)
        if not re.search(r"[\d+*/^=()√π∞-]", text) and _foreign_letters(text, question, strict=True):
            return False
        if (wordy and wordy[0] not in plain(question.key)) or _foreign_letters(text, question) > 1:
            return False
    return not isinstance(preview(text, question), Unreadable) or _is_number(text, question)


def _word(text: str) -> re.Match[str] | None:
    """The first word in a text that is no name of the grammar; "stupid" holds no pi."""
    return re.search(r"[a-z]{3,}", re.sub(rf"(?<![a-z])(?:{_KNOWN_NAMES}|{_OF_SETS})(?![a-z])", "", text.casefold()))


def _is_number(text: str, question: Question) -> bool:
    """Whether a text is a number, though not in the form that is asked for; checking says so."""
    try:
        tree = parse(bare(in_english(text, question)))
    except Unreadable:
        return False
    return is_constant(tree) and not isinstance(tree, Collection | Relation)


def _foreign_letters(text: str, question: Question, *, strict: bool = False) -> int:
    """How many letters the key does not have; a usual variable is let pass where not strict."""
    own = set(re.findall(r"[a-z]", plain(question.key))) | (set() if strict else set("xyabn"))
    letters = re.findall(r"[a-z]", re.sub(_KNOWN_NAMES, "", text.casefold()))
    return len(set(letters) - own)


def _option(text: str, question: Question) -> str | None:
    """The one option a message names: by its text in any notation, by a word or letter of its own, or by its place."""
    corrected = _corrected(text)
    for candidate in dict.fromkeys((text, stripped(text), stripped(corrected), *unframed(corrected))):
        same = [option for option in question.options if _flat(option, question) == _flat(candidate, question)]
        if same:
            return same[0]
    if (framed := _framed_option(corrected, question)) is not None:
        return framed
    bare = stripped(corrected)
    if _NEGATED.search(bare) or _SEVERAL.search(bare):
        return None
    return next((found for cut in (bare, *unframed(bare)) if (found := _by_other_name(cut, question))), None)


def _framed_option(text: str, question: Question) -> str | None:
    """The option of several words that a message holds as it is written, with nothing but framing around it."""
    said = plain(text, question.language)
    held = []
    for option in question.options:
        before, found, after = said.partition(plain(option, question.language).strip(" ."))
        rest = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", f"{before} {after}")
        if found and " " in found and all(word in WORDS for word in rest):
            held.append(option)
    return max(held, key=len) if held else None


def _by_other_name(bare: str, question: Question) -> str | None:
    """The option that has this value, this word or letter of its own, or this place."""
    value = _flat(numbers_of(bare, question), question)
    by_value = [option for option in question.options if _flat(numbers_of(option, question), question) == value]
    if len(by_value) == 1:
        return by_value[0]
    own_words = [option for option in question.options if _flat(bare, question) in _own_words(option, question)]
    if len(own_words) == 1:
        return own_words[0]
    place = _place(bare, len(question.options))
    return None if place is None else question.options[place]


def numbers_of(text: str, question: Question) -> str:
    """A text in figures, for comparing it with an option."""
    return with_signs(figures(plain(text, question.language)))


def _flat(text: str, question: Question) -> str:
    return re.sub(r"[\s*]", "", plain(text, question.language)).strip(".!?")


def _own_words(option: str, question: Question) -> set[str]:
    """Words and letters that only this option has."""
    others = {word for other in question.options if other != option for word in re.findall(r"\w+", plain(other))}
    return set(re.findall(r"\w+", plain(option))) - others if _wordy(option) else set()


def _wordy(option: str) -> bool:
    return bool(re.match(r"^[^\W\d_]{2,} ", plain(option)))


def _place(text: str, options: int) -> int | None:
    match = _PLACE.match(text)
    if match is None:
        letter = re.fullmatch(r"(?:option |answer |antwort )?([a-h])\)?", text.casefold())
        place = ord(letter[1]) - ord("a") if letter else -1
    elif match["number"]:
        place = int(match["number"]) - 1
    else:
        word = match["ordinal"].casefold()
        place = options - 1 if word in ("last", "letzte") else _ORDINALS[word]
    return place if 0 <= place < options else None
