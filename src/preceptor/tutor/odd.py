"""What to say to messages that are neither an answer nor about the course."""

import re
from dataclasses import dataclass

from preceptor.tutor.intent import Intent
from preceptor.tutor.tongue import Tongue


@dataclass(frozen=True)
class _Odd:
    """How students of a language say what is not about the course."""

    distress: re.Pattern[str]
    personal: re.Pattern[str]
    contest: re.Pattern[str]
    off_topic: re.Pattern[str]


_ENGLISH = _Odd(
    distress=re.compile(
        r"\b(kill(ing)? (myself|me)|suicid\w*|hurt(ing)? myself|self.?harm\w*|want to die|wanna die|end my life|"
        r"(they|he|she|someone|my \w+) (hits?|beats?|hurts?|touch(es)?|abuses?) me|nobody (likes|loves) me|"
        r"i('m| am) (so |very |really )?(scared|depressed|hopeless|worthless|afraid of)|"
        r"i hate (myself|my life)|i('m| am) being bullied|they bully me|i (can'?t|cannot) (go on|take it any ?more)|"
        r"i('m| am) (so |too |such an? )?(stupid|dumb|idiot|worthless)|crying)\b"
    ),
    personal=re.compile(
        r"[\w.+-]+@[\w-]+\.\w{2,}|(?<![\w=+*/^.,-])\+?\d[\d ()/-]{8,}\d\b(?!\s*[=+*/^])|"
        r"\b(my (phone( number)?|address|password|telephone|mobile|full name|e-?mail|surname|last name) is|"
        r"i live (at|in|on) \w+)"
    ),
    contest=re.compile(
        r"^contest\b|"
        r"\b((that|this|it|my answer) (was|is) (actually )?(right|correct)|(that|my answer) (was|is)n'?t wrong|"
        r"you('re| are) wrong|(the|your) (key|grade|grading|answer) is wrong|i was right|mark(ed)? (it|me) wrong|"
        r"that('s| is) unfair)\b"
    ),
    off_topic=re.compile(
        r"\b(weather|football|soccer|movie|film|netflix|minecraft|roblox|fortnite|youtube|tiktok|instagram|girlfriend|"
        r"boyfriend|joke|song|president|election|pizza|who (made|built|are) you|are you (a|an) (robot|human|ai|person)|"
        r"how old are you|what('s| is) your name|tell me (a story|about yourself))\b"
    ),
)
_GERMAN = _Odd(
    distress=re.compile(
        r"\b(umbringen|selbstmord|suizid\w*|mich (selbst )?(verletz\w*|ritze\w*)|ritze mich|"
        r"mir (\w+ ){0,2}(weh|(etwas|was) antun)|tue? mir (selbst )?(etwas|was) an|(will|möchte) sterben|"
        r"nicht mehr leben|(schlägt|schlagen|verprügelt|misshandelt) mich|niemand mag mich|keiner mag mich|"
        r"ich (bin|habe) (so |sehr |solche )?(angst|verzweifelt|hoffnungslos|wertlos|depressiv)|"
        r"ich hasse (mich|mein leben)|werde gemobbt|mobben mich|ich kann nicht mehr|"
        r"ich bin (so |zu )?(dumm|blöd|doof)|weinen|weine)\b"
    ),
    personal=re.compile(
        r"[\w.+-]+@[\w-]+\.\w{2,}|\b(meine (telefonnummer|handynummer|nummer|adresse|e-?mail\w*) (ist|lautet)|"
        r"mein (passwort|nachname|voller name) (ist|lautet)|ich wohne (in|an|am|auf) \w+)"
    ),
    contest=re.compile(
        r"^(einspruch|anfechten)\b|"
        r"\b((das|es|meine antwort) (war|ist) (aber |doch )+richtig|du (irrst dich|hast unrecht)|das ist unfair|"
        r"(das|meine antwort) (war|ist) (aber |doch )?nicht falsch|ich hatte (aber |doch )?recht|"
        r"(der schlüssel|die bewertung|deine lösung) ist falsch)\b"
    ),
    off_topic=re.compile(
        r"\b(wetter|fußball|kinofilm|netflix|minecraft|roblox|fortnite|youtube|tiktok|instagram|freundin|witz|lied|"
        r"präsident|kanzler|wahlen|pizza|wer (hat dich gemacht|bist du)|bist du (ein|eine) (roboter|mensch|ki|person)|"
        r"wie alt bist du|wie hei(ß|ss)t du|erzähl (mir )?(eine geschichte|etwas über dich))\b"
    ),
)
_ODD = {"en": (_ENGLISH,), "de": (_GERMAN, _ENGLISH)}


def odd_intent(message: str, language: str) -> Intent | None:
    """What a message wants if it is not about the open question; None if it may be.

    Distress is looked for first: whoever is in need and gives an answer is in need.

    Args:
        message: In small letters, spaces single.
        language: Language of the course, as an ISO 639-1 code.
    """
    for intent in (Intent.DISTRESS, Intent.PERSONAL, Intent.CONTEST, Intent.OFF_TOPIC):
        if any(getattr(said, intent.value).search(message) for said in _ODD.get(language, (_ENGLISH,))):
            return intent
    return None


REMOVED = "[personal data, not kept]"


def kept_message(message: str, language: str) -> str:
    """A message as it may be stored."""
    text = " ".join(message.replace("’", "'").casefold().split())
    return REMOVED if odd_intent(text, language) is Intent.PERSONAL else message


_KIND = (
    "That sounds hard, and I am glad that you said it. I am only a program that practises with you, so please tell a "
    "person you trust today: a parent, a teacher, a school counsellor. If you are in danger, call the emergency number "
    "or a helpline for young people right now. Nothing here is scored meanwhile; the question can wait."
)
_PRIVATE = (
    "Please do not write addresses, telephone numbers, passwords or full names here. I do not need them, and I have "
    "not kept this message. Back to the question whenever you like."
)
_ELSEWHERE = "I can only talk about this course here. Let's go on with the question."
_FISHING = (
    "I will not say yes or no before you give it as your answer. If you think so, just type it as your answer; "
    "if you are not sure, ask for a hint."
)
_REPLIES = {
    Intent.DISTRESS: _KIND,
    Intent.PERSONAL: _PRIVATE,
    Intent.OFF_TOPIC: _ELSEWHERE,
    Intent.PROBE: _FISHING,
}


def odd_reply(intent: Intent, say: Tongue) -> str:
    """The reply to an odd message; the same words always, for nothing in it depends on the student."""
    return say(_REPLIES[intent])
