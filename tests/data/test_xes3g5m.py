import json

import numpy as np
import pytest

from preceptor.data import ReadOptions, make_reader
from preceptor.domain import QuestionKind, UserError, question_id

HEADER = "fold,uid,questions,concepts,responses,timestamps,selectmasks"
QUESTIONS = {
    "7": {
        "content": "艾迪有$$30$$块糖",
        "kc_routes": ["应用题----两量和倍"],
        "answer": ["30"],
        "options": None,
        "analysis": "$$10+20=30$$",
        "type": "填空",
    },
    "12": {
        "content": "选一个",
        "kc_routes": ["图形----一笔画"],
        "answer": ["B"],
        "options": {"B": "$$2$$个", "A": "$$1$$个"},
        "analysis": "",
        "type": "单选",
    },
}


def row(uid, questions, concepts, responses, times, fold=0, width=5):
    """One row, padded as the released files are."""
    lists = [list(map(str, cells)) for cells in (questions, concepts, responses, times, [1] * len(questions))]
    return ",".join([str(fold), str(uid), *(f'"{",".join(cells + ["-1"] * (width - len(cells)))}"' for cells in lists)])


FIRST = row(5, [7, 12], ["3_4", "4"], [1, 0], [1_600_000_000_000, 1_600_000_060_000])
SECOND = row(5, [7], ["3_4"], [0], [1_600_000_120_500])
TEST = row(9, [12], ["4"], [1], [1_600_000_000_000], fold=-1)


@pytest.fixture
def write(tmp_path):
    """Writes the released folder layout and returns the folder."""

    def of(*rows, test=(TEST,), metadata=True):
        (tmp_path / "question_level").mkdir(exist_ok=True)
        for name, lines in (("train_valid_sequences_quelevel.csv", rows), ("test_quelevel.csv", test)):
            (tmp_path / "question_level" / name).write_text("\n".join([HEADER, *lines]) + "\n")
        if metadata:
            (tmp_path / "metadata").mkdir(exist_ok=True)
            (tmp_path / "metadata" / "questions.json").write_text(json.dumps(QUESTIONS), encoding="utf-8")
            (tmp_path / "metadata" / "kc_routes_map.json").write_text('{"3": "两量和倍", "4": "一笔画"}')
        return tmp_path

    return of


def read(source, **options):
    return make_reader("xes3g5m").read([source], ReadOptions(**options))


def test_rows_of_a_student_are_joined_and_the_test_file_is_fold_5(write):
    imported = read(write(FIRST, SECOND))
    log = imported.log
    seven, twelve = question_id("xes3g5m", "7"), question_id("xes3g5m", "12")
    history = [(i.question_id, i.correct, i.time_seconds) for i in log.interactions("5")]
    assert history == [(seven, 1, 1_600_000_000), (twelve, 0, 1_600_000_060), (seven, 0, 1_600_000_120.5)]
    assert dict(zip(log.student_ids, log.student_fold.tolist(), strict=True)) == {"5": 0, "9": 5}
    assert any("fold 5" in note for note in imported.notes)
    assert len(read(write(FIRST) / "question_level" / "train_valid_sequences_quelevel.csv").log) == 2


def test_questions_have_their_texts_keys_and_concepts_but_are_never_served(write):
    bank = read(write(FIRST)).bank
    seven, twelve = (bank.question[question_id("xes3g5m", number)] for number in ("7", "12"))
    assert (seven.text, seven.key, seven.steps[0].text) == ("艾迪有$30$块糖", "30", "$10+20=30$")
    assert (twelve.key, twelve.options, twelve.steps) == ("$2$个", ("$1$个", "$2$个"), ())
    assert seven.concepts == ("xes3g5m:3", "xes3g5m:4")
    assert [concept.name for concept in bank.concepts] == ["两量和倍", "一笔画"]
    assert {question.kind for question in bank.questions} == {QuestionKind.UNKNOWN}
    assert {question.language for question in bank.questions} == {"zh"}


def test_without_metadata_numbers_stand_for_names(write):
    imported = read(write(FIRST, metadata=False))
    assert imported.bank.questions[0].text == "Question 7 (KC 3, KC 4)"
    assert any("no folder metadata" in note for note in imported.notes)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(6, [7, 12], ["3"], [1, 1], [1, 2]).replace('"3,-1,', '"3,'), "different lengths"),
        (row(6, [7], ["3"], [2], [1]), "response"),
        (row(6, [7], ["3"], [1], ["noon"]), "timestamp"),
        (row("", [7], ["3"], [1], [1]), "uid is empty"),
        ('0,6,"7,12', "is empty"),
    ],
)
def test_a_bad_row_is_named_or_skipped(write, bad, reason):
    folder = write(FIRST, bad)
    with pytest.raises(UserError) as caught:
        read(folder)
    assert "train_valid_sequences_quelevel.csv, row 2 (line 3)" in str(caught.value)
    assert reason in str(caught.value)
    assert read(folder, on_bad_row="skip").log.student_ids == ("5", "9")


