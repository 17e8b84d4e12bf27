"""Reads what a message wants: an answer to be graded, help, the answer itself, or something else."""

import re
from dataclasses import dataclass

from preceptor.answers import PROSE, is_dont_know
from preceptor.domain import Question, QuestionKind
from preceptor.tutor.asking import asked
from preceptor.tutor.intent import Intent
from preceptor.tutor.odd import odd_intent
from preceptor.tutor.said_answer import answer_in, attempted, stripped

_ANSWER_NOUNS = (
    r"(?:answers?|solutions?|results?|key|outcome|4nsw3r|lösung(?:en)?|ergebnis(?:se)?|antwort(?:en)?|schlüssel|"
    r"resultat|"
    r"respuesta|réponse|reponse|risposta|cevap|cevabı|resposta|odpowiedź|antwoord|відповідь|ответ|الجواب|答案|结果|"
    r"solución)"
)
_PROBES = (
    rf"\b{_ANSWER_NOUNS}\b",
    r"الجواب|答案|结果|відповідь|ответ",
    r"\b(?:just|then|now) (?:say|tell|give|write|type|show|do)\b|\b(?:do|solve|calculate|finish|compute) (?:it|this|"
    r"that|"
    r"the task|the calculation|the question|the whole|everything) ?(?:for me)?\b|\bfor me\b",
    r"\bwhat (?:do|should|must|can) i (?:have to )?(?:type|write|enter|put|click)\b|\bwhat to (?:write|type|enter|"
    r"put)\b|"
    r"\bwhat is it(?: then)?\b|\bwhat'?s (?:it|x)\b|\bwhat comes out\b|\bwas kommt (?:da )?raus\b|\bwas ist es\b",
    r"\bis (?:it|the (?!difference)\w+|x|that) (?:bigger|larger|smaller|less|more|greater|higher|lower|even|odd|"
    r"between|above|below|"
    r"over|under|positive|negative|prime|divisible|a multiple|close|near|around|about|an? )",
    r"\bist (?:es|sie|das|x|die \w+) (?:grösser|kleiner|mehr|weniger|gerade|ungerade|zwischen|über|unter|positiv|"
    r"negativ|"
    r"teilbar|eine? )",
    r"\b(?:first|last|second|third|next|erste|letzte|nächste|zweite)[rsn]? (?:digit|number|letter|line|ziffer|zahl|"
    r"zeile|"
    r"buchstabe|word|stelle)\b|\bdoes \d+ divide\b|\bhow many digits\b|\bwie viele (?:stellen|ziffern)\b",
    r"\b(?:which|what|welche[rs]?) (?:options?|letter|one|choices?|of (?:them|these)|antwort|möglichkeit)\b|\bthe "
    r"letter\b|"
    r"\bwhich (?:\w+ )?(?:are|is) (?:wrong|right|correct|false)\b",
    r"\b(?:ignore|forget|disregard|override|disable|bypass|vergiss|ignoriere)\b.{0,40}\b(?:instructions?|rules?|"
    r"previous|"
    r"above|everything|protection|prompt|regeln|anweisungen|alles)\b",
    r"\b(?:system|developer|admin(?:istrator)?|jailbreak|unrestricted|im_start|im_end|prompt|root|debug|override)\b",
    r"\b(?:you are|you're|act as|pretend|be like|du bist|spiel|tu so|stell dir vor)\b.{0,30}\b(?:now|dan|a|my|an|"
    r"jetzt|ein\w*)\b",
    r"\b(?:poem|story|song|json|table|rot13|base64|roman numerals?|backwards|emojis?|rückwärts|gedicht|geschichte|lied|"
    r"opposite|translate|morse|acrostic|rhyme|code|cipher|riddle)\b",
    r"\bcomplete\b.*:|\brepeat (?:the|your|after)\b|\bwrite (?:the|a) (?:whole|chain|line)|\bchain of\b|\bother side "
    r"of\b|"
    r"\bwith (?:the|all) numbers\b|\bfill(?:ed)? in\b|\bshow all\b|___|\bergänze\b|\bvervollständige\b",
    r"\b(?:reveal|disclose|leak|spoil|secret|verrate?|leaken|zeig mir|tell me|sag mir|sag es|say it|nod|blink|wink|"
    r"count "
    r"it|would you (?:count|accept)|if i (?:typed|type|write|say))\b",
    r"\b(?:what'?s|what is|was ist|wie viel ist|how much is)\s+[-(]?\d+\s*[-+*/x×:^]",
    r"\band (?:the )?next\b|\bnow do the task\b|\b(?:my|the) teacher said\b|\bminus one\b|\bhalf of it\b",
    r"\b(?:ich bin|i am|i'm) (?:the|your|der|die|dein\w*|a|an)? ?(?:teacher|admin\w*|developer|examiner|lehrer\w*|"
    r"entwickler\w*|prüfer\w*|inspector|principal|headmaster|tester)\b|\brechne\w*\b.*\bfür mich\b|\bfür mich "
    r"rechnen\b",
)
_PROBE = re.compile("|".join(_PROBES))
_INSTRUCTS = re.compile(
    r"\b(?:ignore|forget|disregard|override|disable|bypass|vergiss|ignoriere)\b.{0,40}\b(?:instructions?|rules?|"
    r"previous|"
    r"above|everything|protection|prompt|regeln|anweisungen|alles)\b|\b(?:you are now|you're now|du bist jetzt|act as|"
    r"pretend (?:to be|you)|im_start|im_end|unrestricted|jailbreak|new rule|neue regel)\b|^\W*system\W|\b(?:last|"
    r"letzten?) "
    r"(?:hint|tipp|hinweis)\b|\bquote\b"
)
_CODE = re.compile(
    r"<\/?\w+[^>]*>|\{\{|\}\}|\$\{|\bimport \w+|\bprint\s*\(|\beval\s*\(|\bexec\s*\(|\bselect\b.+\bfrom\b|\bdrop "
    r"table\b|"
    r"\bcurl\b|\bwget\b|\brm -|\bsudo\b|=sum\(|\bfor \w+ in\b|\bdef \w+\(|\bfunction\b.*\{|;\s*--|'\s*or\s*'|"
    r"\balert\s*\("
    r"|\blambda\b|\bnone\b|__\w+__|\bos\.|\bif x else\b|\becho\b|=>|\bconsole\."
)
_IN_NEED = re.compile(
    r"\b(?:live any ?more|end(?:ing)? (?:it all|my life)|kill(?:ing)? (?:myself|me)|suicid\w*|(?:hurt|cut)(?:ting)? "
    r"myself|"
    r"(?:want|wanna|going|like) (?:to )?(?:die|disappear|cry|crying)|(?:he|she|they|dad|mum|mom|mother|father|"
    r"brother|sister|"
    r"uncle|someone|teacher) (?:hits?|beats?|hurts?|touch(?:es)?) me|bull(?:y|ied|ies|ying)|laugh(?:s|ing)? at me|"
    r"(?:make|"
    r"makes|making) fun of me|crying|feel(?:ing)? (?:so |really |very |like |too )*(?:awful|terrible|alone|lonely|"
    r"sad|stupid|"
    r"dumb|worthless|bad|sick|cry\w*|a failure|an idiot|horrible|depressed|hopeless|anxious|useless)|(?:so|too|just|"
    r"such an?|"
    r"really|am|i'm|bin|zu|such|total) (?:stupid|dumb|an? idiot|idiot|dumm|blöd|doof|worthless|hopeless|useless|"
    r"depressed|a "
    r"failure|a loser)|(?:so|really|just|too|always|terribly|this) bad at|i'?ll never (?:understand|get|learn|be "
    r"able|manage|"
    r"pass|be)|can'?t (?:take|stand|bear) (?:this|it) any\w*|panic\w*|makes? me (?:cry|sick|anxious|scared|sad|panic|"
    r"feel)|hates? "
    r"(?:myself|my life|me)|pointless to live|life is (?:pointless|over|meaningless)|no(?:body| one) (?:likes?|"
    r"loves?|would "
    r"miss|cares)|(?:scared|afraid|terrified) (?:of|to|about)|i am afraid|failure|loser|depress\w*|hopeless|worthless|"
    r"umbringen|selbstmord|suizid\w*|nicht mehr leben|(?:will|möchte) (?:nur noch )?(?:sterben|weinen|verschwinden)|"
    r"lach\w* "
    r"(?:über mich|mich aus)|auslachen|\w*mobb\w*|(?:schlägt|schlagen|verprügelt) mich|kann (?:das|es|ich) "
    r"(?:einfach )?nie|"
    r"schaff\w* (?:das|es) nie|lerne? (?:das|ich)? ?nie|nie verstehen|hass\w* (?:mich|mein leben)|heulen?|weinen?|"
    r"angst|panik|"
    r"versager\w*|(?:niemand|keiner) (?:mag|liebt|vermisst)|geht(?: es|'s)? (?:mir )?(?:so |sehr |gar |echt "
    r")*(?:schlecht|nicht "
    r"gut)|mir (?:\w+ ){0,2}(?:weh|(?:et)?was antun)|weh ?tun|ritze\w*|einsam|verzweifelt|hoffnungslos|wertlos)\b"
)


