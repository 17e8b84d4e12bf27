"""From pieces to rows: replicates of a student stay together, arms are paired."""

import statistics

import numpy as np
import pytest

from preceptor.evaluate.tutoring.rows import LATER, Table, calibrations, joined

N = 30


def piece(arm, seed, shift=0.0):
    rng = np.random.default_rng(seed)
    outcomes = {f"accuracy_{form}": rng.random(N).tolist() for form in ("pre", *LATER)}
    outcomes["accuracy_day7"] = [min(one + shift, 1.0) for one in outcomes["accuracy_day7"]]
    outcomes |= {f"path_{turn}": rng.random(N).tolist() for turn in range(3)}
    return {"arm": arm, "seed": seed, "outcomes": outcomes, "calibration": {"day7": [[2, 1.0, 2.0], [2, 1.0, 0.0]]}}


@pytest.fixture(scope="module")
def pieces():
    return [piece(arm, seed, shift) for seed in (1, 0) for arm, shift in (("random", 0.0), ("tasa", 0.2))]


@pytest.fixture(scope="module")
def table(pieces):
    return Table(joined(pieces), seed=0, replicates=500)


def test_replicates_are_columns_in_the_order_of_their_seeds(pieces):
    values = joined(pieces)["random"]["accuracy_pre"]
    assert values.shape == (N, 2)
    assert values[:, 0].tolist() == piece("random", 0)["outcomes"]["accuracy_pre"]


def test_the_unit_is_the_student(table):
    row = next(row for row in table.rows() if row["outcome"] == "accuracy_day7")
    assert row["n"] == N
    assert row["seeds"] == 2
    assert row["ci95"][0] < row["mean"] < row["ci95"][1]


def test_means_and_deviations_are_those_of_the_raw_values(pieces, table):
    for row in table.rows():
        own = [piece["outcomes"][row["outcome"]] for piece in pieces if piece["arm"] == row["arm"]]
        students = [sum(values) / len(values) for values in zip(*own, strict=True)]
        assert row["mean"] == pytest.approx(statistics.fmean(students))
        assert row["sd"] == pytest.approx(statistics.stdev(students))
    raw = {arm: {piece["seed"]: piece["outcomes"]["accuracy_day7"] for piece in pieces if piece["arm"] == arm}
           for arm in ("random", "tasa")}  # fmt: skip
    apart = [[b - a for a, b in zip(raw["random"][seed], raw["tasa"][seed], strict=True)] for seed in (0, 1)]
    row = table.differences("random", ["accuracy_day7"])[0]
    assert row["sd"] == pytest.approx(statistics.stdev([(a + b) / 2 for a, b in zip(*apart, strict=True)]))


def test_a_difference_is_within_student_and_replicate(table):
    found = {row["outcome"]: row for row in table.differences("random", ["accuracy_day7", "accuracy_now"])}
    assert found["accuracy_day7"]["holds"]
    assert found["accuracy_day7"]["mean"] > 0.1
    same = found["accuracy_now"]
    assert (same["mean"], same["ci95"], same["p"], same["holds"]) == (0, [0, 0], 1, False)


def test_an_arm_that_differs_in_nothing_counts_among_the_comparisons(pieces):
    alike = [{**one, "arm": "same"} for one in pieces if one["arm"] == "random"]
    apart = [piece("more", seed, 0.02) for seed in (0, 1)]
    few, many = (
        Table(joined(own), seed=0, replicates=500).differences("random", ["accuracy_day7"])
        for own in ([*pieces, *apart], [*pieces, *apart, *alike])
    )
    corrected = [next(row["holm_p"] for row in rows if row["arm"] == "tasa") for rows in (few, many)]
    assert corrected[1] == pytest.approx(corrected[0] * 3 / 2)


def test_a_reference_that_took_no_part_has_no_differences(table):
    assert table.differences("nobody") == []


def test_gains_of_groups_and_paths_are_told(table):
    assert {row["form"] for row in table.gains()} == set(LATER)
    path = [row for row in table.path() if row["arm"] == "tasa"]
    assert [row["turns"] for row in path] == [0, 1, 2]
    assert path[0]["mean"] == 0


def test_calibration_is_over_all_replicates(pieces):
    (row,) = [row for row in calibrations(pieces) if row["arm"] == "tasa"]
    assert row["answers"] == 8
    assert row["ece"] == pytest.approx(0.5)
