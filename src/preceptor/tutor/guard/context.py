"""What a number does in its sentence: it is given as the answer, or it only counts steps and the like."""

import re

_FILLING = (
    r"(?:\s|about|exactly|simply|just|only|indeed|therefore|then|so|really|be|going to be|must be|the numbers?|"
    r"the value|the fraction|the power|the expression|the term|die potenz|der term|a total of|equal to|actually|of "
    r"course|clearly|nothing but|none other than|to|genau|"
    r"einfach|also|wohl|die zahlen?|der wert|der bruch|insgesamt|nur|natürlich|nichts anderes als|rund|etwa|the|"
    r"[=:≈→\"'({[*>-])*"
)
_ANSWER = (
    r"(?:answer|result|solution|total|sum|product|difference|quotient|remainder|value|rest|outcome|key|number you|"
    r"antwort|ergebnis|lösung|summe|produkt|differenz|rest|wert|resultat|gesuchte\w*(?: zahl)?|lösungszahl)"
)
_IS = r"(?:is|are|was|be|equals?|reads|ist|sind|lautet|beträgt|heisst|wäre|sein|war)"
_LEFT = re.compile(
    "|".join(
        (
            rf"\b{_ANSWER}\b[^.?!;]{{0,40}}?\b{_IS}\b{_FILLING}$",
            rf"\b{_ANSWER}\b[^.?!;\d]{{0,12}}[:=→]{_FILLING}$",
            rf"\b(?:it|this|that|they|everything|all|altogether|es|das|dies|[a-z])\s*(?:'s|'re|is|are|was|be|will be|"
            rf"has to be|ist|sind|wird|=)\b{_FILLING}$",
            r"\b(?:gets?|got|gives?|gave|makes?|making|yields?|obtain|leaves|leaving|left with|ends? up (?:with|at|on)|"
            r"becomes?|comes? (?:out )?(?:to|at|as)|arrives? at|reach(?:es)?|lands? (?:on|at)|equals?|ergibt|ergeben|"
            r"erhältst(?: du)?|erhält man|erhalten|bekommst(?: du)?|bekommt man|kommst du auf|kommt man auf|macht|gibt|"
            rf"bleiben|bleibt|gleich|landest du bei|adds? up to|amounts? to|totals?|turns? out(?: to be)?|ends? with|"
            rf"argue for|"
            r"handelt(?: es)? sich um|hat man|hast du|da steht|kommt heraus|heraus kommt|herauskommt|kommt "
            rf"raus)\b{_FILLING}$",
            rf"[=≈→]{_FILLING}$",
            rf"\b(?:steht|stands|liegt|lies|sits|heisst|called){_FILLING}$",
            r"\b(?:type|enter|answer(?: with)?|choose|pick|select|guess|go with|fill in|submit|input|hand in|tippe?|"
            r"gib|"
            rf"wähle?|rate|antworte(?: mit)?|kreuze|trage?|reiche)\b[^.?!;\d]{{0,15}}?{_FILLING}$",
        )
    )
)
_LAST_WORD = re.compile(rf"\b(?:is|are|ist|sind|lautet|be|sein){_FILLING}$")
_COMMAND = re.compile(
    r"\b(?:write|put|take|say(?: it)?(?: with me)?|try|use|think of|imagine|picture|remember|whisper|hear|denke? an|"
    r"merke? dir|schreibe?|sage?|nimm|versuche?|probiere?|setze?)\b(?: down| in| ein| mal| es mit)?"
    rf"{_FILLING}$"
)
_END = re.compile(
    r"^[^\w]*(?:in the (?:box|field)|as (?:your|the) answer|for a (?:moment|second|while)|once|here\b.*|hier\b.*|"
    r"kurz|mal|"
    r"down|ein|auf|hin|instead|please|bitte)?[\W]*$"
)
_RIGHT = re.compile(
    r"^[\W]*(?:(?:is|was|ist|wäre|would be|must be|will be)\s+(?:\w+\s+){0,3}?(?:right|correct|true|answer|result|"
    r"solution|total|final|it|what you|richtig|korrekt|antwort|ergebnis|lösung|gesucht\w*)\b|(?:works|fits|solves|"
    r"satisfies|does it|does the (?:trick|job)|it is|comes out|is left|are left|remains?|would do|passt|stimmt|kommt "
    r"(?:he)?raus|"
    r"löst|ist es|wäre es|is it|is your friend|is the (?:magic|number|one)|erfüllt)\b)"
)
_LONE = re.compile(
    r"^\W*(?:(?:so|thus|therefore|hence|then|yes|yep|right|exactly|correct|also|ja|genau|richtig|nämlich|psst|ok|okay|"
    r"well|number|zahl|the|it's|surprise|here|you go|simply|just|tip|tipp|a|only|a little bird says|sure|fine|klar|na|"
    r"gut|dann|die|hier|einfach)\W+)*$"
)
_LONE_END = re.compile(r"^\W*(?:(?:please|bitte|ok|okay|there you go|of course|natürlich)\W*)?$")
_COUNTED = (
    r"(?:steps?|numbers?|fractions?|sides?|hints?|ways?|digits?|places?|terms?|operations?|calculations?|brackets?|"
    r"equations?|expressions?|decimals?|things?|questions?|tries|tips?|denominators?|numerators?|sentences?|lines?|"
    r"signs?|rules?|parts?|pieces of information|quantities|amounts|values?|factors?|words?|minutes of|moments?|ideas?|"
    r"schritten?|zahlen?|brüchen?|seiten?|hinweisen?|stellen?|termen?|rechnungen?|klammern?|gleichungen?|dingen?|"
    r"fragen?|nennern?|zählern?|ziffern?|tipps?|teilen?|wegen?|regeln?|angaben?|werten?|faktoren?)"
)
_COUNTS = re.compile(rf"^[\s-]*(?:\w+ )?({_COUNTED})\b")
_OF_THEM = re.compile(r"^ (?:of|von) (?:the|these|those|them|your|its|den|diesen|ihnen|deinen)\b")
_LABEL = re.compile(
    r"\b(?:steps?|hints?|question|level|stage|schritte?|hinweise?|tipps?|frage|aufgabe|stufe|"
    r"nr\.?|no\.?|example|beispiel|exercise)\s*#?$"
)
_WORKS_WITH = re.compile(
    r"\b(?:look|start|begin|take|subtract|add|move|divide|multiply|bring|mean|means|stands?|tells?|split|round|"
    r"compare|use|"
    r"used|check|both|sides?|terms?|digits?|factors?|fraction|denominator|numerator|percent|times|plus|minus|first|"
    r"read|"
    r"where|which|why|how|given|question|task|equation|schau|beginne?|starte?|nimm|subtrahiere?|addiere?|teile?|"
    r"multipliziere?|bedeutet|steht|sagt|zerlege|runde|vergleiche?|beide|seiten?|zähler|nenner|prozent|mal|zuerst|wo|"
    r"welche\w*|warum|wie|gegeben|aufgabe|gleichung|ziehe?|prüfe?|rechne|work|solve|write|rewrite|schreibe?)\b"
)
_POINTING = re.compile(r"\b(?:the|these|those|your|both|other|first|last|die|diese[nr]?|beiden?|den|alle|all|any) $")
_COLON = re.compile(r"^[^\d:]*[:→] *[\"'(*]*$")
_NOTHING_MORE = re.compile(r"^\W*$")
_LARGEST_COUNT = 12
_LARGEST_LABEL = 5


