from datetime import UTC, datetime

import numpy as np
import pytest

from preceptor.data import ReadOptions, make_reader, merge_logs
from preceptor.domain import QuestionKind, UserError, question_id

ANSWERS = "QuestionId,UserId,AnswerId,IsCorrect,CorrectAnswer,AnswerValue\n"
QUESTIONS = 'QuestionId,SubjectId\n5,"[3, 32, 144, 33]"\n6,"[3, 32, 141, 34, 33]"\n7,"[3, 32]"\n'
SUBJECTS = (
    "SubjectId,Name,ParentId,Level\n3,Maths,NULL,0\n32,Number,3,1\n144,Order,32,2\n141,Estimation,32,2\n"
    '33,BIDMAS,144,3\n34,"Upper, Lower Bounds",141,3\n'
)
TIMES = (
    "AnswerId,DateAnswered,Confidence,GroupId,QuizId,SchemeOfWorkId\n"
    "900,2020-03-24 17:22:00.000,,1,2,\n901,2020-03-24 17:21:00.000,25.0,1,2,3.0\n902,2020-04-01 09:00:00.000,,1,2,\n"
)
ROWS = "5,11,900,0,2,4\n6,11,901,1,3,3\n5,12,902,1,2,2\n"


@pytest.fixture
def folder(tmp_path):
    for name, text in (
        ("train_data/train_task_3_4.csv", ANSWERS + ROWS),
        ("metadata/question_metadata_task_3_4.csv", QUESTIONS),
        ("metadata/subject_metadata.csv", SUBJECTS),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def read(source, **options):
    return make_reader("nips34").read([source], ReadOptions(**options))


def failure(source, **options):
    with pytest.raises(UserError) as caught:
        read(source, **options)
    return str(caught.value)


def test_subjects_of_level_three_are_the_concepts_by_name(folder):
    bank = read(folder).bank
    assert [concept.name for concept in bank.concepts] == ["BIDMAS", "Upper, Lower Bounds"]
    assert not any(concept.name.isdigit() for concept in bank.concepts)
    assert bank.question[question_id("nips34", "6")].concepts == ("nips34:Upper, Lower Bounds", "nips34:BIDMAS")
    assert len(bank.questions) == 2


def test_a_question_without_a_subject_of_level_three_has_no_concept(folder):
    table = folder / "train_data" / "train_task_3_4.csv"
    table.write_text(ANSWERS + ROWS + "7,11,903,1,1,1\n")
    imported = read(table)
    assert imported.bank.question[question_id("nips34", "7")].concepts == ("nips34:Unlabelled",)
    assert imported.report["questions_without_concepts"] == 1


def test_the_option_chosen_is_the_response_and_four_options_set_the_guess_floor(folder):
    imported = read(folder)
    assert [(i.response, i.correct) for i in imported.log.interactions("11")] == [("4", 0), ("3", 1)]
    question = imported.bank.question[question_id("nips34", "5")]
    assert (question.kind, question.key, question.guess_probability) == (QuestionKind.CHOICE, "2", 0.25)
    assert not question.servable


def test_without_times_there_is_no_order_and_the_note_says_so(folder):
    imported = read(folder)
    assert np.isnan(imported.log.time_seconds).all()
    assert imported.report["rows_without_time"] == 3
    assert any("neither times nor the order" in note for note in imported.notes)


def test_times_come_from_the_answers_metadata(folder):
    (folder / "metadata" / "answer_metadata_task_3_4.csv").write_text(TIMES)
    imported = read(folder)
    first, second = imported.log.interactions("11")
    assert first.question_id == question_id("nips34", "6")
    assert first.time_seconds == datetime(2020, 3, 24, 17, 21, tzinfo=UTC).timestamp()
    assert second.time_seconds - first.time_seconds == 60
    assert imported.report["rows_moved"] == 2
    assert imported.report["rows_without_time"] == 0
    in_file_order = read(folder, order="file")
    assert [i.correct for i in in_file_order.log.interactions("11")] == [0, 1]
    assert in_file_order.report["rows_moved"] == 0


def test_an_answer_without_a_date_has_no_time(folder):
    (folder / "metadata" / "answer_metadata_task_3_4.csv").write_text(TIMES.replace("902,", "999,"))
    imported = read(folder)
    assert next(imported.log.interactions("12")).time_seconds is None
    assert imported.report["rows_without_time"] == 1


def test_an_answer_is_known_by_its_id(folder):
    old = read(folder).log
    assert merge_logs(old, read(folder).log)[1] == 0
    (folder / "metadata" / "answer_metadata_task_3_4.csv").write_text(TIMES)
    assert merge_logs(old, read(folder).log)[1] == 0
    table = folder / "train_data" / "train_task_3_4.csv"
    table.write_text(ANSWERS + "6,12,907,1,3,3\n" + ROWS)
    assert merge_logs(old, read(folder).log)[1] == 1
    (folder / "train_data" / "test_public_task_4_more_splits.csv").write_text(ANSWERS + ROWS)
    again = read(folder)
    assert len(again.log) == 4
    assert again.report["rows_repeated"] == 3


def test_a_question_with_two_right_options_keeps_the_more_frequent(folder):
    more = "5,13,903,1,2,2\n5,14,904,1,4,4\n"
    (folder / "train_data" / "train_task_3_4.csv").write_text(ANSWERS + ROWS + more)
    imported = read(folder)
    assert imported.report["questions_with_varying_keys"] == 1
    assert imported.bank.question[question_id("nips34", "5")].key == "2"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("8,11,903,1,2,2\n", "QuestionId is '8', which question_metadata_task_3_4.csv lacks"),
        ("5,11,903,1,2,5\n", "AnswerValue is '5', not one of"),
        ("5,11,903,1,,2\n", "CorrectAnswer is None, not one of"),
        ("5,11,a3,1,2,2\n", "AnswerId is 'a3', not a whole number"),
        ("5,11,99999999,1,2,2\n", "AnswerId is '99999999', not a whole number"),
        ("5,11,903,0,2,2\n", "IsCorrect is 0.0, but"),
        ("5,11,903,x,2,2\n", "correctness is 'x'"),
        ("5,,903,1,2,2\n", "student is empty"),
        ("5,11,903,1", "AnswerValue is None"),
    ],
)
def test_a_bad_row_is_named_or_skipped(folder, bad, reason):
    (folder / "train_data" / "train_task_3_4.csv").write_text(ANSWERS + ROWS + bad)
    text = failure(folder)
    assert "train_task_3_4.csv, row 4 (line 5)" in text
    assert reason in text
    imported = read(folder, on_bad_row="skip")
    assert len(imported.log) == 3
    assert [reject.row for reject in imported.rejects] == [4]


