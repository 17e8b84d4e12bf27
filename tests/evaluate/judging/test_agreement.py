"""Agreement beyond chance, and the profile-swap probe."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from preceptor.evaluate.judging_dialogues.agreement import agreement_rows
from preceptor.evaluate.judging_dialogues.cases import Unit
from preceptor.evaluate.judging_dialogues.judge import judge, judgement, match
from preceptor.evaluate.judging_dialogues.judgement import Judgement, Outcome
from preceptor.evaluate.judging_dialogues.swap import match_rows, strangers, swap_rows, swapped
from preceptor.llm import Failure, FailureKind


def rng(seed=0):
    return np.random.default_rng(seed)


def judged(outcomes, per_student=1):
    return [
        Judgement(f"c{i}", f"s{i // per_student}", Unit.RESPONSE, "a", "b", 0.0, (outcome,))
        for i, outcome in enumerate(outcomes)
    ]


def test_kappa_is_that_of_scikit_learn():
    kinds = list(Outcome)
    drawn = [rng(seed).choice(3, 60, p=[0.5, 0.3, 0.2]) for seed in (1, 2)]
    one, other = ([kinds[i] for i in row] for row in (drawn[0], np.where(rng(3).random(60) < 0.5, *drawn)))
    (row,) = agreement_rows({"m1": judged(one), "m2": judged(other)}, rng())
    assert row["kappa"]["mean"] == pytest.approx(cohen_kappa_score(one, other))
    assert row["agree"] == pytest.approx(np.mean([a is b for a, b in zip(one, other, strict=True)]))
    assert row["kappa"]["ci95"][0] < row["kappa"]["mean"] < row["kappa"]["ci95"][1]
    assert (row["judge"], row["other"], row["cases"]) == ("m1", "m2", 60)


def test_who_always_says_the_same_agrees_by_chance_only():
    (row,) = agreement_rows({"m1": judged([Outcome.TIE] * 9), "m2": judged([Outcome.TIE] * 9)}, rng())
    assert (row["agree"], row["kappa"]["mean"]) == (1.0, 0.0)


def test_only_what_both_judged_counts():
    ours = judged([Outcome.WIN, Outcome.LOSS, Outcome.TIE, Outcome.WIN])
    theirs = judged([Outcome.WIN, Outcome.LOSS, Failure(FailureKind.TIMEOUT)])
    (row,) = agreement_rows({"m1": ours, "m2": theirs}, rng())
    assert (row["cases"], row["agree"]) == (2, 1.0)
    (none,) = agreement_rows({"m1": ours, "m2": []}, rng())
    assert (none["cases"], none["kappa"]) == (0, None)


def test_a_stranger_is_another_student_with_another_profile_and_the_same_concept(cases):
    found = strangers(cases, 0)
    assert found.keys() == {case.case_id for case in cases}
    for case in cases:
        other = found[case.case_id]
        assert other.student_id != case.student_id
        assert other.profile != case.profile
    assert strangers(cases, 0) == found
    assert strangers(cases, 1) != found
    assert strangers(cases[:2], 0) == {}


def test_words_that_fit_are_matched_to_their_student_and_others_are_not(cases, scripted_judge):
    def choose(first, second, said):
        fits = [profile.split("Forgets ")[1].split(".")[0] in said for profile in (first, second)]
        return "tie" if fits[0] == fits[1] else "A" if fits[0] else "B"

    model, others = scripted_judge(choose), strangers(cases, 0)
    verdicts = {
        arm: [judgement(case, arm, arm, match(model, case, arm, others[case.case_id])) for case in cases]
        for arm in ("fitting", "plain")
    }
    fitting, plain = match_rows(verdicts, rng())
    assert fitting["found"]["ci95"][0] > 0.5
    assert fitting["wrong"] == 0
    assert plain["found"] == {"mean": 0.5, "sd": 0.0, "ci95": (0.5, 0.5)}
    assert plain["tie"] == plain["cases"] == len(cases)


def test_wins_by_fit_are_lost_with_another_profile_and_wins_by_looks_stay(cases, by_topic, scripted_judge):
    others = strangers(cases, 0)

    def lost(model):
        own = [judge(model, case, "fitting", "plain") for case in cases]
        other = [judge(model, swapped(case, others[case.case_id]), "fitting", "plain") for case in cases]
        (row,) = swap_rows(own, other, rng())
        return row["lost"]

    assert lost(by_topic)["ci95"][0] > 0.2
    assert lost(scripted_judge(lambda profile, prior, a, b: "A" if "Let us" in a else "B"))["mean"] == 0
