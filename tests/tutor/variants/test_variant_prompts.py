"""What each variant's model is asked, word for word, in both languages.

After a wanted change: write what is rendered into the file, and review the difference.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from preceptor.llm import Reply, ScriptedModel
from preceptor.tutor.prompts import prompt
from preceptor.tutor.variants import VariantSpeaker, named_variant

from .conftest import DRAFT, FITS, READING

GOLDEN = Path(__file__).parent / "golden"
FAMILIES = ("vanilla-icl", "mathchat", "tutorllm", "pss-mv", "original")
ROUNDS = {
    "vanilla-icl": [Reply(DRAFT)],
    "mathchat": [Reply('{"compute": "1/3+1/4"}'), Reply('{"compute": "1/3 + 1/4"}'), Reply("{"), Reply(DRAFT)],
    "tutorllm": [Reply(DRAFT)],
    "pss-mv": [Reply(READING), Reply(DRAFT), Reply(FITS.replace("true", "false")), Reply(DRAFT), Reply(FITS)],
    "vanilla-icl-original": [Reply(DRAFT)],
    "mathchat-original": [Reply(DRAFT)],
    "tutorllm-original": [Reply(DRAFT)],
    "pss-mv-original": [Reply("calm"), Reply(DRAFT)],
    "tasa-original": [Reply(DRAFT)],
}


def rendered(name, situation, kit_of):
    """Every message of a turn that a model is shown, each once."""
    variant, model = named_variant(name), ScriptedModel(ROUNDS[name])
    list(VariantSpeaker(variant.strategy, kit_of(variant, model)).speak(situation))
    shown = [f"[{message.role}]\n{message.text}" for request in model.requests for message in request.messages]
    return "\n\n".join(dict.fromkeys(shown)) + "\n"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("case", ["answered", "wondering"])
def test_the_rendered_prompt_is_the_reviewed_one(case, name, language, request, kit_of):
    situation = request.getfixturevalue(case)
    situation = replace(situation, question=replace(situation.question, language=language))
    path = GOLDEN / f"{name}-{case}-{language}.txt"

    assert rendered(name, situation, kit_of) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FAMILIES)
def test_both_languages_have_the_same_parts_and_fields(name):
    english, german = prompt(name, "en"), prompt(name, "de")

    assert english.parts.keys() == german.parts.keys()
    assert all(english.fields(part) == german.fields(part) for part in english.parts)


@pytest.mark.parametrize("name", FAMILIES[:-1])
def test_what_is_the_same_for_all_is_written_once(name):
    """Rivals share our tutor's rules: what differs between arms is what a variant knows and does."""
    for language in ("en", "de"):
        assert prompt(name, language).parts["system"] == prompt("tutor", language).parts["system"]
        assert prompt(name, language).parts["wrong"] == prompt("tutor", language).parts["wrong"]
