import pytest
from nicegui.testing.user_interaction import UserInteraction

from preceptor.annotate.review_events import AcceptLabel, ConceptRef, Event, MergeConcepts, Undo


@pytest.fixture
def actions(classroom):
    """What was decided so far."""
    return lambda: [event.action for event in classroom.reviews.events]


def one(user, marker, place=0):
    """One of several elements with a marker, in the order they were drawn; -1 for the last."""
    elements = sorted(user.find(marker=marker).elements, key=lambda element: element.id)
    return UserInteraction(user, {elements[place]}, marker)


def labels(classroom, question_id):
    annotation = classroom.reviews.state().reviewed.annotation
    names = {concept.concept_id: concept.name for concept in annotation.concepts}
    found = next(found for found in annotation.questions if found.question_id == question_id)
    return {names[label.concept_id] for label in found.labels}


async def test_the_least_sure_concept_stands_first(user, classroom):
    await user.open("/teacher/concepts")
    await user.should_see("12 concepts · 0 of 44 labels checked")
    view = classroom.review.view()
    assert [line.confidence for line in view.concepts] == sorted(line.confidence for line in view.concepts)
    assert len(user.find(marker="concept-row").elements) == 12


async def test_a_course_that_was_never_annotated_says_what_to_do(user, classroom):
    classroom.reviews.annotation = None
    await user.open("/teacher/concepts")
    await user.should_see("preceptor annotate COURSE")


async def test_search_by_name_or_code(user):
    await user.open("/teacher/concepts")
    user.find(marker="search").type("decimal")
    await user.should_not_see("Division with remainders")
    assert len(user.find(marker="concept-row").elements) == 2


async def test_right_is_sure_from_then_on_and_can_be_undone(user, classroom, actions):
    await user.open("/teacher/concepts/k5")
    one(user, "right").click()
    await user.should_see("“Comparing fractions” is right for a question", retries=10)
    assert [type(action) for action in actions()] == [AcceptLabel]
    await user.should_see("1 checked")
    one(user, "undo").click()
    await user.should_see("0 checked", retries=20)
    assert [type(action) for action in actions()] == [AcceptLabel, Undo]


async def test_a_wrong_label_takes_the_question_away(user, classroom):
    await user.open("/teacher/concepts/k5")
    for left in (2, 1):
        one(user, "wrong").click()
        await user.should_see(f"· {left} question", retries=20)
    one(user, "wrong").click()
    await user.should_see("11 concepts", retries=20)
    await user.open("/teacher/concepts")
    await user.should_see("11 concepts")
    await user.should_see("Questions without a concept (3)")


async def test_a_question_moves_to_another_concept(user, classroom):
    before = classroom.review.concept("k7").concept.questions
    await user.open("/teacher/concepts/k6")
    one(user, "move").click()
    await user.should_see(marker="move-there", retries=10)
    one(user, "concept-name", -1).type("Decimal notation")
    user.find(marker="move-there").click()
    await user.should_see("A question went from", retries=10)
    assert classroom.review.concept("k7").concept.questions == before + 1


async def test_an_unknown_name_is_told_with_the_nearest(user, actions):
    await user.open("/teacher/concepts/k6")
    one(user, "concept-name").type("Decimal notatio")
    one(user, "merge").click()
    await user.should_see("did you mean 'Decimal notation'?", retries=10)
    assert actions() == []


async def test_rename(user, classroom):
    await user.open("/teacher/concepts/k6")
    user.find(marker="new-name").clear().type("Like fractions")
    user.find(marker="rename").click()
    await user.should_see("is now called “Like fractions”", retries=10)
    assert classroom.review.concept("k6").concept.name == "Like fractions"


async def test_ticked_questions_move_to_a_new_concept(user, classroom):
    await user.open("/teacher/concepts/k5")
    user.find(marker="split").click()
    await user.should_see("Move 0 questions", retries=10)
    one(user, "tick").click()
    await user.should_see("Move 1 question", retries=10)
    user.find(marker="part-name").type("Comparing tenths")
    user.find(marker="move-ticked").click()
    await user.should_see("was split: Comparing tenths", retries=10)
    assert classroom.review.concept("k5").concept.questions == 2


