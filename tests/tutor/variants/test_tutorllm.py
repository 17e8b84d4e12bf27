"""TutorLLM knows what the tracer says, and passages of the course; TASA's copy of it had neither."""

from dataclasses import replace

from preceptor.tutor import Query
from preceptor.tutor.passages import passages_of, retrieve_passages
from preceptor.tutor.variants import Knows, named_variant
from preceptor.tutor.variants.tutorllm import mastery_of

from .conftest import asked_of


def test_tutorllm_has_knowledge_tracing(answered, model, kit_of, known):
    """Its defining feature: another mastery of the tracer is another prompt, and each concept has its own."""
    variant = named_variant("tutorllm")
    kit = kit_of(variant, model)
    changed = replace(answered, recalls={**answered.recalls, "add-like": known("add-like", 0.24, 0.2)})

    assert variant.knows.mastery
    assert mastery_of(answered, kit).splitlines()[1:] == [
        "- Adding like fractions: 93 %, 2 of 2 answers right",
        "- Adding unlike fractions: 73 %, 1 of 3 answers right",
    ]
    assert "- Adding like fractions: 24 %" in mastery_of(changed, kit)
    assert "- Adding unlike fractions: 73 %" in mastery_of(changed, kit)


def test_tutorllm_selects_by_mastery():
    assert named_variant("tutorllm").policy == "lowest-mastery"


def test_a_student_without_a_past_has_a_prompt_with_dashes(answered, model, kit_of):
    variant = named_variant("tutorllm")
    fresh = replace(answered, recalls={}, history=(), profile=type(answered.profile)())
    list(variant.strategy(fresh, kit_of(variant, model)))

    assert "by a model of all answers: -" in asked_of(model)


def test_passages_are_explanations_mistakes_and_worked_questions_of_the_concepts_around(bank):
    found = list(passages_of(bank, {"add-unlike", "add-like"}))

    assert [passage.question_id for passage in found] == ["", "unlike-1"]
    assert found[0].text.startswith("adds the denominators too. Parts of different size")
    assert found[0].keywords == "Adding unlike fractions"
    assert list(passages_of(bank, {"area"})) == []


def test_no_passage_shows_the_open_question_s_answer_or_its_own_steps(bank, encoder):
    unlike_1, unlike_2 = bank.question["unlike-1"], bank.question["unlike-2"]
    of_another = retrieve_passages(Query(unlike_2), bank, encoder, unlike_2)
    same_key = replace(unlike_2, key="7/12")
    hidden = retrieve_passages(Query(same_key), bank, encoder, same_key)

    assert {passage.question_id for passage in of_another} == {"", "unlike-1"}
    assert {passage.question_id for passage in hidden} == {""}
    assert {p.question_id for p in retrieve_passages(Query(unlike_1), bank, encoder, unlike_1)} == {""}


def test_passages_are_ranked_by_the_turn(bank, encoder):
    """What the student says brings the passage that answers it to the top."""
    question = bank.question["unlike-2"]
    said = "adds the denominators too: parts of different size can't be counted together, make them equal first"
    mistake = retrieve_passages(Query(question, said, "adds-across"), bank, encoder, question)
    worked = retrieve_passages(Query(question, "rewrite both with denominator twelve"), bank, encoder, question)

    assert mistake[0].question_id == ""
    assert worked[0].question_id == "unlike-1"


def test_only_who_may_retrieve_sees_passages():
    assert Knows().retrieval is False
    assert named_variant("tutorllm").knows.retrieval
