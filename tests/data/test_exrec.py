import json
import pickle
from collections import Counter

import numpy as np
import pytest
import torch

from preceptor.data import ReadOptions, make_reader
from preceptor.domain import QuestionKind, UserError, question_id


def read(*sources, **options):
    return make_reader("exrec").read(list(sources), ReadOptions(**options))


@pytest.fixture
def write(exrec_files, tmp_path):
    """Writes the small files, some replaced, and returns the folder."""
    return lambda **changed: exrec_files.write_all(tmp_path / "data", **changed)


def test_published_and_script_fields_give_steps_keys_and_links(write):
    """exrec.md §7.1 item 8: there, the annotation scripts write other names than the next module reads."""
    bank = read(write()).bank
    zero, one, three = bank.questions
    assert zero.question_id == question_id("xes3g5m", "0")
    assert (zero.text, zero.kind, zero.key) == (
        "Ann has $30$ sweets and eats $10$. How many are left?",
        QuestionKind.NUMBER,
        "20",
    )
    subtraction, counting = "xes3g5m:Subtraction", "xes3g5m:Counting"
    assert zero.concepts == (subtraction, counting)
    assert [(step.text, step.concepts) for step in zero.steps] == [
        ("Start with $30$.", (counting,)),
        ("$30-10=20$", (subtraction, counting)),
    ]
    assert (one.kind, one.key, one.options) == (
        QuestionKind.CHOICE,
        "the round one",
        ("the square one", "the round one"),
    )
    assert [(step.text, step.concepts) for step in one.steps] == [("A circle is round.", ("xes3g5m:Circles",))]
    assert "figure" in three.uncheckable


def test_failed_calls_leave_no_steps_and_no_concepts_but_the_maps(write):
    imported = read(write())
    three = imported.bank.questions[2]
    assert [step.text for step in three.steps] == ["Measure."]  # the data set's own explanation, of no KC
    assert three.steps[0].concepts == ()
    assert three.concepts == ("xes3g5m:Circles", "xes3g5m:Length")
    assert imported.report["questions_without_concepts"] == 1


def test_chinese_texts_are_traced_and_never_served(write, exrec_files):
    entry = {**exrec_files.QUESTIONS["0"], "question": "艾迪有$$30$$块糖"}
    question = read(write(questions_translated_kc_sol_annotated_mapped={"0": entry})).bank.questions[0]
    assert (question.language, question.kind, question.key) == ("zh", QuestionKind.UNKNOWN, "20")


def test_clusters_have_one_source_and_the_contradicting_map_is_told(write):
    """exrec.md §7.1 item 6: there, the two maps come from two clusterings, and ids of one index the other."""
    agreeing = read(write())
    assert agreeing.bank.clusters == {
        "cluster 0": ("xes3g5m:Counting", "xes3g5m:Subtraction"),
        "cluster 1": ("xes3g5m:Circles", "xes3g5m:Length"),
    }
    assert not any("another clustering" in note for note in agreeing.notes)
    contradicting = read(write(cluster_to_que_ids_map={"0": [1, 3], "1": [0], "2": [0]}))
    assert contradicting.bank == agreeing.bank
    note = next(note for note in contradicting.notes if "another clustering" in note)
    assert "3 clusters with 4 questions, kc_clusters.json has 2, and 0 of their numbers" in note


def test_concepts_without_a_cluster_stand_alone_and_are_told(write):
    imported = read(write(kc_clusters={"0": ["Counting", "Subtraction"]}))
    assert imported.bank.clusters["xes3g5m:Circles"] == ("xes3g5m:Circles",)
    assert any("lacks 2 of 4 KCs" in note for note in imported.notes)


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("questions_translated_kc_sol_annotated_mapped", "never served"),
        ("kc_clusters", "every KC stands alone"),
        ("kc_emb", "no kc_emb.json, so the other vectors were left out"),
    ],
)
def test_any_subset_is_read_and_what_lacks_is_said(write, left_out, told):
    imported = read(write(**{left_out: None}))
    assert len(imported.bank.questions) == 3
    assert any(told in note for note in imported.notes)


def test_links_are_those_of_the_annotations_where_there_is_no_map(write):
    bank = read(write(kc_questions_map=None, kc_clusters=None)).bank
    assert [len(question.concepts) for question in bank.questions] == [2, 1, 0]


def test_vectors_of_two_parts_are_joined_and_in_the_banks_order(write, exrec_files):
    folder = write()
    imported = read(folder)
    given = {**exrec_files.vectors(["0", "1"], 1), **exrec_files.vectors(["3"], 2)}
    assert imported.vectors.question_ids == tuple(q.question_id for q in imported.bank.questions)
    assert imported.vectors.concept_ids == tuple(c.concept_id for c in imported.bank.concepts)
    directions = np.array(list(given.values()))
    lengths = np.linalg.norm(directions, axis=1, keepdims=True)
    expected = directions / lengths * np.sqrt(exrec_files.WIDTH)
    np.testing.assert_allclose(imported.vectors.questions, expected, rtol=1e-6)
    whole = folder / "qid2content_sol_avg_emb.json"
    whole.write_text(json.dumps(given))
    np.testing.assert_array_equal(read(folder).vectors.questions, imported.vectors.questions)
    whole.write_text(json.dumps({**given, "1": [1.0] * exrec_files.WIDTH}))
    with pytest.raises(UserError, match="another vector of '1'"):
        read(folder)


