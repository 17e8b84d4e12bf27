"""A situation as one variant sees it: parts are taken out, and nothing else changes."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preceptor.tutor.composer import Composer
from preceptor.tutor.rendering import parse
from preceptor.tutor.variants import EVERYTHING, Knows
from preceptor.tutor.variants.sight import recalls_for, seen

SIGHTS = st.builds(Knows, *[st.booleans()] * 7)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SIGHTS)
def test_what_is_seen_of_what_was_seen_is_the_same_again(answered, knows):
    once = seen(answered, knows)

    assert seen(once, knows) == once
    assert (once.question, once.answer, once.said, once.bank) == (
        answered.question, answered.answer, answered.said, answered.bank
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SIGHTS, SIGHTS)
def test_what_is_hidden_does_not_change_what_is_seen(answered, known, knows, before):
    """Two students who differ only in what a variant may not know look alike to it."""
    other = answered
    profile = answered.profile
    if not knows.memory:
        other = replace(other, profile=replace(profile, memories=()))
    if not knows.persona:
        other = replace(other, profile=replace(other.profile, persona=(), rendered=(), traits=()))
    if not knows.mastery:
        other = replace(other, recalls={"add-like": known("add-like", 0.2, 0.1)})
    if not knows.retrieval:
        other = replace(other, profile=replace(other.profile, passages=("another",)))

    assert seen(other, knows) == seen(answered, knows)


def test_whoever_knows_everything_but_passages_sees_everything_else(answered):
    assert seen(answered, EVERYTHING) == replace(answered, profile=replace(answered.profile, passages=()))
    assert seen(answered, Knows(retrieval=True)) == answered


def test_without_forgetting_recall_is_mastery_and_no_text_holds_a_time(answered):
    told = seen(answered, Knows(forgetting=False))

    for entry in told.profile.persona:
        figures = parse(entry.text, entry.name, "en")
        assert figures.recall == figures.mastery
        assert figures.forgotten == 0
        assert figures.since is None
    assert len(told.profile.persona) == len(answered.profile.persona)
    assert not any(" ago" in text for text in (*told.profile.rendered, *told.profile.traits))
    assert all(memory.time_seconds is None for memory in told.profile.memories)
    assert all(event.time_seconds is None for event in told.history)
    assert all(known.last_practice_seconds is None for known in told.recalls.values())


def test_without_mastery_a_persona_is_a_count_of_right_answers(answered):
    told = seen(answered, Knows(mastery=False))

    entry = next(entry for entry in told.profile.persona if entry.concept_id == "add-unlike")
    assert entry.text.startswith("Adding unlike fractions. Right: 33 % of 3 answers")
    assert entry.mastery == entry.recall == pytest.approx(1 / 3)
    assert told.recalls == {}


def test_the_deterministic_words_of_a_variant_rest_on_no_more_than_it_may_know(answered):
    whole = Composer().words(answered)
    blind = Composer().words(seen(answered, Knows(persona=False, memory=False, mastery=False, forgetting=False)))

    assert "your recall of" in whole.text.lower()
    assert whole.persona
    assert "recall" not in blind.text
    assert " ago" not in blind.text
    assert (blind.persona, blind.memories) == ((), ())
    assert "So the answer is" in blind.text


def test_counts_of_right_answers_are_never_called_recall(answered):
    told = Composer().words(seen(answered, Knows(mastery=False)))

    assert "recall" not in told.text
    assert told.persona == ()


def test_recalls_without_forgetting_keep_their_evidence(recalls):
    told = recalls_for(recalls, Knows(forgetting=False))

    assert told["add-unlike"].attempts == recalls["add-unlike"].attempts
    assert told["add-unlike"].forgotten == 0
