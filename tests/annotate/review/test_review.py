from dataclasses import replace

import pytest

from preceptor.annotate import Failed, Prerequisite, QuestionLabels, Source, Stage
from preceptor.annotate.review import replay
from preceptor.annotate.review_events import (
    AcceptLabel,
    AddConcept,
    AddLabel,
    ConceptRef,
    ConfirmPrerequisite,
    EditSteps,
    Event,
    MergeConcepts,
    MoveLabel,
    Part,
    RemoveLabel,
    RemovePrerequisite,
    RenameConcept,
    ReviewedStep,
    SplitConcept,
    Undo,
)
from preceptor.domain import Concept, Step

ADDING, SUMS = ConceptRef("Adding fractions", "5.NF.A.1", "c0"), ConceptRef("Sums of fractions", "", "c1")
DECIMALS, PERCENT = ConceptRef("Decimals", "", "c2"), ConceptRef("Percentages", "", "c3")
NOWHERE = ConceptRef("Astronomy", "", "c2")


def labels(annotation, question_id):
    """Names of a question's concepts with their confidence."""
    names = {concept.concept_id: concept.name for concept in annotation.concepts}
    found = {question.question_id: question for question in annotation.questions}
    return {names[label.concept_id]: label.confidence for label in found[question_id].labels}


def steps(annotation, question_id):
    names = {concept.concept_id: concept.name for concept in annotation.concepts}
    found = {question.question_id: question for question in annotation.questions}
    return [(step.text, [names[c] for c in step.concepts], step.result) for step in found[question_id].steps]


def links(annotation):
    names = {concept.concept_id: concept.name for concept in annotation.concepts}
    return {(names[link.concept_id], names[link.needs]): link.source for link in annotation.prerequisites}


def names(annotation):
    return [concept.name for concept in annotation.concepts]


def test_without_events_the_annotation_is_what_the_annotator_gave(annotation):
    reviewed = replay(annotation, ())
    assert reviewed.annotation == annotation
    assert (reviewed.standing, reviewed.stranded, reviewed.decided) == ((), (), frozenset())


def test_an_accepted_label_is_sure_and_keeps_its_evidence(annotation, events_of):
    reviewed = replay(annotation, events_of(AcceptLabel("q1", DECIMALS)))
    first = reviewed.annotation.questions[1].labels[0]
    assert (first.concept_id, first.confidence, first.evidence) == ("c2", 1.0, "near the standard")
    assert reviewed.decided == {("q1", "c2")}


def test_a_wrong_label_goes_from_the_question_and_its_steps(annotation, events_of):
    found = replay(annotation, events_of(RemoveLabel("q1", ADDING))).annotation
    assert labels(found, "q1") == {"Decimals": 0.5}
    assert steps(found, "q1") == [("First", [], "1"), ("Then", ["Decimals"], "")]


def test_a_question_without_a_concept_is_told_and_can_get_one_again(annotation, events_of):
    taken = events_of(RemoveLabel("q0", ADDING))
    found = replay(annotation, taken).annotation
    assert "q0" not in {question.question_id for question in found.questions}
    assert Failed("q0", Stage.CONCEPTS, "unlabelled", "a teacher took its last concept") in found.failures
    given = events_of(taken[0].action, AddLabel("q0", SUMS, "content of q0"))
    assert labels(replay(annotation, given).annotation, "q0") == {"Sums of fractions": 1.0}


def test_what_the_annotator_failed_on_can_be_labelled(annotation, events_of):
    found = replay(annotation, events_of(AddLabel("q6", PERCENT, "said then"))).annotation
    assert found.questions[-1] == QuestionLabels("q6", "said then", found.questions[-1].labels)
    assert labels(found, "q6") == {"Percentages": 1.0}
    assert found.failures == ()


def test_a_moved_label_takes_the_steps_along(annotation, events_of):
    found = replay(annotation, events_of(MoveLabel("q0", ADDING, PERCENT))).annotation
    assert labels(found, "q0") == {"Percentages": 1.0}
    assert steps(found, "q0")[0] == ("First", ["Percentages"], "1")


def test_a_concept_without_questions_is_gone(annotation, events_of):
    moved = (MoveLabel("q2", SUMS, ADDING), MoveLabel("q3", SUMS, ADDING))
    found = replay(annotation, events_of(*moved)).annotation
    assert names(found) == ["Adding fractions", "Decimals", "Percentages"]
    assert ("Decimals", "Sums of fractions") not in links(found)


def test_merging_joins_labels_steps_and_prerequisites(annotation, events_of):
    found = replay(annotation, events_of(AcceptLabel("q2", SUMS), MergeConcepts(SUMS, ADDING)))
    assert names(found.annotation) == ["Adding fractions", "Decimals", "Percentages"]
    assert labels(found.annotation, "q2") == {"Adding fractions": 1.0}
    assert labels(found.annotation, "q3") == {"Adding fractions": 0.3, "Percentages": 0.2}
    assert found.decided == {("q2", "c0")}
    assert links(found.annotation)["Decimals", "Adding fractions"] is Source.FRAMEWORK
    assert steps(found.annotation, "q2")[0] == ("First", ["Adding fractions"], "1")


