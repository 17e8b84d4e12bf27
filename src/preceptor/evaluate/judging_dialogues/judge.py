"""A model as a judge: it sees texts and what is known of the student, never who wrote them."""

import math
from collections.abc import Sequence
from itertools import combinations

from preceptor.domain import UserError
from preceptor.evaluate.judging_dialogues.cases import Case
from preceptor.evaluate.judging_dialogues.judgement import Judgement, Outcome, seen_from_first, turned
from preceptor.evaluate.prompts import prompt
from preceptor.llm import Failure, LanguageModel, Message
from preceptor.llm.typed import ask
from preceptor.tutor.fencing import fenced
from preceptor.tutor.situation import Said

EVERY = "all"
READINGS = 2
"""Orders in which a pair is shown."""
MAX_TOKENS = 400
_LONGEST_MESSAGE = 2_000
_NONE = "-"


def pairs_of(cases: Sequence[Case], reference: str) -> list[tuple[str, str]]:
    """Arms with the arm each is held against: every other one against `reference`, or each pair for "all".

    Raises:
        UserError: If no case has the reference.
    """
    arms = sorted({arm for case in cases for arm in case.arms})
    if reference == EVERY:
        return list(combinations(arms, 2))
    if reference not in arms:
        raise UserError(
            f"No dialogue is of {reference!r}, which the others would be held against.",
            allowed=f"{', '.join(arms)}, or {EVERY} for each pair",
            mend=f"--reference {next(iter(arms), EVERY)}",
        )
    return [(arm, reference) for arm in arms if arm != reference]


def judge(model: LanguageModel, case: Case, arm: str, reference: str) -> Judgement:
    """Let a model compare two arms in both orders.

    Args:
        model: The judge.
        case: The case.
        arm: One of its arms.
        reference: Another one.
    """
    forward = _choice(model, comparison(case, arm, reference))
    backward = _choice(model, comparison(case, reference, arm))
    back = turned(backward) if isinstance(backward, Outcome) else backward
    return judgement(case, arm, reference, (forward, back))


def judgement(case: Case, arm: str, reference: str, verdicts: tuple[Outcome | Failure, ...]) -> Judgement:
    """Verdicts with what is known of the case."""
    words = [max(1, len(case.words(name).split())) for name in (arm, reference)]
    length = math.log(words[0] / words[1])
    return Judgement(case.case_id, case.student_id, case.unit, arm, reference, length, verdicts)


def comparison(case: Case, first: str, second: str) -> tuple[Message, ...]:
    """The messages that show two arms as A and B; no name of an arm or a student stands in them."""
    words = prompt("judge", case.language)
    told = words.fill(
        case.unit.value,
        profile=lines(case.profile),
        prior=_dialogue(case.prior),
        first=_dialogue(case.arms[first]),
        second=_dialogue(case.arms[second]),
    )
    return Message("system", words.fill("system")), Message("user", told)


def match(model: LanguageModel, case: Case, arm: str, stranger: Sequence[str]) -> tuple[Outcome | Failure, ...]:
    """Let a model say for which of two students an arm's words were written, in both orders.

    What the student said is not shown, for it would give them away.

    Args:
        model: The judge.
        case: The case.
        arm: One of its arms.
        stranger: The profile of another student.

    Returns:
        Two verdicts, a win where the right student is named.
    """
    words = prompt("match", case.language)

    def shown(first: Sequence[str], second: Sequence[str]) -> tuple[Message, ...]:
        said = lines([message.text for message in case.arms[arm] if message.role == "tutor"])
        told = words.fill("match", first=lines(first), second=lines(second), said=said)
        return Message("system", words.fill("system")), Message("user", told)

    forward, backward = (_choice(model, shown(*pair)) for pair in ((case.profile, stranger), (stranger, case.profile)))
    return forward, turned(backward) if isinstance(backward, Outcome) else backward


def require_pairs(cases: Sequence[Case], pairs: Sequence[tuple[str, str]]) -> list[tuple[Case, str, str]]:
    """Every case with every pair of arms that it has.

    Raises:
        UserError: If no case has two arms to compare.
    """
    found = [(case, *pair) for pair in pairs for case in cases if case.arms.keys() >= set(pair)]
    if not found:
        raise UserError("No case has two of the arms to compare.", allowed="cases with the reference and another arm")
    return found


def lines(texts: Sequence[str]) -> str:
    """Texts line by line as quotations; a dash for none."""
    return "".join(f"\n- {fenced(text, _LONGEST_MESSAGE)}" for text in texts) or _NONE


def _dialogue(messages: Sequence[Said]) -> str:
    return "".join(f"\n- {message.role}: {fenced(message.text, _LONGEST_MESSAGE)}" for message in messages) or _NONE


def _choice(model: LanguageModel, messages: tuple[Message, ...]) -> Outcome | Failure:
    from preceptor.evaluate.judging_dialogues.answers import Preferred

    answered = ask(model, messages, Preferred, max_tokens=MAX_TOKENS)
    return answered if isinstance(answered, Failure) else seen_from_first(answered.value.better)
