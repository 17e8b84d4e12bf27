"""The least guard: it keeps the open question's key back, and what is no text for a student."""

from preceptor.tutor.guard.contract import Reason, Refused, Release, Released, Shown
from preceptor.tutor.nudge import reveals
from preceptor.tutor.sentences import LONGEST_SENTENCE


class RevealsGuard:
    """Refuses a sentence that shows the open question's key, alone or behind what was shown in this turn."""

    def check(self, sentence: str, shown: Shown) -> Release:
        """Release or refuse one sentence."""
        if not sentence.strip() or len(sentence) >= LONGEST_SENTENCE:
            return Refused(Reason.FORM, "empty or without an end")
        if shown.question is not None and not shown.may_show_key:
            behind = f"{shown.texts[-1]} {sentence}" if shown.texts else sentence
            newly = reveals(behind, shown.question) and not (shown.texts and reveals(shown.texts[-1], shown.question))
            if reveals(sentence, shown.question) or newly:
                return Refused(Reason.LEAK, "the key of the open question")
        return Released(sentence)
