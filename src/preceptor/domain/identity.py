"""Identity by content: the same thing has the same id wherever and whenever it is seen."""

from hashlib import blake2b

ID_BYTES = 10


def digest(*parts: object) -> str:
    """Hash parts to 20 hexadecimal digits.

    The parts' lengths are hashed too, so ("ab", "c") differs from ("a", "bc").

    Args:
        parts: Values whose `str` form identifies them.
    """
    texts = [str(part).encode() for part in parts]
    content = b"".join([b"%d:%b" % (len(text), text) for text in texts])
    return blake2b(content, digest_size=ID_BYTES).hexdigest()


def question_id(source: str, source_id: str) -> str:
    """Identify a question by where it comes from; its content may be mended without changing this id."""
    return "q" + digest(source, source_id)


def event_id(source: str, student_id: str, position: int, question: str, correct: float) -> str:
    """Identify an answer event, so that importing the same log twice changes nothing."""
    return digest(source, student_id, position, question, f"{correct:g}")