@pytest.mark.parametrize("name", ["question_metadata_task_3_4.csv", "subject_metadata.csv"])
def test_missing_metadata_are_told(folder, name):
    (folder / "metadata" / name).unlink()
    assert f"There is no {name}" in failure(folder)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("question_metadata_task_3_4.csv", QUESTIONS + '8,"[3"\n', "row 4 (line 5): SubjectId is '[3'"),
        ("question_metadata_task_3_4.csv", QUESTIONS + ',"[3]"\n', "row 4 (line 5): QuestionId is empty"),
        ("question_metadata_task_3_4.csv", QUESTIONS + "8,3\n", "row 4 (line 5): SubjectId is '3'"),
        ("question_metadata_task_3_4.csv", QUESTIONS.replace("SubjectId", "s"), "'SubjectId'"),
        ("subject_metadata.csv", SUBJECTS.replace("Level", "Depth"), "'Level'"),
        ("answer_metadata_task_3_4.csv", TIMES + "903,last week,,,,\n", "row 4 (line 5): DateAnswered is 'last week'"),
    ],
)
def test_damaged_metadata_are_told(folder, name, content, reason):
    (folder / "metadata" / name).write_text(content)
    text = failure(folder)
    assert name in text
    assert reason in text


def test_folders_without_answers_are_told(folder):
    assert "holds no answers" in failure(folder / "metadata")
    (folder / "train_data" / "train_task_3_4.csv").write_text(ANSWERS)
    assert "holds no answers" in failure(folder)


def test_golden_counts(real_data):
    imported = read(real_data("eedi_nips34"))
    log = imported.log
    assert (len(log), len(log.student_ids)) == (74_891, 615)
    assert (len(imported.bank.questions), len(imported.bank.concepts)) == (942, 57)
    assert float(log.correct.mean()) == pytest.approx(0.5440, abs=5e-5)
    assert len(np.unique(log.event_id)) == len(log)
    assert imported.report["questions_with_varying_keys"] == 3
    assert "Factors and Highest Common Factor" in {concept.name for concept in imported.bank.concepts}
