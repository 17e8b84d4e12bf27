"""PSS-MV: a profile that cites the student's lines, and drafts validated aspect by aspect."""

import json
from dataclasses import replace

import pytest

from preceptor.llm import Failure, FailureKind, Reply, ScriptedModel
from preceptor.tutor import Profile
from preceptor.tutor.guard import Reason, Refused, Released
from preceptor.tutor.speaker import Counted, Ended
from preceptor.tutor.variants import named_variant
from preceptor.tutor.variants.pss_mv import CALLS, level_told
from preceptor.tutor.variants.pss_mv_profile import NoStyle, Style, infer_style, lines_of
from preceptor.tutor.variants.turn_calls import TurnCalls

from .conftest import DRAFT, FITS, READING, asked_of

LATE = Failure(FailureKind.TIMEOUT, "late")
OTHER = "Make both parts equally large. Then count them."
NO_STYLE = "how this student learns: -\n"


def aspects(level=True, tone=True):
    return Reply(json.dumps({"level_fits": level, "tone_fits": tone, "reason": "so"}))


def reading(*traits, style="unclear", evidence=()):
    told = [{"trait": trait, "level": level, "evidence": list(cited)} for trait, level, cited in traits]
    return Reply(json.dumps({"traits": told, "style": {"style": style, "evidence": list(evidence)}}))


def spoken(situation, replies, kit_of, name="pss-mv", **more):
    variant, model = named_variant(name), ScriptedModel(replies)
    return list(variant.strategy(situation, kit_of(variant, model, **more))), model


def inferred(situation, reply, kit_of):
    variant = named_variant("pss-mv")
    kit = kit_of(variant, ScriptedModel([reply]))
    return infer_style(situation, kit, TurnCalls(kit, CALLS))


def words_in(items):
    return "".join(item for item in items if isinstance(item, str)).strip()


@pytest.mark.parametrize("failed", [LATE, Reply("calm and friendly"), Reply('{"traits": "all"}')])
def test_a_failed_inference_is_counted_and_an_absence_never_a_constant_style(failed, answered, kit_of):
    """The original read its style from an undefined variable: every student had the same, and nobody was told."""
    found, counted = inferred(answered, failed, kit_of)
    items, model = spoken(answered, [failed, Reply(DRAFT), Reply(FITS)], kit_of)

    assert isinstance(found, NoStyle)
    assert found.failure is not None
    assert Counted("inference_failed") in counted
    assert Counted("inference_failed") in items
    assert NO_STYLE in model.requests[1].messages[-1].text
    assert words_in(items) == DRAFT


@pytest.mark.parametrize("name", ["pss-mv", "pss-mv-original"])
def test_another_student_has_another_style(name, answered, kit_of):
    one = {"pss-mv": reading(("openness", "high", ["m1"])), "pss-mv-original": Reply("learns from ideas")}[name]
    other = {"pss-mv": reading(("openness", "low", ["m1"])), "pss-mv-original": Reply("learns from habit")}[name]
    asked = [asked_of(spoken(answered, [reply, Reply(DRAFT), Reply(FITS)], kit_of, name)[1]) for reply in (one, other)]

    assert asked[0] != asked[1]


def test_the_original_without_a_style_says_so_too(answered, kit_of):
    items, model = spoken(answered, [LATE, Reply(DRAFT)], kit_of, "pss-mv-original")

    assert items[0] == Counted("inference_failed")
    assert "style of learning that they show: -" in asked_of(model)
    assert words_in(items) == DRAFT


def test_the_lines_are_the_student_s_own(answered):
    lines = lines_of(answered)

    assert [lines["m1"], lines["m2"]] == ["I always get nervous with these", "2/7"]
    assert sorted(lines) == ["e1", "e2", "e3", "m1", "m2"]
    assert not any("One by one" in line for line in lines.values())


def test_traits_stand_only_on_lines_that_were_given(answered, kit_of):
    told = reading(
        ("neuroticism", "high", ["m1"]),
        ("openness", "low", ["m1", "m77"]),
        style="by_example",
        evidence=["e9"],
    )
    found, counted = inferred(answered, told, kit_of)

    assert found == Style({"neuroticism": "high"}, "", ("m1",))
    assert counted == [Counted("trait_unverified", 2)]


