"""Induced labels and vectors tuned on them, held against the true labels."""

import shutil
from dataclasses import replace

import pytest

from preceptor.cli.unlabelled import unlabelled_copy
from preceptor.course import Course, runs
from preceptor.domain import UserError
from preceptor.embed.head import TuningPlan
from preceptor.progress import silent
from preceptor.workflow.annotating import AnnotateOptions, annotate
from preceptor.workflow.embedding import EmbedOptions, embed
from preceptor.workflow.embedding_evaluation import INDUCED, TRUE, UNTUNED, evaluate_embedding

LEXICAL = EmbedOptions("lexical", fine_tune=True, seed=4)


@pytest.fixture(scope="module")
def pair(small_course, tmp_path_factory, still_clock):
    """A labelled course and a copy of it that was annotated and fine-tuned without its labels."""
    folder = tmp_path_factory.mktemp("pair")
    labelled = Course.open(shutil.copytree(small_course, folder / "labelled"))
    course = unlabelled_copy(small_course, folder / "course")
    annotate(course, AnnotateOptions(), still_clock, silent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("preceptor.embed.head.TuningPlan", lambda: TuningPlan(epochs=4, learning_rate=5e-3))
        embed(course, LEXICAL, still_clock, silent)
    return course, labelled


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("preceptor.embed.head.TuningPlan", lambda: TuningPlan(epochs=4, learning_rate=5e-3))


def test_true_labels_are_looked_for_by_vectors_that_never_saw_them(pair, still_clock):
    course, labelled = pair
    found = evaluate_embedding(course, labelled, 0, still_clock, silent)
    for part in ("training", "held_out"):
        figures = {name: value["mean"] for name, value in found[part]["micro_f1"].items()}
        assert list(figures) == [UNTUNED, INDUCED, TRUE]
        assert found[part]["gains"]["true_over_untuned"]["mean"] == pytest.approx(figures[TRUE] - figures[UNTUNED])
        assert found[part]["gains"]["induced_over_true"]["mean"] == pytest.approx(figures[INDUCED] - figures[TRUE])
    assert found["split_seed"] == LEXICAL.seed, "held out is what the course's own training held out"
    assert found["true_concepts"] == len(labelled.load_bank().concepts)
    rows = {row["name"]: row["f1"]["mean"] for row in found["annotation"]["rows"]}
    assert rows["its concepts"] > max(rows["one cluster"], rows["all singletons"])
    assert runs(course, "evaluate-embedding")[0]["metrics"]["held_out"]["questions"] == found["held_out"]["questions"]


def test_labels_that_are_the_true_ones_tune_alike(small_course, tmp_path, still_clock):
    course = Course.open(shutil.copytree(small_course, tmp_path / "course"))
    embed(course, LEXICAL, still_clock, silent)
    found = evaluate_embedding(course, Course.open(small_course), 0, still_clock, silent)
    assert found["held_out"]["gains"]["induced_over_true"]["mean"] == 0
    assert found["annotation"]["rows"][0]["f1"]["mean"] == pytest.approx(1)


def test_courses_that_do_not_belong_together_are_refused(pair, tmp_path, still_clock):
    course, labelled = pair
    other = Course.open(shutil.copytree(labelled.path, tmp_path / "other"))
    bank = other.load_bank()
    other.replace(replace(bank, questions=(replace(bank.questions[0], text="Another one?"), *bank.questions[1:])))
    with pytest.raises(UserError, match="different questions"):
        evaluate_embedding(course, other, 0, still_clock, silent)
    with pytest.raises(UserError, match="tuned on its present labels"):
        evaluate_embedding(labelled, course, 0, still_clock, silent)
