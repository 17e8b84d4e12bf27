"""Whether a sentence gives away a number: as it is, as a calculation, as a formula, or in pieces."""

import re
from collections.abc import Iterator
from fractions import Fraction

from preceptor.answers.tree import Mixed, Node, Number, Relation, Symbol, walk
from preceptor.tutor.guard.context import asserted, only_counts, works_with
from preceptor.tutor.guard.phrases import described, same_expression, solved
from preceptor.tutor.guard.reading import Mention, Reading, tree_of
from preceptor.tutor.guard.secret import Secret

_NEGATIVE = re.compile(r"\b(?:minus|negative?\w*|below zero|unter null|opposite|gegenzahl|vorzeichen)\b")
_RELATION_SIGNS = re.compile(r"<=|>=|!=|[=<>≈→]")
_NEXT = re.compile(
    r"\b(?:between|zwischen|after|before|following|nach|vor|hinter|successor|predecessor|nachfolger|vorgänger)\b"
)
_MIN_PLACES = 2
_SMALL_IN_WORDS = 3


def shown_number(reading: Reading, secret: Secret, said: frozenset[str] = frozenset()) -> str:
    """Find a number of the key in a sentence.

    A number that stands in the question, in a hint before the last or in the student's own words is found only where
    it is given as an answer; a small one that counts steps and the like never.

    Args:
        reading: The sentence.
        secret: What is hidden.
        said: Forms of numbers the student just said.

    Returns:
        What gives it away; empty for nothing.
    """
    for mention in reading.mentions:
        if not _means(mention, secret, reading):
            continue
        if only_counts(reading.text, mention.start, mention.end, float(mention.value), secret.stem.text):
            continue
        seen = secret.in_stem(mention.form) or mention.form in said
        seen = seen and (abs(mention.value) <= _SMALL_IN_WORDS or _in_figures(mention, reading))
        known = seen or secret.in_hints(mention.form)
        if known and (_in_held_formula(reading, mention, secret) or _is_worked_with(reading, mention)):
            continue
        return mention.form
    return _bracketed(reading, secret) or _together(reading, secret)


def _in_figures(mention: Mention, reading: Reading) -> bool:
    """Whether the number is written in figures, as questions write it, and not in words."""
    return all(part in reading.plain for part in re.findall(r"\d+", mention.form))


def _bracketed(reading: Reading, secret: Secret) -> str:
    """Both neighbours of a whole key, where the question has neither: "not 6, not 8, but what lies between"."""
    new = [
        one
        for one in reading.mentions
        if not secret.in_stem(one.form)
        and not only_counts(reading.text, one.start, one.end, float(one.value), secret.stem.text)
    ]
    shown = {one.value for one in new if not secret.in_hints(one.form)}
    wanted = (value for value in secret.values if value.denominator == 1)
    return next((f"neighbours of {value}" for value in wanted if {value - 1, value + 1} <= shown), "")


def _is_worked_with(reading: Reading, mention: Mention) -> bool:
    """Whether a number of the question is used as such: beside others or in words of working, and not as a result."""
    if _given(reading, mention):
        return False
    return works_with(reading.text) or any(other.value != mention.value for other in reading.mentions)


def _given(reading: Reading, mention: Mention) -> bool:
    return asserted(reading.text, mention.start, mention.end)


def _means(mention: Mention, secret: Secret, reading: Reading) -> bool:
    """Whether a number is, or rounds to, one of the key; a division of the question's own numbers is none."""
    if "/" in mention.form and mention.value.denominator == 1:
        return False  # a calculation, looked at as such
    wanted = secret.values
    if any(value in wanted for value in mention.values):
        return True
    if any(-value in wanted for value in mention.values) and _NEGATIVE.search(reading.text):
        return True
    if mention.places < _MIN_PLACES or abs(mention.value) * 10**mention.places < 10:
        return False
    longer = [float(value) for value in wanted if (value * 10**mention.places).denominator != 1]
    return any(_rounded(mention, value) for value in (*longer, secret.irrational) if value is not None)


def _rounded(mention: Mention, value: float) -> bool:
    """Whether a decimal is a value rounded, or cut off, behind its last place."""
    return abs(float(mention.value) - value) < 10.0**-mention.places


