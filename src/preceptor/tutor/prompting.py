"""The prompts of our tutor: a situation in, messages for a model out."""

from collections.abc import Sequence

from preceptor.answers import VerdictOutcome, as_typed
from preceptor.domain import Question
from preceptor.llm import Message
from preceptor.tutor.fencing import fenced, flat
from preceptor.tutor.free import material
from preceptor.tutor.prompts import Prompt, prompt
from preceptor.tutor.situation import Said, Situation
from preceptor.tutor.tongue import tongue_of
from preceptor.tutor.variants.contract import Kit

NONE = "-"
_LONGEST_STEM = 900
_LONGEST_SAID = 240
_GRADES = {VerdictOutcome.CORRECT: "right", VerdictOutcome.WRONG: "wrong", VerdictOutcome.DONT_KNOW: "did not know"}
_TASKS = {VerdictOutcome.CORRECT: "right", VerdictOutcome.WRONG: "wrong", VerdictOutcome.DONT_KNOW: "unknown"}


def messages(situation: Situation, kit: Kit, **more: str) -> tuple[Message, ...]:
    """What a model is asked for one turn: about a graded answer, or about a free question.

    The next question is no part of it, and of an open question neither the key nor what shows it.

    Args:
        situation: What the variant may know.
        kit: Its prompts and budget.
        more: Fields of its prompts that no other variant has, or has otherwise.
    """
    words = prompt(kit.prompts, situation.language)
    part, fields = ("answer", _of_answer) if situation.answer else ("question", _of_question)
    told = words.fill(part, **{**fields(situation, kit, words), **more})
    system = "\n\n".join(words.fill(part) for part in ("system", "manner") if part in words.parts)
    return (Message("system", system), Message("user", told))


def _of_answer(situation: Situation, kit: Kit, words: Prompt) -> dict[str, str]:
    answer, question = situation.answer, situation.question
    assert answer is not None
    mistake = situation.bank.misconception.get(answer.verdict.misconception_id) if kit.knows.content else None
    return {
        "question": flat(_stem(question), _LONGEST_STEM),
        "key": flat(as_typed(question.key, question)),
        "response": fenced(answer.response),
        "grade": tongue_of(situation.language)(_GRADES[answer.verdict.outcome]),
        "mistake": flat(f"{mistake.name}. {mistake.remedy}") if mistake else NONE,
        "steps": listed([step.text for step in question.steps]) if kit.knows.content else NONE,
        "profile": profile_of(situation, kit),
        "said": said_before(situation.said, kit.budget.context_turns),
        "task": words.fill(_TASKS[answer.verdict.outcome]),
    }


def _of_question(situation: Situation, kit: Kit, words: Prompt) -> dict[str, str]:
    question = situation.question
    return {
        "question": flat(_stem(question), _LONGEST_STEM),
        "hints": listed(question.hints[: situation.hints_opened]),
        "concepts": listed([situation.bank.concept[tag.concept_id].name for tag in situation.tags]),
        "material": listed(material(situation)) if kit.knows.content else NONE,
        "profile": profile_of(situation, kit),
        "said": said_before(situation.said, kit.budget.context_turns),
        "message": fenced(situation.message),
    }


def profile_of(situation: Situation, kit: Kit) -> str:
    """What a variant may know of the student, line by line."""
    profile = situation.profile
    rendered = profile.rendered or tuple(entry.text for entry in profile.persona)
    lines = [*(rendered if kit.knows.persona else ()), *(profile.traits if kit.knows.persona else ())]
    if kit.knows.memory:
        lines += [memory.text for memory in profile.memories]
    return "".join(f"\n- {fenced(line)}" for line in lines) or NONE


def said_before(said: Sequence[Said], turns: int) -> str:
    """The last turns of a session, a line a message; each turn has a message and a reply."""
    kept = said[-2 * turns :] if turns else ()
    return "".join(f"\n- {message.role}: {fenced(message.text, _LONGEST_SAID)}" for message in kept) or NONE


def _stem(question: Question) -> str:
    options = "; ".join(question.options)
    return f"{question.text} ({options})" if options else question.text


def listed(texts: Sequence[str]) -> str:
    """Texts line by line; a dash for none."""
    return "".join(f"\n- {flat(text, _LONGEST_STEM)}" for text in texts) or NONE