def test_merging_what_one_question_has_both_of_keeps_the_surer(annotation, events_of):
    found = replay(annotation, events_of(MergeConcepts(DECIMALS, ADDING))).annotation
    assert labels(found, "q1") == {"Adding fractions": 0.6}
    assert steps(found, "q1")[1] == ("Then", ["Adding fractions"], "")


def test_splitting_moves_the_ticked_questions_and_proposes_the_same_neighbours(annotation, events_of):
    found = replay(annotation, events_of(SplitConcept(DECIMALS, (Part("Tenths", ("q4",)),)))).annotation
    assert labels(found, "q4") == {"Tenths": 1.0}
    assert labels(found, "q1") == {"Adding fractions": 0.6, "Decimals": 0.5}
    assert links(found)["Tenths", "Adding fractions"] is Source.PROPOSED
    assert links(found)["Percentages", "Tenths"] is Source.PROPOSED
    assert links(found)["Decimals", "Adding fractions"] is Source.FRAMEWORK


def test_merge_then_split_returns(annotation, events_of):
    found = replay(
        annotation,
        events_of(MergeConcepts(SUMS, ADDING), SplitConcept(ADDING, (Part("Sums of fractions", ("q2", "q3")),))),
    )
    assert found.stranded == ()
    for question_id in ("q0", "q1", "q2", "q3", "q4", "q5"):
        assert labels(found.annotation, question_id).keys() == labels(annotation, question_id).keys()
        assert steps(found.annotation, question_id) == steps(annotation, question_id)
    assert links(found.annotation).keys() == links(annotation).keys()


def test_a_split_whose_questions_are_partly_unknown_says_which(annotation, events_of):
    found = replay(annotation, events_of(SplitConcept(DECIMALS, (Part("Tenths", ("q4", "q99")),))))
    assert labels(found.annotation, "q4") == {"Tenths": 1.0}
    assert [entry.reason for entry in found.stranded] == ["Nothing is known of the questions q99."]
    assert len(found.standing) == 1


def test_a_name_that_was_given_up_can_be_given_again(annotation, events_of):
    split = SplitConcept(DECIMALS, (Part("Tenths", ("q4",)),))
    rename = RenameConcept(ConceptRef("Tenths"), "Tenth parts")
    again = SplitConcept(PERCENT, (Part("Tenths", ("q5",)),))
    found = replay(annotation, events_of(split, rename, again))
    assert found.stranded == ()
    assert len({concept.concept_id for concept in found.annotation.concepts}) == len(found.annotation.concepts) == 6


def test_a_renamed_concept_is_found_by_its_new_name(annotation, events_of):
    renamed = RenameConcept(SUMS, "Fraction sums")
    found = replay(annotation, events_of(renamed, AcceptLabel("q2", ConceptRef("fraction  SUMS"))))
    assert labels(found.annotation, "q2") == {"Fraction sums": 1.0}
    assert found.stranded == ()


def test_a_confirmed_prerequisite_is_the_teachers(annotation, events_of):
    found = replay(annotation, events_of(ConfirmPrerequisite(PERCENT, DECIMALS), ConfirmPrerequisite(PERCENT, SUMS)))
    assert links(found.annotation)["Percentages", "Decimals"] is Source.TEACHER
    assert links(found.annotation)["Percentages", "Sums of fractions"] is Source.TEACHER
    kept = {(link.concept_id, link.needs): link.evidence for link in found.annotation.prerequisites}
    assert kept["c3", "c2"] == "asked together"


def test_a_removed_prerequisite_is_gone(annotation, events_of):
    found = replay(annotation, events_of(RemovePrerequisite(PERCENT, DECIMALS))).annotation
    assert ("Percentages", "Decimals") not in links(found)


def test_what_is_only_proposed_gives_way_to_a_teacher(annotation, events_of):
    found = replay(annotation, events_of(ConfirmPrerequisite(DECIMALS, PERCENT)))
    assert links(found.annotation)["Decimals", "Percentages"] is Source.TEACHER
    assert ("Percentages", "Decimals") not in links(found.annotation)


def test_a_circle_without_a_proposal_is_refused_and_named(annotation, events_of):
    found = replay(annotation, events_of(ConfirmPrerequisite(ADDING, DECIMALS)))
    assert links(found.annotation) == links(annotation)
    assert "Adding fractions → Decimals → Adding fractions" in found.stranded[0].reason


def test_a_merge_that_would_close_a_circle_changes_nothing(annotation, events_of):
    firm = tuple(replace(link, source=Source.FRAMEWORK) for link in annotation.prerequisites)
    firm = replace(annotation, prerequisites=firm)
    found = replay(firm, events_of(MergeConcepts(PERCENT, ADDING)))
    assert found.annotation == firm
    assert "circle" in found.stranded[0].reason


