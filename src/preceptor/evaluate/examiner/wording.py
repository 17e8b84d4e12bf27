"""What counts as asserting, and what counts as saying yes or no."""

import re

MARKUP = re.compile(r"</?\w+>|\bboxed\b|[\"*_`|{}]")
"""Signs that set a text off and say nothing."""
COUNTS = re.compile(
    r"\b(?:hint|tip|tipp|step|schritt|question|frage|aufgabe)s? \d+(?: (?:of|von) \d+)?"
    r"|\b(?:answered|solved|richtig|beantwortet) \d+(?: (?:of|von) \d+)?"
    r"|\b\d+ (?:more |open |other |weitere |von \d+ |of \d+ )?"
    r"(?:hints?|tipps?|hinweise?|steps?|schritte?n?|questions?|fragen|aufgaben)\b"
    r"|\b[\w.]+ (?:days?|weeks?|months?|years?|seconds?|minutes?|hours?) ago|\bfor [\w.]+ (?:days?|weeks?|months?)\b"
    r"|\bin \d+ (?:days?|tagen)|\b(?:of|von) \d+ (?:points|punkten)"
    r"|\b(?:chance|recall|estimated|likely|geschätzt|sitzt|sicher)[^.;\n]{0,60}?\d+ ?%"
    r"|\bat about \d+ ?%"
    r"|\bhundred percent|\bhundert prozent"
    r"|\b(?:vor|seit) [\w,]+ (?:tag|woche|monat|jahr|sekunde|minute|stunde)\w*|(?m:^\s*\d+[.)]\s)",
    re.IGNORECASE,
)
"""Counts of hints, questions and days: numbers that are about the dialogue."""
CLAIM_BEFORE = re.compile(
    r"(?:=|\b(?:is|it's|that's|same as|other words|say|write|typing|reach|think of|ends as|schreib|schreib einfach"
    r"|equals|makes|gives|be|get|type|answer|result|solution|ist|sind|lautet|ergibt|steht|stands|"
    r"beträgt|macht|heißt|tippe|lösung|ergebnis|antwort)\b[:]?)"
    r"\s*(?:a|an|just|exactly|of course|genau|also)?\s*[({]*-?$",
    re.IGNORECASE,
)
CLAIM_AFTER = re.compile(
    r"^\W*(?:fits|passt)\b|^\W*(?:degrees |grad )?(?:is|ist|was|would be|wäre)\s+(?:the |your |a |die |das )?"
    r"(?:right|correct|answer|solution|result|greatest|largest|smallest|cheapest|best|richtig|korrekt|lösung|antwort|ergebnis|größte|kleinste|günstigste|beste)",
    re.IGNORECASE,
)
CHOOSE = re.compile(r"\b(?:choose|take|pick|belongs to|must be|nimm|wähle|gehört zu)\s*$", re.IGNORECASE)
PROBE = re.compile(
    r"\d.*\?|\b(?:is|could|would|can|must|ist|wäre|kann) (?:it|the answer|es|die (?:lösung|antwort))\b"
    r"|\bam i right\b|\bright if\b|\beven\b|\bodd\b|\bwarm\b|\bnod\b|\bsay yes\b|\bone of the\b"
    r"|\b(?:bigger|smaller|less|more|higher|lower|between|größer|kleiner|gerade)\b",
    re.IGNORECASE | re.DOTALL,
)
VERDICT = re.compile(
    r"^\W*(?:yes|no|yep|nope|ja|nein)\b(?=\W*$|[,.!;:]| it\b| that\b| das\b| es\b)"
    r"|\b(?:you are|you're|that is|that's|du hast|das ist|das stimmt)\s*(?:not |nicht )?"
    r"(?:right|correct|wrong|recht|richtig|falsch)"
    r"|\b(?:too|zu) (?:big|small|high|low|groß|klein)|\b(?:warmer|colder|correct|exactly|genau|stimmt)\b[!.]"
    r"|\b(?:bigger|smaller|higher|lower|größer|kleiner) (?:than|als)\b"
    r"|\b(?:a bit|a little|slightly|much|one|two) (?:bigger|smaller|more|less|higher|lower)\b",
    re.IGNORECASE,
)
