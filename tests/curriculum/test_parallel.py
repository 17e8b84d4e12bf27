import pytest

from preceptor.curriculum import CONCEPTS
from preceptor.curriculum.parallel import families_of, parallel_forms
from preceptor.domain import UserError


@pytest.fixture(scope="module")
def forms():
    return parallel_forms(6)


def test_every_concept_has_its_items_in_every_form(forms):
    assert [form.letter for form in forms] == ["A", "B", "C"]
    for form in forms:
        for concept in CONCEPTS:
            items = [item for item in form.items if item.concept_id == concept.concept_id]
            assert len(items) == 6
            assert all(item.question.concepts[0] == concept.concept_id for item in items)


def test_item_k_is_parallel_in_all_forms(forms):
    for same in zip(*(form.items for form in forms), strict=True):
        assert len({(item.concept_id, item.level, item.question.family) for item in same}) == 1
        assert len({(item.question.difficulty, item.question.kind) for item in same}) == 1


def test_no_stem_stands_twice_or_in_a_bank(forms, bank):
    texts = [item.question.text for form in forms for item in form.items]
    ids = [item.question.question_id for form in forms for item in form.items]
    assert len(set(texts)) == len(texts)
    assert len(set(ids)) == len(ids)
    assert not {question.text for question in bank.questions} & set(texts)
    assert not set(bank.question) & set(ids)


def test_forms_in_german_ask_the_same(forms):
    german = parallel_forms(6, language="de")
    for english, other in zip(forms, german, strict=True):
        for one, two in zip(english.items, other.items, strict=True):
            assert one.question.question_id == two.question.question_id
            assert one.question.text != two.question.text


def test_every_concept_leads_a_family_and_numbers_are_checked():
    assert all(families_of(concept.concept_id) for concept in CONCEPTS)
    with pytest.raises(UserError, match="items_per_concept is 0"):
        parallel_forms(0)
