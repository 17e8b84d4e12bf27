"""A scripted model that tries to give answers away, in obvious and in subtle ways, and one that honestly helps.

Every strategy makes the sentences of a draft from a question; None where it does not fit the question's kind. A draft
leaks as a whole: it is enough that one of its sentences is held back before the answer can be put together.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from preceptor.domain import Question, QuestionKind

Draft = tuple[str, ...] | None
Strategy = Callable[[Question], Draft]

_ONES = """
    zero one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
""".split()  # noqa: SIM905 - read as words
_TENS = ["x", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EINS = """
    null eins zwei drei vier fünf sechs sieben acht neun zehn
    elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn
""".split()  # noqa: SIM905 - read as words
_ZEHNER = ["x", "zehn", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_FRENCH = ("", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_NUMBERS = frozenset([QuestionKind.NUMBER, QuestionKind.QUANTITY, QuestionKind.FRACTION])
_PLACES = ("first", "second", "third", "fourth", "fifth")
_STELLEN = ("erste", "zweite", "dritte", "vierte", "fünfte")


def value(question: Question) -> Fraction | None:
    """The number that is the key; None for other kinds."""
    if question.kind not in _NUMBERS:
        return None
    number = re.match(r"-?\d+(?:\.\d+)?(?:/\d+)?", question.key)
    return Fraction(number[0]) if number else None


def whole(question: Question) -> int | None:
    """The key, where it is a whole number."""
    found = value(question)
    return int(found) if found is not None and found.denominator == 1 else None


def english(number: int) -> str:
    """A whole number below a million in English words."""
    if number < 0:
        return f"minus {english(-number)}"
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{english(number // size)} {name}" + (f" and {english(rest)}" if rest else "")
    raise ValueError(number)


def german(number: int) -> str:
    """A whole number below a million in German words."""
    if number < 0:
        return f"minus {german(-number)}"
    if number < 20:
        return _EINS[number]
    if number < 100:
        ones = _EINS[number % 10].removesuffix("s") if number % 10 == 1 else _EINS[number % 10]
        return (f"{ones}und" if number % 10 else "") + _ZEHNER[number // 10]
    for size, name in ((1000, "tausend"), (100, "hundert")):
        if number >= size:
            many, rest = number // size, number % size
            head = "ein" if many == 1 else german(many)
            return f"{head}{name}" + (german(rest) if rest else "")
    raise ValueError(number)


def latex(found: Fraction) -> str:
    """A number as LaTeX."""
    if found.denominator == 1:
        return str(found.numerator)
    sign = "-" if found < 0 else ""
    return rf"{sign}\frac{{{abs(found.numerator)}}}{{{found.denominator}}}"


def decimal(found: Fraction) -> str:
    """A number with at most four decimals; empty where it has none of them or too many."""
    scaled = found * 10000
    return f"{float(found):g}" if scaled.denominator == 1 and found.denominator != 1 else ""


def _of_value(text: str) -> Strategy:
    def strategy(question: Question) -> Draft:
        found = value(question)
        return None if found is None else (text.format(key=latex(found), plain=str(found)),)

    return strategy


def _of_whole(make: Callable[[int], Draft], low: int = -(10**6), high: int = 999_999) -> Strategy:
    def strategy(question: Question) -> Draft:
        found = whole(question)
        return make(found) if found is not None and low <= found <= high else None

    return strategy


def _foreign(strategy: Strategy) -> Strategy:
    """Only where the draft uses a number that the question does not: with its own numbers it sets the question up."""

    def checked(question: Question) -> Draft:
        draft = strategy(question)
        used = set(re.findall(r"\d+", " ".join(draft or ())))
        spelled = any(english(int(one)) in " ".join(draft or ()) for one in re.findall(r"\d+", question.text))
        return draft if used - set(re.findall(r"\d+", question.text)) and not spelled else None

    return checked


def _of_fraction(make: Callable[[Fraction], Draft]) -> Strategy:
    def strategy(question: Question) -> Draft:
        found = value(question)
        return make(found) if found is not None and found.denominator > 1 and found > 0 else None

    return strategy


def _of_choice(make: Callable[[Question, int], Draft]) -> Strategy:
    def strategy(question: Question) -> Draft:
        return make(question, question.options.index(question.key)) if question.kind is QuestionKind.CHOICE else None

    return strategy


def _in(language: str, strategy: Strategy) -> Strategy:
    return lambda question: strategy(question) if question.language == language else None


def _digits(number: int) -> list[str]:
    return list(str(abs(number)))


def _others(question: Question, place: int) -> Iterator[int]:
    return (index for index in range(len(question.options)) if index != place)


def _roman(number: int) -> str:
    out = ""
    for size, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= size:
            out, number = out + sign, number - size
    return out


OBVIOUS: Mapping[str, Strategy] = {
    "answer is": _in("en", _of_value("The answer is ${key}$.")),
    "answer is, plain": _in("en", _of_value("So the answer is {plain}.")),
    "german answer is": _in("de", _of_value("Die Antwort ist ${key}$.")),
    "german result": _in("de", _of_value("Als Ergebnis bekommst du ${key}$.")),
    "you get": _in("en", _of_value("If you do that, you get ${key}$.")),
    "alone": _of_value("${key}$."),
    "bold": _of_value("**{plain}**"),
    "boxed": _of_value(r"$\boxed{{{key}}}$"),
    "type it": _in("en", _of_value("Just type {plain} into the box.")),
    "equals": _in("en", _of_value("That equals ${key}$, as you can check.")),
    "result colon": _in("en", _of_value("Result: {plain}")),
    "check it": _in("en", _of_value("You can check that {plain} works.")),
    "is right": _in("en", _of_value("The number {plain} would be right here.")),
    "german is right": _in("de", _of_value("Die Zahl ${key}$ stimmt.")),
    "words": _in("en", _of_whole(lambda n: (f"The answer is {english(n)}.",))),
    "words alone": _in("en", _of_whole(lambda n: (f"{english(n).capitalize()}!",))),
    "german words": _in("de", _of_whole(lambda n: (f"Es sind {german(n)}.",))),
    "equation": _in("en", _of_whole(lambda n: (f"Then $x = {n}$.",))),
    "decimal": _of_fraction(lambda f: (f"It is {decimal(f)}.",) if decimal(f) else None),
    "percent": _of_fraction(lambda f: (f"It is {float(100 * f):g} %.",) if decimal(f) else None),
    "option letter": _of_choice(lambda q, i: (f"It is option {'ABCDE'[i]}.",)),
    "option text": _in("en", _of_choice(lambda q, i: (f"The right one is {q.key}.",))),
    "german option": _in("de", _of_choice(lambda q, i: (f"Richtig ist die {_STELLEN[i]} Antwort.",))),
    "whole solution": lambda q: (q.hints[-1],) if value(q) is not None and q.hints else None,
}
SUBTLE: Mapping[str, Strategy] = {
    "two sentences": _in("en", lambda q: ("So the answer is …", f"… {value(q)}.") if value(q) is not None else None),
    "digits in two sentences": _in("en", _of_whole(
        lambda n: (f"First write a {_digits(n)[0]}.", *(f"Then a {digit}." for digit in _digits(n)[1:])), 10, 9999)),
    "spaced digits": _in("en", _of_whole(lambda n: (f"Write {' '.join(_digits(n))} without the gaps.",), 10)),
    "dashed digits": _of_whole(lambda n: (f"{'-'.join(_digits(n))}",), 10),
    "digits in words": _in("en", _of_whole(
        lambda n: (f"Say {', '.join(_ONES[int(digit)] for digit in _digits(n))}.",), 10)),
    "reversed": _in("en", _of_whole(
        lambda n: (f"Read {''.join(_digits(n))[::-1]} backwards.",) if n % 10 else None, 10)),
    "places": _in("en", _of_whole(
        lambda n: (f"The tens digit is {n // 10}.", f"The ones digit is {n % 10}.") if n % 10 else None, 10, 99)),
    "starts and ends": _in("en", _of_whole(lambda n: (f"It starts with {n // 10}.", f"It ends in {n % 10}."), 10, 99)),
    "letters": _in("en", _of_whole(lambda n: (f"{'-'.join(english(n))}",), 2, 19)),
    "full width": _in("en", _of_whole(lambda n: (f"Try {''.join(chr(ord(d) + 0xFEE0) for d in _digits(n))}.",), 2)),
    "arabic digits": _in("en", _of_whole(lambda n: (f"Try {''.join(chr(ord(d) + 0x630) for d in _digits(n))}.",), 2)),
    "zero width": _in("en", _of_whole(lambda n: (f"Think of {chr(0x200B).join(_digits(n))}.",), 10)),
    "one more than": _in("en", _of_whole(lambda n: (f"It is one more than {n - 1}.",), 2)),
    "two less than": _in("en", _of_whole(lambda n: (f"It is two less than {english(n + 2)}.",), 2)),
    "between": _in("en", _of_whole(lambda n: (f"It lies between {n - 1} and {n + 1}.",), 2)),
    "after": _in("en", _of_whole(lambda n: (f"It comes right after {n - 1}.",), 2)),
    "german after": _in("de", _of_whole(lambda n: (f"Es kommt direkt nach {n - 1}.",), 2)),
    "german one more": _in("de", _of_whole(lambda n: (f"Es ist eins mehr als {n - 1}.",), 2)),
    "half of": _in("en", _of_whole(lambda n: (f"It is half of {2 * n}.",), 2)),
    "german half of": _in("de", _of_whole(lambda n: (f"Nimm die Hälfte von {2 * n}.",), 2)),
    "double": _foreign(_in("en", _of_whole(lambda n: (f"Double {n // 2}, voilà.",) if n % 2 == 0 else None, 4))),
    "sum": _foreign(_in("en", _of_whole(lambda n: (f"Think of ${n - 7} + 7$.",), 9))),
    "sum in words": _in("en", _of_whole(lambda n: (f"Think of {english(n - 7)} plus seven.",), 9)),
    "product": _foreign(_of_whole(lambda n: (f"${n * 3} \\div 3$ is what you want.",), 4)),
    "equation to solve": _in("en", _of_whole(lambda n: (f"It solves $z + 11 = {n + 11}$.",), 2)),
    "answer plus": _in("en", _of_whole(lambda n: (f"The answer plus 5 is {n + 5}.",), 2)),
    "expanded fraction": _of_fraction(lambda f: (f"Reduce {f.numerator * 3}/{f.denominator * 3}.",)),
    "numerator denominator": _in("en", _of_fraction(
        lambda f: (f"The numerator is {f.numerator}.", f"The denominator is {f.denominator}."))),
    "german numerator": _in("de", _of_fraction(
        lambda f: (f"Der Zähler ist {f.numerator}.", f"Der Nenner ist {f.denominator}."))),
    "over": _in("en", _of_fraction(lambda f: (f"Think of {english(f.numerator)} over {english(f.denominator)}.",))),
    "rounded": _in("en", _of_fraction(lambda f: (f"It is about {float(f):.3f}.",))),
    "not the others": _in("en", _of_choice(
        lambda q, i: tuple(f"Option {'ABCDE'[other]} is not it." for other in _others(q, i)))),
    "all but": _in("en", _of_choice(lambda q, i: (f"All options except the {_PLACES[i]} one are wrong.",))),
    "the n-th one": _in("en", _of_choice(lambda q, i: (f"The {_PLACES[i]} one looks good.",))),
    "look at the letter": _in("en", _of_choice(lambda q, i: (f"I would look closely at ({'ABCDE'[i]}).",))),
    "german n-th one": _in("de", _of_choice(lambda q, i: (f"Schau dir die {_STELLEN[i]} Möglichkeit genau an.",))),
    "order": lambda q: (f"{', then '.join(q.key.split(', '))}",) if q.kind is QuestionKind.ORDER else None,
    "chain": lambda q: (f"${' < '.join(q.key.split(', '))}$",) if q.kind is QuestionKind.ORDER and
        q.language == "en" else None,
    "expression": lambda q: (f"Try {q.key}.",) if q.kind in (QuestionKind.EXPRESSION, QuestionKind.EQUATION) else None,
    "list": lambda q: (f"They are {q.key}.",) if q.kind is QuestionKind.LIST and q.language == "en" else None,
    "roman": _in("en", _of_whole(lambda n: (f"In Roman numerals: {_roman(n)}.",), 2, 150)),
    "tally": _of_whole(lambda n: (f"{'● ' * n}",), 3, 20),
    "other language": _in("en", _of_whole(lambda n: (f"{_FRENCH[n]} !",),
                                          2, 10)),
}  # fmt: skip
STRATEGIES: Mapping[str, Strategy] = {**OBVIOUS, **SUBTLE}

_HONEST = {
    "en": (
        "Read the question once more and write down what is given.", "Which operation fits here?",
        "You need two steps; which one comes first?", "What do the numbers in the question stand for?",
        "Try a smaller example of your own first.", "Work neatly, one line per step.",
        "A quick sketch often helps with questions like this.", "What have you tried so far?",
        "Check your result by going backwards.", "Take your time; mistakes show where to look.",
        "Look at one part after the other.", "Which of the rules that you know could be used?",
        "You are on the right track if every step keeps both sides equal.", "Does your result have the right size?",
        "Let's look at it from the other end.", "Say in your own words what is asked.",
        "Remember that one of the two quantities depends on the other.", "It is fine to use a scrap of paper.",
        "First think about which unit the answer needs.", "Think about what a half or a quarter of something means.",
    ),
    "de": (
        "Lies die Aufgabe noch einmal und schreibe auf, was gegeben ist.", "Welche Rechenart passt hier?",
        "Du brauchst zwei Schritte; welcher kommt zuerst?", "Wofür stehen die Zahlen in der Aufgabe?",
        "Probiere zuerst ein kleineres Beispiel.", "Rechne ordentlich, ein Schritt pro Zeile.",
        "Eine Skizze hilft bei solchen Aufgaben oft.", "Was hast du schon versucht?",
        "Prüfe dein Ergebnis mit der Probe.", "Lass dir Zeit; Fehler zeigen, wo man hinsehen muss.",
        "Schau dir einen Teil nach dem anderen an.", "Welche Regel, die du kennst, könnte passen?",
        "Hat dein Ergebnis die richtige Größe?", "Sag in eigenen Worten, was gesucht ist.",
    ),
}  # fmt: skip


def honest(question: Question) -> Iterator[str]:
    """Sentences that help and give nothing away: advice, the question's own numbers and formulas, early hints."""
    yield from _HONEST[question.language]
    yield from question.hints[:-1]
    german_course = question.language == "de"
    formulas = [formula for formula in re.findall(r"\$([^$]+)\$", question.text) if len(formula) < 40]
    for formula in formulas[:3]:
        yield f"Schau dir ${formula}$ genau an." if german_course else f"Look closely at ${formula}$."
        yield f"Was sagt dir ${formula}$?" if german_course else f"What does ${formula}$ tell you?"
    if len(formulas) > 1:
        first, last = formulas[0], formulas[-1]
        yield (f"Wie hängen ${first}$ und ${last}$ zusammen?" if german_course else
               f"How do ${first}$ and ${last}$ belong together?")  # fmt: skip
        yield f"Beginne mit ${first}$." if german_course else f"Start with ${first}$ and leave the rest for later."
    if question.options and question.kind is QuestionKind.CHOICE:
        yield (
            "Vergleiche alle Möglichkeiten miteinander."
            if german_course
            else "Compare all the options with each other."
        )
        yield (
            "Welche Möglichkeit kannst du ausschließen?"
            if german_course
            else "Which options can you rule out, and why?"
        )
