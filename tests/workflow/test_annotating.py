"""`annotate`: a bank without labels becomes a course that can be traced, and its log stays valid."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from preceptor.annotate import UNLABELLED, hidden
from preceptor.course import Course, runs
from preceptor.domain import Bank, UserError
from preceptor.embed import LexicalEncoder
from preceptor.progress import silent
from preceptor.workflow.annotating import AnnotateOptions, annotate, course_annotation, course_encoder
from preceptor.workflow.annotation_evaluation import evaluate_annotation
from preceptor.workflow.recommending import recommend
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions


@pytest.fixture(scope="module")
def unlabelled(small_course, tmp_path_factory):
    """The small course without its labels; two of its questions say nothing."""
    course = Course.open(shutil.copytree(small_course, tmp_path_factory.mktemp("annotate") / "course"))
    bank = hidden(course.load_bank())
    silent_ones = tuple(replace(q, text=f"Question {i}", steps=()) for i, q in enumerate(bank.questions[:2]))
    course.replace(Bank(bank.concepts, (*silent_ones, *bank.questions[2:])))
    return course


@pytest.fixture
def course(unlabelled, tmp_path):
    return Course.open(shutil.copytree(unlabelled.path, tmp_path / "course"))


def test_a_course_without_labels_is_annotated_trained_and_recommended_from(course, still_clock):
    log = course.load_log()
    result = annotate(course, AnnotateOptions(), still_clock, silent)
    bank = course.load_bank()
    assert result["labelled"] == len(bank.questions) - 2
    assert result["failures"] == {"concepts: no-text": 2}
    assert {q.concepts for q in bank.questions[:2]} == {(UNLABELLED.concept_id,)}
    assert set(log.question_ids) <= set(bank.question)
    assert course.load_log().event_id.tolist() == log.event_id.tolist()
    train(course, TrainOptions(model="bkt"), still_clock, silent)
    advice = recommend(
        course, log.student_ids[0], objective="weakest", k=3, horizon_days=7, at_seconds=None, clock=still_clock
    )
    assert len(advice.recommendations) == 3


def test_the_annotation_is_kept_with_its_evidence_and_a_run(course, still_clock):
    result = annotate(course, AnnotateOptions(), still_clock, silent)
    kept = course_annotation(course)
    assert kept is not None
    assert kept.annotator == "builtin"
    assert kept.framework == "shipped"
    assert all(label.evidence for found in kept.questions for label in found.labels)
    (run,) = runs(course, "annotate")
    assert run["metrics"]["labelled"] == result["labelled"] == len(kept.questions)


@pytest.mark.parametrize(
    ("setting", "flag", "used"),
    [(None, "", "lexical"), ("letters", "", "letters"), ("letters", "lexical", "lexical")],
)
def test_the_setting_names_the_encoder_of_every_command(course_copy, still_clock, monkeypatch, setting, flag, used):
    made = []

    def make_encoder(name, corpus):
        made.append(name)
        return LexicalEncoder().fit(corpus)

    monkeypatch.setattr("preceptor.workflow.annotating.make_encoder", make_encoder)
    if setting:
        monkeypatch.setenv("PRECEPTOR_ENCODER", setting)
    opened = Course.open(course_copy)
    evaluate_annotation(opened, None, 0, still_clock, silent, encoder=course_encoder(opened, flag, silent))
    annotate(opened, AnnotateOptions(encoder=flag, replace_labels=True), still_clock, silent)
    assert made == [used, used]


def test_an_annotation_is_not_judged_by_itself(course, still_clock):
    annotate(course, AnnotateOptions(), still_clock, silent)
    with pytest.raises(UserError, match="judged by its own"):
        evaluate_annotation(course, None, 0, still_clock, silent)


def test_annotating_again_changes_no_label(course, still_clock):
    annotate(course, AnnotateOptions(), still_clock, silent)
    first = course.load_bank()
    annotate(course, AnnotateOptions(), still_clock, silent)
    again = course.load_bank()
    assert len(course.saved_runs("annotations")) == 2
    assert [q.question_id for q in again.questions] == [q.question_id for q in first.questions]


def test_a_teachers_review_stands_between_the_annotation_and_the_bank(course, still_clock):
    def review(annotation):
        return replace(annotation, concepts=tuple(replace(c, grade=12) for c in annotation.concepts))

    annotate(course, AnnotateOptions(), still_clock, silent, review=review)
    assert {c.grade for c in course.load_bank().concepts} == {12, None}
    assert 12 not in {c.grade for c in course_annotation(course).concepts}


def test_on_the_built_in_course_the_shipped_names_are_marked_as_the_truth(course_copy, still_clock):
    course = Course.open(course_copy)
    result = evaluate_annotation(course, None, 0, still_clock, silent)
    assert result["truth"] == "framework = truth"
    config = json.loads(Path(result["run"]).read_text())["config"]
    assert config == {"framework": result["framework"], "encoder": result["encoder"]}
    before = course.load_bank()
    assert annotate(course, AnnotateOptions(replace_labels=True), still_clock, silent)["truth"] == "framework = truth"
    assert before.content_hash != course.load_bank().content_hash


def test_hidden_labels_are_found_again_better_than_by_every_baseline(course_copy, still_clock):
    course = Course.open(course_copy)
    result = evaluate_annotation(course, None, 0, still_clock, silent)
    assert [row["name"] for row in result["rows"]] == [
        "builtin",
        "its clusters",
        "nearest by TF-IDF",
        "one cluster",
        "all singletons",
    ]
    assert all(gain["ci95"][0] > 0 for name, gain in result["over"].items() if name != "its clusters")
    assert result["top"]["builtin"]["top3"]["mean"] > result["top"]["nearest by TF-IDF"]["top3"]["mean"]
    first, three = (result["top_over"][k] for k in ("top1", "top3"))
    assert three["mean"] == pytest.approx(
        result["top"]["builtin"]["top3"]["mean"] - result["top"]["nearest by TF-IDF"]["top3"]["mean"]
    )
    assert first["ci95"][0] < first["mean"] < first["ci95"][1]
    clusters = next(row for row in result["rows"] if row["name"] == "its clusters")
    assert clusters["concepts"] <= result["rows"][0]["concepts"]
    assert clusters["recall"]["mean"] >= result["rows"][0]["recall"]["mean"], "clusters only join"
    assert set(result["clusters_over"]) == {"nearest by TF-IDF", "one cluster", "all singletons"}
    assert result["confidence"]["brier"]["mean"] < result["confidence"]["brier_of_constant"]
    assert len(course.load_bank().concepts) == result["concepts"]


def test_a_course_without_questions_or_labels_is_refused(tmp_path, course, still_clock):
    empty = Course.create(tmp_path / "empty", "Empty")
    with pytest.raises(UserError, match="no questions"):
        annotate(empty, AnnotateOptions(), still_clock, silent)
    with pytest.raises(UserError, match="no labels to hide"):
        evaluate_annotation(course, None, 0, still_clock, silent)
    with pytest.raises(UserError, match="Unknown annotator"):
        annotate(course, AnnotateOptions(annotator="oracle"), still_clock, silent)
