"""Scopes and parallel forms: disjoint, unseen, of the scope's concepts, equal for all arms."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import UserError
from preceptor.evaluate.tutoring.block import Block
from preceptor.evaluate.tutoring.design import FORMS, LabDesign
from preceptor.evaluate.tutoring.forms import draw_forms


@pytest.fixture(scope="module")
def block(lab_cohort):
    return Block.of(lab_cohort("logistic"), np.arange(40), LabDesign("logistic", students=40), seed=3)


def test_every_items_only_concept_is_one_of_the_scope(block):
    for scope, items in zip(block.forms.scope, block.forms.items, strict=True):
        for question in items.ravel():
            (concept,) = block.bank.questions[question].concepts
            assert block.bank.q_matrix.concept_index[concept] in scope


def test_no_item_stands_in_two_forms_or_was_seen_or_can_be_asked_in_the_session(block):
    for i, items in enumerate(block.forms.items):
        every = items.ravel()
        assert len(set(every)) == every.size
        assert not block.cohort.seen[block.students[i], every].any()
        assert not block.forms.candidates[i, every].any()


def test_the_scope_was_practised_before(block):
    for i, scope in enumerate(block.forms.scope):
        assert len(set(scope)) == block.design.concepts
        assert block.cohort.practised[block.students[i], scope].all()


def test_every_form_asks_each_concept_equally_often(block):
    concept = block.bank.q_matrix.concepts[block.forms.items, 0]
    for i, scope in enumerate(block.forms.scope):
        for form in range(len(FORMS)):
            assert sorted(concept[i, form]) == sorted(np.repeat(scope, block.design.items))


def test_forms_are_equally_hard_on_average(block):
    difficulty = np.array([question.difficulty for question in block.bank.questions])[block.forms.items]
    per_form = difficulty.mean(axis=2)
    spread = per_form - per_form.mean(axis=1, keepdims=True)
    assert abs(spread.mean(axis=0)).max() < 3 * spread.std() / np.sqrt(len(spread))


def test_what_a_session_may_ask_is_on_the_scope(block):
    dense = block.bank.q_matrix.dense > 0
    for scope, candidates in zip(block.forms.scope, block.forms.candidates, strict=True):
        assert candidates.sum() >= block.design.turns
        assert dense[candidates][:, scope].any(axis=1).all()


def test_questions_of_transfer_join_the_scope_with_something_else_and_were_never_seen(block):
    dense = block.bank.q_matrix.dense > 0
    assert block.forms.transfer.shape == (40, block.design.concepts * block.design.items)
    for i, scope in enumerate(block.forms.scope):
        drawn = block.forms.transfer[i]
        questions = drawn[drawn >= 0]
        assert len(set(questions)) == len(questions) > 0
        assert (drawn[len(questions) :] == -1).all()
        inside = dense[questions][:, scope].sum(axis=1)
        assert (inside > 0).all()
        assert (dense[questions].sum(axis=1) > inside).all()
        assert not block.cohort.seen[block.students[i], questions].any()


def test_a_bank_of_single_concepts_has_no_questions_of_transfer(lab_cohort, block):
    cohort = lab_cohort("logistic")
    single = [question for question in block.bank.questions if len(question.concepts) == 1]
    bank = replace(block.bank, questions=tuple(single))
    seen = np.zeros((1, len(single)), dtype=bool)
    forms = draw_forms(bank, seen, cohort.practised[:1], np.arange(1), block.design, 0)
    assert (forms.transfer == -1).all()


def test_a_students_draws_do_not_depend_on_who_sits_beside_them(lab_cohort, block):
    alone = Block.of(lab_cohort("logistic"), np.array([7]), block.design, seed=3)
    assert (alone.forms.items[0] == block.forms.items[7]).all()
    assert (alone.forms.transfer[0] == block.forms.transfer[7]).all()
    assert (alone.session_chance[0] == block.session_chance[7]).all()
    assert alone.start_seconds[0] == block.start_seconds[7]


def test_another_seed_draws_other_forms(lab_cohort, block):
    other = Block.of(lab_cohort("logistic"), np.arange(40), block.design, seed=4)
    assert (other.forms.items != block.forms.items).any(axis=(1, 2)).all()


def test_sessions_begin_two_to_three_days_after_the_last_answer(block):
    days = (block.start_seconds - block.cohort.last_seconds[block.students]) / 86_400
    assert (days >= 2 - 1e-4).all()
    assert (days <= 3).all()


def test_too_small_a_bank_is_refused_with_a_way_out(block):
    design = LabDesign("logistic", students=2, items=50)
    with pytest.raises(UserError, match="unseen questions"):
        draw_forms(block.bank, block.cohort.seen[:2], block.cohort.practised[:2], np.arange(2), design, 0)
