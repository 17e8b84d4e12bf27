import time

import numpy as np
import polars as pl
import pytest

from preceptor.data import ReadOptions, make_reader
from preceptor.domain import QuestionKind, UserError, event_id, question_id

PLAIN = "student,question,correct\nann,q1,1\nbob,q1,0\nann,q2,0.5\n"


@pytest.fixture
def far_east(monkeypatch):
    """Runs the test nine hours from UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


def rows_of(log):
    return [(i.student_id, i.question_id, i.correct) for student in log.student_ids for i in log.interactions(student)]


def test_a_plain_log_is_grouped_by_student_in_file_order(read_table):
    imported = read_table(PLAIN)
    q1, q2 = question_id("table", "q1"), question_id("table", "q2")
    assert rows_of(imported.log) == [("ann", q1, 1), ("ann", q2, 0.5), ("bob", q1, 0)]
    assert not imported.log.timed
    assert imported.report["rows_read"] == 3
    assert imported.report["rows_without_time"] == 3


def test_ids_are_the_domains_own(read_table):
    log = read_table(PLAIN, source="school").log
    first, second = log.interactions("ann")
    q2 = question_id("school", "q2")
    assert second.event_id == event_id("school", "ann", 1, q2, 0.5)
    assert first.event_id == event_id("school", "ann", 0, question_id("school", "q1"), 1)


def test_an_answer_with_a_time_is_known_by_its_time(read_table):
    (answer,) = read_table("student,question,correct,time\nann,q1,1,2.5\n", source="school").log.interactions("ann")
    assert answer.event_id == event_id("school", "ann", 0, f"{question_id('school', 'q1')}@2.5", 1)


def test_revisions_are_those_of_the_bank(read_table):
    imported = read_table(PLAIN)
    for interaction in imported.log.interactions("ann"):
        assert interaction.revision == imported.bank.question[interaction.question_id].revision


def test_usual_column_names_are_found_and_told(read_table):
    imported = read_table(
        "User ID;Problem_Id;skill;isCorrect;timestamp;fold\n7;3;Add;true;1000000000;2\n8;4;Sub;incorrect;;\n"
    )
    assert "log.csv: took column 'User ID' as student." in imported.notes
    assert "log.csv: took column 'isCorrect' as correct." in imported.notes
    assert "log.csv: took the times as seconds since 1970." in imported.notes
    assert imported.log.correct.tolist() == [1, 0]
    assert imported.log.student_fold.tolist() == [2, -1]
    assert np.array_equal(imported.log.time_seconds, [1e9, np.nan], equal_nan=True)
    assert [concept.name for concept in imported.bank.concepts] == ["Add", "Sub"]


def test_named_columns_go_before_usual_ones(read_table):
    imported = read_table(
        "user,alias,item,correct\n1,ann,a,1\n2,bob,b,0\n", columns={"student": "alias", "question": "item"}
    )
    assert imported.log.student_ids == ("ann", "bob")


def test_optional_columns_are_kept(read_table):
    log = read_table(
        'student,question,correct,duration,response,text\nann,q1,1,2.5,"3, I think",What is $1+2$?\nann,q1,0,,,\n'
    ).log
    one, two = log.interactions("ann")
    assert (one.duration_seconds, one.response) == (2.5, "3, I think")
    assert (two.duration_seconds, two.response) == (None, "")


def test_a_question_gathers_text_and_concepts_of_its_rows(read_table):
    bank = read_table(
        "student,question,correct,concepts,text\na,q1,1,Add; Carry,\na,q1,1,Carry~~Place value,How?\na,q2,1,,\n"
    ).bank
    q1, q2 = bank.questions
    assert q1.text == "How?"
    assert q1.kind is QuestionKind.UNKNOWN
    assert [bank.concept[c].name for c in q1.concepts] == ["Add", "Carry", "Place value"]
    assert [bank.concept[c].name for c in q2.concepts] == ["Unlabelled"]


def test_the_concept_separator_is_an_option(read_table):
    bank = read_table("student,question,correct,kc\na,q,1,x;y|z\n", concept_separator="|").bank
    assert [concept.name for concept in bank.concepts] == ["x;y", "z"]


def test_without_questions_the_concept_stands_as_the_question(read_table):
    imported = read_table("student,skill,correct\na,Add,1\na,Sub,0\n")
    assert len(imported.bank.questions) == len(imported.bank.concepts) == 2
    assert any("each KC stands as the question" in note for note in imported.notes)


def test_without_concepts_each_question_stands_as_its_own(read_table):
    imported = read_table(PLAIN)
    assert [concept.name for concept in imported.bank.concepts] == ["q1", "q2"]
    assert any("each question stands as its own KC" in note for note in imported.notes)


@pytest.mark.parametrize(
    ("cell", "unit", "seconds"),
    [
        ("2024-03-01", None, 1709251200),
        ("2024-03-01 12:30:00.5", None, 1709296200.5),
        ("2024-03-01T12:30:00Z", None, 1709296200),
        ("2024-03-01T12:30:00+02:00", None, 1709289000),
        ("2024-03-01 12:30:00 UTC", None, 1709296200),
        ("1709296200", None, 1709296200),
        ("1709296200500", None, 1709296200.5),
        ("86400000", "ms", 86400),
        ("1709296200", "s", 1709296200),
    ],
)
@pytest.mark.usefixtures("far_east")
def test_times_are_utc_seconds_wherever_the_program_runs(read_table, cell, unit, seconds):
    log = read_table(f"student,question,correct,time\na,q,1,{cell}\n", time_unit=unit).log
    assert log.time_seconds.tolist() == [seconds]
    assert log.timed


def test_a_timed_log_is_sorted_and_the_moves_are_counted(read_table):
    imported = read_table("student,question,correct,time\na,q3,1,30\nb,q9,1,5\na,q1,1,10\na,q2,1,10\na,q4,0,40\n")
    names = {question_id("table", f"q{i}"): i for i in range(10)}
    assert [names[i.question_id] for i in imported.log.interactions("a")] == [1, 2, 3, 4]
    assert imported.report["rows_moved"] == 3


def test_a_student_with_an_unknown_time_keeps_the_file_order(read_table):
    imported = read_table("student,question,correct,time\na,q3,1,30\na,q1,1,\na,q2,1,10\n")
    assert imported.log.time_seconds[[0, 2]].tolist() == [30, 10]
    assert imported.report["rows_moved"] == 0
    assert imported.report["rows_without_time"] == 1


def test_parquet_types_are_understood(tmp_path):
    frame = pl.DataFrame(
        {
            "student": [1.0, 1.0, 2.0],
            "question": [10, 11, 10],
            "correct": [True, False, True],
            "time": pl.Series(["2024-03-01 12:30", "2024-03-02 00:00", None]).str.to_datetime(
                "%Y-%m-%d %H:%M", time_zone="Europe/Berlin"
            ),
        }
    )
    frame.write_parquet(tmp_path / "log.parquet")
    log = make_reader("table").read([tmp_path / "log.parquet"], ReadOptions()).log
    assert log.student_ids == ("1", "2")
    assert log.correct.tolist() == [1, 0, 1]
    assert np.array_equal(log.time_seconds, [1709292600, 1709334000, np.nan], equal_nan=True)
    assert set(log.question_ids) == {question_id("table", "10"), question_id("table", "11")}


def test_tsv_byte_order_mark_blank_lines_and_line_breaks_in_cells(read_table):
    log = read_table(b'\xef\xbb\xbfstudent\tquestion\tcorrect\tresponse\n\na\tq\t1\t"x\ny"\n\n', "log.tsv").log
    assert log.response.tolist() == ["x\ny"]


def test_a_folder_and_several_files_are_one_log(tmp_path):
    (tmp_path / "b.csv").write_text("student,question,correct\nann,q1,1\n")
    (tmp_path / "a.csv").write_text(PLAIN)
    (tmp_path / "notes.md").write_text("not data")
    whole = make_reader("table").read([tmp_path], ReadOptions()).log
    assert [len(list(whole.interactions(name))) for name in ("ann", "bob")] == [3, 1]
    assert len(set(whole.event_id.tolist())) == 4
    alone = make_reader("table").read([tmp_path / "b.csv"], ReadOptions()).log
    assert alone.event_id[0] in whole.event_id


def test_files_of_one_name_keep_their_events_apart(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "log.csv").write_text(PLAIN)
    log = make_reader("table").read([tmp_path / "x", tmp_path / "y"], ReadOptions()).log
    assert len(set(log.event_id.tolist())) == 6


def test_a_mapping_file_says_what_flags_would(read_table, tmp_path):
    (tmp_path / "bank.csv").write_text("id,text\ni1,What?\n")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        'source = "school"\nbank = "bank.csv"\ntime_unit = "ms"\n[columns]\nstudent = "who"\ntime = "when"\n'
    )
    imported = read_table("who,when,item,correct,user\nann,2000,i1,1,x\n", mapping_file=mapping)
    assert imported.log.student_ids == ("ann",)
    assert imported.log.time_seconds.tolist() == [2]
    assert imported.bank.questions[0].question_id == question_id("school", "i1")
    assert imported.bank.questions[0].text == "What?"
    flags = read_table(
        "who,when,item,correct,user\nann,2000,i1,1,x\n", mapping_file=mapping, columns={"student": "user"}, source="s"
    )
    assert flags.log.student_ids == ("x",)
    assert flags.bank.questions[0].question_id == question_id("s", "i1")


@pytest.mark.parametrize(
    ("content", "words"),
    [("colums = 1", "colums"), ("source = 3", "source"), ("= x", "TOML"), ('[columns]\nstudant = "a"', "studant")],
)
def test_a_wrong_mapping_file_is_told(read_table, tmp_path, content, words):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(content)
    with pytest.raises(UserError, match=words):
        read_table(PLAIN, mapping_file=mapping)


def test_a_questions_file_brings_text_keys_and_concepts(read_table, tmp_path):
    bank_file = tmp_path / "questions.csv"
    bank_file.write_text(
        "question_id,text,key,kind,options,skill\n"
        "q1,1+1?,2,,,Add\nq2,Pick,b,,a;b,Add;Choose\nq3,Say,three,,,\nq4,Solve,x=1,equation,,Solve\n"
    )
    imported = read_table("student,question,correct,kc\na,q3,1,Talk\n", bank_file=bank_file)
    kinds = [question.kind.value for question in imported.bank.questions]
    assert kinds == ["number", "choice", "text", "equation"]
    assert imported.bank.questions[1].options == ("a", "b")
    third = imported.bank.questions[2]
    assert [imported.bank.concept[c].name for c in third.concepts] == ["Talk"]  # the log fills the gap
    assert rows_of(imported.log) == [("a", third.question_id, 1)]


def test_reading_twice_gives_the_same(read_table):
    one, two = read_table(PLAIN), read_table(PLAIN)
    assert one.bank == two.bank
    assert one.log.event_id.tolist() == two.log.event_id.tolist()


def test_the_real_timed_set_is_read(real_data):
    path = real_data("assist2017_timestamped") / "preprocessed_data_test.csv"
    imported = make_reader("table").read([path], ReadOptions())
    assert len(imported.log) == 90_586
    assert len(imported.log.student_ids) == 342
    assert len(imported.bank.questions) == 2_625
    assert len(imported.bank.concepts) == 400
    assert imported.log.timed
