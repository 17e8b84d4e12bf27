"""The page of trained policies says what its run files say."""

import json

import pytest

from preceptor.cli.best_policies import best
from preceptor.cli.results_training import training_page
from preceptor.domain import UserError


def record(objective, algorithm, critic, share, seed=0):
    def found(percent):
        return {"mean": percent / 200, "sd": 0.1, "ci95": [(percent - 2) / 200, (percent + 2) / 200],
                "percent_of_bound": percent}  # fmt: skip

    return {
        "objective": objective, "algorithm": algorithm, "critic": critic, "preset": "tuned", "questions": 7,
        "model": "semantic-dkt/RUN", "students": {"train": 9, "validation": 3, "test": 4}, "transitions": 1000,
        "updates": 10, "seconds": 12.0 + seed, "validation_seconds": 3.0, "improvement": found(share),
        "scores": [0.0, share / 200], "baselines": {"random": found(-1.0)},
    }  # fmt: skip


def written(folder, part, *records):
    (folder / part).mkdir()
    for i, one in enumerate(records):
        (folder / part / f"{i}.json").write_text(json.dumps(one))


def test_every_pair_stands_beside_what_learned_nothing(tmp_path):
    written(tmp_path, "matrix", record("global", "sac", "mve", 20.0), record("weakest", "ddpg", "plain", 10.0))
    page = training_page(tmp_path)
    assert "| `sac`, mve | +20.0 (+18.0 to +22.0) | – | 12 |" in page
    assert "| `ddpg`, plain | – | +10.0 (+8.0 to +12.0) | 12 |" in page
    assert "| random | -1.0 (-3.0 to +1.0) | -1.0 (-3.0 to +1.0) | – |" in page
    assert "full budget" not in page


def test_the_best_are_a_mean_over_trainings_never_a_maximum(tmp_path):
    written(tmp_path, "matrix", record("global", "sac", "mve", 20.0))
    written(tmp_path, "best", *(record("global", "sac", "mve", share, seed) for seed, share in enumerate((10, 11, 18))))
    page = training_page(tmp_path)
    assert "| `global` | `sac`, mve | 3 | +13.0 (+2.2 to +23.8) | 13 | 3 |" in page


def test_what_ranks_among_the_best_and_was_not_trained_in_full_is_named_with_the_hours_it_would_take(tmp_path):
    slow = {**record("global", "sac", "mve", 20.0), "seconds": 3600.0}
    matrix = [slow, record("global", "sac", "plain", 30.0), record("global", "ddpg", "mve", 10.0)]
    written(tmp_path, "matrix", *matrix)
    trained = [("sac", "plain"), ("ddpg", "mve")]
    assert best(matrix, 2, most_seconds=900) == trained
    full = [{**record("global", *pair, 5.0, seed), "transitions": 5000} for pair in trained for seed in range(3)]
    written(tmp_path, "best", *full)
    assert "`sac`, mve is one of these 2. By its seconds above, as many trainings of it would take 15 hours" in (
        training_page(tmp_path)
    )


def test_without_a_training_it_says_how_to_get_one(tmp_path):
    with pytest.raises(UserError, match="no training"):
        training_page(tmp_path)