def test_a_trait_told_both_ways_is_no_trait(answered, kit_of):
    told = reading(("openness", "low", ["m1"]), ("openness", "high", ["m2"]))
    found, counted = inferred(answered, told, kit_of)

    assert found == NoStyle()
    assert counted == [Counted("trait_unverified", 2)]


def test_a_student_who_said_nothing_costs_no_call(answered, kit_of):
    silent = replace(answered, said=(), message="", profile=Profile())
    items, model = spoken(silent, [Reply(DRAFT), Reply(FITS)], kit_of)

    assert words_in(items) == DRAFT
    assert len(model.requests) == 2
    assert NO_STYLE in asked_of(model)


def test_a_draft_that_misses_the_level_is_made_again_and_counted(answered, kit_of):
    replies = [Reply(READING), Reply(DRAFT), aspects(level=False), Reply(OTHER), aspects()]
    items, model = spoken(answered, replies, kit_of)

    assert items[0] == Counted("draft_level")
    assert words_in(items) == OTHER
    assert "explains too much or too little" in model.requests[3].messages[-1].text
    assert len(model.requests) == CALLS


def test_of_the_last_draft_the_guard_alone_decides(answered, kit_of):
    replies = [Reply(READING), Reply(DRAFT), aspects(tone=False), Reply(OTHER), aspects(tone=False)]
    items, _ = spoken(answered, replies, kit_of)

    assert items[:2] == [Counted("draft_tone")] * 2
    assert words_in(items) == OTHER


def test_a_leak_is_drafted_again_and_never_yielded(wondering, kit_of):
    replies = [Reply(READING), Reply("Together they make $7/12$."), Reply(DRAFT), Reply(FITS)]
    items, model = spoken(wondering, replies, kit_of)

    assert items[0] == Counted("draft_leak")
    assert words_in(items) == DRAFT
    assert "gives away the answer" in model.requests[2].messages[-1].text


def test_what_the_guard_finds_wrong_is_drafted_again(answered, kit_of):
    class Claims:
        def check(self, sentence, shown):
            return Refused(Reason.FALSE_CLAIM) if "5" in sentence else Released(sentence)

    replies = [Reply(READING), Reply("Look: $2 + 2 = 5$."), Reply(DRAFT), Reply(FITS)]
    items, _ = spoken(answered, replies, kit_of, guard=Claims())

    assert items[0] == Counted("draft_false_claim")
    assert words_in(items) == DRAFT


def test_no_draft_past_the_guard_is_a_failure(wondering, kit_of):
    items, model = spoken(wondering, [Reply(READING), *[Reply("It is $7/12$.")] * 9], kit_of)

    assert items[-1] == Ended(Failure(FailureKind.INVALID, "no draft passed the guard"))
    assert words_in(items) == ""
    assert len(model.requests) == 3


def test_a_look_that_failed_is_counted_and_keeps_nothing_back(answered, kit_of):
    items, _ = spoken(answered, [Reply(READING), Reply(DRAFT), LATE], kit_of)

    assert items[0] == Counted("validation_failed")
    assert words_in(items) == DRAFT


@pytest.mark.parametrize(
    ("recall", "words"), [(0.2, "every step from its ground"), (0.6, "without their ground"), (0.9, "the idea only")]
)
def test_the_level_follows_the_recall_band(recall, words, answered, known, kit_of, model):
    from preceptor.tutor.prompts import prompt

    situation = replace(answered, recalls={"add-unlike": known("add-unlike", 0.95, recall)})
    told = level_told(situation, prompt("pss-mv", "en"))

    assert words in told
    spoken_to = ScriptedModel([Reply(READING), Reply(DRAFT), Reply(FITS)])
    list(named_variant("pss-mv").strategy(situation, kit_of(named_variant("pss-mv"), spoken_to)))
    assert f"how much to explain: {told}" in spoken_to.requests[1].messages[-1].text
    assert f"how much to explain: {told}" in spoken_to.requests[2].messages[-1].text
