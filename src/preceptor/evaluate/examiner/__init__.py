"""An examiner of tutors: an independent judge of leaks and false claims, which shares no code with the guard."""

from preceptor.evaluate.examiner.judge import Asked, false_claims, leak

__all__ = ["Asked", "false_claims", "leak"]
