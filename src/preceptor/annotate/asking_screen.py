"""What a model may say: labels that are names, steps that are steps, and no traces of orders in a question's text."""

import re
import unicodedata

MOST_NAME_CHARS = 110
MOST_NAME_WORDS = 18

_ORDERS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|above|previous|prior|before|system)
    | \b(?:system|developer)\s*(?:prompt|message|role)\b
    | (?:^|\n)\s*\W{0,3}\s*(?:system|assistant|user|developer)\s*(?::|\n)
    | \byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:\w+\s+)?(?:assistant|model|chatbot|ai)\b
    | \b(?:new|updated|real|true|following)\s+instructions?\b
    | \b(?:respond|reply|answer|output|print|return|write)\b.{0,30}
      \b(?:instead|json|verbatim|exactly\s+the\s+following)\b
    | \b(?:label|tag|classify|annotate|categori[sz]e)\s+
      (?:(?:this|the|that)\s+(?:question|item|exercise|problem)|this|it)\s+(?:as|with)\b
    | \bknowledge\s+(?:concept|component)s?\b
    | \b(?:api[\s_-]?key|jailbreak)\b
    | <\s*/?\s*(?:system|assistant|user|instructions?|script)\b | <\|(?:\w+_\w+|system|user|assistant)\|>
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SENTENCE = re.compile(r"[!?;](?:\s|$)|\.\s+[A-Z]|[\n\r\t]")
_MARKUP = re.compile(r"https?://|www\.|<\s*/?\s*[a-zA-Z]|```|[{}\[\]\\|`@#]|\*\*")
_STEP_MARKUP = re.compile(r"https?://|www\.|<\s*/?\s*[a-zA-Z]{2,}|<\s*/?\s*[a-zA-Z]\s*/?>|```")
_ADDRESS = re.compile(
    r"\b(?:you|your|i\s+am|i'm|we|me|my|please|must|ignore|instructions?|prompt|assistant|sorry|labels?)\b"
    r"|\b(?:system|user|developer)\s*:",
    re.IGNORECASE,
)
_CODE = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_NUMBERING = re.compile(r"^\s*(?:step\s*)?\(?\d{1,2}[.):]\s+", re.IGNORECASE)


def gives_orders(text: str) -> bool:
    """Whether a text reads as if it told a model what to do.

    It finds what is worded openly, not everything: the labels of such a question are held to what the curriculum
    offers, and every other label must still be a plausible name.
    """
    return _ORDERS.search(unicodedata.normalize("NFKC", text)) is not None


def name_problem(name: str) -> str:
    """Why a text is no name of a concept; empty if it is one."""
    if not name:
        return "a name is empty"
    shown = repr(name[:60])
    if any(not character.isprintable() for character in name):
        return f"{shown} has characters that cannot be shown"
    if len(name) > MOST_NAME_CHARS or len(name.split()) > MOST_NAME_WORDS:
        return f"{shown} is too long for a name"
    if _CODE.match(name):
        return f"{shown} is a code that the curriculum does not have"
    if sum(character.isalpha() for character in name) < max(3, len(name) / 2):
        return f"{shown} has too few letters for a name"
    if _SENTENCE.search(name) or _MARKUP.search(name):
        return f"{shown} is not a plain noun phrase"
    if _ADDRESS.search(name) or gives_orders(name):
        return f"{shown} speaks to somebody and names nothing"
    return ""


def step_problem(step: str) -> str:
    """Why a text is no step of a solution; empty if it is one."""
    if not step:
        return "a step is empty"
    if any(not character.isprintable() for character in step):
        return "a step has line breaks or characters that cannot be shown"
    if _STEP_MARKUP.search(step) or gives_orders(step):
        return "a step holds a link, markup or an order instead of mathematics"
    if step.count("$") % 2:
        return "a step has a dollar sign without its partner"
    return ""


def tidy_name(name: str) -> str:
    """A name with single spaces and without quotation marks or a full stop around it."""
    return " ".join(unicodedata.normalize("NFC", name).split()).strip(" \"'“”„.").strip()


def tidy_step(step: str) -> str:
    """A step without its number."""
    return _NUMBERING.sub("", " ".join(step.split()))


def one_line(text: str, most_chars: int = 160) -> str:
    """A model's reason as evidence: one line that can be shown; nothing where it speaks of something else."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return "" if gives_orders(line) or _STEP_MARKUP.search(line) else line[:most_chars]


def folded(name: str) -> str:
    """What two spellings of the same name share."""
    return tidy_name(name).casefold()
