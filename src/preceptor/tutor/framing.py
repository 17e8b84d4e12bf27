"""Words that may stand around an answer and say nothing but that it is one: "after that I end up with 12, I guess"."""

import re
from collections.abc import Iterator

_ENGLISH = """
    i i'm im i'd i'll i've it it's its that that's this the my a an so well ok okay hm hmm umm um uhm uh oh ah
    aha ha yes yeah yep hey hi hello now then think thinking guess guessing guessed reckon believe say saying
    suppose assume bet know got get gets getting have found find calculate calculated computed worked works work
    came come comes out up with to end ends ended going go for choose chose pick take put is are be was should
    would could must might may will has can maybe perhaps possibly probably definitely surely certainly obviously
    clearly simply just only of course pretty quite very really sure final answer answers ans result solution sum
    total product difference quotient value number equal equals make makes gives we you they let me let's after
    calculating all in altogether together easy right correct please hopefully hope again there here finally also
    because eventually still leaves leaving get's thats whole exactly same as before mean meant at looks like
    seems option letter choice lol haha dude bro see done finished left remain remaining remains everything anything
    adding added add subtracting subtracted multiplying multiplied dividing divided simplifying simplified counting
    counted fraction term expression equation formula line area perimeter volume angle mean median share amount
    """
_GERMAN = """
    ich ist es das die der dem den mein meine meiner lösung antwort ergebnis endergebnis glaube glaub denke denk
    tippe auf komme komm habe hab würde sagen sage müsste müssten muss sein sind wäre wären kommt raus heraus da
    bei mir natürlich wahrscheinlich bestimmt vielleicht insgesamt zusammen also ja na naja hm hmm oder bin
    sicher ganz ziemlich erhalte bekomme bekommt rechne gerechnet macht ergibt gibt lautet beträgt gleich wohl
    doch einfach klar nehme wähle dass dann jetzt nun hier so mal schätze rate vermute alles damit somit
    herausbekommen ausgerechnet stimmt richtig wir man du würd's wär's eigentlich eben bleiben bleibt übrig noch
    hätte gesagt heißt genau möglichkeit option meiner meinung nach hab's rauskommen herauskommen rauskriegen fertig
    zusammengezählt gezählt vereinfacht multipliziert addiert bruch term gleichung fläche umfang
    """
WORDS = frozenset(_ENGLISH.split()) | frozenset(_GERMAN.split())
"""What frames an answer in either language."""
_VARIABLES = frozenset("xyzabnkm")
_LEADS_ONLY = frozenset(["for", "to", "with", "of", "at", "auf", "bei"])
_JOINS = frozenset(["and", "und"])
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\s+|.", re.DOTALL)
_PUNCTUATION = re.compile(r"[\s,:;.!?…\"“”„=~👍-]+|[^\w\s$€£\\({\[|√π∅∞±½¼¾⅓⅔⅛−+<>≤≥∈ℝ.-]+")
_MOST_TOKENS = 40
_SHORTER = 2


def unframed(text: str) -> Iterator[str]:
    """What may be the answer in a sentence, without words of framing at both ends; the shortest form first.

    Args:
        text: The sentence.
    """
    tokens = _TOKEN.findall(text)
    if len(tokens) > _MOST_TOKENS:
        return
    first = next((at for at, token in enumerate(tokens) if not _frames(tokens, at)), len(tokens))
    behind = next((at for at in range(len(tokens), 0, -1) if not _frames_behind(tokens[at - 1])), 0)
    for start in range(first, max(-1, first - 2 * _SHORTER - 1), -1):
        for end in range(behind, min(len(tokens), behind + _SHORTER) + 1):
            candidate = "".join(tokens[start:end]).strip()
            if candidate and not re.match(r"[+*/^<>]", candidate) and not _cuts(tokens, start):
                yield candidate


def _frames(tokens: list[str], at: int) -> bool:
    """Whether a token at the beginning only frames; a minus belongs to the number behind it."""
    token = tokens[at]
    if token == "-" and "".join(tokens[at + 1 : at + 3]).strip()[:1].isdigit():
        return False
    if token == "." and at + 1 < len(tokens) and tokens[at + 1].isdigit():
        return False
    if len(token) == 1 and token.casefold() in _VARIABLES:
        following = "".join(tokens[at + 1 :]).strip().casefold()
        return bool(re.match(r"(?:is|ist|equals|must|should|has|would|=)\b|=(?!=)", following)) or token in ("a", "A")
    if token.casefold() in _JOINS:
        return _next_word(tokens, at) in WORDS  # "worked it out and got 7", not "7 and 8"
    return token.casefold() in WORDS or bool(_PUNCTUATION.fullmatch(token))


def _next_word(tokens: list[str], at: int) -> str:
    return next((token.casefold() for token in tokens[at + 1 :] if not token.isspace()), "")


def _frames_behind(token: str) -> bool:
    if len(token) == 1 and token.casefold() in _VARIABLES:
        return False
    if token.casefold() in _LEADS_ONLY:
        return False
    return token.casefold() in WORDS or bool(re.fullmatch(r"[\s,:;.!?…\"“”„~-]+|[^\w\s)}\]°%€$£²³|π∅∞ℝ]+", token))


def _cuts(tokens: list[str], start: int) -> bool:
    """Whether a beginning cuts an expression in two: a letter or number stands right before a sign."""
    before = "".join(tokens[:start]).rstrip()
    starts_signed = "".join(tokens[start:]).lstrip()[:1] in ("-", "−")
    return starts_signed and bool(re.search(r"(?:(?<![^\W\d_])[^\W\d_]|\d|\))$", before))