def _in_held_formula(reading: Reading, mention: Mention, secret: Secret) -> bool:
    """Whether the number is the side of an equation that the question itself writes."""
    before = reading.text[: mention.end].replace(" ", "")
    sign = re.search(r"[\w)]+[=≈][^=]{1,12}$", before)
    return bool(sign) and sign is not None and sign[0] in secret.stem.text.replace(" ", "")


def _together(reading: Reading, secret: Secret) -> str:
    """A list whose hidden entries all stand in the sentence, or one of them given as such."""
    if not secret.together:
        return ""
    shown = {value for mention in reading.mentions for value in mention.values}
    stem = {value for mention in secret.stem.mentions for value in mention.values}
    hidden = secret.together - stem
    if secret.together <= shown and any(
        one.value in secret.together and _given(reading, one) for one in reading.mentions
    ):
        return "all entries"
    if (hidden and hidden <= shown) or (not hidden and secret.together <= shown and _only(shown, secret)):
        return "all entries"
    for mention in reading.mentions:
        new = mention.value in secret.together and not secret.in_stem(mention.form)
        counts = only_counts(reading.text, mention.start, mention.end, float(mention.value), secret.stem.text)
        if new and not counts and len(secret.together) <= 2 and _given(reading, mention):
            return mention.form
    return ""


def _only(shown: set[Fraction], secret: Secret) -> bool:
    """Whether a sentence names the entries of a list and nothing else of the question."""
    return shown <= secret.together


def shown_calculation(reading: Reading, secret: Secret) -> str:
    """Find a calculation whose value is the key, although neither question nor ladder hold it.

    One that uses nothing but the question's own numbers only sets the question up.
    """
    for found in reading.calculations:
        if found.value not in secret.values:
            continue
        is_key = found.form in (word.replace(" ", "") for word in secret.words)
        if is_key and asserted(reading.text, found.start, found.end):
            return found.form
        if secret.holds_calculation(found.form):
            continue
        if is_key or not all(secret.in_stem(number) for number in found.numbers):
            return found.form
    return ""


def shown_description(reading: Reading, secret: Secret) -> str:
    """Find the key described, or an equation of its own that it solves; the question's own numbers only set it up."""
    for found in described(reading.text):
        next_to = _NEXT.search(found.text)
        own = all(secret.in_stem(one) for one in found.numbers) and (not next_to or next_to[0] in secret.stem.text)
        if found.value in secret.values and not own:
            return found.text
    held = f"{secret.stem.text} {secret.ladder.text}".replace(" ", "")
    letters = set(re.findall(r"(?<![^\W\d_])[a-z?](?![^\W\d_])", secret.stem.text))
    for equation, value in solved(reading.text):
        held_already = letters.intersection(re.findall(r"[a-z]+", equation)) or equation.replace(" ", "") in held
        own = bool(held_already) or all(secret.in_stem(number) for number in re.findall(r"\d+(?:\.\d+)?", equation))
        if value in secret.values and not own:
            return equation
    return ""


def shown_formula(reading: Reading, secret: Secret) -> str:
    """Find an expression with letters or roots that equals the key and is as short, or is given as the answer.

    Values at sample points decide: no false one passes for the key, and no algebra can hang.
    """
    if not secret.trees:
        return ""
    for piece in reading.formulas:
        for part in _parts(piece):
            if part.replace(" ", "") in secret.stem.text.replace(" ", ""):
                continue
            tree = tree_of(part)
            if tree is not None and any(_gives_away(tree, key) for key in secret.trees):
                return part
    return ""


def _parts(piece: str) -> Iterator[str]:
    yield piece
    if _RELATION_SIGNS.search(piece):
        yield from (side.strip(" .,") for side in _RELATION_SIGNS.split(piece) if len(side.strip(" .,")) > 1)


def _gives_away(tree: Node, key: Node) -> bool:
    """Whether an expression has the value of the key and is as short."""
    if _size(tree) > _size(key) or isinstance(tree, Relation) != isinstance(key, Relation):
        return False
    return same_expression(key, tree)


def _size(tree: Node) -> int:
    return sum(isinstance(part, Number | Mixed | Symbol) for part in walk(tree))
