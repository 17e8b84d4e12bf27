"""ExRec's network, written in plain torch from its description, and ours predict the same."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import QMatrix, UserError
from preceptor.trace import Answers, QuestionVectors
from preceptor.trace.exrec_weights import exrec_from_tracer, tracer_from_exrec
from preceptor.trace.semantic_dkt import SemanticDktTracer

STUDENTS, ANSWERS, QUESTIONS, CONCEPTS = 3, 12, 20, 7


def q_matrix():
    ids = tuple(f"q{i}" for i in range(QUESTIONS))
    concepts = (np.arange(QUESTIONS, dtype=np.int32) % CONCEPTS)[:, None]
    return QMatrix(ids, tuple(f"c{i}" for i in range(CONCEPTS)), concepts, np.full(QUESTIONS, np.nan, np.float32))


def vectors(width, seed=0):
    rng = np.random.default_rng(seed)
    return QuestionVectors(*(rng.normal(size=(n, width)).astype(np.float32) for n in (QUESTIONS, CONCEPTS)))


def weights(network):
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}


def long(table):
    return torch.nn.functional.normalize(torch.tensor(table), dim=1) * table.shape[1] ** 0.5


def both_views(network, tracer, known, seed=1):
    """P(correct) on every question and mastery of every concept after every answer, of the plain network and ours."""
    rng = np.random.default_rng(seed)
    asked, correct = rng.integers(0, QUESTIONS, (STUDENTS, ANSWERS)), rng.integers(0, 2, (STUDENTS, ANSWERS))
    questions, concepts = long(known.questions), long(known.concepts)
    with torch.no_grad():
        states = network.states(questions[asked], torch.tensor(correct))
        heads = [
            network.prediction_layer(
                states[:, :, None].expand(-1, -1, len(z), -1), z.expand(STUDENTS, ANSWERS, -1, -1)
            ).numpy()
            for z in (questions, concepts)
        ]
    every, unknown = np.tile(np.arange(QUESTIONS), (STUDENTS, 1)), np.full(STUDENTS, np.nan)
    state, ours = tracer.initial(STUDENTS), ([], [])
    for step in range(ANSWERS):
        state = tracer.update(state, Answers(asked[:, step], correct[:, step].astype(np.float32), unknown, unknown))
        ours[0].append(tracer.predict(state, every, unknown))
        ours[1].append(tracer.mastery(state, np.arange(CONCEPTS), unknown))
    return heads, [np.stack(part, axis=1) for part in ours]


@pytest.mark.parametrize(("width", "hidden", "lift"), [(768, 300, 1200), (24, 32, 64)])
def test_a_checkpoint_predicts_as_the_plain_network(exrec_files, width, hidden, lift):
    network, known = exrec_files.network(width, hidden, lift), vectors(width)
    tracer = tracer_from_exrec(weights(network), q_matrix(), known)
    assert tracer.settings()["size"] == {300: "large", 32: "small"}[hidden]
    for theirs, ours in zip(*both_views(network, tracer, known), strict=True):
        assert theirs.std() > 0.01  # the network says different things, so that agreement means something
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_the_way_back_gives_the_same_network_with_calibration_folded_in(exrec_files):
    network, known = exrec_files.network(24, 32, 64), vectors(24)
    tracer = tracer_from_exrec(weights(network), q_matrix(), known)
    again = exrec_from_tracer(tracer)
    for name, value in weights(network).items():
        if "bias_" not in name:
            np.testing.assert_array_equal(again[name], value)
    tracer.calibration = (0.3, 0.7)
    calibrated = exrec_files.network(24, 32, 64)
    calibrated.load_state_dict({name: torch.tensor(value) for name, value in exrec_from_tracer(tracer).items()})
    for theirs, ours in zip(*both_views(calibrated, tracer, known), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.floats(-3, 3), st.floats(0.05, 3))
def test_any_tracer_predicts_the_same_after_the_way_there_and_back(seed, shift, slope):
    torch.manual_seed(seed)
    tracer = SemanticDktTracer(q_matrix(), size="small", vectors=vectors(8, seed))
    tracer.network.reset()
    tracer.calibration = (shift, slope)
    own = tracer.weights()
    own_vectors = QuestionVectors(own["question_vectors"], own["concept_vectors"])
    again = tracer_from_exrec(exrec_from_tracer(tracer), q_matrix(), own_vectors)
    for name in ("question_vectors", "concept_vectors", "recurrent", "read.weight", "read.bias", "answer"):
        np.testing.assert_array_equal(again.weights()[name], own[name])
    unknown, every = np.full(1, np.nan), np.arange(QUESTIONS)[None]
    answer = Answers(np.array([seed % QUESTIONS]), np.array([0.5], np.float32), unknown, unknown)
    first, second = (t.predict(t.update(t.initial(1), answer), every, unknown) for t in (tracer, again))
    np.testing.assert_allclose(second, first, atol=1e-5)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda w: w.pop("lstm_layer.weight_hh_l0"), "none of ExRec's tracing network"),
        (lambda w: w.pop("correctness_encoding.weight"), "lacks correctness_encoding.weight"),
        (lambda w: w.update(que_emb=np.zeros(3, np.float32)), "unknown weight que_emb"),
        (lambda w: w.update({"prediction_layer.output_layer.bias": np.full(1, np.nan, np.float32)}), "not finite"),
        (lambda w: w.update({"lstm_layer.weight_ih_l0": np.zeros((128, 9), np.float32)}), r"shape \[128, 9\]"),
        (lambda w: w.update({"lstm_layer.weight_hh_l0": np.zeros((8, 2), np.float32)}), "300 and 1200"),
    ],
)
def test_other_networks_are_refused(exrec_files, spoil, told):
    found = weights(exrec_files.network(24, 32, 64))
    spoil(found)
    with pytest.raises(UserError, match=told):
        tracer_from_exrec(found, q_matrix(), vectors(24))


def test_vectors_of_another_width_are_refused(exrec_files):
    with pytest.raises(UserError, match="vectors of 16 numbers"):
        tracer_from_exrec(weights(exrec_files.network(24, 32, 64)), q_matrix(), vectors(16))
