"""What stands between a tutor's words and the student."""

from preceptor.tutor.guard.contract import Guard, Reason, Refused, Release, Released, Shown
from preceptor.tutor.guard.sentence_guard import SentenceGuard, reveals

__all__ = ["Guard", "Reason", "Refused", "Release", "Released", "SentenceGuard", "Shown", "reveals"]