async def test_a_split_needs_ticks_and_can_be_cancelled(user, actions):
    await user.open("/teacher/concepts/k5")
    user.find(marker="split").click()
    await user.should_see(marker="part-name", retries=10)
    user.find(marker="move-ticked").click()
    await user.should_see("No question is ticked.", retries=10)
    user.find(marker="cancel-split").click()
    await user.should_not_see(marker="part-name", retries=10)
    assert actions() == []


async def test_prerequisites_are_confirmed_added_and_removed(user, classroom):
    await user.open("/teacher/concepts/k3")
    await user.should_see("proposed")
    one(user, "confirm").click()
    await user.should_see("“Factors and multiples” needs “Multi-digit multiplication”", retries=10)
    assert [link.source for link in classroom.review.concept("k3").needs] == ["teacher"]
    one(user, "concept-name", -1).type("Multi-digit addition")
    one(user, "add-need").click()
    await user.should_see("needs “Multi-digit addition”", retries=10)
    one(user, "remove-need").click()
    await user.should_see("does not need “Multi-digit multiplication”", retries=10)
    assert [link.name for link in classroom.review.concept("k3").needs] == ["Multi-digit addition"]


async def test_steps_are_edited_as_a_whole(user, classroom):
    await user.open("/teacher/concepts/k8")
    one(user, "edit-steps").click()
    await user.should_see(marker="save-steps", retries=10)
    user.find(marker="add-step").click()
    await user.should_see("Step 3", retries=10)
    user.find(marker="step-text").clear().type("Think.")
    user.find(marker="save-steps").click()
    await user.should_see("The steps of a question were changed", retries=10)
    changed = [q for q in classroom.review.concept("k8").questions if q.steps and q.steps[0].text == "Think."]
    assert changed
    assert {step.text for question in changed for step in question.steps} == {"Think."}


async def test_an_open_question_gets_a_concept(user, classroom):
    await user.open("/teacher/concepts")
    await user.should_see("the annotator gave no answer")
    user.find(marker="concept-name").type("Decimal addition")
    one(user, "give").click()
    await user.should_not_see("the annotator gave no answer", retries=10)
    assert labels(classroom, "a36") == {"Decimal addition"}


async def test_what_stands_is_used_by_the_course(user, classroom):
    await user.open("/teacher/concepts")
    user.find(marker="use").click()
    await user.should_see("The course has these labels now.", retries=10)
    await user.should_not_see("The course still uses other labels")
    assert classroom.reviews.bank.question["a0"].concepts[0] == "k0"


async def test_decisions_that_find_nothing_are_shown_with_the_reason(user, classroom):
    lost = MergeConcepts(ConceptRef("Astronomy"), ConceptRef("Decimal addition"))
    classroom.reviews.events = (Event("old", 0.0, "teacher", lost),)
    await user.open("/teacher/concepts")
    await user.should_see("Decisions that find nothing any more (1)")
    await user.should_see("There is no concept “Astronomy”.")


async def test_a_lost_decision_is_told(user, classroom):
    classroom.reviews.torn = True
    await user.open("/teacher/concepts")
    await user.should_see("that one is lost. All others stand.")


async def test_an_unknown_concept_leads_back(user):
    await user.open("/teacher/concepts/nowhere")
    await user.should_see("Unknown concept 'nowhere'.")


async def test_a_question_that_changed_since_says_so(user, classroom):
    from dataclasses import replace

    bank = classroom.reviews.bank
    mended = tuple(replace(q, text="Mended.") if q.question_id == "a5" else q for q in bank.questions)
    classroom.reviews.bank = replace(bank, questions=mended)
    await user.open("/teacher/concepts/k5")
    await user.should_see("changed since it was annotated: annotate again")
