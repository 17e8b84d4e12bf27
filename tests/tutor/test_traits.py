import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from preceptor.domain import SECONDS_PER_DAY, Outcome
from preceptor.tutor.intervals import geometric_mean, wilson
from preceptor.tutor.persona import persona_of
from preceptor.tutor.student_model import StudentModel
from preceptor.tutor.tally import Tally
from preceptor.tutor.trait_words import told
from preceptor.tutor.traits import LEAST, Trait, TraitKind


def trait(tally, kind, concept_id=""):
    return next(found for found in tally.traits(concept_id) if found.kind is kind)


@pytest.mark.parametrize(("hits", "trials"), [(0, 5), (5, 5), (3, 10), (81, 263)])
def test_wilsons_interval_is_that_of_the_library(hits, trials):
    known = stats.binomtest(hits, trials).proportion_ci(method="wilson")

    assert wilson(hits, trials) == pytest.approx((known.low, known.high))


@given(st.floats(0, 40), st.integers(1, 60))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(hits, trials):
    low, high = wilson(min(hits, trials), trials)

    assert 0 <= low <= min(hits, trials) / trials + 1e-9
    assert min(hits, trials) / trials - 1e-9 <= high <= 1


def test_the_pace_is_a_geometric_mean_with_students_interval():
    seconds = np.array([4.0, 9.0, 30.0, 12.0, 8.0, 55.0])
    logs = np.log(seconds)
    value, (low, high) = geometric_mean(float(logs.sum()), float((logs**2).sum()), len(logs))
    known = stats.t.interval(0.95, len(logs) - 1, logs.mean(), stats.sem(logs))

    assert value == pytest.approx(stats.gmean(seconds))
    assert (low, high) == pytest.approx(tuple(map(math.exp, known)))


def test_nothing_is_said_on_too_little_evidence_and_the_count_is(bank, event):
    """Defect 12: 0 % over one attempt was called a need for improvement."""
    tally = Tally.of(bank, [event("e1", "round-1", "1"), event("e2", "round-1", "2")])
    found = trait(tally, TraitKind.ACCURACY, "rounding")

    assert (found.known, found.count, found.event_ids) == (False, 2, ("e1", "e2"))
    assert told(found, "en") == "Right: too little is known (2 of 3 answers)."
    for kind in TraitKind:
        assert not Trait(kind, "", LEAST[kind] - 1).known
        assert "too little is known" in told(Trait(kind, "", 0), "en")
        assert "zu wenig bekannt" in told(Trait(kind, "", 0), "de")


def test_every_trait_counts_its_own_answers_and_cites_them(bank, event):
    day = SECONDS_PER_DAY
    history = [
        replace(event("a", "unlike-1", "2/7", 0.0, days=9), duration_seconds=10.0, hints_used=1),
        replace(event("b", "unlike-2", "2/7", 0.0, days=9 - 60 / day), duration_seconds=20.0),
        replace(event("c", "unlike-1", "?", 0.0, days=9 - 120 / day), duration_seconds=40.0, hints_used=2),
        replace(event("d", "unlike-1", "5/7", 0.0, days=9 - 180 / day), duration_seconds=5_000.0),
        replace(event("e", "unlike-1", "7/12", 1.0, days=9 - 240 / day), duration_seconds=10.0),
        replace(event("f", "unlike-1", "7/12", 1.0, days=5), duration_seconds=20.0),
        replace(event("g", "unlike-1", "7/12", 1.0, days=3), duration_seconds=40.0, hints_used=1),
        replace(event("h", "unlike-1", "5/7", 0.0, days=1)),
    ]
    tally = Tally.of(bank, history)
    found = {t.kind: t for t in tally.traits("add-unlike")}

    assert (found[TraitKind.ACCURACY].value, found[TraitKind.ACCURACY].count) == (3 / 8, 8)
    assert (found[TraitKind.PACE].value, found[TraitKind.PACE].count) == (pytest.approx(20.0), 6)
    assert found[TraitKind.PACE].event_ids == ("a", "b", "c", "e", "f", "g")  # 5,000 s are a pause
    assert (found[TraitKind.HINTS].value, found[TraitKind.HINTS].event_ids) == (
        3 / 7,
        ("a", "c", "d", "e", "f", "g", "h"),
    )
    assert (found[TraitKind.MISCONCEPTIONS].value, found[TraitKind.MISCONCEPTIONS].event_ids) == (
        2 / 4, ("a", "b", "d", "h"),
    )  # fmt: skip
    assert (found[TraitKind.PERSISTENCE].value, found[TraitKind.PERSISTENCE].event_ids) == (
        3 / 4, ("b", "c", "d", "e"),
    )  # fmt: skip
    assert (found[TraitKind.KEPT].count, found[TraitKind.KEPT].event_ids) == (3, ("f", "g", "h"))
    assert not found[TraitKind.KEPT].known  # three are too few
    assert set(tally.mistakes("add-unlike")) == {"adds-across"}


