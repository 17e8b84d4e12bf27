"""What every reranker promises, and what each adds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.domain import MissingExtraError, UserError
from preceptor.embed import LexicalEncoder, Tokens, make_encoder, make_reranker, rerank, reranker_names, sentence
from preceptor.embed.rerank import CrossEncoder, LateInteraction
from preceptor.embed.tokens import max_similarity
from preceptor.embed.words import WordLikeness

CORPUS = ["Add the fractions", "Find the area of a rectangle", "Find the sum of the fractions", "What is 15 % of 80?"]


@pytest.fixture(scope="module")
def tiny_cross_encoder(tmp_path_factory, tiny_model):
    """A random transformer with one output, as the hub would give it."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("cross") / "tiny-cross"
    BertTokenizerFast.from_pretrained(tiny_model).save_pretrained(folder)
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    with torch.random.fork_rng():
        torch.manual_seed(1)
        config = BertConfig(vocab_size=18, max_position_embeddings=64, num_labels=1, **shape)
        BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def rerankers(tiny_model, tiny_cross_encoder):
    """Every reranker, late interaction in both of its forms."""
    lexical = LexicalEncoder().fit(CORPUS)
    made = {name: make_reranker(name, lexical) for name in reranker_names() if name != "cross-encoder"}
    made["late-interaction of a transformer"] = make_reranker("late-interaction", make_encoder(str(tiny_model), CORPUS))
    made["cross-encoder"] = make_reranker(f"cross-encoder:{tiny_cross_encoder}", lexical)
    return made


NAMES = [*reranker_names(), "late-interaction of a transformer"]


@pytest.mark.parametrize("name", NAMES)
def test_the_contract(rerankers, name):
    reranker = rerankers[name]
    texts = [CORPUS[0], "", CORPUS[1], CORPUS[0], "?"]
    found = reranker.score("the sum of fractions", texts)
    assert found.dtype == np.float64
    assert found.shape == (5,)
    assert np.isfinite(found).all()
    assert (np.abs(found) <= 1 + 1e-6).all()
    assert found[0] == pytest.approx(found[3], abs=1e-6)
    np.testing.assert_allclose(reranker.score("the sum of fractions", texts[::-1]), found[::-1], atol=1e-5)
    assert reranker.score("the sum", []).shape == (0,)


@pytest.mark.parametrize("name", ["late-interaction", "late-interaction of a transformer"])
def test_a_text_fits_itself_best(rerankers, name):
    found = rerankers[name].score(CORPUS[1], CORPUS)
    assert found.argmax() == 1
    assert found[1] == pytest.approx(1, abs=1e-5)


def test_maxsim_by_hand():
    axes = np.eye(3, dtype=np.float32)
    query = Tokens(axes[:2], np.array([0.75, 0.25], dtype=np.float32))
    texts = [
        Tokens(axes[[0, 2]], np.array([0.5, 0.5])),
        Tokens(axes[1:], np.array([0.5, 0.5])),
        Tokens(axes[:0], np.zeros(0)),
    ]
    np.testing.assert_allclose(max_similarity(query, texts), [0.75, 0.25, 0])
    np.testing.assert_array_equal(max_similarity(texts[2], texts), [0, 0, 0])


@given(st.lists(st.sampled_from(["add", "the", "fractions", "area", "zebra", "=", "15"]), max_size=6))
def test_more_words_never_fit_less(words):
    reranker = LateInteraction(LexicalEncoder().fit(CORPUS))
    shorter, longer = reranker.score("add the area", [" ".join(words), " ".join([*words, "sum"])])
    assert longer >= shorter - 1e-6 or shorter == 0


def test_the_lexical_form_counts_rare_words_more():
    encoder = LexicalEncoder().fit([*CORPUS, *(f"the number {i}" for i in range(20))])
    common, rare = make_reranker("late-interaction", encoder).score("the rectangle", ["the", "rectangle"])
    assert rare > common


def test_nothing_is_encoded_twice(monkeypatch):
    encoder = LexicalEncoder().fit(CORPUS)
    asked: list[str] = []
    tokens = encoder.tokens
    monkeypatch.setattr(encoder, "tokens", lambda texts: asked.extend(texts) or tokens(texts))
    reranker = LateInteraction(encoder)
    first = reranker.score("sum", CORPUS)
    np.testing.assert_array_equal(reranker.score("sum", CORPUS[::-1]), first[::-1])
    assert asked == ["sum", *CORPUS]


def test_only_so_many_texts_are_kept(monkeypatch):
    monkeypatch.setattr(rerank, "KEPT_TEXTS", 3)
    reranker = LateInteraction(LexicalEncoder().fit(CORPUS))
    reranker.score("sum", CORPUS)
    assert list(reranker._kept) == CORPUS[1:]


def test_an_encoder_without_tokens_keeps_the_order():
    class Plain:
        key = ""

        def encode(self, texts):
            return np.zeros((len(texts), 2), dtype=np.float32)

    np.testing.assert_array_equal(make_reranker("late-interaction", Plain()).score("sum", CORPUS), np.zeros(4))


def test_a_cross_encoder_is_loaded_when_it_is_asked_and_says_what_it_lacks(monkeypatch, tmp_path):
    lexical = LexicalEncoder().fit(CORPUS)
    nowhere = make_reranker(f"cross-encoder:{tmp_path}", lexical)
    assert nowhere.score("sum", []).shape == (0,)
    with pytest.raises(UserError, match="No cross-encoder can be read") as told:
        nowhere.score("sum", CORPUS)
    assert "late-interaction" in told.value.mend
    monkeypatch.setattr(sentence, "_PACKAGE", "no_such_package")
    with pytest.raises(MissingExtraError, match=r"preceptor\[text\]"):
        CrossEncoder("owner/model").score("sum", CORPUS)


def test_unknown_rerankers_are_told():
    lexical = LexicalEncoder().fit(CORPUS)
    with pytest.raises(UserError, match="late-interaction"):
        make_reranker("late-interactoin", lexical)
    with pytest.raises(UserError, match="does not say which model"):
        make_reranker("cross-encoder", lexical)


def test_words_are_compared_with_names_that_were_there_before():
    names = ["Adding fractions", "Area of rectangles", "?"]
    likeness = WordLikeness(CORPUS, names)
    found = likeness.of(["adding FRACTIONS", "a zebra", ""])
    assert found[0, 0] == pytest.approx(1)
    np.testing.assert_array_equal(found[1:], np.zeros((2, 3)))
    np.testing.assert_array_equal(WordLikeness([], names).of(["adding"]), np.zeros((1, 3)))
