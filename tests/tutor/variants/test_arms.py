"""What holds for every variant: one budget, one context, and nothing that it may not know."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preceptor.llm import Failure, FailureKind, Reply, ScriptedModel
from preceptor.tutor.fencing import fenced
from preceptor.tutor.prompting import said_before
from preceptor.tutor.situation import Said
from preceptor.tutor.speaker import Counted, Ended
from preceptor.tutor.variants import SessionBudget, VariantSpeaker, named_variant, variant_names
from preceptor.workflow.tutoring import Tutor

from .conftest import DRAFT, FITS, READING, FakeClock, asked_of

NAMES = variant_names()
GIVEN = r"\frac{2}{9}"
BRIEF = [
    "tasa", "vanilla-icl", "mathchat", "tutorllm", "pss-mv", "tasa-no-persona", "tasa-no-memory", "tasa-no-forgetting"
]  # fmt: skip


def drafted(name, situation, model, kit_of, **more):
    variant = named_variant(name)
    return list(VariantSpeaker(variant.strategy, kit_of(variant, model, **more)).speak(situation))


def test_all_rivals_ablations_and_originals_are_registered():
    originals = {name for name in NAMES if name.endswith("-original")}

    assert set(BRIEF) <= set(NAMES)
    assert originals == {f"{name}-original" for name in ("tasa", "vanilla-icl", "mathchat", "tutorllm", "pss-mv")}
    assert {name for name in NAMES if named_variant(name).replicates} == originals


@pytest.mark.parametrize("name", NAMES)
def test_a_variant_says_its_own_name_and_only_ours_are_whole_without_a_model(name):
    variant = named_variant(name)
    ours = name == "tasa" or name.startswith("tasa-no-")

    assert variant.name == variant.named(with_model=True) == name
    assert variant.named(with_model=False) == (name if ours else f"{name}-selection")


def test_the_config_hashes_of_all_arms_are_equal():
    assert len({Tutor(named_variant(name)).budget.config_hash for name in NAMES}) == 1
    assert all(named_variant(name).calls_per_turn <= SessionBudget().calls_per_turn for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", ["answered", "wondering"])
def test_every_variant_speaks(name, case, request, model, kit_of):
    items = drafted(name, request.getfixturevalue(case), model, kit_of)

    assert "".join(item for item in items if isinstance(item, str)).strip() == DRAFT


@pytest.mark.parametrize("case", ["answered", "wondering"])
def test_context_lengths_are_equal(case, request, kit_of):
    """TASA gave its rivals four messages cut to 200 characters, and itself four whole ones."""
    situation = request.getfixturevalue(case)
    said = tuple(Said("student" if i % 2 else "tutor", f"message {i} {'word ' * 90}") for i in range(40))
    situation = replace(situation, said=said)
    wanted = said_before(said, SessionBudget().context_turns)

    assert wanted.count("message ") == 2 * SessionBudget().context_turns
    for name in NAMES:
        model = ScriptedModel([Reply(READING), Reply(DRAFT), Reply(FITS)] if "pss" in name else [Reply(DRAFT)])
        drafted(name, situation, model, kit_of)
        (shown,) = {r.messages[-1].text.count(wanted) for r in model.requests if drafts(r)}
        assert shown == 1, name


def drafts(request):
    """Whether a request is the one whose reply is shown."""
    return not request.schema and "said before in this session" in request.messages[-1].text


def secrets(situation, knows):
    """What must not stand in a prompt of who knows only so much."""
    profile, question = situation.profile, situation.question
    hidden = []
    if not knows.persona:
        hidden += [*profile.traits, *(fenced(text) for text in profile.rendered), "Answers right:"]
    if not knows.memory:
        hidden += [fenced(memory.text) for memory in profile.memories]
    if not knows.mastery:
        hidden += ["recall now", "73 %", "93 %", "forgetting score"]
    if not knows.forgetting:
        hidden += ["41 %", "forgotten 32", " ago", "After a day or more", "days"]
    if not knows.content:
        hidden += [question.steps[0].text, "Parts of different size"]
    if not knows.retrieval:
        hidden += list(profile.passages)
    if not knows.personality:
        hidden += ["m1:", "learning"]
    return hidden


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", ["answered", "wondering"])
def test_a_prompt_holds_nothing_that_the_variant_may_not_know(name, case, request, model, kit_of):
    situation = request.getfixturevalue(case)
    drafted(name, situation, model, kit_of)
    asked = asked_of(model)

    assert model.requests
    for secret in secrets(situation, named_variant(name).knows):
        assert secret not in asked, (name, secret)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("tasa", ["recall now 41 %", GIVEN, "Make them equal first"]),
        ("tasa-no-persona", [GIVEN]),
        ("tasa-no-memory", ["recall now 41 %"]),
        ("tasa-no-forgetting", ["recall now 73 %", "forgotten 0 points"]),
        ("vanilla-icl", ["Adding unlike fractions. Right: 33 % of 3 answers", "Example 2"]),
        ("mathchat", ['{"compute": "EXPRESSION"}', "Make them equal first"]),
        ("tutorllm", ["Adding unlike fractions: 73 %, 1 of 3 answers right", "a passage of the course"]),
        ("pss-mv", ["Worries about mistakes", "Step by step.", "every step from its ground"]),
        ("tasa-original", ["mastery 73 %, last practised 1.5 days ago, forgetting score 5 of 100: little forgotten"]),
        ("tutorllm-original", ["Right: 33 % of 3 answers", GIVEN]),
    ],
)
def test_a_prompt_holds_what_makes_the_variant(name, shown, answered, model, kit_of):
    drafted(name, answered, model, kit_of)

    for text in shown:
        assert text in asked_of(model)


@pytest.mark.parametrize("name", NAMES)
def test_no_variant_is_shown_the_key_of_an_open_question_or_the_next_question(name, answered, wondering, model, kit_of):
    drafted(name, wondering, model, kit_of)
    assert "7/12" not in asked_of(model)
    assert "7}{12" not in asked_of(model)

    drafted(name, answered, model, kit_of)
    assert "583" not in asked_of(model)


REPLIES = st.sampled_from(
    [
        Reply(DRAFT), Reply(FITS), Reply(READING), Reply(""), Reply("{"), Reply("```json\n{}\n```"), Reply("42"),
        Reply('{"compute": "1/2+1/3"}'), Reply('{"compute": "__import__(1)"}'), Reply('{"compute": ["1"]}'),
        Reply("It is $7/12$."), Reply("<calculate>1/0</calculate> is no number."), Reply("\n \n"),
        Failure(FailureKind.TIMEOUT, "late"), Failure(FailureKind.INVALID, "torn"), Failure(FailureKind.REFUSED),
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(NAMES),
    st.lists(REPLIES, max_size=8),
    st.booleans(),
    st.integers(1, 6),
    st.lists(st.floats(0, 12), min_size=8, max_size=8),
)
def test_no_variant_takes_more_than_its_budget_or_breaks(
    answered, wondering, kit_of, name, replies, free, calls, waits
):
    """Whatever a model says, a draft is sentences and counts, a failure at the end at most, within calls and time."""
    clock, budget = FakeClock(), SessionBudget(calls_per_turn=calls, timeout_seconds=20.0, max_tokens=200)
    times, answers = iter(waits), iter(replies)

    def answer(request):
        assert 0 < request.timeout_seconds <= budget.timeout_seconds - clock.seconds + 1e-9
        assert request.max_tokens <= budget.max_tokens
        clock.seconds += next(times)
        return next(answers, Failure(FailureKind.UNAVAILABLE))

    model = ScriptedModel(answer)
    items = drafted(name, wondering if free else answered, model, kit_of, budget=budget, monotonic=clock)

    assert len(model.requests) <= min(calls, named_variant(name).calls_per_turn)
    assert all(isinstance(item, str | Counted | Ended) for item in items)
    assert not any(isinstance(item, Ended) for item in items[:-1])
