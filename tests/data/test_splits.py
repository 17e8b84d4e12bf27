import numpy as np
import pytest

from preceptor.data import split_by_student
from preceptor.domain import Log, UserError


def make(names, folds=None, without=()):
    rows = [i for i, name in enumerate(names) if name not in without]
    code = np.full(len(rows), b"x")
    return Log.of(
        names,
        ["q"],
        student=rows,
        question=np.zeros(len(rows)),
        correct=np.ones(len(rows)),
        event_id=code,
        revision=code,
        student_fold=folds,
    )


def sides(log, split):
    parts = {"train": split.train, "valid": split.valid, "test": split.test}
    return {log.student_ids[i]: side for side, students in parts.items() for i in students}


def test_folds_of_the_data_set_decide():
    log = make("abcdef", [1, 2, 3, 4, 5, 5])
    expected = dict(zip("abcdef", ["train"] * 3 + ["valid", "test", "test"], strict=True))
    assert sides(log, split_by_student(log, seed=0)) == expected
    assert sides(log, split_by_student(log, seed=1)) == expected
    other = sides(log, split_by_student(log, 0, test_fold=1, valid_fold=2))
    assert (other["a"], other["b"], other["e"]) == ("test", "valid", "train")


def test_without_folds_the_shares_are_64_16_20():
    log = make([f"s{i}" for i in range(5000)])
    split = split_by_student(log, seed=3)
    shares = np.array([len(split.train), len(split.valid), len(split.test)]) / 5000
    assert np.allclose(shares, [0.64, 0.16, 0.20], atol=0.02)
    assert sorted(np.r_[split.train, split.valid, split.test].tolist()) == list(range(5000))


def test_nobody_changes_sides_when_others_join():
    few = make([f"s{i}" for i in range(100)])
    many = make([f"t{i}" for i in range(50)] + [f"s{i}" for i in range(100)])
    before, after = sides(few, split_by_student(few, 1)), sides(many, split_by_student(many, 1))
    assert before == {name: after[name] for name in before}


def test_the_seed_changes_the_sides():
    log = make([f"s{i}" for i in range(100)])
    assert sides(log, split_by_student(log, 1)) == sides(log, split_by_student(log, 1))
    assert sides(log, split_by_student(log, 1)) != sides(log, split_by_student(log, 2))


def test_students_without_answers_take_no_part():
    log = make("abcd", [1, 4, 5, 5], without="d")
    assert set(sides(log, split_by_student(log, 0))) == set("abc")


@pytest.mark.parametrize(
    ("folds", "allowed"), [([1, 2], "the folds 1, 2"), ([-1, -1], "at least one student on each side")]
)
def test_an_empty_side_is_told(folds, allowed):
    log = make(["s1", "s2"], folds)  # two students cannot fill three sides
    with pytest.raises(UserError) as caught:
        split_by_student(log, 0)
    assert caught.value.allowed == allowed
