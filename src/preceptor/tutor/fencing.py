"""What students write, made safe to stand in a prompt: data, never an instruction."""

import re
import unicodedata

from preceptor.language import visible

LONGEST_FENCED = 500

_MARKUP = re.compile(
    r"<\|?/?\s*[a-zA-Z_][^<>]{0,40}\|?>|\[/?(?:INST|SYS)\]|(?:BEGIN|END|BEGINN|ENDE)\s+DAT(?:A|EN)\b", re.IGNORECASE
)
_DEFUSED = str.maketrans({"<": "‹", ">": "›", "|": "¦", "[": "(", "]": ")", " ": "_"})
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', "'"))


def flat(text: str, limit: int = LONGEST_FENCED) -> str:
    """A text in one line, without what nobody sees, what models take for control signs or what fences data.

    What is too long is cut.
    """
    seen = "".join(sign for sign in visible(text) if unicodedata.category(sign) != "Cf")
    line = " ".join(seen.split())[:limit]
    return _MARKUP.sub(lambda found: found[0].translate(_DEFUSED), line)


def fenced(text: str, limit: int = LONGEST_FENCED) -> str:
    """A text as one quotation in one line, which nothing within it can end.

    Args:
        text: What a student wrote, or what may quote it.
        limit: Most characters of the text.
    """
    return f'"{flat(text, limit).translate(_QUOTES)}"'
