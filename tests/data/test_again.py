"""Reading a file again after it was mended, has grown or was renamed."""

import pytest

from preceptor.data import ReadOptions, make_reader, merge_logs

HEADER = "student,question,correct,response,time\n"
TIMED = ["ann,q1,1,x,10", "bob,q1,0,x,10", "ann,q1,1,x,20", "ann,q1,1,x,20", "ann,q2,0.5,x,30", "bob,q2,1,x,40"]
UNTIMED = [row.rpartition(",")[0] + "," for row in TIMED]


@pytest.fixture
def added(read_table):
    """How many answers the second text adds to the first, and how many there are then."""

    def count(first, second, name="log.csv"):
        old = read_table(HEADER + "\n".join(first), on_bad_row="skip").log
        merged, new = merge_logs(old, read_table(HEADER + "\n".join(second), name).log)
        return new, len(merged)

    return count


def breaks():
    """Files, a row of each and ways to spoil it; of a row without a time one must still tell whose it is."""
    for rows, more in ((TIMED, (("ann", "ann/1"), ("bob", ""))), (UNTIMED, ())):
        for bad, row in enumerate(rows):
            for good, broken in ((",x,", ",a,comma,"), (",q", ",,q"), *more):
                if good in row:
                    yield rows, bad, row.replace(good, broken)


@pytest.mark.parametrize(("rows", "bad", "broken"), list(breaks()))
def test_a_mended_row_is_all_that_is_added(added, rows, bad, broken):
    assert added([*rows[:bad], broken, *rows[bad + 1 :]], rows) == (1, len(rows))


@pytest.mark.parametrize("new", range(len(TIMED) + 1))
@pytest.mark.parametrize("row", ["ann,q1,1,x,20", "ann,q3,1,x,5", "eve,q1,0,x,15"])
def test_a_row_anywhere_in_a_timed_file_is_all_that_is_added(added, new, row):
    assert added(TIMED, [*TIMED[:new], row, *TIMED[new:]]) == (1, len(TIMED) + 1)


def test_a_row_at_the_end_of_an_untimed_file_is_all_that_is_added(added):
    assert added(UNTIMED, [*UNTIMED, "ann,q1,1,x,"]) == (1, len(UNTIMED) + 1)
    grown = sorted([*UNTIMED, "ann,q9,1,x,"])  # a student's block has grown in the middle of the file
    assert added(sorted(UNTIMED), grown) == (1, len(UNTIMED) + 1)


@pytest.mark.parametrize("rows", [TIMED, UNTIMED], ids=["timed", "untimed"])
def test_another_name_of_the_file_adds_nothing(added, rows):
    assert added(rows, rows, "renamed.csv") == (0, len(rows))


def test_equal_rows_of_one_file_are_two_answers(read_table):
    log = read_table(HEADER + "\n".join(TIMED)).log
    assert len(log) == len(set(log.event_id.tolist())) == len(TIMED)


def test_timed_files_that_overlap_share_their_answers(tmp_path):
    (tmp_path / "january.csv").write_text(HEADER + "\n".join(TIMED[:4]))
    (tmp_path / "spring.csv").write_text(HEADER + "\n".join(TIMED))
    together = make_reader("table").read([tmp_path], ReadOptions()).log
    alone = make_reader("table").read([tmp_path / "spring.csv"], ReadOptions()).log
    assert set(together.event_id.tolist()) == set(alone.event_id.tolist())
    assert merge_logs(alone, together)[1] == 0


def test_credits_that_look_alike_lose_no_answer(read_table):
    log = read_table(HEADER + "ann,q1,0.12345671,x,10\nann,q1,0.12345678,x,10\n").log
    assert len(set(log.event_id.tolist())) == 2
