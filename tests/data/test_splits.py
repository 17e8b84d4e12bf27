import numpy as np
import pytest

from preceptor.data import assign_folds, brings_folds, read_folds, split_by_fold, split_by_student, write_folds
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


def test_folds_of_the_data_set_are_kept_where_their_number_is_wanted():
    log = make("abcdef", [1, 2, 3, 1, 2, 3], without="f")
    assert assign_folds(log, 3, seed=0).tolist() == [1, 2, 3, 1, 2, -1]
    assert set(assign_folds(make([f"s{i}" for i in range(60)], [1, 2] * 30), 4, 0).tolist()) == {1, 2, 3, 4}


def test_folds_may_be_counted_from_0():
    log = make("abcdef", [0, 1, 2, 0, 1, 2])
    assert assign_folds(log, 3, seed=0).tolist() == [1, 2, 3, 1, 2, 3]
    assert brings_folds(log, 3)
    assert not brings_folds(log, 2)


def test_the_last_of_one_fold_more_is_held_out():
    """As pyKT's own files have it: folds 0 to 4, and the test students in fold 5."""
    log = make("abcdef", [5, 0, 1, 2, 3, 4])
    assert assign_folds(log, 5, seed=0, held_out=0.2).tolist() == [0, 1, 2, 3, 4, 5]
    assert brings_folds(log, 5, held_out=True)


def test_folds_by_hash_are_about_equal_and_stay_when_others_join():
    few = make([f"s{i}" for i in range(3000)])
    many = make([f"t{i}" for i in range(50)] + [f"s{i}" for i in range(3000)])
    folds = assign_folds(few, 5, seed=1)
    assert np.allclose(np.bincount(folds)[1:] / 3000, 0.2, atol=0.03)
    assert np.array_equal(folds, assign_folds(many, 5, seed=1)[50:])
    assert not np.array_equal(folds, assign_folds(few, 5, seed=2))


def test_a_share_may_be_held_out_in_fold_0():
    folds = assign_folds(make([f"s{i}" for i in range(3000)], [1, 2] * 1500), 2, seed=1, held_out=0.2)
    assert np.allclose(np.bincount(folds) / 3000, [0.2, 0.4, 0.4], atol=0.03)


def test_the_split_of_a_fold():
    split = split_by_fold(np.array([1, 2, 3, 0, -1, 3]), test=3, valid=1)
    assert (split.train.tolist(), split.valid.tolist(), split.test.tolist()) == ([1], [0], [2, 5])
    with pytest.raises(UserError, match="leave 2 students to train, 0 to"):
        split_by_fold(np.array([1, 2, 3]), test=3, valid=7)


def test_exported_splits_are_read_back(tmp_path):
    log = make(["a", "b,c", "d"], without="d")
    write_folds(tmp_path / "splits.csv", log, np.array([2, 1, -1]))
    assert read_folds(tmp_path / "splits.csv", log).tolist() == [2, 1, -1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student_id,fold\na,1\n", "1 students of the log are missing from it, for example 'b'"),
        ("student_id,fold\na,1\nb,2\nx,1\n", "1 students have no answers in the log, for example 'x'"),
        ("student_id,fold\na,1\nb,2\na,2\n", "stand in it more than once, for example 'a'"),
        ("student_id,fold\na,1\nb,-2\n", "below 0"),
        ("student_id,fold\na,one\n", "no table of splits"),
        ("student,fold\na,1\nb,2\n", "its header is student,fold"),
        ("", "no table of splits"),
    ],
)
def test_splits_that_do_not_fit_the_log_are_refused(tmp_path, text, words):
    (tmp_path / "splits.csv").write_text(text)
    with pytest.raises(UserError, match=words):
        read_folds(tmp_path / "splits.csv", make("ab"))


def test_a_table_of_splits_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="no table of splits"):
        read_folds(tmp_path / "none.csv", make("ab"))