def asserted(text: str, start: int, end: int) -> bool:
    """Whether what stands at `start` to `end` is given as a result or an answer.

    Args:
        text: The sentence in figures.
        start: Where the number or word begins.
        end: Behind its last character.
    """
    left, right = text[max(0, start - 90) : start], text[end : end + 60]
    right_of_unit = re.sub(r"^\s?(?:[a-z]{1,3}\^?[23]?|%|°)(?=\W|$)", "", right)
    if _LAST_WORD.search(left) and re.match(r"^\W*(?:$|[.,;!])", right_of_unit):
        return True
    if _LEFT.search(left) or any(_RIGHT.search(rest) for rest in (right, right_of_unit)):
        return True
    if _COMMAND.search(left) and (_END.search(right) or _END.search(right_of_unit)):
        return True
    behind_colon = _COLON.search(left) and _NOTHING_MORE.match(right_of_unit)
    return bool(behind_colon) or alone(text, start, end)


def alone(text: str, start: int, end: int) -> bool:
    """Whether the sentence holds nothing but this and words that fill."""
    before, after = text[:start], text[end:]
    after = re.sub(r"^\s?(?:[a-z]+\^?[23]?|%|°)(?=\W*$)", "", after)
    return bool(_LONE.search(before) and _LONE_END.search(after))


def works_with(text: str) -> bool:
    """Whether a sentence has words of working on a task; to praise, to guess or to greet a number is none."""
    return bool(_WORKS_WITH.search(text))


def only_counts(text: str, start: int, end: int, value: float, stem: str) -> bool:
    """Whether a small number only counts or labels parts of the explanation: step 2, the two fractions.

    Args:
        text: The sentence in figures.
        start: Where the number begins.
        end: Behind its last character.
        value: The number.
        stem: The question in figures; what it speaks of is no part of the explanation.
    """
    if value != int(value) or not 0 < value <= _LARGEST_COUNT:
        return False
    left, right = text[:start], text[end:]
    if (_LABEL.search(left) and value <= _LARGEST_LABEL) or (
        re.match(r"^ (?:of|von) \d", right) and re.search(r"\b(?:hint|tipp|hinweis)", left)
    ):
        return True
    if re.search(r"(?:hint|tipp|hinweis|step|schritt) \d+ (?:of|von) $", left):
        return True
    if not left.strip() and re.match(r"^[.)] \w+ \w+", right):
        return True
    counted = _COUNTS.search(right)
    if counted and not re.search(rf"how many {counted[1][:4]}|wie viele {counted[1][:4]}", stem):
        return value <= 6 or bool(_POINTING.search(left))
    if value <= 4 and _POINTING.search(left) and re.match(r"^ [^\W\d_]{3,}", right):
        return not re.match(r"^ (?:is|are|as|and|ist|sind|und)\b", right)
    return bool(_OF_THEM.search(right))
