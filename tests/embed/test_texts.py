from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Question, QuestionKind
from preceptor.embed import BankTexts, CourseVectors, Marker, TextVectors, in_order, marked, said
from preceptor.embed.labels import held_out, wording
from preceptor.embed.texts import unit


@pytest.mark.parametrize(
    ("text", "told"),
    [("Question 7 (Addition)", "Addition"), ("Question 5", ""), ("KC 66", ""), ("Question 12 (KC 66, KC 7)", ""),
     ("What is 1/2?", "What is 1/2?")],
)  # fmt: skip
def test_numbers_that_stand_for_texts_are_not_said(text, told):
    assert said(text) == told


def test_rows_come_in_the_order_wanted():
    found = in_order(("a", "b", "c"), np.eye(3, dtype=np.float32), ("c", "a"))
    assert found.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert found.flags.c_contiguous


def test_every_kind_of_text_has_its_mark(clustered_bank):
    texts = BankTexts.of(clustered_bank)
    assert len(texts.marked) == len(texts.every) == 5 + 6 + 4
    assert texts.marked[0] == "[Q] Add 1 and 2"
    assert texts.marked[5] == "[S] 1 + 2"
    assert texts.marked[-1] == "[KC] Halving"
    assert marked(Marker.STEP, "") == ""


def test_tables_are_cut_where_texts_change_kind(clustered_bank):
    texts = BankTexts.of(clustered_bank)
    tables = texts.split(np.arange(15, dtype=np.float32)[:, None])
    assert [len(t) for t in (tables.questions, tables.steps, tables.concepts)] == [5, 6, 4]
    assert tables.steps[0] == 5
    assert tables.step_owner.tolist() == [0, 1, 1, 1, 4, 4]


def test_a_question_s_vector_is_half_its_own_and_half_its_steps():
    rng = np.random.default_rng(0)
    q, s = unit(rng.normal(size=(2, 4))), unit(rng.normal(size=(3, 4)))
    found = TextVectors(q, s, q, np.array([0, 0, 0])).of_questions()
    half = (q[0] + s.mean(axis=0)) / 2
    np.testing.assert_allclose(found, [half / np.linalg.norm(half), q[1]], atol=1e-6)


def test_some_questions_keep_their_own_steps(clustered_bank):
    texts = BankTexts.of(clustered_bank)
    tables = texts.split(np.arange(15, dtype=np.float32)[:, None]).take([4, 1])
    assert tables.questions[:, 0].tolist() == [1, 4]
    assert tables.steps[:, 0].tolist() == [6, 7, 8, 9, 10]
    assert tables.step_owner.tolist() == [0, 0, 0, 1, 1]


def test_content_changes_with_every_text_and_with_nothing_else(clustered_bank):
    def content(bank):
        return BankTexts.of(bank).content

    first = clustered_bank.questions[0]
    changed = [
        replace(clustered_bank, questions=(replace(first, text="x"), *clustered_bank.questions[1:])),
        replace(clustered_bank, questions=(replace(first, steps=()), *clustered_bank.questions[1:])),
        replace(clustered_bank, questions=clustered_bank.questions[1:]),
        replace(clustered_bank, concepts=(Concept("add", "Other"), *clustered_bank.concepts[1:])),
    ]
    assert len({content(bank) for bank in (clustered_bank, *changed)}) == 5
    relabelled = replace(clustered_bank, questions=(replace(first, concepts=("half",)), *clustered_bank.questions[1:]))
    assert content(relabelled) == content(clustered_bank)


