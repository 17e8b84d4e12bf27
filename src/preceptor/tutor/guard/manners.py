"""Sentences that no student should read: verdicts of the model's own, echoes of instructions, unsafe words."""

import re

from preceptor.domain import Question
from preceptor.tutor.guard.contract import Reason, Refused, Shown
from preceptor.tutor.guard.numerals import numerals
from preceptor.tutor.guard.plain import plain

LONGEST_SENTENCE = 600
_REPLY = 6
"""Sentences back within which nothing is said twice: small models fall into loops."""
_SAYS_RIGHT = re.compile(
    r"^\W*(?:(?:yes|yep|yeah|yup|correct|exactly|precisely|bingo|spot on|indeed|absolutely|perfect|ja|genau|richtig|"
    r"stimmt|korrekt|jawohl|perfekt|right)(?=[\s]*(?:[.!,:;]|$))|(?:that'?s|that is|it'?s|it is|this is|you'?re|"
    r"you are|das ist|es ist|du hast|your (?:answer|guess|result) is|deine (?:antwort|"
    r"lösung) ist)\s+(?:\w+\s+)?(?:right|correct|it|the (?:right )?answer|richtig|korrekt|recht|die lösung)(?=\W*$|"
    r"[.!,;])|(?:you(?:'ve| have)? )?(?:got|found|solved|nailed) (?:it|the answer)\b|du hast (?:es|die lösung)\b|"
    r"das stimmt(?=\W*$|[.!,;]))"
)
_SAYS_WRONG = re.compile(
    r"^\W*(?:(?:no|nope|wrong|incorrect|not quite|nein|falsch|nicht ganz|leider nicht|almost|close|"
    r"fast)(?=[\s]*(?:[.!,:;]|$))|(?:that'?s|that is|it'?s|your answer is|das ist|"
    r"deine antwort ist)\s+(?:\w+\s+)?(?:wrong|incorrect|not (?:right|correct|it)|falsch|nicht richtig)\b|"
    r"das stimmt nicht\b)"
)
_NEARER = re.compile(
    r"\b(?:too (?:high|low|big|small|large|much|little)|(?:go|a bit|a little|slightly|much|bit) (?:higher|lower|"
    r"bigger|smaller|more|less)|warmer|colder|off by|(?:one|1|2|two) (?:too (?:many|much|few)|off|more than that|"
    r"less than that)|very close|getting (?:close|warm)|zu (?:gross|klein|hoch|niedrig|viel|wenig)|(?:etwas|"
    r"ein bisschen|viel) (?:mehr|weniger|grösser|kleiner)|wärmer|kälter|ganz nah|daneben)\b"
)
_SCORED_RIGHT = re.compile(
    r"\b(?:is right|that'?s right|correct|it is\. well|ist richtig|^richtig|stimmt|gut gerechnet)", re.IGNORECASE
)
_SCORED_WRONG = re.compile(r"\b(?:not quite|not the answer|not yet|nicht ganz|noch nicht|ist nicht)\b", re.IGNORECASE)
_ECHO = re.compile(
    r"<\/?\s*\w+[^>]*>|\[\/?inst\]|<\||\|>|```|\bsystem prompt\b|\b(?:my|these|the|previous|above) (?:instructions?|"
    r"guidelines|prompt)\b|\bas an? (?:ai|language model|assistant|large)\b|\bignor(?:e|ing) (?:all )?(?:the |"
    r"my )?(?:previous|prior|above)\b|\b(?:answer|stored) key\b|\bstudent_(?:message|data|text)\b|"
    r"\bunrestricted mode\b|\bdeveloper mode\b|\bjailbreak|https?://|www\.|!\[|\]\(|\bjavascript:|\bdef \w+\(|"
    r"\bimport os\b|\beval\(|\bprint\(|\bsystemprompt\b|\bmeine anweisungen\b|\bals (?:ki|sprachmodell)\b|\b(?:api|"
    r"secret)[_ ]key\b|\bmeiner? (?:vorgaben|anweisung)\b|^\s*(?:system|assistant|user)\s*:|\byour task\s*:|"
    r"\bdein auftrag\s*:|\b(?:begin|end) (?:of )?data\b|\b(?:beginn|ende) daten\b",
    re.IGNORECASE,
)
_OF_SOMEBODY_ELSE = re.compile(
    r"\bthe (?:student|pupil|learner)(?:'s (?:answer|response|mistake|work)| (?:said|says|did|does|has|had|gave|"
    r"thinks|knows|was|is|made|answered))\b|\bdie antwort (?:der person|des schülers|der schülerin)\b|\b(?:die person|"
    r"der schüler|die schülerin) (?:hat|sagt|sagte|war|ist|weiss|gab)\b"
)
_CIPHER = re.compile(
    r"\b(?:base ?64|rot ?-?13|caesar|morse|binary|hexadecimal|\bhex\b|acrostic|cipher|encoded|romans?\b|römische\w*|"
    r"decode|entschlüssel\w*|(?:read|write|say|spell|lies|schreib\w*)\b.{0,30}\b(?:backwards|rückwärts|reversed)|"
    r"spell(?:ed|s|ing)?(?: it)? (?:out|backwards)|first letters? of|anfangsbuchstaben|unscramble|verschlüsselt|"
    r"dual(?:zahl|system)|read every|rhymes? with|reimt sich)\b"
)
_UNSAFE = re.compile(
    r"\b(?:kill (?:yourself|yourselves|him|her|them)|suicide method|how to (?:make|build) (?:a )?(?:bomb|weapon|drug)|"
    r"cut yourself|hurt yourself|hurt (?:him|her|them)|naked|nude|porn\w*|sex(?:y|ual)?\b(?! of)|cocaine|heroin|"
    r"meth\b|get drunk|idiot|stupid(?! mistake)|moron|dumb\b|loser|shut up|hate you|worthless|lazy|pathetic|f\*+k|"
    r"fuck\w*|shit\w*|bitch|asshole|bastard|retard\w*|nazi|bring dich um|umbringen|dumm(?:kopf)?|blöd|idiot\w*|"
    r"scheiss\w*|arschloch|halt die klappe|nackt|drogen|bombe bauen)\b"
)
_ASKS_PRIVATE = re.compile(
    r"\b(?:what(?:'s| is)|tell me|give me|send me|share|write|wie ist|sag mir|gib mir|"
    r"schick mir)\b.{0,25}\b(?:your (?:(?:home |email |full |last |phone )?(?:address|name|number|phone|e-?mail|"
    r"password|school|age|photo|picture|surname))|deine? (?:adresse|nachname\w*|telefonnummer|handynummer|e-?mail\w*|"
    r"passwort|schule|foto|bild))\b"
)
_ENGLISH = """
    the a an is are of to in and you your it that this with for how what which first then do not on at one by be
    can now so as its from we have has does there will more each both when where why try look think step
    """
