import pytest

from preceptor.bench import BenchOptions, make_bench, policy_training
from preceptor.bench.policy_steps import Ground
from preceptor.domain import UserError

TINY = {"questions": 24, "concepts": 6, "vector": 12, "students": 30, "answers": 8, "size": "small"}


@pytest.fixture(scope="module")
def ground():
    return Ground({"seed": 0, **TINY})


@pytest.mark.parametrize(("algorithm", "objective"), [("ddpg", "global"), ("td3", "weakest")])
def test_a_block_has_the_published_share_of_the_budget(ground, algorithm, objective):
    found = ground.trained(algorithm, objective, blocks=1)
    assert (found["transitions"], found["updates"]) == (5_120, 20)


def test_all_time_of_training_is_spent_on_something_and_validation_apart(ground):
    found = ground.trained("ddpg", "weakest", blocks=1)
    assert sum(found["spent"].values()) == pytest.approx(found["seconds"])
    assert all(seconds > 0 for seconds in found["spent"].values())
    assert found["validation_seconds"] > 0
    assert {"critics, forward", "the students' answers", "target networks"} < set(found["spent"])


class Scripted:
    """A worker that says what a training took."""

    def __init__(self, script, given, threads):
        assert given["threads"] == threads == 2

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def ask(self, algorithm, objective, blocks):
        took = {"ddpg": 3.0, "td3": 6.0, "sac": 9.0}[algorithm] * blocks
        return {"seconds": took, "validation_seconds": 1.2 * (blocks + 1), "spent": {"a": took / 4, "b": 3 * took / 4}}


def test_minutes_stand_beside_their_limits_and_a_share_is_carried_to_all(monkeypatch):
    monkeypatch.setattr(policy_training, "Worker", Scripted)
    rows = make_bench("train-policy").run(BenchOptions(batches=5, threads=2), lambda *step: None)
    own = {row.name: row for row in rows}
    single = own["ddpg, one concept: training"]
    assert (single.ours, single.reference, single.ratio) == pytest.approx((5.0, 10.0, 2.0))
    assert single.note == "5 of 100 blocks were trained and their time carried to all."
    assert own["ddpg, all concepts: training"].reference == 45.0
    assert own["td3, one concept: training"].reference is None
    assert own["sac, all concepts: validation"].ours == pytest.approx(2.0)
    assert [row.ours for row in rows[2:4]] == [75.0, 25.0]


def test_a_whole_budget_needs_no_note_and_is_not_measured_again(monkeypatch, tmp_path):
    monkeypatch.setattr(policy_training, "Worker", Scripted)
    options = BenchOptions(only=("sac-single",), threads=2, runs=tmp_path, resume=True)
    first = make_bench("train-policy").run(options, lambda *step: None)
    assert not any(row.note for row in first)
    monkeypatch.delattr(policy_training, "Worker")
    assert make_bench("train-policy").run(options, lambda *step: None) == first


def test_an_unknown_part_is_told():
    with pytest.raises(UserError, match="Unknown part 'none'"):
        make_bench("train-policy").run(BenchOptions(only=("none",)), lambda *step: None)