def test_missing_kc_vectors_are_refused_or_left_out_never_garbage(write, exrec_files):
    """exrec.md §7.1 item 14: there, a KC without a vector keeps whatever its memory held."""
    folder = write(kc_emb=exrec_files.vectors(["Counting", "Circles", "Length"], 3))
    with pytest.raises(UserError, match="the KC 'Subtraction' has no vector"):
        read(folder)
    skipped = read(folder, on_bad_row="skip")
    assert skipped.vectors is None
    assert [reject.reason for reject in skipped.rejects] == ["the KC 'Subtraction' has no vector"]
    assert any("all vectors were left out" in note for note in skipped.notes)


@pytest.mark.parametrize(
    ("vector", "told"),
    [
        ([float("nan")] * 24, "length nan"),
        ([0.0] * 24, "length 0.0"),
        ([1.0] * 23, r"shape \[23\]"),
        (["x"] * 24, "no numbers"),
        ([[1.0] * 24], r"shape \[1, 24\]"),
    ],
)
def test_vectors_without_a_direction_are_refused(write, exrec_files, vector, told):
    with pytest.raises(UserError, match=told):
        read(write(kc_emb={**exrec_files.vectors(exrec_files.LINKS, 3), "Circles": vector}))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"mapping_step_kc_gpt-4o": "1-1, 3-1, 1-9, x"}, "maps 3-1, 1-9, x, but has 2 steps and 2 KCs"),
        ({"type": "判断"}, "neither 填空 nor 单选"),
        ({"answer": "20"}, "answer: '20' is no list"),
        ({"question": 7}, "question: 7 is no text"),
        ({"step_by_step_solution_list": "x"}, "solution steps: 'x' is no list"),
        ({"options": {"A": 3}}, "options: 3 is no text"),
    ],
)
def test_wrong_entries_are_told_together_with_their_question(write, exrec_files, change, told):
    questions = {**exrec_files.QUESTIONS, "0": {**exrec_files.QUESTIONS["0"], **change}}
    folder = write(questions_translated_kc_sol_annotated_mapped=questions)
    with pytest.raises(UserError, match="question '0'") as caught:
        read(folder)
    assert told in str(caught.value)
    skipped = read(folder, on_bad_row="skip")
    assert len(skipped.bank.questions) == 3  # of a wrong mapping only the pairs; of a wrong entry the maps stay
    assert len(skipped.rejects) == 1


def test_stages_of_annotation_in_several_files_add_up(tmp_path, exrec_files):
    plain = {name: exrec_files.QUESTIONS["0"][name] for name in ("question", "type", "answer", "options", "analysis")}
    (tmp_path / "questions_translated.json").write_text(json.dumps({"0": plain}))
    steps = {"step_by_step_solution_list": ["One.", "Two."]}
    (tmp_path / "mine.json").write_text(json.dumps({"4": {**plain, **steps, "knowledge_concepts_list": ["Sums"]}}))
    (tmp_path / "questions_translated_steps.json").write_text(json.dumps({"0": steps}))
    bank = read(tmp_path, tmp_path / "mine.json").bank
    assert [[step.text for step in question.steps] for question in bank.questions] == [["One.", "Two."]] * 2


class Evil:
    def __reduce__(self):
        return (print, ("run",))


@pytest.mark.parametrize("write_it", [torch.save, lambda value, path: path.write_bytes(pickle.dumps(value))])
def test_a_hostile_checkpoint_is_refused_and_never_run(write, write_it, capsys):
    folder = write()
    write_it({"model.model.lstm_layer.weight_hh_l0": Evil()}, folder / "pretrained_kt_model.ckpt")
    with pytest.raises(UserError, match="as weights alone"):
        read(folder)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x80\x02]q\x00.", b"text"])
def test_a_damaged_checkpoint_is_told(write, content):
    folder = write()
    (folder / "x.ckpt").write_bytes(content)
    with pytest.raises(UserError, match=r"x\.ckpt"):
        read(folder)


def test_a_checkpoint_without_vectors_is_left_out_and_told(write, exrec_files):
    folder = write(kc_emb=None)
    exrec_files.checkpoint(exrec_files.network(24, 32, 64), folder / "x.ckpt")
    imported = read(folder)
    assert imported.network is None
    assert any("x.ckpt was left out" in note for note in imported.notes)


def test_sources_that_are_nothing_of_exrec(tmp_path, write):
    (tmp_path / "notes.txt").write_text("x")
    for source, told in ((tmp_path / "notes.txt", "no file of ExRec"), (tmp_path, "holds nothing of ExRec")):
        with pytest.raises(UserError, match=told):
            read(source)
    with pytest.raises(UserError, match="nothing is known of the questions"):
        read(write() / "kc_emb.json")
    (tmp_path / "data" / "old").mkdir()
    (tmp_path / "data" / "old" / "kc_emb.json").write_text("{}")
    with pytest.raises(UserError, match=r"2 files kc_emb\.json"):
        read(tmp_path / "data")


def test_the_real_maps_are_repaired(real_data):
    imported = read(real_data("xes3g5m_metadata"))
    assert imported.report == {"links": 24_227, "clusters": 1405, "cluster_links": 24_090}
    assert imported.report["cluster_links"] / imported.report["clusters"] == pytest.approx(17.15, abs=0.005)
    assert len(imported.bank.clusters) == 1405
    assert sorted(Counter(map(len, imported.bank.clusters.values())).items())[0] == (2, 396)
    note = next(note for note in imported.notes if "another clustering" in note)
    assert "1,377 clusters with 24,133 questions" in note
    assert "14 of their numbers" in note
