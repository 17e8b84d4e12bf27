import dataclasses
from dataclasses import replace

import polars as pl
import pytest

from preceptor.course.bank_files import bank_version, read_bank, write_bank
from preceptor.domain import Bank, Concept, Distractor, Question, QuestionKind, Step, UserError


def _asked(concept, **more):
    return Question("q", "?", QuestionKind.NUMBER, "1", (concept,) if not more else ("a",), **more)


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_kind_and_language_comes_back(tmp_path, kind):
    wrong = (Distractor("{2}", "m", r"\frac{4}{2}"),)
    question = Question("q", "Löse.", kind, "{3}", ("c",), options=("2", "3"), distractors=wrong, language="de")
    bank = Bank((Concept("c", "C"),), (question,))
    write_bank(tmp_path, bank)
    assert read_bank(tmp_path) == bank


def test_a_course_from_before_languages_forms_and_derivations_still_opens(tmp_path, bank):
    write_bank(tmp_path, bank)
    path = tmp_path / "questions.parquet"
    frame = pl.read_parquet(path).drop("language", "simplest")
    old = pl.element().struct.rename_fields(["answer", "misconception_id", "derivation"])
    old = pl.struct(old.struct.field("answer"), old.struct.field("misconception_id"))
    frame.with_columns(pl.col("distractors").list.eval(old)).write_parquet(path)
    assert "derivation" not in str(pl.read_parquet(path).schema)
    plain = [
        dataclasses.replace(
            question,
            language="en",
            simplest=False,
            distractors=tuple(dataclasses.replace(d, derivation="") for d in question.distractors),
        )
        for question in bank.questions
    ]
    assert list(read_bank(tmp_path).questions) == plain


@pytest.mark.parametrize(
    ("bank", "says"),
    [
        (Bank((Concept("a", "A"),), (_asked("b"),)), "the question q names the concept 'b'"),
        (Bank((Concept("a", "A"),), (_asked("a", steps=(Step("s", ("c",)),)),)), "a step of q names the concept 'c'"),
        (
            Bank((Concept("a", "A", prerequisites=("z",)),), ()),
            "the list of prerequisites of 'a' names the concept 'z'",
        ),
    ],
)
def test_exrec_inconsistent_files_are_refused_when_a_bank_is_read(tmp_path, bank, says):
    """exrec.md §7.1 item 6: there, files of different clusterings were read together and failed much later."""
    write_bank(tmp_path, bank)
    with pytest.raises(UserError, match=says):
        read_bank(tmp_path)


def test_other_accepted_wordings_come_back_count_as_content_and_may_be_missing(tmp_path, bank):
    question = bank.questions[0]
    worded = replace(bank, questions=(replace(question, accepted=("one", "two")), *bank.questions[1:]))
    assert bank_version(worded) != bank_version(bank)
    assert worded.content_hash != bank.content_hash
    write_bank(tmp_path, worded)
    assert read_bank(tmp_path) == worded
    path = tmp_path / "questions.parquet"
    pl.read_parquet(path).drop("accepted").write_parquet(path)
    assert read_bank(tmp_path) == bank