def test_vectors_have_length_root_d_and_come_back_from_their_files(clustered_bank, tmp_path):
    texts, rng = BankTexts.of(clustered_bank), np.random.default_rng(2)
    made = CourseVectors.of(texts, texts.split(unit(rng.normal(size=(15, 768)))), "minilm", tuned=True)
    for rows in (made.questions, made.concepts):
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 27.7128, atol=1e-3)
    made.save(tmp_path)
    found = CourseVectors.load(tmp_path)
    np.testing.assert_array_equal(found.questions, made.questions)
    assert (found.encoder, found.tuned, found.question_ids) == ("minilm", True, texts.question_ids)
    assert found.of_texts(texts) is found
    assert found.new(texts) == (0, len(texts.questions) + len(texts.concepts))


def test_vectors_serve_whatever_the_labels_are_as_long_as_the_texts_are_the_same(clustered_bank, tmp_path):
    texts, rng = BankTexts.of(clustered_bank), np.random.default_rng(2)
    CourseVectors.of(texts, texts.split(unit(rng.normal(size=(15, 768)))), "minilm", tuned=True).save(tmp_path)
    found = CourseVectors.load(tmp_path)
    first, last = clustered_bank.concepts[0], clustered_bank.concepts[-1]
    renamed = replace(first, concept_id="another id of the same name")
    reviewed = replace(clustered_bank, concepts=(last, renamed), questions=clustered_bank.questions[::-1])
    got = found.of_texts(BankTexts.of(reviewed))
    np.testing.assert_array_equal(got.questions, found.questions[::-1])
    np.testing.assert_array_equal(got.concepts, found.concepts[[-1, 0]])
    assert got.concept_ids == (last.concept_id, renamed.concept_id)
    assert got.of_texts(BankTexts.of(reviewed)) is got
    question, *others = clustered_bank.questions
    changed = replace(reviewed, questions=(replace(question, steps=()), replace(others[0], text="New"), *others[1:]))
    assert found.of_texts(BankTexts.of(changed)) is None
    assert found.new(BankTexts.of(changed)) == (2 if question.steps else 1, len(clustered_bank.questions) + 2)


def test_two_questions_that_say_nothing_do_not_lend_each_other_their_vectors(clustered_bank):
    bank = replace(clustered_bank, questions=tuple(replace(q, text="", steps=()) for q in clustered_bank.questions))
    texts = BankTexts.of(bank)
    vectors = np.random.default_rng(2).normal(size=(len(texts.questions) + len(texts.concepts), 4))
    made = CourseVectors.of(texts, texts.split(unit(vectors)), "exrec", tuned=True)
    other = replace(bank, questions=(replace(bank.questions[0], question_id="joined"), *bank.questions[:0:-1]))
    assert made.new(BankTexts.of(other))[0] == 1
    turned = made.of_texts(BankTexts.of(replace(bank, questions=bank.questions[::-1])))
    np.testing.assert_array_equal(turned.questions, made.questions[::-1])


def test_twins_that_differ_in_numbers_alone_are_held_out_together():
    assert wording(r"Add $\frac{1}{3} + x$ to 45.") == wording(r"Add $\frac{2}{7} + y$ to 9.") == "add to"
    texts = tuple(f"{word} {n} and {n + 1}" for word in ("add", "halve", "round", "measure") * 30 for n in range(4))
    parts = held_out(texts, seed=0)
    side = {i: name for name, rows in vars(parts).items() for i in rows}
    assert len(side) == len(texts)
    assert len({(wording(texts[i]), name) for i, name in side.items()}) == 4


def test_shares_of_questions_held_out():
    texts = tuple(f"{a}{b}{c}" for a in "abcdefghijkl" for b in "mnopqrstuv" for c in "wxyzaeiou")
    parts = held_out(texts, seed=0)
    assert [round(len(rows) / len(texts), 1) for rows in vars(parts).values()] == [0.7, 0.1, 0.2]
    assert parts.test.tolist() != held_out(texts, seed=1).test.tolist()


def test_a_course_known_by_numbers_says_nothing():
    bank = Bank((Concept("c", "KC 1"),), (Question("q", "Question 1 (KC 1)", QuestionKind.UNKNOWN, "", ("c",)),))
    assert not any(BankTexts.of(bank).every)