@dataclass(frozen=True)
class _Wishes:
    """How students of a language ask for help."""

    hint: re.Pattern[str]
    why: re.Pattern[str]
    dont_know: re.Pattern[str]
    asks: re.Pattern[str]


_ENGLISH = _Wishes(
    hint=re.compile(
        r"\b(hints?|help|(?<!no )(?<!not a )(?<!haven't a )clues?|tips?|stuck|lost|push|advice|work with|next step|"
        r"(?:how|where) to (?:start|begin|go on)|how (?:do|can|should) (?:i|you) (?:start|begin|do)\b(?! \w+ \w+)|"
        r"(?:what|where) (?:should|do|must) i (?:do|start|begin)|first step|next step|push me|nudge)\b"
    ),
    why=re.compile(
        r"^\W*why\W*$|\bwhy (?:this|that|did|do|are|must|should|am|have|again|always|me)\b(?! we\b).{0,12}\b(?:this|"
        r"that|"
        r"it|these|question|one|task|again|i|choose|pick|ask|give)\b|\bwhat is (?:this|it) (?:good )?for\b"
    ),
    dont_know=re.compile(
        r"\b(?:i (?:really |just )?(?:do not|don'?t|dont) (?:know|get|understand)(?: it| this| that| anything)?|"
        r"(?:no|not a) "
        r"(?:clue|idea)|i give up|giv(?:e|ing) up|idk|not sure|dunno|can'?t (?:do|solve) (?:it|this|that)|beats me|i "
        r"pass|no plan)\b|^\W*(?:pass|i can'?t|kp|ka|k\.? ?a\.?)\W*$|^\W*skip(?: (?:it|this|that))?\W*$"
    ),
    asks=re.compile(
        r"\b(?:what|why|how|when|where|which|who|explain|mean|means|example|difference|may i|can i|do i|should (?:i|"
        r"the|it)|is there|"
        r"trick|show me how|remind me|definition|tell me (?:about|more|how))\b"
    ),
)
_GERMAN = _Wishes(
    hint=re.compile(
        r"\b(tipps?|hinweise?|hilfe|hilf|hilfst|helfen|(?:stecke|hänge) fest|(?:wie|wo|womit) (?:ich|man|soll ich) "
        r"(?:\w+ )?(?:anf\w+|beginn\w*|start\w*)|komme? (?:\w+ )?nicht weiter|wie (?:fange?|soll)"
        r" ich|was (?:muss|soll|mache?) ich (?:zuerst|jetzt|als|denn|hier)|erster schritt|womit)\b"
    ),
    why=re.compile(
        r"^\W*(?:warum|wieso|weshalb|wozu)\W*$|\b(?:warum|wieso|weshalb)\b.{0,25}\b(?:aufgabe|frage|diese|das jetzt|"
        r"schon "
        r"wieder|mir|ich)\b"
    ),
    dont_know=re.compile(
        r"\b(?:wei(?:ß|ss)(?: ich| es| das| wirklich| echt| leider){0,3} (?:nicht|net|ned)|(?:verstehe?|kapiere?)(?: "
        r"ich)?(?: es| das)? nicht|keine?n? (?:ahnung|"
        r"plan|schimmer)|ich gebe? auf|gebe? auf|passe)\b"
    ),
    asks=re.compile(
        r"\b(?:was|warum|wieso|weshalb|wie|wann|wo|wofür|wozu|welche\w*|wer|erklär\w*|bedeutet|heisst|beispiel|"
        r"unterschied|"
        r"darf ich|kann ich|muss ich|soll ich|gibt es|trick|zeig mir (?:wie|ein)|nochmal)\b"
    ),
)
_WISHES = (_ENGLISH, _GERMAN)
_ELSEWHERE = re.compile(
    r"(?:¿|\b(?:qué|significa|entiendo|explicar\w*|puedes|expliquer|peux-tu|question ?\?|soruyu|açıklar|nedir|puoi|"
    r"spiegare"
    r"|объясн\w*|поясн\w*|comprends?|comprendo|entiendes?|ejemplo|esempio|exemple|anlamadım|anlamıyorum|capisco|"
    r"rozumiem|понимаю|"
    r"розумію|begrijp|ajuda\w*|não entendo|cómo|como (?:se|faço|hago)|comment|come si|nasıl|jak)\b|"
    r"解释|题目|不明白|不懂|شرح|"
    r"لا أفهم|わから|모르겠)"
)
_HINT_ELSEWHERE = re.compile(
    r"\b(?:pista|indice|ay[uú]d\w*|m'aider|aide\w*|aidez|aiutami|aiuto|ipucu|yardım|suggerimento|wskazówk\w*|"
    r"podpowiedź|подсказк\w*|підказк\w*|"
    r"помог\w*)\b|提示|帮|تلميح|مساعدة"
)
_GREETING = re.compile(
    r"^\W*(?:hi|hey|hello|hallo|hiya|moin|servus|good (?:morning|evening|day)|guten (?:morgen|tag|abend)|thanks?|"
    r"thank you|thx|"
    r"danke\w*|bye|goodbye|ciao|tschüss|cu|lol|haha\w*|cool|nice|great|ok(?:ay)?|yes|yep|yeah|no|nope|ja|nein|jo|gut|"
    r"super|"
    r"fine|sure|wow|omg|wtf|bro|alright|one moment|moment|wait|einen moment|warte|please|bitte|sorry)\W*(?:(?:there|"
    r"you|"
    r"so much|very much|a lot|tutor|again|then|thanks|thank you|please|bye|bitte|schön|dir|moment|guys?|bro|man)\W*)*$"
)
_PUZZLED = re.compile(
    r"\b(?:don'?t|do not|dont|didn'?t|can'?t) (?:really |quite )?(?:get|understand|follow|see) (?:the|this \w|that "
    r"\w|what|why|"
    r"how|your|one)|\b(?:verstehe?|kapiere?) (?:ich )?(?:die|den|diese\w*|was|wie|warum|nicht,? (?:was|wie|warum))\b|"
    r"\b(?:say|put|phrase|explain) (?:that|this|it) (?:differently|again|another way|otherwise)|\banders (?:sagen|"
    r"erklären)\b"
)
_STATES = re.compile(
    r"(?:so |well,? |i (?:think|guess|believe|say)|ich (?:glaube|denke|meine|sage),? )*(?:the|my|die|meine) "
    r"(?:answer|solution|"
    r"antwort|lösung)(?: (?:is|ist|lautet)|:) (?!not |nicht |what|was |please|bitte|_)|(?:i (?:think|guess|believe)|"
    r"ich (?:glaube|"
    r"denke)),? (?:it'?s|it is|es ist|das ist|that'?s) (?!not |nicht )"
)
_OTHER_THINGS = re.compile(
    r"\b(?:weather|wetter|football|soccer|fussball|movie|film|netflix|minecraft|roblox|fortnite|youtube|tiktok|"
    r"instagram|"
    r"followers?|girlfriend|boyfriend|joke|witz|president|election|pizza|bomb|weapon|drugs?|essay|history homework|"
    r"homework "
    r"in|phone should|should i wear|to wear|who (?:made|built|are) you|are you (?:a|an)|how old are you|your name|"
    r"bist du|"
    r"wie alt|wie heisst du|grade did|note hat|did \w+ (?:get|score))\b"
)
_ABOUT_QUESTION = re.compile(r"\b(?:explain|mean\w*|erklär\w*|bedeutet|heisst|word|task)\b|\?")


