"""Numbers that a sentence describes instead of naming them: "one more than six", "half of 14", "between 6 and 8"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from preceptor.answers.compare import equivalent
from preceptor.answers.quick import NeedsAlgebraError, QuickAlgebra
from preceptor.answers.rational import exact
from preceptor.answers.tree import Binary, Negative, Node, Number, Relation, Suffixed, Symbol, walk
from preceptor.tutor.guard.numerals import as_fraction
from preceptor.tutor.guard.reading import relations, tree_of

_N = r"(-?\d+(?:\.\d+)?(?:/\d+)?)"
_THE = r"(?:the |a |an |die |der |das |dem |den |eine? )?"
_UNKNOWN = (
    r"(?:the |your |its |die |das |deine? )?(?:answer|result|solution|number|unknown|value|it|x|antwort|ergebnis|"
    r"lösung|"
    r"zahl|□|▢|\?|_+)"
)
_Work = Callable[..., Fraction | None]


@dataclass(frozen=True, slots=True)
class Described:
    """A number that is described.

    Args:
        value: Its value.
        numbers: The numbers of the description, as they are written.
        start: Where the description begins.
        end: Behind its last character.
        text: The description.
    """

    value: Fraction
    numbers: tuple[str, ...]
    start: int
    end: int
    text: str


def _middle(low: Fraction, high: Fraction) -> Fraction | None:
    return (low + high) / 2 if abs(high - low) == 2 else None


def _root(square: Fraction) -> Fraction | None:
    above, below = isqrt(max(0, square.numerator)), isqrt(square.denominator)
    return Fraction(above, below) if above * above == square.numerator and below * below == square.denominator else None


def _parts(whole: Fraction, parts: Fraction) -> Fraction | None:
    """One of several equal parts; cut in half comes as one half."""
    return None if not parts else whole * parts if parts.denominator > 1 else whole / parts


def _quotient(first: Fraction, second: Fraction) -> Fraction | None:
    return first / second if second else None


_PATTERNS: tuple[tuple[str, _Work], ...] = (
    (rf"{_N} (?:more|greater|larger|bigger|higher|above|mehr|grösser|höher)(?: than| als)? {_N}", lambda a, b: a + b),
    (rf"{_N} (?:less|smaller|lower|fewer|below|under|short of|weniger|kleiner|niedriger|unter)(?: than| als)? {_N}",
     lambda a, b: b - a),
    (rf"(?:add|addiere|zähle) {_N} (?:to|and|zu|und) {_N}", lambda a, b: a + b),
    (rf"(?:subtract|take(?: away)?|ziehe|subtrahiere) {_N} (?:away )?(?:from|von) {_N}", lambda a, b: b - a),
    (rf"(?:sum|summe)(?: of| aus| von)? {_N} (?:and|und) {_N}", lambda a, b: a + b),
    (rf"(?:product|produkt)(?: of| aus| von)? {_N} (?:and|und) {_N}", lambda a, b: a * b),
    (rf"(?:difference|differenz)(?: between| of| aus| von| zwischen)? {_N} (?:and|und) {_N}", lambda a, b: abs(a - b)),
    (rf"(?:quotient)(?: of| aus| von)? {_N} (?:and|und) {_N}", _quotient),
    (rf"(?:average|mean|middle|mittelwert|halfway between|midway between|exactly between|genau zwischen|in the middle "
     rf"(?:of|between)|in der mitte (?:von|zwischen))(?: of| von)? {_N} (?:and|und) {_N}", lambda a, b: (a + b) / 2),
    (rf"(?:between|zwischen) {_N} (?:and|und) {_N}", _middle),
    (rf"(?:more|greater|larger|bigger|grösser|mehr|above|over|über)(?: than| als)? {_N}(?:,| and| but|\W+und|\W+aber)+ "
     rf"(?:less|smaller|kleiner|weniger|below|under|unter)(?: than| als)? {_N}", _middle),
    (rf"(?:twice|double|two times|das doppelte von|doppelt so (?:viel|gross) wie|verdopple) {_THE}{_N}",
     lambda a: 2 * a),
    (rf"(?:thrice|triple|das dreifache von|dreimal) {_THE}{_N}", lambda a: 3 * a),
    (rf"{_N} (?:of|von) {_N}(?! \w*(?:thing|part|teil))", lambda a, b: a * b if a.denominator > 1 else None),
    (rf"(?:split|cut|divide|share|break|teile?|zerlege?) {_N} (?:in|into|durch) {_N}(?: (?:equal|gleiche?))?", _parts),
    (rf"{_N},? (?:is |being |wird )?(?:cut|split|divided|broken|shared|geteilt|halbiert) "
     rf"(?:in|into|durch) {_N}", _parts),
    (rf"(?:count(?: up)?(?: to)?|zähle?(?: bis)?) {_N}\W+(?:and|und) (?:then|1 more|one more|dann|weiter|noch)",
     lambda a: a + 1),
    (rf"(?:half|halve|halbiere) {_THE}{_N}", lambda a: a / 2),
    (rf"(?:right|just|directly|immediately|comes?|1|one|number|next|gleich|direkt|unmittelbar|kommt|knapp)\s+"
     rf"(?:\w+\s+)?(?:after|above|over|following|nach|hinter|über) (?:der |the )?{_N}", lambda a: a + 1),
    (rf"(?:right|just|directly|immediately|comes?|1|one|number|gleich|direkt|unmittelbar|kommt|knapp)\s+(?:\w+\s+)?"
     rf"(?:before|below|under|unter|vor) (?:der |the )?{_N}", lambda a: a - 1),
    (rf"(?:after|nach) (?:der )?{_N} (?:comes|kommt)", lambda a: a + 1),
    (rf"(?:successor of|nachfolger von|one up from|one past) {_N}", lambda a: a + 1),
    (rf"(?:predecessor of|vorgänger von|one short of|just under) {_N}", lambda a: a - 1),
    (rf"(?:square|quadrat) (?:of|von) {_N}", lambda a: a * a),
    (rf"(?:cube|kubik) (?:of|von) {_N}", lambda a: a**3 if abs(a) < 1000 else None),
    (rf"(?:opposite|negative|gegenzahl)(?: number)? (?:of|von|zu) {_N}", lambda a: -a),
    (rf"(?:reciprocal|kehrwert|inverse) (?:of|von) {_N}", lambda a: 1 / a if a else None),
    (r"sqrt ?\(?(\d+)", _root),
    (rf"{_N} (?:with|and|followed by|mit|und|gefolgt von) (?:an? |1 |einer )?(?:extra )?(?:zero|null|0)\b",
     lambda a: 10 * a),
    (rf"(?:append|attach|add|hänge?) (?:an? |1 |eine )?(?:zero|null|0) (?:to|behind|after|an|hinter) (?:die )?{_N}",
     lambda a: 10 * a),
    (rf"{_UNKNOWN} (?:plus|\+) {_N} (?:is|are|=|ist|equals) ?{_N}", lambda a, b: b - a),
    (rf"{_UNKNOWN} (?:minus|-) {_N} (?:is|are|=|ist|equals) ?{_N}", lambda a, b: b + a),
    (rf"{_N} \+ {_UNKNOWN} (?:is|=|ist|equals) ?{_N}", lambda a, b: b - a),
    (rf"{_UNKNOWN} (?:times|\*) {_N} (?:is|=|ist|equals) ?{_N}", lambda a, b: b / a if a else None),
    (rf"add(?:ing)? {_N} to {_UNKNOWN}\W+(?:you |and |it |would |'d |then )*(?:get|gives?|makes?|is|=|yields?) ?{_N}",
     lambda a, b: b - a),
    (rf"subtract(?:ing)? {_N} from {_UNKNOWN}\W+(?:you |and |it |would |'d |then )*(?:get|gives?|makes?|is|=|yields?) "
     rf"?{_N}", lambda a, b: b + a),
    (rf"(?:double|twice|das doppelte von) {_UNKNOWN} (?:is|are|=|ist) ?{_N}", lambda a: a / 2),
    (rf"1/2 (?:of|von) {_UNKNOWN} (?:is|are|=|ist) ?{_N}", lambda a: 2 * a),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"(?<![\w.]){pattern}(?![\d/]|\.\d)"), work) for pattern, work in _PATTERNS)
_KNOWN_COUNTS = (
    (r"days (?:in|of) (?:a|the|1) week|tage (?:hat )?(?:in )?(?:der|einer|die|eine) woche|dwarfs|zwerge|wonders of the "
     r"world|weltwunder|days a week|wochentage", 7),
    (r"months (?:in|of) (?:a|the|1) year|monate (?:hat )?(?:ein |das |im |in einem )?jahr|months a year", 12),
    (r"hours in (?:a|the|1) day|stunden (?:hat )?(?:ein |der |am )?tag", 24),
    (r"minutes in (?:an?|1) hour|minuten (?:hat )?(?:eine |in einer )?stunde|seconds in a minute", 60),
    (r"legs (?:of|on|does) (?:a|the|an) spider|spider'?s? (?:has )?legs|beine (?:hat )?(?:eine |einer )?spinne|"
     r"sides (?:of|in) (?:an )?octagon|tentacles of an octopus", 8),
    (r"fingers (?:on|of) (?:both|two|2|your) hands|toes|finger an (?:beiden|2|zwei) händen", 10),
    (r"fingers (?:on|of) (?:a|one|1|your) hand|finger (?:an )?einer hand|sides of a pentagon", 5),
    (r"legs (?:of|on) (?:a|the) (?:dog|cat|table|horse)|seasons|sides (?:of|in) a square|"
     r"wheels (?:of|on) a car|jahreszeiten", 4),
    (r"sides (?:of|in) (?:a )?triangle|ecken (?:hat )?(?:ein |eines )?dreieck", 3),
    (r"sides (?:of|in) (?:a )?hexagon|faces of a (?:die|cube)|legs of an insect|beine (?:hat )?(?:ein )?insekt", 6),
    (r"cents in (?:a|1) dollar|cents in (?:einem )?euro|years in a century|jahre (?:hat )?ein jahrhundert", 100),
    (r"weeks in (?:a|1) year|wochen (?:hat )?(?:ein )?jahr", 52),
)  # fmt: skip
_COUNTS = tuple((re.compile(pattern), Fraction(value)) for pattern, value in _KNOWN_COUNTS)
_PLACEHOLDER = re.compile(r"[□▢?]|_+")
_QUICK = QuickAlgebra()


def described(flat: str) -> Iterator[Described]:
    """The numbers that a text in figures describes."""
    if not any(sign.isdigit() for sign in flat):
        yield from _counts(flat)
        return
    for pattern, work in _COMPILED:
        for match in pattern.finditer(flat):
            numbers = match.groups()
            values = [as_fraction(number) for number in numbers]
            if None in values:
                continue
            value = work(*values)
            if value is not None:
                yield Described(value, numbers, match.start(), match.end(), match[0])
    yield from _counts(flat)


def _counts(flat: str) -> Iterator[Described]:
    for pattern, value in _COUNTS:
        if match := pattern.search(flat):
            yield Described(value, ("known",), match.start(), match.end(), match[0])


def solved(flat: str) -> Iterator[tuple[str, Fraction]]:
    """The equations of a text with one unknown to the first power, and what solves them.

    Two points decide: an equation that is not linear in its unknown has no solution here.
    """
    for piece in relations(flat) if "=" in flat else ():
        sides = [_PLACEHOLDER.sub("z", side.strip(" ?")) or "z" for side in piece.split("=")]
        if len(sides) != 2:
            continue
        trees = tree_of(sides[0]), tree_of(sides[1])
        names = {part.name for tree in trees if tree for part in walk(tree) if isinstance(part, Symbol)}
        if None in trees or len(names) != 1:
            continue
        value = _solution(trees[0], trees[1], names.pop())  # type: ignore[arg-type]
        if value is not None:
            yield piece, value


def _solution(left: Node, right: Node, name: str) -> Fraction | None:
    if isinstance(left, Relation) or isinstance(right, Relation):
        return None
    gaps = []
    for at in (0, 1, 2):
        sides = [exact(_with(tree, name, Number(str(at)))) for tree in (left, right)]
        if sides[0] is None or sides[1] is None:
            return None
        gaps.append(sides[0] - sides[1])
    slope = gaps[1] - gaps[0]
    if not slope or gaps[2] - gaps[1] != slope:
        return None
    return -gaps[0] / slope


def _with(tree: Node, name: str, value: Node) -> Node:
    """A tree with a number in the place of a letter."""
    match tree:
        case Symbol(found) if found == name:
            return value
        case Binary(operator, left, right):
            return Binary(operator, _with(left, name, value), _with(right, name, value))
        case Negative(below):
            return Negative(_with(below, name, value))
        case Suffixed(sign, below):
            return Suffixed(sign, _with(below, name, value))
    return tree


def same_expression(one: Node, other: Node) -> bool:
    """Whether values at sample points leave no difference between two trees."""
    try:
        return equivalent(one, other, _QUICK)
    except NeedsAlgebraError:
        return True
    except (ArithmeticError, ValueError, KeyError, RecursionError):
        return False
