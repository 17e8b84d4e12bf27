"""The originals' reduced forms: what TASA compared, mended where it was broken."""

import pytest

from preceptor.domain import SECONDS_PER_DAY
from preceptor.llm import Reply, ScriptedModel
from preceptor.tutor.speaker import Counted
from preceptor.tutor.variants import VariantSpeaker, named_variant, variant_names
from preceptor.tutor.variants.originals import TAU_DAYS, forgetting_told

from .conftest import DRAFT, AnyValue, asked_of


def spoken(name, situation, replies, kit_of, **more):
    variant, model = named_variant(name), ScriptedModel(replies)
    return list(VariantSpeaker(variant.strategy, kit_of(variant, model, **more)).speak(situation)), model


def test_tags_are_computed_afterwards_in_the_safe_grammar_and_never_seen(answered, kit_of):
    """The original handed tags to the interpreter's eval, and told failures in another language."""
    said = (
        "First <calculate>1/3+1/4</calculate>. Then <calculate>().__class__</calculate>. See <calculate>x</calculate>."
    )
    items, model = spoken("mathchat-original", answered, [Reply(said)], kit_of)

    assert [item for item in items if isinstance(item, Counted)] == [
        Counted("query_computed"),
        Counted("query_invalid"),
        Counted("query_invalid"),
    ]
    assert "".join(item for item in items if isinstance(item, str)) == "First 1/3+1/4 = 7/12. Then ().__class__. See x."
    assert len(model.requests) == 1


def test_a_computed_tag_may_be_rounded(answered, kit_of):
    said = [Reply("It is <calculate>sqrt(2)</calculate>.")]
    items, _ = spoken("mathchat-original", answered, said, kit_of, computer=AnyValue())

    assert items[-1] == "It is sqrt(2) = 42."


def test_each_entry_has_its_own_concept_s_forgetting(answered, kit_of):
    """The original gave the target's forgetting to entries of every concept."""
    variant = named_variant("tasa-original")
    kit = kit_of(variant, ScriptedModel([]))

    def score(mastery, days):
        return round(100 * (1 - mastery) * days / (days + TAU_DAYS))

    assert f"forgetting score {score(0.73, 1.5)} of 100" in forgetting_told("add-unlike", answered, kit)
    assert f"forgetting score {score(0.93, 2.0)} of 100" in forgetting_told("add-like", answered, kit)
    assert forgetting_told("rounding", answered, kit) == ""


def test_thirty_six_hours_are_one_and_a_half_days(answered, kit_of):
    """The original divided milliseconds by 1000 and called the seconds minutes: it printed 0.0 days."""
    known = answered.recalls["add-unlike"]
    assert answered.at_seconds - known.last_practice_seconds == 1.5 * SECONDS_PER_DAY

    kit = kit_of(named_variant("tasa-original"), ScriptedModel([]))
    assert "last practised 1.5 days ago" in forgetting_told("add-unlike", answered, kit)


def test_vanilla_icl_original_is_told_the_target_s_persona_and_no_other(answered, kit_of):
    _, model = spoken("vanilla-icl-original", answered, [Reply(DRAFT)], kit_of)
    variant = named_variant("vanilla-icl-original")

    assert variant.replicates
    assert "Adding unlike fractions" in asked_of(model)
    assert "Adding like fractions" not in asked_of(model)


@pytest.mark.parametrize("name", [name for name in variant_names() if name.endswith("-original")])
def test_no_original_is_told_worked_steps(name, answered, kit_of):
    _, model = spoken(name, answered, [Reply("calm"), Reply(DRAFT)], kit_of)

    assert answered.question.steps[0].text not in asked_of(model)
