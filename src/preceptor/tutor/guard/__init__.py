"""What stands between a tutor's words and the student."""

from preceptor.tutor.guard.contract import Guard, Reason, Refused, Release, Released, Shown

__all__ = ["Guard", "Reason", "Refused", "Release", "Released", "Shown"]