def intent_of(message: str, question: Question) -> Intent:
    """Decide what a message wants.

    Whoever is in need is heard first. Then an answer that can be read is an answer, in any sentence; one of the
    question's options always is. Attempts to get at the answer, by asking, by pieces or by instructions, are a PROBE;
    what is nothing of the kind and no question either is OFF_TOPIC. Nothing but an answer or not knowing is graded.

    Args:
        message: What the student wrote.
        question: The question that is open.
    """
    text = " ".join(message.replace("’", "'").casefold().split())
    if text in {option.casefold() for option in (*question.options, question.key)}:
        return Intent.ANSWER
    if _IN_NEED.search(text):
        return Intent.DISTRESS
    if _GREETING.search(text) and answer_in(message, question) not in question.options:
        return Intent.OFF_TOPIC
    if is_dont_know(text, question.language):
        return Intent.DONT_KNOW
    if question.kind not in PROSE - {QuestionKind.CHOICE} and answer_in(message, question) is not None:
        return Intent.ANSWER
    if question.kind in PROSE - {QuestionKind.CHOICE} and _STATES.match(text) and len(stripped(message)) > 1:
        return Intent.ANSWER
    return _other_intent(text, question) or _last_resort(message, text, question)


def _other_intent(text: str, question: Question) -> Intent | None:
    """The wish that a message without a readable answer names."""
    wishes = _WISHES
    odd = None if re.fullmatch(r"[-\d .,/]+", text) else odd_intent(text, question.language)
    if odd in (Intent.PERSONAL, Intent.CONTEST):
        return odd
    if _PUZZLED.search(text) and not any(said.hint.search(text) for said in wishes):
        return Intent.QUESTION
    gives_up = any(said.dont_know.search(text) for said in wishes)
    if gives_up and not _ABOUT_QUESTION.search(text) and not any(said.hint.search(text) for said in wishes):
        return Intent.DONT_KNOW
    if _CODE.search(text) or _INSTRUCTS.search(text):
        return Intent.PROBE
    if asked(text, question.language) is Intent.WHY or any(said.why.search(text) for said in wishes):
        return Intent.WHY
    if odd is not None or _OTHER_THINGS.search(text):
        return Intent.OFF_TOPIC
    if _HINT_ELSEWHERE.search(text):
        return Intent.HINT
    if _ELSEWHERE.search(text) and not _PROBE.search(text):
        return Intent.QUESTION
    if any(said.hint.search(text) for said in wishes) and not re.search(rf"\b{_ANSWER_NOUNS}\b|last hint", text):
        return Intent.HINT
    if _is_course_question(text, wishes):
        return Intent.QUESTION
    return Intent.PROBE if _PROBE.search(text) else None


def _is_course_question(text: str, wishes: tuple[_Wishes, ...]) -> bool:
    """Whether a message asks about the subject and not for the answer of the open question."""
    asks = any(said.asks.search(text) for said in wishes)
    about_form = re.search(
        r"\b(?:how precise|unit|einheit|formula|formel|calculator|taschenrechner|round|runden|method|decimal|called|"
        r"trick|"
        r"remember|kind of|form|example|beispiel|as an? |fraction|bruch|other numbers|anderen zahlen|real life|daily "
        r"life|asking me|the task|die aufgabe|explain)\b",
        text,
    )
    return asks and (bool(about_form) or not _PROBE.search(text))


def _last_resort(message: str, text: str, question: Question) -> Intent:
    """For what names no wish: an answer that cannot be read, a question, or chatter."""
    if question.kind in PROSE - {QuestionKind.CHOICE}:
        words = len(stripped(message).split())
        return Intent.QUESTION if text.endswith("?") and words > 3 else Intent.ANSWER
    if not stripped(message) or attempted(message, question):
        return Intent.ANSWER
    return Intent.QUESTION if text.endswith("?") and len(text.split()) > 2 else Intent.OFF_TOPIC
