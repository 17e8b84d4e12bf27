"""The built-in annotator: known labels come back, and what is not known is not made up."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.annotate import (
    UNLABELLED,
    Annotation,
    BuiltinAnnotator,
    Framework,
    Source,
    Stage,
    applied,
    content_of,
    hidden,
    make_annotator,
    read_annotation,
    what_is_read,
    write_annotation,
)
from preceptor.domain import Bank, Concept, Question, QuestionKind, Step, UserError
from preceptor.embed import LexicalEncoder

SILENT = Question("silent", "Question 7 (Adding)", QuestionKind.NUMBER, "1", ("f:area",))


@pytest.fixture
def framework(bank):
    return Framework.of("f", bank.concepts)


@pytest.fixture
def annotated(bank, framework, bag):
    corpus = [*(what_is_read(question) for question in bank.questions), *framework.texts]
    return make_annotator("builtin", framework, bag(corpus)).annotate(
        [*hidden(bank).questions, SILENT], lambda what, done, total: None
    )


def test_known_labels_come_back(bank, annotated):
    found = {one.question_id: one.labels[0].concept_id for one in annotated.questions}
    assert found == {question.question_id: question.concepts[0] for question in bank.questions}
    assert {concept.concept_id for concept in annotated.concepts} == set(bank.concept)
    assert [edge.source for edge in annotated.prerequisites] == [Source.FRAMEWORK]


def test_every_label_states_how_sure_it_is_and_why(annotated):
    for found in annotated.questions:
        (label,) = found.labels
        assert 0.5 <= label.confidence <= 1
        assert "similarity" in label.evidence
        assert "4 questions of this kind" in label.evidence


def test_exrec_swallowed_failures_a_question_that_says_nothing_is_told_and_gets_no_label(annotated):
    """exrec.md §7.1 item 8: there, a failure was stored as an empty answer and read as one."""
    (failed,) = annotated.failures
    assert (failed.question_id, failed.stage, failed.kind) == ("silent", Stage.CONCEPTS, "no-text")
    assert "silent" not in {found.question_id for found in annotated.questions}


def test_labels_the_questions_have_are_not_looked_at(bank, framework, bag):
    annotator = BuiltinAnnotator(framework, bag(framework.texts))
    wrong = tuple(replace(question, concepts=("f:mean",), family="mean") for question in bank.questions)
    assert annotator.annotate(wrong) == annotator.annotate(hidden(bank).questions)


def test_where_no_name_is_sure_a_kind_of_question_is_a_concept_of_its_own(bank, bag):
    strange = Framework.of("g", [Concept("g:1", "Schiller"), Concept("g:2", "Amazon")])
    corpus = [*(what_is_read(question) for question in bank.questions), *strange.texts]
    found = BuiltinAnnotator(strange, bag(corpus)).annotate(bank.questions)
    labels = [one.labels[0].concept_id for one in found.questions]
    assert not set(labels) & {"g:1", "g:2"}
    assert all(len(set(labels[start : start + 4])) == 1 for start in (0, 4, 8))
    assert all(concept.name.startswith("Like: ") for concept in found.concepts)
    assert found.counts["concepts_of_their_own"] == len(found.concepts) == len(set(labels))


def test_a_concept_of_its_own_states_the_name_it_did_not_get_and_is_less_sure_than_every_name(bank, bag):
    strange = Framework.of("g", [Concept("g:1", "Schiller", "S.1"), Concept("g:2", "Amazon", "A.2")])
    annotator = BuiltinAnnotator(strange, bag([*(what_is_read(question) for question in bank.questions)]))
    ranked = annotator.rank(bank.questions)
    labels = [one.labels[0] for one in annotator.labelled(bank.questions, ranked).questions]
    stated = ranked.matches.confidence[ranked.groups.near]
    assert [label.confidence for label in labels] == pytest.approx(stated.tolist(), abs=5e-4)
    assert all(label.confidence < 0.5 for label in labels)


def test_evidence_says_names_beside_codes(annotated, framework):
    for found in annotated.questions:
        (label,) = found.labels
        concept = next(one for one in framework.concepts if one.concept_id == label.concept_id)
        assert label.evidence.startswith(f"{concept.code} {concept.name}, similarity")
        assert sum(f"{one.code} {one.name}" in label.evidence for one in framework.concepts) == 2


def test_the_words_encoder_alone_will_do(bank, framework):
    encoder = LexicalEncoder().fit([*(what_is_read(question) for question in bank.questions), *framework.texts])
    found = BuiltinAnnotator(framework, encoder).annotate(hidden(bank).questions)
    assert len(found.questions) == len(bank.questions)


def test_an_empty_bank_gives_an_empty_annotation(framework, bag):
    found = BuiltinAnnotator(framework, bag(framework.texts)).annotate([SILENT])
    assert (found.concepts, found.questions, len(found.failures)) == ((), (), 1)


def test_applied_keeps_ids_and_content_and_marks_who_has_no_label(bank, annotated):
    whole = Bank(bank.concepts, (*bank.questions, SILENT))
    labelled = applied(hidden(whole), annotated)
    assert [q.question_id for q in labelled.questions] == [q.question_id for q in whole.questions]
    assert [content_of(q) for q in labelled.questions] == [content_of(q) for q in whole.questions]
    assert [q.concepts for q in labelled.questions[:-1]] == [q.concepts for q in bank.questions]
    assert labelled.question["silent"].concepts == (UNLABELLED.concept_id,)
    assert labelled.concept["f:volume"].prerequisites == ("f:area",)
    assert labelled.q_matrix.concepts.min() == 0
    assert applied(labelled, annotated) == labelled


def test_a_question_changed_since_keeps_no_label(bank, annotated):
    first, *others = bank.questions
    changed = Bank(bank.concepts, (replace(first, text="Something else"), *others))
    labelled = applied(changed, annotated)
    assert labelled.questions[0].concepts == (UNLABELLED.concept_id,)
    assert labelled.questions[1].concepts == others[0].concepts


def test_steps_stay_and_use_the_new_concepts(bank, annotated):
    first, *others = bank.questions
    stepped = Bank(bank.concepts, (replace(first, steps=(Step("Multiply.", ("f:mean",)),)), *others))
    assert applied(stepped, annotated).questions[0].steps == (Step("Multiply.", ("f:area",)),)


def test_a_review_is_replayed_before_the_annotation_is_applied(bank, annotated):
    def review(annotation: Annotation) -> Annotation:
        named = tuple(replace(c, name="Rectangles") if c.code == "A" else c for c in annotation.concepts)
        return replace(annotation, concepts=named)

    assert applied(bank, annotated, review).concept["f:area"].name == "Rectangles"
    assert applied(bank, annotated).concept["f:area"].name == "area of a rectangle"


def test_an_annotation_that_names_what_it_does_not_define_is_refused(bank, annotated):
    with pytest.raises(UserError, match="is labelled"):
        applied(bank, replace(annotated, concepts=annotated.concepts[1:], prerequisites=()))
    with pytest.raises(UserError, match="A prerequisite names"):
        applied(bank, replace(annotated, concepts=annotated.concepts[1:]))


def test_hidden_names_no_concept_anywhere(bank):
    full = Bank(
        bank.concepts,
        tuple(replace(q, family="f", hints=("mean",), steps=(Step("s", q.concepts),)) for q in bank.questions),
    )
    found = hidden(full)
    assert found.concepts == (UNLABELLED,)
    for question in found.questions:
        assert question.concepts == (UNLABELLED.concept_id,)
        assert (question.family, question.hints, question.steps) == ("", (), (Step("s"),))


def test_an_annotation_is_read_as_it_was_written(annotated, tmp_path):
    write_annotation(tmp_path, annotated)
    assert read_annotation(tmp_path) == annotated
    (tmp_path / "annotation.json").write_text("{}")
    with pytest.raises(UserError, match="Cannot read"):
        read_annotation(tmp_path)


def test_the_same_bank_gives_the_same_annotation(bank, framework, bag):
    corpus = [*(what_is_read(question) for question in bank.questions), *framework.texts]
    one, other = (BuiltinAnnotator(framework, bag(corpus)).annotate(bank.questions) for _ in range(2))
    assert one == other
    assert np.isfinite([label.confidence for found in one.questions for label in found.labels]).all()