def test_missing_and_other_files_are_told(write, tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        read(tmp_path / "gone")
    with pytest.raises(UserError, match="holds nothing of XES3G5M"):
        read(tmp_path)
    other = tmp_path / "test_window_sequences_quelevel.csv"
    other.write_text(HEADER)
    with pytest.raises(UserError, match="is no question-level sequence file"):
        read(other)
    with pytest.raises(UserError, match="holds no answers"):
        read(write(row(5, [], [], [], []), test=[row(9, [], [], [], [])]))


def test_a_damaged_question_is_named(write):
    folder = write(FIRST)
    (folder / "metadata" / "questions.json").write_text('{"7": {"content": "x"}}')
    with pytest.raises(UserError, match=r"questions\.json: question '7'"):
        read(folder)


@pytest.fixture
def annotated(tmp_path):
    """Writes ExRec's metadata and returns the folder."""

    def of(clusters):
        links = {"Adding": [0, 1], "Sums": [1], "Circles": [2, 0]}
        (tmp_path / "kc_questions_map.json").write_text(json.dumps(links))
        (tmp_path / "kc_clusters.json").write_text(json.dumps(clusters))
        (tmp_path / "cluster_to_que_ids_map.json").write_text('{"0": [2], "1": [0]}')
        line = {"exercise_id": "1", "exercise_desc": "$$1+1$$", "skill_ids": ["9"], "skill_desc": ["加法"]}
        (tmp_path / "moderate_exercise_info.jsonl").write_text(json.dumps(line) + "\n")
        return tmp_path

    return of


def test_metadata_alone_give_a_bank_with_clusters_counted_anew(annotated):
    imported = read(annotated({"0": ["Adding", "Sums"], "1": ["Circles"]}))
    assert len(imported.log) == 0
    # Cluster 0 has questions 0 and 1, cluster 1 has 2 and 0; the shipped file says otherwise and is not used.
    assert imported.report == {"links": 5, "clusters": 2, "cluster_links": 4}
    assert [(c.name, c.cluster) for c in imported.bank.concepts] == [
        ("Adding", "cluster 0"),
        ("Sums", "cluster 0"),
        ("Circles", "cluster 1"),
    ]
    one = imported.bank.question[question_id("xes3g5m", "1")]
    assert (one.text, one.concepts) == ("$1+1$", ("xes3g5m:Adding", "xes3g5m:Sums"))
    assert imported.bank.questions[0].text == "Question 0 (Adding, Circles)"


@pytest.mark.parametrize(
    ("clusters", "words"),
    [
        ({"0": ["Adding", "Sums", "Cubes"], "1": ["Circles"]}, "'Cubes' stands in only one"),
        ({"0": ["Adding", "Sums"], "1": ["Circles", "Sums"]}, "a KC stands in two clusters"),
        ({"0": "Adding"}, "is no list"),
    ],
)
def test_clusters_that_do_not_share_out_the_concepts_are_told(annotated, clusters, words):
    with pytest.raises(UserError, match=words) as caught:
        read(annotated(clusters))
    assert "kc_clusters.json" in str(caught.value)


def test_a_damaged_exercise_is_told_with_its_row(annotated):
    folder = annotated({"0": ["Adding", "Sums", "Circles"]})
    (folder / "moderate_exercise_info.jsonl").write_text('{"exercise_id": "1", "exercise_desc": "a"}\n{"exer')
    with pytest.raises(UserError, match=r"moderate_exercise_info\.jsonl, row 2"):
        read(folder)


def test_golden_counts_of_the_metadata(real_data):
    imported = read(real_data("xes3g5m_metadata"))
    assert imported.report == {"links": 24_227, "clusters": 1405, "cluster_links": 24_090}
    assert (len(imported.bank.questions), len(imported.bank.concepts)) == (7652, 5153)
    assert sum(question.language == "zh" for question in imported.bank.questions) == 7618
    sizes = np.bincount([len(question.concepts) for question in imported.bank.questions])
    assert sizes.tolist() == [0, 21, 1004, 4570, 1810, 235, 11, 1]
