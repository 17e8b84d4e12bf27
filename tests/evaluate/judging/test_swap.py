"""The profile-swap probe: a stranger is another student on the same concepts, and only what fits is found by it."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.evaluate.judging_dialogues.judge import judge, judgement, match
from preceptor.evaluate.judging_dialogues.swap import match_rows, strangers, swap_rows, swapped


@pytest.fixture
def three(cases):
    """Three students with a case each."""
    return tuple(replace(case, concepts=("adding", "angles")) for case in cases[:6:2])


def test_a_case_brings_its_stranger(three):
    one = replace(three[0], stranger=("Forgets nothing.",))
    assert strangers((one, *three[1:]), 0)[one.case_id] == ("Forgets nothing.",)


def test_where_it_brings_none_another_students_case_on_the_same_concepts_does(three):
    profiles = {case.case_id: case.profile for case in three}
    found = strangers(three, 0)
    assert found.keys() == profiles.keys()
    assert all(profile in set(profiles.values()) - {profiles[name]} for name, profile in found.items())
    turned = replace(three[1], concepts=("angles", "adding"))
    assert strangers((three[0], turned), 0) == {three[0].case_id: turned.profile, turned.case_id: three[0].profile}


@pytest.mark.parametrize("concepts", [("adding",), ("adding", "areas"), ()])
def test_a_student_on_other_concepts_is_no_stranger(three, concepts):
    assert strangers((three[0], replace(three[1], concepts=concepts)), 0) == {}


def test_strangers_are_drawn_by_the_seed(cases):
    found = strangers(cases, 0)
    assert found.keys() == {case.case_id for case in cases}
    assert strangers(cases, 0) == found
    assert strangers(cases, 1) != found


def test_what_is_about_nobody_knows_what_has_no_stranger(three):
    assert strangers([replace(case, concepts=()) for case in three], 0) == {}


def test_neither_the_student_nor_an_equal_profile_is_a_stranger(three):
    one, other, _ = three
    assert strangers((one, replace(other, student_id=one.student_id)), 0) == {}
    assert strangers((one, replace(other, profile=one.profile)), 0) == {}
    assert strangers((replace(one, stranger=one.profile),), 0) == {}


def test_words_that_fit_are_matched_to_their_student_and_others_are_not(cases, scripted_judge):
    def choose(first, second, said):
        fits = [profile.split("Forgets ")[1].split(".")[0] in said for profile in (first, second)]
        return "tie" if fits[0] == fits[1] else "A" if fits[0] else "B"

    model, others = scripted_judge(choose), strangers(cases, 0)
    verdicts = {
        arm: [judgement(case, arm, arm, match(model, case, arm, others[case.case_id])) for case in cases]
        for arm in ("fitting", "plain")
    }
    fitting, plain = match_rows(verdicts, np.random.default_rng(0))
    assert fitting["found"]["ci95"][0] > 0.5
    assert fitting["wrong"] == 0
    assert plain["found"] == {"mean": 0.5, "sd": 0.0, "ci95": (0.5, 0.5)}
    assert plain["tie"] == plain["cases"] == len(cases)


def test_wins_by_fit_are_lost_with_another_profile_and_wins_by_looks_stay(cases, by_topic, scripted_judge):
    others = strangers(cases, 0)

    def lost(model):
        own = [judge(model, case, "fitting", "plain") for case in cases]
        other = [judge(model, swapped(case, others[case.case_id]), "fitting", "plain") for case in cases]
        (row,) = swap_rows(own, other, np.random.default_rng(0))
        return row["lost"]

    assert lost(by_topic)["ci95"][0] > 0.2
    assert lost(scripted_judge(lambda profile, prior, a, b: "A" if "Let us" in a else "B"))["mean"] == 0