def test_edited_steps_replace_the_old_and_bring_their_concepts(annotation, events_of):
    edit = EditSteps("q0", "content of q0", (ReviewedStep("Only", (ADDING, PERCENT), "$1$"),))
    found = replay(annotation, events_of(edit)).annotation
    assert found.questions[0].steps == (Step("Only", ("c0", "c3"), "$1$"),)
    assert labels(found, "q0") == {"Adding fractions": 0.9, "Percentages": 1.0}


def test_steps_of_another_text_are_stranded(annotation, events_of):
    edit = EditSteps("q0", "older content", (ReviewedStep("Only"),))
    found = replay(annotation, events_of(edit))
    assert found.annotation == annotation
    assert found.stranded[0].reason == "The question q0 says something else now."


def test_undo_and_redo(annotation, events_of):
    merge = MergeConcepts(SUMS, ADDING)
    done = replay(annotation, events_of(merge)).annotation
    assert replay(annotation, events_of(merge, Undo("e0"))).annotation == annotation
    assert replay(annotation, events_of(merge, Undo("e0"), Undo("e1"))).annotation == done
    assert replay(annotation, events_of(merge, Undo("e0"))).standing == ()


def test_undo_of_what_is_not_there_is_told(annotation, events_of):
    for wanted in ("e7", "e0", "e1"):
        found = replay(annotation, events_of(Undo(wanted), AcceptLabel("q0", ADDING)))
        assert len(found.standing) == 1
        assert found.stranded[0].reason == "There is no such event before it."


LOST = {
    "label of no question": AcceptLabel("q99", ADDING),
    "label of no concept": AcceptLabel("q0", NOWHERE),
    "added to no question": AddLabel("q99", ADDING, ""),
    "moved from nowhere": MoveLabel("q0", NOWHERE, ADDING),
    "moved to nowhere": MoveLabel("q0", ADDING, NOWHERE),
    "rename of nothing": RenameConcept(NOWHERE, "Stars"),
    "a name that is taken": RenameConcept(SUMS, "DECIMALS"),
    "no name": RenameConcept(SUMS, " "),
    "a concept that is there": AddConcept("decimals"),
    "merged with itself": MergeConcepts(SUMS, SUMS),
    "split into one name twice": SplitConcept(SUMS, (Part("A", ("q2",)), Part("a", ("q3",)))),
    "split of unknown questions": SplitConcept(SUMS, (Part("A", ("q99",)),)),
    "a concept needs itself": ConfirmPrerequisite(SUMS, SUMS),
    "a prerequisite of nothing": RemovePrerequisite(NOWHERE, SUMS),
    "a step of nothing": EditSteps("q0", "content of q0", (ReviewedStep("A", (NOWHERE,)),)),
}


@pytest.mark.parametrize("action", LOST.values(), ids=LOST)
def test_what_finds_no_object_changes_nothing_and_is_told(annotation, events_of, action):
    events = events_of(action)
    found = replay(annotation, events)
    assert found.annotation == annotation
    assert [entry.event for entry in found.stranded] == list(events)
    assert found.stranded[0].reason
    assert found.standing == ()


def test_an_id_alone_never_decides(annotation, annotated_anew, events_of):
    """Another annotation gave the id c0 to another concept; the event still means the one it was recorded for."""
    found = replay(annotated_anew, events_of(MergeConcepts(SUMS, ADDING), AcceptLabel("q0", ADDING)))
    assert labels(found.annotation, "q0") == {"Adding fractions": 1.0}
    assert labels(found.annotation, "q2") == {"Adding fractions": 0.4}


def test_a_concept_that_lost_its_code_is_found_by_name(annotation, events_of):
    plain = tuple(replace(concept, code="") for concept in annotation.concepts)
    found = replay(replace(annotation, concepts=plain), events_of(AcceptLabel("q0", ADDING)))
    assert found.stranded == ()


def test_another_code_is_another_concept_whatever_its_name(annotation, events_of):
    other = (replace(annotation.concepts[0], code="6.NS.A.1"), *annotation.concepts[1:])
    found = replay(replace(annotation, concepts=other), events_of(AcceptLabel("q0", ADDING)))
    assert "There is no concept “Adding fractions” (5.NF.A.1)" in found.stranded[0].reason


def test_of_two_concepts_with_one_name_the_id_decides_and_else_none(annotation, events_of):
    twins = replace(annotation, concepts=(*annotation.concepts, Concept("c9", "decimals")))
    assert replay(twins, events_of(AcceptLabel("q4", DECIMALS))).decided == {("q4", "c2")}
    unsure = ConceptRef("Decimals", "", "c77")
    assert "Several" in replay(twins, events_of(AcceptLabel("q4", unsure))).stranded[0].reason


def test_the_same_event_twice_counts_once(annotation):
    event = Event("e0", 0.0, "teacher", SplitConcept(DECIMALS, (Part("Tenths", ("q4",)),)))
    assert replay(annotation, (event, event)) == replay(annotation, (event,))


def test_prerequisites_of_a_teacher_survive_a_merge(annotation, events_of):
    found = replay(annotation, events_of(ConfirmPrerequisite(DECIMALS, SUMS), MergeConcepts(SUMS, ADDING))).annotation
    assert Prerequisite("c2", "c0", Source.TEACHER, "asked together") in found.prerequisites
