"""What every encoder promises, and what the transformers among them add."""

import numpy as np
import pytest

from preceptor.domain import MissingExtraError, UserError
from preceptor.embed import encoder_label, encoder_names, make_encoder, minilm, registry, sentence
from preceptor.embed.sentence import SentenceEncoder, name_of

CORPUS = ["Add the fractions", "Find the area of a rectangle", "Find the sum of the fractions", "What is 15 % of 80?"]


@pytest.fixture(scope="module")
def encoders(tiny_model):
    """Every encoder by name, made when first asked for."""
    made = {}

    def get(name):
        if name not in made:
            made[name] = make_encoder(str(tiny_model) if name == "folder" else name, CORPUS)
        return made[name]

    return get


@pytest.mark.parametrize("name", [*encoder_names(), "folder"])
def test_the_contract(encoders, name):
    encoder = encoders(name)
    found = encoder.encode([CORPUS[0], "", CORPUS[1], CORPUS[0], "  "])
    assert found.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), [1, 0, 1, 1, 0], atol=1e-5)
    np.testing.assert_array_equal(found[0], found[3])
    assert encoder.encode([]).shape == (0, found.shape[1])


@pytest.mark.parametrize("name", [*encoder_names(), "folder"])
def test_a_text_s_vector_does_not_depend_on_its_neighbours(encoders, name):
    alone = np.concatenate([encoders(name).encode([text]) for text in CORPUS])
    np.testing.assert_allclose(encoders(name).encode(CORPUS), alone, atol=1e-5)


def test_minilm_knows_what_words_mean(encoders):
    same, other = (
        encoders("minilm").encode(["Work out the perimeter of a square", "Add two fractions"])
        @ (encoders("minilm").encode(["How long is the way around a figure with four equal sides?"])[0])
    )
    assert same > other + 0.1


def test_the_key_tells_encoders_apart_and_fitted_ones_have_none(encoders, tiny_model):
    assert encoders("lexical").key == ""
    assert encoders("minilm").key == minilm.WEIGHTS_SHA256
    assert SentenceEncoder(tiny_model).key == encoders("folder").key != encoders("minilm").key


def test_the_hash_is_the_published_one():
    assert minilm.WEIGHTS_SHA256.startswith("53aa5117")
    assert minilm.WEIGHTS_SHA256.endswith("28d9db")
    minilm.check_weights(minilm.packaged_model() / "model.safetensors")


def test_weights_with_another_hash_are_refused_before_they_are_loaded(tmp_path, monkeypatch):
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(minilm, "packaged_model", lambda: tmp_path)
    monkeypatch.setattr(minilm, "SentenceEncoder", lambda *given: pytest.fail("loaded"))
    with pytest.raises(UserError, match="not the published ones"):
        minilm.minilm()
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(UserError, match="no file"):
        minilm.minilm()


def test_without_the_extra_minilm_is_refused_and_lexical_is_the_default(monkeypatch, tiny_model):
    assert registry.default_encoder() == "minilm"
    monkeypatch.setattr(sentence, "_PACKAGE", "no_such_package")
    assert registry.default_encoder() == "lexical"
    for name in ("minilm", str(tiny_model)):
        with pytest.raises(MissingExtraError, match=r"preceptor\[text\]"):
            make_encoder(name, CORPUS)


def test_unknown_names_and_models_are_told(tmp_path):
    with pytest.raises(UserError, match="did you mean 'minilm'"):
        make_encoder("minilmm", CORPUS)
    with pytest.raises(UserError, match="No encoder can be read"):
        make_encoder("nobody/has-this-model", CORPUS)
    with pytest.raises(UserError, match="No encoder can be read"):
        make_encoder(str(tmp_path), CORPUS)


def test_a_model_s_label_can_name_a_folder():
    assert encoder_label("minilm") == "minilm"
    assert name_of("owner/a model") == name_of("owner/a model") != name_of("other/a model")
    assert name_of("owner/a model").startswith("a-model-")
    assert name_of("///").startswith("model-")
