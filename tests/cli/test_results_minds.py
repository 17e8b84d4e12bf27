"""The page of fitted minds says what the run files say, and the frozen families are the fitted ones."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from preceptor.cli.results_minds import FAMILIES, minds_page
from preceptor.domain import UserError, digest
from preceptor.simulate import family_class, loose_ranges, swept_ranges, taught_family_names

ROOT = Path(__file__).parents[2]
RUNS = ROOT / "results" / "minds"


@pytest.mark.parametrize("family", FAMILIES)
def test_the_frozen_numbers_are_those_of_the_committed_fit(family):
    run, frozen = json.loads((RUNS / f"{family}.json").read_text()), asdict(family_class(family).parameters_class())
    assert run["parameters"] == frozen
    assert run["parameter_hash"] == digest(family, *sorted(frozen.items()))
    for stage in run["stages"]:
        assert {name: stage["fitted"][name] for name in stage["kept"]} == {name: frozen[name] for name in stage["kept"]}


def test_every_family_that_can_be_taught_is_fitted():
    assert set(FAMILIES) == set(taught_family_names())


@pytest.mark.parametrize("family", FAMILIES)
def test_what_the_logs_clearly_tell_is_not_swept(family):
    tests = json.loads((RUNS / f"{family}.json").read_text())["tests"]
    told = {test["parameter"] for test in tests if min(test["rises"]) > 10}
    assert not told & set(swept_ranges(family))


@pytest.mark.parametrize("family", FAMILIES)
def test_whatever_the_logs_do_not_tell_is_swept_to_the_ends_that_were_tested(family):
    run = json.loads((RUNS / f"{family}.json").read_text())
    ranges = {**swept_ranges(family), **loose_ranges(family)}
    told = {test["parameter"] for test in run["tests"] if max(test["rises"]) > run["told_from"]}
    assert {test["parameter"] for test in run["tests"]} - told <= set(ranges)
    for test in run["tests"]:
        if test["parameter"] in loose_ranges(family):
            assert ranges[test["parameter"]] == pytest.approx(tuple(test["range"]), rel=0.01)


def test_the_committed_page_is_the_generated_one():
    assert (ROOT / "docs/results/minds.md").read_text() == minds_page(RUNS)


def test_a_missing_run_is_told(tmp_path):
    with pytest.raises(UserError, match="Cannot read"):
        minds_page(tmp_path)