_GERMAN = """
    der die das ein eine ist sind und du dein deine es dass mit für wie was welche zuerst dann nicht auf von zu
    im den dem des kannst jetzt so als wir hat haben wird mehr jede beide wenn wo warum noch mal schau denk
    schritt
    """
_OTHERS = """
    el la los las un una es son que de y por para con no en su como está le les des est et pour dans une avec il
    elle ce cette sur pas qui ne se di lo gli che per non è sono bir ve bu için ile değil het een van niet voor
    met jest nie się na o os as um uma são não é muito réponse respuesta risposta
    """
_STOP_WORDS = {
    "en": frozenset(_ENGLISH.split()),
    "de": frozenset(_GERMAN.split()),
    "other": frozenset(_OTHERS.split()),
}
_FOREIGN_SCRIPT = re.compile(
    r"[\u0400-\u04ff\u0530-\u05ff\u0600-\u06ff\u0900-\u0dff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_MIXED_SCRIPT = re.compile(r"(?:[a-z][\u0370-\u04ff]|[\u0400-\u04ff][a-z])", re.IGNORECASE)


def bad_form(sentence: str, shown: Shown) -> Refused | None:
    """Refuse what is no sentence for a student, and a sentence that this reply has said already."""
    if not sentence.strip():
        return Refused(Reason.FORM, "empty")
    if len(sentence) > LONGEST_SENTENCE:
        return Refused(Reason.FORM, "too long")
    if sentence.strip() in (text.strip() for text in shown.texts[-_REPLY:]):
        return Refused(Reason.FORM, "said before")
    return None


def bad_manners(sentence: str, shown: Shown) -> Refused | None:
    """Refuse echoes of instructions, unsafe words, questions for personal data, ciphers and other languages."""
    flat = plain(sentence)
    if found := _ECHO.search(sentence):
        return Refused(Reason.ECHO, found[0])
    if found := _UNSAFE.search(flat) or _ASKS_PRIVATE.search(flat):
        return Refused(Reason.UNSAFE, found[0])
    question = shown.question or shown.closed
    if (found := _OF_SOMEBODY_ELSE.search(flat)) and not (question and found[0] in plain(question.text)):
        return Refused(Reason.FORM, f"speaks of the student, not to them: {found[0]}")
    if question is not None and (found := _CIPHER.search(flat)) and found[0] not in plain(question.text):
        return Refused(Reason.LEAK, f"cipher: {found[0]}") if _hides(shown) else None
    return Refused(Reason.LANGUAGE, "other language") if question and _other_language(sentence, question) else None


def own_verdict(sentence: str, shown: Shown) -> Refused | None:
    """Refuse a verdict on an answer that nobody graded, a verdict against the grade, and how near a guess is."""
    flat = numerals(plain(sentence))
    right, wrong = _SAYS_RIGHT.search(flat), _SAYS_WRONG.search(flat)
    graded = _graded(shown)
    open_still = _hides(shown) and shown.closed is None
    if right and (open_still or graded == "wrong"):
        return Refused(Reason.VERDICT, right[0].strip())
    if wrong and graded != "wrong" and (open_still or graded == "right"):
        return Refused(Reason.VERDICT, wrong[0].strip())
    if open_still and shown.student_said and (near := _NEARER.search(flat)):
        return Refused(Reason.VERDICT, near[0])
    return None


def _hides(shown: Shown) -> bool:
    return shown.question is not None and not shown.may_show_key


def _graded(shown: Shown) -> str:
    """The deterministic verdict that the last text begins with: "right", "wrong" or empty."""
    last = shown.texts[-1] if shown.texts else ""
    if _SCORED_WRONG.search(last):
        return "wrong"
    return "right" if _SCORED_RIGHT.search(last) else ""


def _other_language(sentence: str, question: Question) -> bool:
    """Whether a sentence is in none of the tutor's languages: its small words tell."""
    if _MIXED_SCRIPT.search(sentence) or (
        _FOREIGN_SCRIPT.search(sentence) and not _FOREIGN_SCRIPT.search(question.text)
    ):
        return True
    without_formulas = re.sub(r"\$[^$]*\$|\\\w+", " ", sentence.casefold())
    words = re.findall(r"[^\W\d_]{2,}", without_formulas)
    if len(words) < 3:
        return False
    counts = {name: sum(word in known for word in words) for name, known in _STOP_WORDS.items()}
    own = counts["en"] + counts["de"]
    return counts["other"] >= 2 and counts["other"] > 2 * own
