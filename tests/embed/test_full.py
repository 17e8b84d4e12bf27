import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Question, QuestionKind, Step, UserError
from preceptor.embed import BankTexts, LexicalEncoder
from preceptor.embed.full import ENCODER, fine_tune
from preceptor.embed.head import TuningPlan
from preceptor.embed.labels import Labels, Parts
from preceptor.embed.sentence import SentenceEncoder

PLAN = TuningPlan(epochs=6, batch=8, learning_rate=3e-3)
PARTS = Parts(np.arange(0, 24), np.arange(24, 32), np.arange(32, 40))


def silent(what, done, total):
    pass


@pytest.fixture(scope="module")
def bank():
    kinds = (
        ("sum", "add the number"),
        ("area", "find the rectangle"),
        ("half", "a fraction"),
        ("angle", "what is the"),
    )
    concepts = tuple(Concept(name, name) for name, _ in kinds)
    questions = tuple(
        Question(f"q{i}", f"{kinds[i % 4][1]} of {('the', 'a')[i % 2]} number", QuestionKind.NUMBER, "1",
                 (kinds[i % 4][0],), steps=(Step(kinds[i % 4][1], (kinds[i % 4][0],)),))
        for i in range(40)
    )  # fmt: skip
    return Bank(concepts, questions)


@pytest.fixture(scope="module")
def tuned(bank, tiny_model):
    encoder, texts = SentenceEncoder(tiny_model, device="cpu"), BankTexts.of(bank)
    before = encoder.key
    return encoder, before, *fine_tune(encoder, texts, Labels.of(bank), PARTS, 0, silent, PLAN)


def test_it_learns_which_questions_a_concept_has(tuned):
    assert max(tuned[3].micro_f1) > tuned[3].micro_f1[0] + 0.2


def test_marks_are_words_of_their_own(tuned, tiny_model):
    encoder = tuned[0]
    assert encoder.model.tokenizer.tokenize("[Q] sum [S] [KC]") == ["[Q]", "sum", "[S]", "[KC]"]
    marked, plain = encoder.encode(["[Q] sum", "sum"])
    assert np.abs(marked - plain).max() > 1e-3


def test_another_encoder_has_another_key(tuned):
    encoder, before = tuned[:2]
    assert encoder.key != before


def test_the_vectors_are_those_of_the_encoder_that_is_saved(tuned, bank, tmp_path):
    _, _, vectors, _, save = tuned
    save(tmp_path)
    again = SentenceEncoder(tmp_path / ENCODER, device="cpu")
    texts = BankTexts.of(bank)
    np.testing.assert_allclose(texts.split(again.encode(texts.marked)).steps, vectors.steps, atol=1e-5)
    assert again.key == tuned[0].key


def test_what_is_no_network_cannot_be_trained(bank):
    with pytest.raises(UserError, match="an encoder that is a network"):
        fine_tune(LexicalEncoder(), BankTexts.of(bank), Labels.of(bank), PARTS, 0, silent)
