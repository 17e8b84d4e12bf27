"""Eedi's questions: constructs as KCs, wrong options with the misconceptions behind them."""

from pathlib import Path

import pytest

from preceptor.data import ReadOptions, make_reader
from preceptor.domain import QuestionKind, UserError

REAL = Path(__file__).parents[2] / "../shared/data/eedi_misconceptions"
HEADER = (
    "QuestionId,ConstructId,ConstructName,SubjectId,SubjectName,CorrectAnswer,QuestionText,AnswerAText,AnswerBText,"
    "AnswerCText,AnswerDText,MisconceptionAId,MisconceptionBId,MisconceptionCId,MisconceptionDId\n"
)
ROW = r'7,85,Use powers,3,Powers,B,"What is \( 2^3 \)?",\( 6 \),\( 8 \),\( 9 \),\( 5 \),12.0,,,40' + "\n"


def read(folder, **options):
    return make_reader("eedi").read([folder], ReadOptions(**options))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "train.csv").write_text(HEADER + ROW)
    (tmp_path / "misconception_mapping.csv").write_text(
        "MisconceptionId,MisconceptionName\n12,Multiplies by the power\n"
    )
    return tmp_path


def test_a_row_becomes_a_choice_with_its_construct_and_misconceptions(folder):
    bank = read(folder).bank
    (question,), (concept,) = bank.questions, bank.concepts
    assert (question.text, question.key, question.kind) == ("What is $2^3$?", "$8$", QuestionKind.CHOICE)
    assert question.options == ("$6$", "$8$", "$9$", "$5$")
    assert (concept.concept_id, concept.name) == ("eedi:85", "Use powers")
    assert [(d.answer, d.misconception_id) for d in question.distractors] == [("$6$", "eedi:12"), ("$5$", "eedi:40")]
    assert bank.misconception["eedi:12"].name == "Multiplies by the power"
    assert bank.misconception["eedi:40"].name == "Misconception 40"


def test_a_question_with_a_figure_is_never_served(folder):
    row = ROW.replace("What is", "![A square]() What is")
    (folder / "train.csv").write_text(HEADER + row)
    assert not read(folder).bank.questions[0].servable


def test_bad_rows_are_named_or_left_out(folder):
    (folder / "train.csv").write_text(HEADER + ROW + ROW.replace(",B,", ",E,") + ROW.replace("Use powers", ""))
    with pytest.raises(UserError, match="CorrectAnswer is 'E'"):
        read(folder)
    found = read(folder, on_bad_row="skip")
    assert len(found.bank.questions) == 1
    assert [reject.row for reject in found.rejects] == [2, 3]


@pytest.mark.parametrize("content", ["", HEADER, "QuestionId,ConstructId\n1,2\n"])
def test_a_file_of_another_kind_is_refused(folder, content):
    (folder / "train.csv").write_text(content)
    with pytest.raises(UserError, match=r"has no column|holds no question"):
        read(folder)


@pytest.mark.skipif(not REAL.is_dir(), reason="needs Eedi's questions")
def test_the_real_file_has_935_questions_of_545_constructs():
    bank = read(REAL).bank
    assert (len(bank.questions), len(bank.concepts)) == (935, 545)
    assert len({question.question_id for question in bank.questions}) == 935
