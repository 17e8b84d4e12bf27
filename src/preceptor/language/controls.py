"""Text that gives no orders to whatever shows it."""

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_SHOWN = str.maketrans(_PICTURES | {0x7F: "\u2421"} | dict.fromkeys(range(0x80, 0xA0), "\ufffd"))
"""Control characters of ASCII by their pictures (ESC is ␛); those beyond it have none."""


def visible(text: str) -> str:
    """A text whose control characters are seen and not obeyed; line ends and tabs stay.

    A terminal takes what follows ESC or U+009B for an order: to colour, to overwrite, to rename the window, to answer
    as if somebody had typed. Imported texts, students and models may hold such characters.
    """
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_SHOWN)