def test_a_trait_on_one_concept_does_not_hear_of_others(bank, event):
    history = [event(f"e{i}", "round-1", "4600", 1.0) for i in range(6)]
    alone = Tally.of(bank, history).traits("rounding")

    assert Tally.of(bank, [*history, *(event(f"x{i}", "like-1", "1") for i in range(5))]).traits("rounding") == alone


def test_the_usual_time_of_day_is_told_in_utc(bank, event, now):
    at_eight = [replace(event(f"e{i}", "round-1"), time_seconds=86_400.0 * i + 8 * 3_600) for i in range(9)]
    at_night = [replace(event("n", "round-1"), time_seconds=86_400.0 * 20 + 1_000)]
    found = trait(Tally.of(bank, at_eight + at_night), TraitKind.DAYTIME)

    assert (found.value, found.count, found.detail) == (0.9, 10, 1)
    assert told(found, "en").startswith("Time of day: 90 % of 10 answers between 6 and 12 o'clock UTC")


def test_undated_answers_give_no_time_of_day_and_no_forgetting(bank, event):
    tally = Tally.of(bank, [event(f"e{i}", "round-1", "4600", 1.0, days=None) for i in range(30)])

    assert trait(tally, TraitKind.DAYTIME).count == 0
    assert trait(tally, TraitKind.KEPT, "rounding").count == 0


answers_of_a_student = st.tuples(
    st.sampled_from(["unlike-1", "round-1", "like-1", "gone"]),
    st.sampled_from(["2/7", "?", "1"]),
    st.sampled_from([0.0, 0.4, 1.0]),
    st.none() | st.floats(0, 90),
)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(answers_of_a_student, max_size=30), st.data())
def test_a_persona_of_increments_is_that_of_the_replay_bit_for_bit(bank, event, known, now, answers, data):
    ordered = sorted(answers, key=lambda answer: -(answer[3] or 0))
    history = [event(f"e{i}", *answer) for i, answer in enumerate(ordered)]
    recalls = {concept.concept_id: known(concept.concept_id, 0.8, 0.6) for concept in bank.concepts}
    model = StudentModel.of(bank, history[: data.draw(st.integers(0, len(history)))])
    persona_of(model, recalls, now)  # reading changes nothing
    for later in history[model.answers :]:
        model.observe(later)
    replayed = StudentModel.of(bank, history)

    assert persona_of(model, recalls, now) == persona_of(replayed, recalls, now)
    assert model.tally.traits() == replayed.tally.traits()
    assert all(0 <= t.ci95[0] <= t.value <= t.ci95[1] + 1e-9 for t in model.tally.traits() if t.known)
    assert all(t.event_ids for t in model.tally.traits() if t.count)


def test_the_order_of_outcomes_is_no_matter_of_the_label_but_of_the_credit(bank, event):
    led = replace(event("e2", "round-1", "4600", 0.0), outcome=Outcome.CORRECT)
    tally = Tally.of(bank, [event("e1", "round-1", "1"), led] * 3)

    assert trait(tally, TraitKind.PERSISTENCE, "rounding").value == pytest.approx(2 / 5)
