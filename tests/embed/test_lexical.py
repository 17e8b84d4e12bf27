import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import hstack

from preceptor.domain import UserError
from preceptor.embed import LexicalEncoder

CORPUS = [
    r"Add $\frac{1}{3} + \frac{1}{4}$.",
    r"Add the fractions $\frac{2}{5}$ and $\frac{1}{5}$.",
    "Round 4,583 to the nearest hundred.",
    "Round 762 to the nearest ten.",
    "What is 15 % of 80?",
    "Find the area of a rectangle 4 cm by 7 cm.",
]


@pytest.fixture(scope="module")
def encoder() -> LexicalEncoder:
    return LexicalEncoder(dimensions=16).fit(CORPUS)


def test_rows_have_length_one_and_equal_texts_equal_rows(encoder):
    vectors = encoder.encode([*CORPUS, CORPUS[0]])

    assert vectors.dtype == np.float32
    assert vectors.shape == (7, 6)  # six texts carry at most six directions
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[6])


def test_related_texts_are_nearer_than_unrelated_ones(encoder):
    query, rounding, area = encoder.encode(["rounding numbers to hundreds", CORPUS[2], CORPUS[5]])

    assert query @ rounding > query @ area + 0.2


def test_unknown_and_empty_texts_are_zero_and_nothing_else_moves(encoder):
    vectors = encoder.encode(["", "   ", "ыыы", CORPUS[0]])

    assert not vectors[:3].any()
    np.testing.assert_array_equal(vectors[3], encoder.encode([CORPUS[0]])[0])


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, 6)


def test_the_same_corpus_and_seed_give_the_same_vectors(encoder):
    again = LexicalEncoder(dimensions=16).fit(CORPUS)

    np.testing.assert_array_equal(encoder.encode(CORPUS), again.encode(CORPUS))


def test_dimensions_are_an_upper_bound():
    assert LexicalEncoder(dimensions=2).fit(CORPUS).encode(CORPUS).shape == (6, 2)
    assert LexicalEncoder().fit(["only one text"]).encode(["only one text"]).shape == (1, 1)
    assert LexicalEncoder().fit(["twice", "twice"]).encode(["twice"]).shape == (1, 1)


@pytest.mark.parametrize("corpus", [[], [""], [" ", "?!"]])
def test_a_corpus_without_words_is_refused(corpus):
    with pytest.raises(UserError, match="no words"):
        LexicalEncoder().fit(corpus)


def test_encoding_before_fitting_is_refused():
    with pytest.raises(UserError, match="not seen a corpus"):
        LexicalEncoder().encode(["x"])


def test_a_saved_encoder_encodes_exactly_as_before(encoder, tmp_path):
    encoder.save(tmp_path / "encoder")
    loaded = LexicalEncoder.load(tmp_path / "encoder")

    texts = [*CORPUS, "round the fractions", ""]
    np.testing.assert_array_equal(loaded.encode(texts), encoder.encode(texts))
    assert {file.suffix for file in (tmp_path / "encoder").iterdir()} == {".json", ".safetensors"}


def test_a_folder_without_a_whole_encoder_is_refused(encoder, tmp_path):
    with pytest.raises(UserError, match="holds no encoder"):
        LexicalEncoder.load(tmp_path)
    encoder.save(tmp_path)
    vocabulary = tmp_path / "vocabulary.json"
    content = json.loads(vocabulary.read_text())
    content["vocabulary"]["words"].pop()
    vocabulary.write_text(json.dumps(content))
    with pytest.raises(UserError, match="holds no encoder"):
        LexicalEncoder.load(tmp_path)

    encoder.save(tmp_path)
    weights = tmp_path / "weights.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(UserError, match="holds no encoder"):
        LexicalEncoder.load(tmp_path)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.text(max_size=30), max_size=4))
def test_no_text_gives_a_row_that_is_neither_unit_nor_zero(encoder, texts):
    length = np.linalg.norm(encoder.encode(texts), axis=1)

    assert np.all((np.abs(length - 1) < 1e-4) | (length == 0))


def test_single_texts_are_weighed_as_the_vectorizers_weigh_many(encoder):
    texts = [*CORPUS, "round  ROUND rounding, round", "½ of a fraction"]
    terms = hstack([vectorizer.transform(texts) for vectorizer in encoder._vectorizers.values()])
    expected = np.asarray(terms @ encoder._components.T)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(encoder.encode(texts), expected, atol=1e-6)
